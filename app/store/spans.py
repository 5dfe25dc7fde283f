"""The spans and relations of a layer: read with their surfaces verified, and exchanged by a step.

Most spans are plain: one fragment, accepted, made by hand and left as they were made. These are read with fewer
columns, in half the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final

from app.errors import EditRefused, ProjectError
from app.model.annotation import Annotations, Change, Fragment, Relation, Span, State, span_order, surface
from app.model.checks import lies_within
from app.model.document import Document
from app.model.plain_spans import PlainSpan, PlainSpans
from app.store import coding, tallies
from app.store.engine import Transaction
from app.store.statements import Statement, sa, tables


class ChangedElsewhere(Exception):
    """A layer is no longer as it was read: another window has made a step in it."""


def _plainly() -> Any:
    """That a span is a plain one."""
    columns = tables.spans.c
    return sa.and_(
        *(columns[name] == "" for name in ("fragments", "attributes", "source_name", "note", "extra")),
        columns.status == "accepted",
        columns.source == "manual",
        columns.edited == 0,
        columns.score.is_(None),
        columns.updated_at == columns.created_at,
    )


def _spans() -> Any:
    columns = [tables.spans.c[name] for name in ("id", "start", "end", "label", "surface", "created_at")]
    return sa.select(*columns, sa.not_(_plainly())).where(tables.spans.c.layer == sa.bindparam("of"))


def _other_spans() -> Any:
    first = ("id", "label", "start", "end", "surface", "fragments", "attributes", "status", "source", "source_name")
    columns = [
        tables.spans.c[name] for name in (*first, "score", "edited", "note", "created_at", "updated_at", "extra")
    ]
    return sa.select(*columns).where(tables.spans.c.layer == sa.bindparam("of"), sa.not_(_plainly()))


def _order() -> Any:
    columns = tables.spans.c
    return columns.start, columns.end.desc(), columns.label, columns.id


def _drop_of(table: Any) -> Any:
    return sa.delete(table).where(table.c.layer == sa.bindparam("of"), table.c.id == sa.bindparam("wanted"))


_RELATION: Final = ("id", "label", "head", "child", "attributes", "source", "score", "extra")
_SPANS = Statement("spans.plain", _spans)
_OTHER_SPANS = Statement("spans.other", _other_spans)
_SPANS_IN_ORDER = Statement("spans.plain in order", lambda: _spans().order_by(*_order()))
_OTHER_SPANS_IN_ORDER = Statement("spans.other in order", lambda: _other_spans().order_by(*_order()))
_RELATIONS = Statement(
    "spans.relations",
    lambda: sa.select(*(tables.relations.c[name] for name in _RELATION)).where(
        tables.relations.c.layer == sa.bindparam("of")
    ),
)
_SUGGESTED = Statement(
    "spans.suggested",
    lambda: sa.select(tables.spans.c.id).where(
        tables.spans.c.layer == sa.bindparam("of"), tables.spans.c.status != "accepted"
    ),
)
_SURFACES = Statement(
    "spans.surfaces",
    lambda: sa.select(tables.spans.c.surface).where(tables.spans.c.status == "accepted").limit(sa.bindparam("most")),
)
_STRETCHES = Statement(
    "spans.stretches",
    lambda: sa.select(tables.spans.c.start, tables.spans.c.end).where(
        tables.spans.c.layer == sa.bindparam("of"),
        tables.spans.c.label == sa.bindparam("label"),
        tables.spans.c.status == "accepted",
        tables.spans.c.fragments == "",
    ),
)
_ADD_SPANS = Statement("spans.add", lambda: sa.insert(tables.spans))
_ADD_RELATIONS = Statement("spans.add relations", lambda: sa.insert(tables.relations))
_DROP_SPAN = Statement("spans.drop", lambda: _drop_of(tables.spans))
_DROP_RELATION = Statement("spans.drop relation", lambda: _drop_of(tables.relations))

_IS_MORE: Final = itemgetter(-1)
_new = tuple.__new__


def read(connection: Transaction, layer: int, document: Document, state: State) -> Annotations:
    """Spans and relations of a layer. Raises ProjectError naming the first span whose surface is not its text."""
    asked = {"of": layer}
    rows = connection.execute(_SPANS, asked).all()
    found = {span.id: span for span in _plain(rows, document)}
    if len(found) < len(rows):
        found |= {span.id: span for span in _others(connection.execute(_OTHER_SPANS, asked), document)}
    return Annotations(MappingProxyType(found), links(connection, layer, document), state)


def in_order(connection: Transaction, layer: int, document: Document) -> Iterator[Span]:
    """The accepted spans of a layer in the order of the training file, read as they are asked for; raises as `read`."""
    asked = {"of": layer}
    plain = _plain(connection.execute(_SPANS_IN_ORDER, asked), document)
    others = _others(connection.execute(_OTHER_SPANS_IN_ORDER, asked), document)
    return merge(plain, (span for span in others if span.status == "accepted"), key=span_order)


def accepted_spans(connection: Transaction, layer: int, document: Document) -> Mapping[str, Span]:
    """The accepted spans of a layer, in the order of the training file where all are plain ones; raises as `read`."""
    rows = connection.execute(_SPANS, {"of": layer}).all()
    if any(map(_IS_MORE, rows)):
        return {span.id: span for span in in_order(connection, layer, document)}
    text, length = document.text, len(document.text)
    plain = [_new(PlainSpan, row[:-1]) for row in sorted(rows, key=_plain_order)]
    for id, start, end, _label, said, _at in plain:
        if text[start:end] != said or not 0 <= start < end <= length:
            raise ProjectError("span-damaged", document=document.id, span=id)
    return PlainSpans(plain)


def links(connection: Transaction, layer: int, document: Document) -> Mapping[str, Relation]:
    """The relations of a layer by their ids. Raises ProjectError when they are damaged."""
    found = {}
    for id, label, head, child, named, *rest in connection.execute(_RELATIONS, {"of": layer}):
        try:
            found[id] = Relation(id, label, head, child, coding.attributes(named), *rest)
        except (ValueError, TypeError) as error:
            raise ProjectError("document-damaged", document=document.id) from error
    return MappingProxyType(found)


def suggested(connection: Transaction, layer: int) -> set[str]:
    """Ids of the spans of a layer that are suggestions."""
    return set(connection.execute(_SUGGESTED, {"of": layer}).scalars())


def surfaces(connection: Transaction, most: int) -> list[str]:
    """What accepted spans of the project cover, one entry each, of `most` spans at most."""
    return list(connection.execute(_SURFACES, {"most": most}).scalars())


def stretches(connection: Transaction, layer: int, label: str) -> set[tuple[int, int]]:
    """What the accepted spans of a layer with this label cover, those in one piece."""
    return {(start, end) for start, end in connection.execute(_STRETCHES, {"of": layer, "label": label})}


def add(connection: Transaction, layer: int, document: Document, annotations: Annotations) -> None:
    """Fill a new layer. Raises EditRefused for a span that does not lie within the text."""
    _add_spans(connection, layer, document, annotations.spans.values())
    tallies.begin(connection, layer, annotations.spans.values())
    _add_relations(connection, layer, annotations.relations.values())


def exchange(connection: Transaction, layer: int, document: Document, change: Change) -> None:
    """Take out and put in what `change` says. Raises ChangedElsewhere when something to take out is not there."""
    if change.removed_relations:
        _drop(connection, _DROP_RELATION, layer, change.removed_relations)
    if change.removed:
        _drop(connection, _DROP_SPAN, layer, change.removed)
    _add_spans(connection, layer, document, change.added)
    tallies.follow(connection, layer, change.removed, change.added)
    _add_relations(connection, layer, change.added_relations)


def accepted(values: Iterable[Span]) -> int:
    """How many of these spans count: suggestions do not."""
    return sum(span.status == "accepted" for span in values)


def _plain_order(row: coding.Row) -> tuple[int, int, str, str]:
    return row[1], -row[2], row[3], row[0]


def _plain(rows: Iterable[coding.Row], document: Document) -> Iterator[Span]:
    text, length = document.text, len(document.text)
    labels: dict[str, str] = {}
    for id, start, end, label, said, at, is_more in rows:
        if is_more:
            continue
        if text[start:end] != said or not 0 <= start < end <= length:
            raise ProjectError("span-damaged", document=document.id, span=id)
        fragments = (_new(Fragment, (start, end)),)
        label = labels.setdefault(label, label)
        yield _new(Span, (id, label, fragments, (), "accepted", "manual", "", None, False, "", at, at, ""))


def _others(rows: Iterable[coding.Row], document: Document) -> Iterator[Span]:
    return (_other(row, document) for row in rows)


def _other(row: coding.Row, document: Document) -> Span:
    id, label, start, end, said, pieces, named, status, source, source_name, score, edited, *rest = row
    try:
        fragments = coding.fragments(pieces) if pieces else (Fragment(start, end),)
        attributes = coding.attributes(named)
        span = Span(id, label, fragments, attributes, status, source, source_name, score, edited == 1, *rest)
        fits = lies_within(span, len(document.text)) and surface(document.text, span) == said
    except (ValueError, TypeError) as error:
        raise ProjectError("span-damaged", document=document.id, span=id) from error
    if not fits:
        raise ProjectError("span-damaged", document=document.id, span=id)
    return span


def _add_spans(connection: Transaction, layer: int, document: Document, added: Iterable[Span]) -> None:
    rows = [_row(layer, document, span) for span in added]
    if rows:
        connection.execute(_ADD_SPANS, rows)


def _add_relations(connection: Transaction, layer: int, added: Iterable[Relation]) -> None:
    rows = [coding.relation_row(layer, relation) for relation in added]
    if rows:
        connection.execute(_ADD_RELATIONS, rows)


def _drop(connection: Transaction, statement: Statement, layer: int, dropped: tuple[Any, ...]) -> None:
    asked = [{"of": layer, "wanted": item.id} for item in dropped]
    if connection.execute(statement, asked).rowcount != len(asked):
        raise ChangedElsewhere


def _row(layer: int, document: Document, span: Span) -> dict[str, object]:
    if not lies_within(span, len(document.text)):
        raise EditRefused("span-outside-text", document=document.id, span=span.id, start=span.start, end=span.end)
    return coding.span_row(layer, document.text, span)
