"""Layers: what one annotator says of one document, read as a value and changed by steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from app.errors import ProjectError
from app.model.annotation import Annotations, Change, State
from app.model.document import Document
from app.store import coding, documents, spans
from app.store.engine import new_key
from app.store.spans import ChangedElsewhere
from app.store.spans import accepted as accepted
from app.store.tables import documents as documents_table
from app.store.tables import layers


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


_STATE: Final = tuple(layers.c[name] for name in State._fields)
_OWN = select(layers.c.key, layers.c.changed, *_STATE).where(
    layers.c.document == bindparam("of"), layers.c.annotator == bindparam("by")
)
_IMPORTED = (
    select(layers.c.key, *_STATE)
    .where(layers.c.document == bindparam("of"), layers.c.imported == 1, layers.c.steps == 0)
    .order_by(layers.c.updated_at.desc(), layers.c.key.desc())
    .limit(1)
)
_HEAD = select(
    documents_table.c.id,
    layers.c.annotator,
    layers.c.schema_name,
    layers.c.schema_version,
    layers.c.created_at,
    layers.c.updated_at,
    *_STATE,
).where(layers.c.key == bindparam("of"), documents_table.c.key == layers.c.document)
_ADD = insert(layers)
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
        return Sheet(key, document, _read(connection, layer, document, columns), layer, revision=changed)
    imported = connection.execute(_IMPORTED, {"of": key}).first()
    if imported is None:
        return Sheet(key, document, Annotations())
    layer, *columns = imported
    found = _read(connection, layer, document, columns)
    own_state = found.state._replace(role="annotator", is_gold=False)
    return Sheet(key, document, replace(found, state=own_state), origin=layer)


def find(connection: Connection, key: int, annotator: str) -> int | None:
    """The key of this annotator's layer in the document, or None."""
    return connection.execute(_OWN, {"of": key, "by": annotator}).scalar()


def marked(connection: Connection, key: int, annotator: str, label: str) -> set[tuple[int, int]]:
    """The stretches of a document that carry `label` as `annotator` sees it, accepted and in one piece."""
    layer = find(connection, key, annotator)
    if layer is None:
        layer = connection.execute(_IMPORTED, {"of": key}).scalar()
    return set() if layer is None else spans.stretches(connection, layer, label)


def head(connection: Connection, layer: int) -> Head:
    """What the layer with this key says of itself."""
    id, annotator, name, version, created_at, updated_at, *state = connection.execute(_HEAD, {"of": layer}).one()
    return Head(annotator, name, version, created_at, updated_at, _state(state, id))


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
        sheet = sheet._replace(layer=_own_layer(connection, sheet, stamp))
    # First of all: whoever was quicker has made another revision.
    asked = coding.state_columns(after.state) | {
        "of": sheet.layer,
        "was": sheet.revision,
        "seq": stamp.seq,
        "at": stamp.at,
        "more": accepted(change.added) - accepted(change.removed),
        "turn": stamp.turn,
    }
    if connection.execute(_TOUCH, asked).rowcount != 1:
        raise ChangedElsewhere
    spans.exchange(connection, sheet.layer, sheet.document, change)
    return sheet._replace(annotations=after, revision=stamp.seq)


def add_layer(
    connection: Connection, key: int, document: Document, annotations: Annotations, stamp: Stamp, *, imported: bool
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
    layer = new_key(connection.execute(_ADD, row))
    spans.add(connection, layer, document, annotations)
    return layer


def _own_layer(connection: Connection, sheet: Sheet, stamp: Stamp) -> int:
    """The annotator's own layer, made as a copy of what `sheet` shows; its revision is still 0, as the sheet's."""
    if find(connection, sheet.key, stamp.annotator) is not None:
        raise ChangedElsewhere
    begun = stamp._replace(seq=0)
    return add_layer(connection, sheet.key, sheet.document, sheet.annotations, begun, imported=False)


def _read(connection: Connection, layer: int, document: Document, columns: Sequence[Any]) -> Annotations:
    return spans.read(connection, layer, document, _state(columns, document.id))


def _state(columns: Sequence[Any], document: str) -> State:
    status, flagged, note, fields, role, is_gold, extra = columns
    try:
        return State(status, flagged == 1, note, coding.pairs(fields), role, is_gold == 1, extra)
    except (ValueError, TypeError) as error:
        raise ProjectError("document-damaged", document=document) from error
