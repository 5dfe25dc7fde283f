"""Layers: what one annotator says of one document, read as a value and changed by steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Executable, bindparam, delete, insert, select, update

from app.errors import EditRefused, ProjectError
from app.model.annotation import Annotations, Change, Fragment, Relation, Span, State, surface
from app.model.checks import lies_within
from app.model.document import Document
from app.store import coding, documents
from app.store.engine import new_key
from app.store.tables import layers, relations, spans


class Sheet(NamedTuple):
    """One document as one annotator sees it.

    `layer` is the key of the annotator's own layer, 0 until the first step makes it; until then the imported layer
    `origin` is shown (0: there is none). `revision` is the seq of the last step in the own layer.
    """

    key: int
    document: Document
    annotations: Annotations
    layer: int = 0
    origin: int = 0
    revision: int = 0


class Stamp(NamedTuple):
    """What every row of one step carries: whose it is, when, its seq, and +1 done or -1 taken back."""

    annotator: str
    at: str
    seq: int = 0
    turn: int = 1
    schema_name: str = ""
    schema_version: str = ""


class Head(NamedTuple):
    """What a layer says of itself."""

    annotator: str
    schema_name: str
    schema_version: str
    created_at: str
    updated_at: str
    state: State


class ChangedElsewhere(Exception):
    """A layer is no longer as it was read: another window has made a step in it."""


_STATE: Final = (
    layers.c.status,
    layers.c.flagged,
    layers.c.note,
    layers.c.fields,
    layers.c.role,
    layers.c.is_gold,
    layers.c.extra,
)
_OWN = select(layers.c.key, layers.c.changed, *_STATE).where(
    layers.c.document == bindparam("of"), layers.c.annotator == bindparam("by")
)
_IMPORTED = (
    select(layers.c.key, layers.c.changed, *_STATE)
    .where(layers.c.document == bindparam("of"), layers.c.imported == 1, layers.c.steps == 0)
    .order_by(layers.c.updated_at.desc(), layers.c.key.desc())
    .limit(1)
)
_HEAD = select(
    layers.c.annotator,
    layers.c.schema_name,
    layers.c.schema_version,
    layers.c.created_at,
    layers.c.updated_at,
    *_STATE,
).where(layers.c.key == bindparam("of"))
_SPAN_COLUMNS: Final = (
    spans.c.id,
    spans.c.start,
    spans.c.end,
    spans.c.label,
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
)
_SPANS = select(*_SPAN_COLUMNS).where(spans.c.layer == bindparam("of"))
_RELATION_COLUMNS: Final = tuple(column for column in relations.c if column.name != "layer")
_RELATIONS = select(*_RELATION_COLUMNS).where(relations.c.layer == bindparam("of"))
_ADD_SPANS, _ADD_RELATIONS = insert(spans), insert(relations)
_DROP_SPAN = delete(spans).where(spans.c.layer == bindparam("of"), spans.c.id == bindparam("wanted"))
_DROP_RELATION = delete(relations).where(relations.c.layer == bindparam("of"), relations.c.id == bindparam("wanted"))
_ADD_LAYER = insert(layers)
_TOUCH = (
    update(layers)
    .where(layers.c.key == bindparam("of"), layers.c.changed == bindparam("was"))
    .values(
        {
            layers.c.changed: bindparam("seq"),
            layers.c.updated_at: bindparam("at"),
            layers.c.spans: layers.c.spans + bindparam("more"),
            layers.c.steps: layers.c.steps + bindparam("turn"),
        }
    )
)


def load(connection: Connection, key: int, annotator: str) -> Sheet:
    """The document with this key as `annotator` sees it. Raises ProjectError when its text or a span is damaged."""
    document = documents.read(connection, key)
    own = connection.execute(_OWN, {"of": key, "by": annotator}).first()
    if own is not None:
        layer, changed, *columns = own
        return Sheet(key, document, read(connection, layer, document, _state(columns)), layer, 0, changed)
    imported = connection.execute(_IMPORTED, {"of": key}).first()
    if imported is None:
        return Sheet(key, document, Annotations())
    layer, _changed, *columns = imported
    state = _state(columns)._replace(role="annotator", is_gold=False)
    return Sheet(key, document, read(connection, layer, document, state), 0, layer)


def read(connection: Connection, layer: int, document: Document, state: State) -> Annotations:
    """Spans and relations of a layer. Raises ProjectError naming the first span whose surface is not its text."""
    text, length = document.text, len(document.text)
    found: dict[str, Span] = {}
    for row in connection.execute(_SPANS, {"of": layer}):
        id, start, end, label, said, pieces, named, status, source, source_name, score, edited, *rest = row
        span = Span(
            id,
            label,
            coding.fragments(pieces) if pieces else (Fragment(start, end),),
            coding.attributes(named) if named else (),
            status,
            source,
            source_name,
            score,
            edited == 1,
            *rest,
        )
        if not (0 <= start < end <= length) or (surface(text, span) if pieces else text[start:end]) != said:
            raise ProjectError("span-damaged", document=document.id, span=id)
        found[id] = span
    return Annotations(MappingProxyType(found), _relations(connection, layer), state)


def write(connection: Connection, sheet: Sheet, change: Change, stamp: Stamp) -> Sheet:
    """Carry out `change` in the annotator's own layer, which is made if there is none; the sheet after it.

    Raises ChangedElsewhere when the layer, or a row of it, is not as `sheet` says, and EditRefused for offsets that
    are not in the text. The caller's transaction takes back what was done until then.
    """
    try:
        after = sheet.annotations.apply(change)
    except ValueError as error:
        raise ChangedElsewhere from error
    if not sheet.layer:
        sheet = _own_layer(connection, sheet, stamp)
    _exchange_spans(connection, sheet, change)
    _exchange_relations(connection, sheet.layer, change)
    asked = coding.state_columns(after.state) | {
        "of": sheet.layer,
        "was": sheet.revision,
        "seq": stamp.seq,
        "at": stamp.at,
        "more": accepted(change.added) - accepted(change.removed),
        "turn": stamp.turn,
    }
    _expect(connection, 1, _TOUCH, asked)
    return sheet._replace(annotations=after, revision=stamp.seq)


def add_layer(
    connection: Connection, key: int, document: Document, annotations: Annotations, stamp: Stamp, imported: bool
) -> int:
    """Make the layer of `stamp.annotator` for a document, filled with `annotations`; its key."""
    row = coding.state_columns(annotations.state) | {
        "document": key,
        "annotator": stamp.annotator,
        "imported": int(imported),
        "schema_name": stamp.schema_name,
        "schema_version": stamp.schema_version,
        "created_at": (document.created_at if imported else "") or stamp.at,
        "updated_at": stamp.at,
        "changed": stamp.seq,
        "spans": accepted(annotations.spans.values()),
    }
    layer = new_key(connection.execute(_ADD_LAYER, row))
    if annotations.spans:
        rows = [_checked_row(layer, document, span) for span in annotations.spans.values()]
        connection.execute(_ADD_SPANS, rows)
    if annotations.relations:
        connection.execute(
            _ADD_RELATIONS, [coding.relation_row(layer, relation) for relation in annotations.relations.values()]
        )
    return layer


def find(connection: Connection, key: int, annotator: str) -> int | None:
    """The key of this annotator's layer in the document, or None."""
    return connection.execute(_OWN, {"of": key, "by": annotator}).scalar()


def head(connection: Connection, layer: int) -> Head:
    """What the layer with this key says of itself."""
    annotator, name, version, created_at, updated_at, *state = connection.execute(_HEAD, {"of": layer}).one()
    return Head(annotator, name, version, created_at, updated_at, _state(state))


def accepted(values: Iterable[Span]) -> int:
    """How many of these spans count: suggestions do not."""
    return sum(span.status == "accepted" for span in values)


def _relations(connection: Connection, layer: int) -> Mapping[str, Relation]:
    found = {}
    for id, label, head, child, named, *rest in connection.execute(_RELATIONS, {"of": layer}):
        found[id] = Relation(id, label, head, child, coding.attributes(named), *rest)
    return MappingProxyType(found)


def _own_layer(connection: Connection, sheet: Sheet, stamp: Stamp) -> Sheet:
    if find(connection, sheet.key, stamp.annotator) is not None:
        raise ChangedElsewhere
    begun = stamp._replace(seq=0)
    document = sheet.document
    layer = add_layer(connection, sheet.key, document, sheet.annotations, begun, imported=False)
    return sheet._replace(layer=layer, origin=0, revision=0)


def _exchange_spans(connection: Connection, sheet: Sheet, change: Change) -> None:
    if change.removed:
        asked = [{"of": sheet.layer, "wanted": span.id} for span in change.removed]
        _expect(connection, len(asked), _DROP_SPAN, asked)
    if change.added:
        connection.execute(_ADD_SPANS, [_checked_row(sheet.layer, sheet.document, span) for span in change.added])


def _exchange_relations(connection: Connection, layer: int, change: Change) -> None:
    if change.removed_relations:
        asked = [{"of": layer, "wanted": relation.id} for relation in change.removed_relations]
        _expect(connection, len(asked), _DROP_RELATION, asked)
    if change.added_relations:
        connection.execute(_ADD_RELATIONS, [coding.relation_row(layer, each) for each in change.added_relations])


def _expect(connection: Connection, rows: int, statement: Executable, asked: Any) -> None:
    if connection.execute(statement, asked).rowcount != rows:
        raise ChangedElsewhere


def _checked_row(layer: int, document: Document, span: Span) -> dict[str, object]:
    if not lies_within(span, len(document.text)):
        raise EditRefused("span-outside-text", document=document.id, span=span.id, start=span.start, end=span.end)
    return coding.span_row(layer, document.text, span)


def _state(columns: Sequence[Any]) -> State:
    status, flagged, note, fields, role, is_gold, extra = columns
    return State(status, flagged == 1, note, coding.pairs(fields), role, is_gold == 1, extra)
