"""What was marked in articles that somebody has been over, read for learning: labels and places, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from app.store import coding
from app.store.engine import Transaction
from app.store.listing import OPEN_STATUSES, showing
from app.store.statements import Statement, sa, tables


class Taught(NamedTuple):
    """An article that teaches something: its key, its layer, the last step that touched it, whether it is finished."""

    document: int
    layer: int
    changed: int
    is_finished: bool


class Mark(NamedTuple):
    """An accepted span: its label, its fragments, and whether a person said where it begins and ends."""

    label: str
    fragments: tuple[tuple[int, int], ...]
    is_by_hand: bool


def _layers() -> Any:
    layers = tables.layers.c
    told = sa.or_(layers.status == "complete", layers.spans > 0)
    found = showing(layers.document, layers.key, layers.changed, layers.status).where(told)
    return found.order_by(layers.changed.desc(), layers.key.desc()).limit(sa.bindparam("most"))


def _marks() -> Any:
    columns = tables.spans.c
    wanted = (columns.label, columns.start, columns.end, columns.fragments, columns.source, columns.edited)
    return sa.select(*wanted).where(columns.layer == sa.bindparam("of"), columns.status == "accepted")


def _closed() -> Any:
    return sa.and_(*(tables.layers.c.status != status for status in OPEN_STATUSES))


def _open() -> Any:
    layers, documents = tables.layers.c, tables.documents.c
    closed = showing(layers.document).where(_closed())
    some = documents.key > sa.bindparam("after")
    return (
        sa.select(documents.key, documents.text)
        .where(some, documents.key.not_in(closed))
        .order_by(documents.key)
        .limit(sa.bindparam("most"))
    )


def _is_closed() -> Any:
    layers = tables.layers.c
    return showing(layers.document).where(layers.document == sa.bindparam("of"), _closed())


_LAYERS = Statement("taught.layers", _layers)
_MARKS = Statement("taught.marks", _marks)
_OPEN = Statement("taught.open", _open)
_IS_CLOSED = Statement("taught.is closed", _is_closed)
_THERE = Statement(
    "taught.is there", lambda: sa.select(tables.documents.c.key).where(tables.documents.c.key == sa.bindparam("of"))
)
_TEXT = Statement(
    "taught.text", lambda: sa.select(tables.documents.c.text).where(tables.documents.c.key == sa.bindparam("of"))
)


def taught(connection: Transaction, annotator: str, most: int) -> list[Taught]:
    """The articles with marks or finished, as this annotator sees them: those touched last, `most` at most."""
    rows = connection.execute(_LAYERS, {"annotator": annotator, "most": most})
    return [Taught(document, layer, changed, status == "complete") for document, layer, changed, status in rows]


def text(connection: Transaction, document: int) -> str:
    """The text of the document with this key, "" when it is gone."""
    return str(connection.execute(_TEXT, {"of": document}).scalar() or "")


def marks(connection: Transaction, layer: int) -> Iterator[Mark]:
    """The accepted spans of a layer."""
    for label, start, end, pieces, source, edited in connection.execute(_MARKS, {"of": layer}):
        fragments = tuple((one.start, one.end) for one in coding.fragments(pieces)) if pieces else ((start, end),)
        yield Mark(label, fragments, source == "manual" or bool(edited))


def open_texts(connection: Transaction, annotator: str, after: int, most: int) -> list[tuple[int, str]]:
    """Keys and texts of articles that are still to do, as this annotator sees them: the `most` first after a key."""
    asked = {"annotator": annotator, "after": after, "most": most}
    return [(key, text) for key, text in connection.execute(_OPEN, asked)]


def is_open(connection: Transaction, annotator: str, document: int) -> bool:
    """Whether the document with this key is there and still to do, as this annotator sees it."""
    if connection.execute(_THERE, {"of": document}).scalar() is None:
        return False
    return connection.execute(_IS_CLOSED, {"annotator": annotator, "of": document}).scalar() is None
