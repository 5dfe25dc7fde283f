"""Documents of a project: their texts, their order, and the rows of the list of articles.

A document is shown through one layer: the annotator's own, else of the imported ones that nobody went on with, the
one that was left last.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    bindparam,
    func,
    insert,
    literal,
    or_,
    select,
)

from app.errors import ProjectError
from app.model.document import Document, text_sha256
from app.store.coding import pairs, stored
from app.store.engine import new_key
from app.store.tables import documents, layers

OPEN_STATUSES: Final = ("new", "in_progress")

_END: Final = 2**62


class DocumentRow(NamedTuple):
    """One line of the list of articles: `key` names it in this project, `spans` counts what is accepted in it."""

    key: int
    id: str
    heading: str
    status: str
    flagged: bool
    spans: int


class Known(NamedTuple):
    """A document that is in the project already."""

    key: int
    sha256: str


def _shown() -> tuple[FromClause, Any]:
    """Documents joined to the layer they are shown through for the annotator bound as `annotator`, and that layer."""
    own = layers.alias("own")
    imported = layers.alias("imported")
    latest = (
        select(imported.c.key)
        .where(imported.c.document == documents.c.key, imported.c.imported == 1, imported.c.steps == 0)
        .order_by(imported.c.updated_at.desc(), imported.c.key.desc())
        .limit(1)
        .correlate(documents)
        .scalar_subquery()
    )
    layer = layers.alias("shown")
    chosen = func.coalesce(own.c.key, latest)
    joined = documents.outerjoin(
        own, and_(own.c.document == documents.c.key, own.c.annotator == bindparam("annotator"))
    ).outerjoin(layer, layer.c.key == chosen)
    return joined, layer.c


_JOINED, _LAYER = _shown()
_STATUS: ColumnElement[str] = func.coalesce(_LAYER.status, literal("new"))
_ROW_COLUMNS = (
    documents.c.key,
    documents.c.id,
    documents.c.heading,
    _STATUS.label("status"),
    func.coalesce(_LAYER.flagged, 0).label("flagged"),
    func.coalesce(_LAYER.spans, 0).label("spans"),
)
_ROWS = (
    select(*_ROW_COLUMNS)
    .select_from(_JOINED)
    .where(documents.c.position >= bindparam("first"), documents.c.position < bindparam("beyond"))
    .order_by(documents.c.position)
)
_COUNTS = select(_STATUS, func.count()).select_from(_JOINED).group_by(_STATUS)
_COUNT = select(func.count()).select_from(documents)
_POSITION = select(documents.c.position).where(documents.c.key == bindparam("wanted"))
_ADD = insert(documents).values(position=select(func.coalesce(func.max(documents.c.position) + 1, 0)).scalar_subquery())
_AT = select(documents.c.key).where(documents.c.position >= bindparam("here")).order_by(documents.c.position).limit(1)
_BEFORE = (
    select(documents.c.key)
    .where(documents.c.position < bindparam("here"))
    .order_by(documents.c.position.desc())
    .limit(1)
)
_KNOWN = select(documents.c.key, documents.c.sha256).where(documents.c.id == bindparam("wanted"))
_ONE = select(
    documents.c.id,
    documents.c.text,
    documents.c.title,
    documents.c.language,
    documents.c.meta,
    documents.c.created_at,
    documents.c.extra,
    documents.c.sha256,
).where(documents.c.key == bindparam("wanted"))


_OPEN = (
    select(documents.c.key)
    .select_from(_JOINED)
    .where(
        documents.c.position >= bindparam("first"),
        documents.c.position < bindparam("beyond"),
        _STATUS.in_(OPEN_STATUSES),
    )
    .order_by(documents.c.position)
    .limit(1)
)


_ROWS_AT = (
    select(*_ROW_COLUMNS)
    .select_from(_JOINED)
    .where(documents.c.position.in_(bindparam("wanted", expanding=True)))
    .order_by(documents.c.position)
)
_FOUND = select(documents.c.position).select_from(_JOINED).order_by(documents.c.position)
_FLAGGED = select(func.count()).select_from(_JOINED).where(_LAYER.flagged == 1)


def count(connection: Connection) -> int:
    """How many documents the project holds."""
    return connection.execute(_COUNT).scalar_one()


def rows(connection: Connection, annotator: str, first: int, limit: int) -> list[DocumentRow]:
    """The rows at positions `first` … `first + limit - 1`, in the order of the project."""
    asked = {"annotator": annotator, "first": first, "beyond": first + limit}
    return [_document_row(*row) for row in connection.execute(_ROWS, asked)]


def rows_at(connection: Connection, annotator: str, positions: Sequence[int]) -> list[DocumentRow]:
    """The rows at these positions, in the order of the project."""
    asked = {"annotator": annotator, "wanted": list(positions)}
    return [_document_row(*row) for row in connection.execute(_ROWS_AT, asked)]


def find(
    connection: Connection, annotator: str, text: str, statuses: Sequence[str] = (), flagged: bool = False
) -> list[int]:
    """Positions of the documents whose heading holds `text` (or whose id it is), at one of `statuses` (none: any).

    With `flagged`, only of those that are flagged.
    """
    found = _FOUND
    if text:
        found = found.where(or_(documents.c.heading.contains(text, autoescape=True), documents.c.id == text))
    if statuses:
        found = found.where(_STATUS.in_(statuses))
    if flagged:
        found = found.where(_LAYER.flagged == 1)
    return list(connection.execute(found, {"annotator": annotator}).scalars())


def flagged_count(connection: Connection, annotator: str) -> int:
    """How many documents are flagged, as this annotator sees them."""
    return connection.execute(_FLAGGED, {"annotator": annotator}).scalar_one()


def _document_row(key: int, id: str, heading: str, status: str, flagged: int, spans: int) -> DocumentRow:
    return DocumentRow(key, id, heading, status, bool(flagged), spans)


def counts(connection: Connection, annotator: str) -> dict[str, int]:
    """How many documents stand at each status, as this annotator sees them."""
    found = connection.execute(_COUNTS, {"annotator": annotator})
    return {row[0]: row[1] for row in found}


def position(connection: Connection, key: int) -> int | None:
    """Where the document stands in the project, from 0; None when there is no such key."""
    return connection.execute(_POSITION, {"wanted": key}).scalar()


def key_at(connection: Connection, here: int) -> int | None:
    """The key of the document at position `here`, or of the next one there is."""
    return connection.execute(_AT, {"here": here}).scalar()


def key_before(connection: Connection, here: int) -> int | None:
    """The key of the last document before position `here`."""
    return connection.execute(_BEFORE, {"here": here}).scalar()


def next_open(connection: Connection, annotator: str, here: int) -> int | None:
    """The key of the next document that is not finished after position `here`, else of the first one before it."""
    for first, beyond in ((here + 1, _END), (0, here)):
        asked = {"annotator": annotator, "first": first, "beyond": beyond}
        found = connection.execute(_OPEN, asked).scalar()
        if found is not None:
            return int(found)
    return None


def known(connection: Connection, id: str) -> Known | None:
    """What is there under this id, or None."""
    row = connection.execute(_KNOWN, {"wanted": id}).first()
    return Known(row[0], row[1]) if row else None


def read(connection: Connection, key: int) -> Document:
    """The document with this key. Raises ProjectError when it is missing or its text is not what was imported."""
    row = connection.execute(_ONE, {"wanted": key}).first()
    if row is None:
        raise ProjectError("document-missing", document=str(key))
    id, text, title, language, meta, created_at, extra, sha256 = row
    if text_sha256(text) != sha256:
        raise ProjectError("text-damaged", document=id)
    try:
        return Document(id, text, title, language, pairs(meta), created_at, extra)
    except (ValueError, TypeError) as error:
        raise ProjectError("document-damaged", document=id) from error


def add(connection: Connection, document: Document, now: str) -> int:
    """Put `document` at the end of the project, made `now` unless it says when; its key."""
    return new_key(connection.execute(_ADD, _row(document, now)))


def _row(document: Document, now: str) -> dict[str, object]:
    return {
        "id": document.id,
        "title": document.title,
        "heading": document.heading,
        "sha256": text_sha256(document.text),
        "length": len(document.text),
        "language": document.language,
        "created_at": document.created_at or now,
        "meta": stored(document.meta) if document.meta else "",
        "extra": document.extra,
        "text": document.text,
    }
