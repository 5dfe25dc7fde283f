"""The spans and relations of a layer: read with their surfaces verified, and exchanged by a step.

Most spans are plain: one fragment, accepted, made by hand and left as they were made. These are read with fewer
columns, in half the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Executable, and_, bindparam, delete, insert, not_, select

from app.errors import EditRefused, ProjectError
from app.model.annotation import Annotations, Change, Fragment, Relation, Span, State, span_order, surface
from app.model.checks import lies_within
from app.model.document import Document
from app.store import coding
from app.store.tables import relations, spans


class ChangedElsewhere(Exception):
    """A layer is no longer as it was read: another window has made a step in it."""


_PLAIN: Final[ColumnElement[bool]] = and_(
    *(spans.c[name] == "" for name in ("fragments", "attributes", "source_name", "note", "extra")),
    spans.c.status == "accepted",
    spans.c.source == "manual",
    spans.c.edited == 0,
    spans.c.score.is_(None),
    spans.c.updated_at == spans.c.created_at,
)
_SPANS = select(
    spans.c.id,
    spans.c.start,
    spans.c.end,
    spans.c.label,
    spans.c.surface,
    spans.c.created_at,
    not_(_PLAIN),
).where(spans.c.layer == bindparam("of"))
_OTHER_SPANS = select(
    spans.c.id,
    spans.c.label,
    spans.c.start,
    spans.c.end,
    spans.c.surface,
    spans.c.fragments,
    spans.c.attributes,
    spans.c.status,
    spans.c.source,
    spans.c.source_name,
    spans.c.score,
    spans.c.edited,
    spans.c.note,
    spans.c.created_at,
    spans.c.updated_at,
    spans.c.extra,
).where(spans.c.layer == bindparam("of"), not_(_PLAIN))
_RELATIONS = select(*(column for column in relations.c if column.name != "layer")).where(
    relations.c.layer == bindparam("of")
)
_SUGGESTED = select(spans.c.id).where(spans.c.layer == bindparam("of"), spans.c.status != "accepted")
_SURFACES = select(spans.c.surface).where(spans.c.status == "accepted").limit(bindparam("most"))
_STRETCHES = select(spans.c.start, spans.c.end).where(
    spans.c.layer == bindparam("of"),
    spans.c.label == bindparam("label"),
    spans.c.status == "accepted",
    spans.c.fragments == "",
)
_ORDER: Final = (spans.c.start, spans.c.end.desc(), spans.c.label, spans.c.id)
_ADD_SPANS, _ADD_RELATIONS = insert(spans), insert(relations)
_DROP_SPAN = delete(spans).where(spans.c.layer == bindparam("of"), spans.c.id == bindparam("wanted"))
_DROP_RELATION = delete(relations).where(relations.c.layer == bindparam("of"), relations.c.id == bindparam("wanted"))

_new = tuple.__new__


def read(connection: Connection, layer: int, document: Document, state: State) -> Annotations:
    """Spans and relations of a layer. Raises ProjectError naming the first span whose surface is not its text."""
    asked = {"of": layer}
    rows = connection.execute(_SPANS, asked).all()
    found = {span.id: span for span in _plain(rows, document)}
    if len(found) < len(rows):
        found |= {span.id: span for span in _others(connection.execute(_OTHER_SPANS, asked), document)}
    return Annotations(MappingProxyType(found), links(connection, layer, document), state)


def in_order(connection: Connection, layer: int, document: Document) -> Iterator[Span]:
    """The accepted spans of a layer in the order of the training file, read as they are asked for; raises as `read`."""
    asked = {"of": layer}
    plain = _plain(connection.execute(_SPANS.order_by(*_ORDER), asked), document)
    others = _others(connection.execute(_OTHER_SPANS.order_by(*_ORDER), asked), document)
    return merge(plain, (span for span in others if span.status == "accepted"), key=span_order)


def links(connection: Connection, layer: int, document: Document) -> Mapping[str, Relation]:
    """The relations of a layer by their ids. Raises ProjectError when they are damaged."""
    found = {}
    for id, label, head, child, named, *rest in connection.execute(_RELATIONS, {"of": layer}):
        try:
            found[id] = Relation(id, label, head, child, coding.attributes(named), *rest)
        except (ValueError, TypeError) as error:
            raise ProjectError("document-damaged", document=document.id) from error
    return MappingProxyType(found)


def suggested(connection: Connection, layer: int) -> set[str]:
    """Ids of the spans of a layer that are suggestions."""
    return set(connection.execute(_SUGGESTED, {"of": layer}).scalars())


def surfaces(connection: Connection, most: int) -> list[str]:
    """What accepted spans of the project cover, one entry each, of `most` spans at most."""
    return list(connection.execute(_SURFACES, {"most": most}).scalars())


def stretches(connection: Connection, layer: int, label: str) -> set[tuple[int, int]]:
    """What the accepted spans of a layer with this label cover, those in one piece."""
    return {(start, end) for start, end in connection.execute(_STRETCHES, {"of": layer, "label": label})}


def add(connection: Connection, layer: int, document: Document, annotations: Annotations) -> None:
    """Fill a new layer. Raises EditRefused for a span that does not lie within the text."""
    _add_spans(connection, layer, document, annotations.spans.values())
    _add_relations(connection, layer, annotations.relations.values())


def exchange(connection: Connection, layer: int, document: Document, change: Change) -> None:
    """Take out and put in what `change` says. Raises ChangedElsewhere when something to take out is not there."""
    if change.removed_relations:
        _drop(connection, _DROP_RELATION, layer, change.removed_relations)
    if change.removed:
        _drop(connection, _DROP_SPAN, layer, change.removed)
    _add_spans(connection, layer, document, change.added)
    _add_relations(connection, layer, change.added_relations)


def accepted(values: Iterable[Span]) -> int:
    """How many of these spans count: suggestions do not."""
    return sum(span.status == "accepted" for span in values)


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
    except (ValueError, TypeError) as error:
        raise ProjectError("span-damaged", document=document.id, span=id) from error
    span = Span(id, label, fragments, attributes, status, source, source_name, score, edited == 1, *rest)
    if not lies_within(span, len(document.text)) or surface(document.text, span) != said:
        raise ProjectError("span-damaged", document=document.id, span=id)
    return span


def _add_spans(connection: Connection, layer: int, document: Document, added: Iterable[Span]) -> None:
    rows = [_row(layer, document, span) for span in added]
    if rows:
        connection.execute(_ADD_SPANS, rows)


def _add_relations(connection: Connection, layer: int, added: Iterable[Relation]) -> None:
    rows = [coding.relation_row(layer, relation) for relation in added]
    if rows:
        connection.execute(_ADD_RELATIONS, rows)


def _drop(connection: Connection, statement: Executable, layer: int, dropped: tuple[Any, ...]) -> None:
    asked = [{"of": layer, "wanted": item.id} for item in dropped]
    if connection.execute(statement, asked).rowcount != len(asked):
        raise ChangedElsewhere


def _row(layer: int, document: Document, span: Span) -> dict[str, object]:
    if not lies_within(span, len(document.text)):
        raise EditRefused("span-outside-text", document=document.id, span=span.id, start=span.start, end=span.end)
    return coding.span_row(layer, document.text, span)
