"""Documents of a project: their texts, never changed, and their order."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, Final, NamedTuple

from app.errors import ProjectError
from app.model.document import Document, Origin, text_sha256, with_origin
from app.store import fulltext
from app.store.coding import pairs, stored
from app.store.engine import Transaction
from app.store.statements import Statement, sa, tables
from app.text.dates import dated

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


def _read(*names: str) -> Any:
    return sa.select(*(tables.documents.c[name] for name in names))


def _from(*names: str) -> Any:
    """The columns `names` of the documents from position `here` on, in their order."""
    position = tables.documents.c.position
    return _read(*names).where(position >= sa.bindparam("here")).order_by(position)


def _add() -> Any:
    after_the_last = sa.func.coalesce(sa.func.max(tables.documents.c.position) + 1, 0)
    return sa.insert(tables.documents).values(position=sa.select(after_the_last).scalar_subquery())


def _before() -> Any:
    position = tables.documents.c.position
    return _read("key").where(position < sa.bindparam("here")).order_by(position.desc()).limit(1)


def _move(name: str) -> Any:
    table = getattr(tables, name)
    key = table.c.key if name == "documents" else table.c.document
    return sa.update(table).where(key == sa.bindparam("of")).values(position=sa.bindparam("to"))


def _with(column: str, *names: str) -> Any:
    return _read(*names).where(tables.documents.c[column] == sa.bindparam("wanted"))


_COUNT = Statement("documents.count", lambda: sa.select(sa.func.count()).select_from(tables.documents))
_LAST = Statement("documents.last", lambda: sa.select(sa.func.max(tables.documents.c.position)))
_POSITION = Statement("documents.position", lambda: _with("key", "position"))
_ADD = Statement("documents.add", _add)
_ADD_CARD = Statement(
    "documents.add card",
    lambda: sa.insert(tables.cards).values(
        position=sa.select(tables.documents.c.position)
        .where(tables.documents.c.key == sa.bindparam("of"))
        .scalar_subquery()
    ),
)
_AT = Statement("documents.at", lambda: _from("key").limit(1))
_BEFORE = Statement("documents.before", _before)
_KNOWN = Statement("documents.known", lambda: _with("id", "key", "sha256"))
_ID = Statement("documents.id", lambda: _with("key", "id"))
_HASHES = Statement("documents.hashes", lambda: _read("key", "sha256").order_by(tables.documents.c.position))
_ONE = Statement(
    "documents.one",
    lambda: _with("key", "id", "text", "title", "language", "meta", "created_at", "extra", "sha256"),
)
_MOVE, _MOVE_CARD = (Statement(f"{name}.move", partial(_move, name)) for name in ("documents", "cards"))
_SET_META = Statement(
    "documents.set meta",
    lambda: (
        sa.update(tables.documents)
        .where(tables.documents.c.key == sa.bindparam("of"))
        .values(meta=sa.bindparam("said"))
    ),
)
_SET_CARD = Statement(
    "documents.set card",
    lambda: (
        sa.update(tables.cards)
        .where(tables.cards.c.document == sa.bindparam("of"))
        .values({name: sa.bindparam(f"new_{name}") for name in (*Origin._fields, "dated")})
    ),
)
_TEXTS = Statement(
    "documents.texts", lambda: _from("key", "id", "heading", "text", "position").limit(sa.bindparam("most"))
)
_TEXT = Statement("documents.text", lambda: _with("key", "key", "id", "heading", "text", "position"))
_LENGTHS = Statement("documents.lengths", lambda: _from("length").limit(BATCH))


def count(connection: Transaction) -> int:
    """How many documents the project holds."""
    return int(connection.execute(_COUNT).scalar_one())


def is_whole(connection: Transaction) -> bool:
    """Whether the positions are 0, 1, 2 … without a gap: none was ever taken out but at the end."""
    last = connection.execute(_LAST).scalar()
    return last is None or last + 1 == count(connection)


def position(connection: Transaction, key: int) -> int | None:
    """Where the document stands in the project, from 0; None when there is no such key."""
    found: int | None = connection.execute(_POSITION, {"wanted": key}).scalar()
    return found


def texts(connection: Transaction, here: int) -> list[Text]:
    """The next texts from position `here` on: few where they are long, none at the project's end."""
    room, most = BATCH_LENGTH, 0
    for length in connection.execute(_LENGTHS, {"here": here}).scalars():
        room -= length
        if most and room < 0:
            break
        most += 1
    return [Text(*row) for row in connection.execute(_TEXTS, {"here": here, "most": most})]


def text(connection: Transaction, key: int) -> Text | None:
    """The text of the document with this key, or None when it is there no longer."""
    row = connection.execute(_TEXT, {"wanted": key}).first()
    return Text(*row) if row else None


def key_at(connection: Transaction, here: int) -> int | None:
    """The key of the document at position `here`, or of the next one there is."""
    found: int | None = connection.execute(_AT, {"here": here}).scalar()
    return found


def key_before(connection: Transaction, here: int) -> int | None:
    """The key of the last document before position `here`."""
    found: int | None = connection.execute(_BEFORE, {"here": here}).scalar()
    return found


def known(connection: Transaction, id: str) -> Known | None:
    """What is there under this id, or None."""
    row = connection.execute(_KNOWN, {"wanted": id}).first()
    return Known(row[0], row[1]) if row else None


def id_of(connection: Transaction, key: int) -> str:
    """The id of the document with this key. Raises ProjectError when it is missing."""
    row = connection.execute(_ID, {"wanted": key}).first()
    if row is None:
        raise ProjectError("document-missing", document=str(key))
    return str(row[0])


def by_text(connection: Transaction) -> dict[int, int]:
    """The key of the first document with each text, by what `short` makes of the hash of the text."""
    found: dict[int, int] = {}
    for key, sha256 in connection.execute(_HASHES):
        found.setdefault(short(sha256), key)
    return found


def short(sha256: str) -> int:
    """The first 64 bits of a hash in hexadecimal digits: enough to tell the texts of a project apart."""
    return int(sha256[:16], 16)


def read(connection: Transaction, key: int) -> Document:
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


def add(connection: Transaction, document: Document, now: str) -> int:
    """Put `document` at the end of the project, made `now` unless it says when; its key."""
    key = connection.execute(_ADD, _row(document, now)).new_key
    card = {"document": key, "of": key, "id": document.id, "heading": document.heading}
    connection.execute(_ADD_CARD, card | _told_by(document.origin))
    fulltext.add(connection, key, document.text, fulltext.told(document.title, document.origin))
    return key


def set_origin(connection: Transaction, key: int, origin: Origin) -> None:
    """Say where the document with this key comes from. Raises ProjectError as `read` does."""
    before = read(connection, key)
    now = replace(before, meta=with_origin(before.meta, origin))
    connection.execute(_SET_META, {"of": key, "said": stored(now.meta) if now.meta else ""})
    connection.execute(_SET_CARD, {f"new_{name}": value for name, value in _told_by(now.origin).items()} | {"of": key})
    was, told = (fulltext.told(one.title, one.origin) for one in (before, now))
    fulltext.retell(connection, key, was, told)


def move(connection: Transaction, key: int, position: int) -> None:
    """Let the document with this key stand at `position`, which no other holds."""
    for statement in (_MOVE, _MOVE_CARD):
        connection.execute(statement, {"of": key, "to": position})


def _told_by(origin: Origin) -> dict[str, object]:
    """What a card says of where its document comes from."""
    return {**origin._asdict(), "dated": dated(origin.date)}


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
