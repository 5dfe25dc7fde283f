"""Layers: what one annotator says of one document, read as a value and changed by steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from app.errors import ProjectError
from app.model.annotation import Annotations, Change, State
from app.model.document import Document, text_sha256
from app.store import coding, documents, spans, sums
from app.store.documents import Known
from app.store.engine import Transaction
from app.store.spans import ChangedElsewhere
from app.store.spans import accepted as accepted
from app.store.statements import Statement, sa, tables


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


def _state_columns() -> Any:
    return [tables.layers.c[name] for name in State._fields]


def _imported() -> Any:
    columns = tables.layers.c
    return (
        sa.select(columns.key, *_state_columns())
        .where(columns.document == sa.bindparam("of"), columns.imported == 1, columns.steps == 0)
        .order_by(columns.updated_at.desc(), columns.key.desc())
        .limit(1)
    )


def _head() -> Any:
    names = ("annotator", "schema_name", "schema_version", "created_at", "updated_at")
    columns = [tables.layers.c[name] for name in names]
    return sa.select(tables.documents.c.id, *columns, *_state_columns()).where(
        tables.layers.c.key == sa.bindparam("of"), tables.documents.c.key == tables.layers.c.document
    )


def _touch() -> Any:
    columns = tables.layers.c
    changed = {columns[name]: sa.bindparam(f"new_{name}") for name in State._fields} | {
        columns.changed: sa.bindparam("seq"),
        columns.updated_at: sa.bindparam("at"),
        columns.spans: columns.spans + sa.bindparam("more"),
        columns.steps: columns.steps + sa.bindparam("turn"),
    }
    is_as_read = sa.and_(columns.key == sa.bindparam("of"), columns.changed == sa.bindparam("was"))
    return sa.update(tables.layers).where(is_as_read).values(changed)


_OWN = Statement(
    "annotations.own",
    lambda: sa.select(tables.layers.c.key, tables.layers.c.changed, *_state_columns()).where(
        tables.layers.c.document == sa.bindparam("of"), tables.layers.c.annotator == sa.bindparam("by")
    ),
)
_IMPORTED = Statement("annotations.imported", _imported)
_HEAD = Statement("annotations.head", _head)
_ANY = Statement(
    "annotations.any",
    lambda: sa.select(tables.layers.c.key).where(tables.layers.c.document == sa.bindparam("of")).limit(1),
)
_ADD = Statement("annotations.add layer", lambda: sa.insert(tables.layers))
_TOUCH = Statement("annotations.touch", _touch)
_TOUCH_ALL = Statement(
    "annotations.touch all",
    lambda: (
        sa.update(tables.layers)
        .where(tables.layers.c.document == sa.bindparam("of"))
        .values(changed=sa.bindparam("seq"))
    ),
)


def load(connection: Transaction, key: int, annotator: str, *, whole: bool = True) -> Sheet:
    """The document with this key as `annotator` sees it. Raises ProjectError when its text or a span is damaged.

    Without `whole` a document that has the annotator's own layer comes without its text, spans and relations: enough
    for a change of its state.
    """
    own = connection.execute(_OWN, {"of": key, "by": annotator}).first()
    if not whole and own is not None:
        layer, changed, *columns = own
        id = documents.id_of(connection, key)
        return Sheet(key, Document(id, ""), Annotations(state=_state(columns, id)), layer, revision=changed)
    document = documents.read(connection, key)
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


def find(connection: Transaction, key: int, annotator: str) -> int | None:
    """The key of this annotator's layer in the document, or None."""
    found: int | None = connection.execute(_OWN, {"of": key, "by": annotator}).scalar()
    return found


def is_annotated(connection: Transaction, key: int) -> bool:
    """Whether anybody has said anything of the document, or imported what others said."""
    return connection.execute(_ANY, {"of": key}).first() is not None


def marked(connection: Transaction, key: int, annotator: str, label: str) -> set[tuple[int, int]]:
    """The stretches of a document that carry `label` as `annotator` sees it, accepted and in one piece."""
    layer = find(connection, key, annotator)
    if layer is None:
        layer = connection.execute(_IMPORTED, {"of": key}).scalar()
    return set() if layer is None else spans.stretches(connection, layer, label)


def touch(connection: Transaction, key: int, seq: int) -> None:
    """Note that row `seq` of the log changed what goes with every layer of the document with this key."""
    connection.execute(_TOUCH_ALL, {"of": key, "seq": seq})


def head(connection: Transaction, layer: int) -> Head:
    """What the layer with this key says of itself."""
    id, annotator, name, version, created_at, updated_at, *state = connection.execute(_HEAD, {"of": layer}).one()
    return Head(annotator, name, version, created_at, updated_at, _state(state, id))


def write(connection: Transaction, sheet: Sheet, change: Change, stamp: Stamp) -> Sheet:
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
    asked = {f"new_{name}": value for name, value in coding.state_columns(after.state).items()} | {
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
    sums.follow(connection, sheet.key, sheet.layer, sheet.revision, stamp.seq, change)
    return sheet._replace(annotations=after, revision=stamp.seq)


def add_layer(
    connection: Transaction, key: int, document: Document, annotations: Annotations, stamp: Stamp, *, imported: bool
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
        "steps": 0,
        "problems": 0,
        "judged": 0,
        "judged_by": 0,
    }
    layer = connection.execute(_ADD, row).new_key
    spans.add(connection, layer, document, annotations)
    return layer


def _own_layer(connection: Transaction, sheet: Sheet, stamp: Stamp) -> int:
    """The annotator's own layer, made as a copy of what `sheet` shows; its revision is still 0, as the sheet's.

    Raises ChangedElsewhere where there is one already, or an import has put another text in the place of this one.
    """
    known = documents.known(connection, sheet.document.id)
    if known != Known(sheet.key, text_sha256(sheet.document.text)):
        raise ChangedElsewhere
    if find(connection, sheet.key, stamp.annotator) is not None:
        raise ChangedElsewhere
    begun = stamp._replace(seq=0)
    return add_layer(connection, sheet.key, sheet.document, sheet.annotations, begun, imported=False)


def _read(connection: Transaction, layer: int, document: Document, columns: Sequence[Any]) -> Annotations:
    return spans.read(connection, layer, document, _state(columns, document.id))


def _state(columns: Sequence[Any], document: str) -> State:
    status, flagged, note, fields, role, is_gold, extra = columns
    try:
        return State(status, flagged == 1, note, coding.pairs(fields), role, is_gold == 1, extra)
    except (ValueError, TypeError) as error:
        raise ProjectError("document-damaged", document=document) from error
