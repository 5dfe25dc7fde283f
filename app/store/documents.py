"""Documents of a project: their texts, never changed, and their order."""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import (
    Connection,
    bindparam,
    func,
    insert,
    select,
)

from app.errors import ProjectError
from app.model.document import Document, text_sha256
from app.store.coding import pairs, stored
from app.store.engine import new_key
from app.store.tables import documents

BATCH: Final = 256
BATCH_LENGTH: Final = 1_000_000
"""How many texts, and of how many code points together, are read at a time."""


class Text(NamedTuple):
    """The text of a document, to be searched; `position` is its place in the project."""

    key: int
    id: str
    heading: str
    text: str
    position: int = 0


class Known(NamedTuple):
    """A document that is in the project already."""

    key: int
    sha256: str


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

_TEXTS = (
    select(documents.c.key, documents.c.id, documents.c.heading, documents.c.text, documents.c.position)
    .where(documents.c.position >= bindparam("here"))
    .order_by(documents.c.position)
    .limit(bindparam("most"))
)
_LENGTHS = (
    select(documents.c.length)
    .where(documents.c.position >= bindparam("here"))
    .order_by(documents.c.position)
    .limit(BATCH)
)


def count(connection: Connection) -> int:
    """How many documents the project holds."""
    return connection.execute(_COUNT).scalar_one()


def position(connection: Connection, key: int) -> int | None:
    """Where the document stands in the project, from 0; None when there is no such key."""
    return connection.execute(_POSITION, {"wanted": key}).scalar()


def texts(connection: Connection, here: int) -> list[Text]:
    """The next texts from position `here` on: few where they are long, none at the project's end."""
    room, most = BATCH_LENGTH, 0
    for length in connection.execute(_LENGTHS, {"here": here}).scalars():
        room -= length
        if most and room < 0:
            break
        most += 1
    return [Text(*row) for row in connection.execute(_TEXTS, {"here": here, "most": most})]


def key_at(connection: Connection, here: int) -> int | None:
    """The key of the document at position `here`, or of the next one there is."""
    return connection.execute(_AT, {"here": here}).scalar()


def key_before(connection: Connection, here: int) -> int | None:
    """The key of the last document before position `here`."""
    return connection.execute(_BEFORE, {"here": here}).scalar()


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
