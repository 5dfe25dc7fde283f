"""From an empty file to a project, and from an older project to this version."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from app.errors import FaultyFile, ProjectError
from app.labels import shipped_schema
from app.model.document import origin_of
from app.model.moment import moment
from app.model.schema import Schema
from app.model.schema_file import read_schema, schema_json
from app.model.schema_upgrade import upgraded
from app.store import disk, fulltext
from app.store.coding import pairs
from app.store.engine import APPLICATION_ID, Database, Transaction, disk_error
from app.store.statements import definitions
from app.text.dates import dated

Migration = Callable[[Transaction], None]

_SCHEMAS = (
    "CREATE TABLE schemas (number INTEGER NOT NULL, at TEXT DEFAULT '' NOT NULL, name TEXT DEFAULT '' NOT NULL, "
    "version TEXT DEFAULT '' NOT NULL, content TEXT DEFAULT '' NOT NULL, PRIMARY KEY (number)) STRICT"
)


def keep_schemas(connection: Transaction) -> None:
    """From version 1 to 2: every schema is kept, and conflict-news moves up to its second version."""
    connection.exec_driver_sql(_SCHEMAS)
    content = connection.exec_driver_sql("SELECT value FROM project WHERE name = 'schema'").scalar() or ""
    connection.exec_driver_sql("DELETE FROM project WHERE name = 'schema'")
    try:
        own = read_schema(content.encode(), "")
    except FaultyFile:  # told by whoever opens the project
        connection.exec_driver_sql("INSERT INTO schemas (content) VALUES (?)", [content])
        return
    _keep(connection, own, content, "")
    older, newer = shipped_schema("conflict-news-1"), shipped_schema("conflict-news")
    if (own.name, own.version) == (older.name, older.version):
        moved_up = upgraded(own, older, newer)
        _keep(connection, moved_up, schema_json(moved_up).decode(), moment(time.time()))
        stamped = [newer.version, older.name, older.version]
        connection.exec_driver_sql(
            "UPDATE layers SET schema_version = ? WHERE schema_name = ? AND schema_version = ?", stamped
        )


def _keep(connection: Transaction, schema: Schema, content: str, at: str) -> None:
    row = [at, schema.name, schema.version, content]
    connection.exec_driver_sql("INSERT INTO schemas (at, name, version, content) VALUES (?, ?, ?, ?)", row)


_CARDS = (
    "CREATE TABLE cards (document INTEGER NOT NULL, position INTEGER NOT NULL, id TEXT DEFAULT '' NOT NULL, "
    "heading TEXT DEFAULT '' NOT NULL, source TEXT DEFAULT '' NOT NULL, date TEXT DEFAULT '' NOT NULL, "
    "address TEXT DEFAULT '' NOT NULL, PRIMARY KEY (document), "
    'FOREIGN KEY(document) REFERENCES documents ("key")) STRICT',
    "CREATE INDEX cards_by_date ON cards (date, position)",
    "CREATE INDEX cards_by_position ON cards (position)",
    "CREATE INDEX cards_by_source ON cards (source, position)",
)


def keep_cards(connection: Transaction) -> None:
    """From version 2 to 3: what the list of articles sorts and filters by stands by itself."""
    for definition in _CARDS:
        connection.exec_driver_sql(definition)
    found = connection.exec_driver_sql("SELECT key, position, id, heading, meta FROM documents")
    for *card, meta in found.all():
        connection.exec_driver_sql("INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?)", [*card, *origin_of(pairs(meta))])


_TALLIES = (
    "CREATE TABLE tallies (label TEXT NOT NULL, layer INTEGER NOT NULL, accepted INTEGER DEFAULT '0' NOT NULL, "
    "suggested INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (label, layer)) STRICT, WITHOUT ROWID",
    "INSERT INTO tallies SELECT label, layer, sum(status = 'accepted'), sum(status != 'accepted') FROM spans "
    "GROUP BY label, layer",
    *(f"ALTER TABLE layers ADD COLUMN {name} INTEGER DEFAULT '0' NOT NULL" for name in ("problems", "judged")),
    "ALTER TABLE layers ADD COLUMN judged_by INTEGER DEFAULT '0' NOT NULL",
    "CREATE INDEX layers_by_annotator ON layers (annotator, document)",
    "CREATE INDEX layers_with_notes ON layers (\"key\") WHERE note != ''",
    'CREATE INDEX layers_with_problems ON layers ("key") WHERE problems > 0',
    "CREATE INDEX spans_with_notes ON spans (layer) WHERE note != ''",
    "ALTER TABLE cards ADD COLUMN dated TEXT DEFAULT '' NOT NULL",
    "DROP INDEX cards_by_date",
)


def keep_tallies(connection: Transaction) -> None:
    """From version 3 to 4: spans are counted by label, dates are read, and problems are counted when looked for."""
    for definition in _TALLIES:
        connection.exec_driver_sql(definition)
    for (said,) in connection.exec_driver_sql("SELECT DISTINCT date FROM cards WHERE date != ''").all():
        connection.exec_driver_sql("UPDATE cards SET dated = ? WHERE date = ?", [dated(said), said])
    connection.exec_driver_sql("CREATE INDEX cards_by_date ON cards (dated, position)")


_WORDS = (
    "CREATE VIRTUAL TABLE words USING fts5(text, content='', detail=none, columnsize=0, "
    "tokenize='unicode61 remove_diacritics 0')",
    "INSERT INTO words (words, rank) VALUES ('hashsize', 16777216)",
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row)",
    "CREATE VIRTUAL TABLE told USING fts5(text, content='', detail=none, columnsize=0, "
    "tokenize='unicode61 remove_diacritics 0')",
)
_CARDS_ORDERED = (
    "CREATE INDEX cards_by_address ON cards (address, position)",
    "CREATE INDEX cards_moved ON cards (document) WHERE document != position + 1",
)


def keep_words(connection: Transaction) -> None:
    """From version 4 to 5: the words of the texts and cards have an index, filled when the project is open."""
    for definition in (*_WORDS, *_CARDS_ORDERED):
        connection.exec_driver_sql(definition)


_DECISIONS = (
    "CREATE TABLE decisions (key INTEGER NOT NULL, seq INTEGER NOT NULL, document INTEGER NOT NULL, "
    "label TEXT DEFAULT '' NOT NULL, start INTEGER DEFAULT '0' NOT NULL, \"end\" INTEGER DEFAULT '0' NOT NULL, "
    "surface TEXT DEFAULT '' NOT NULL, folded TEXT DEFAULT '' NOT NULL, source_name TEXT DEFAULT '' NOT NULL, "
    "outcome TEXT DEFAULT '' NOT NULL, annotator TEXT DEFAULT '' NOT NULL, at TEXT DEFAULT '' NOT NULL, "
    'PRIMARY KEY ("key"), FOREIGN KEY(document) REFERENCES documents ("key")) STRICT',
    "CREATE INDEX decisions_by_document ON decisions (document)",
    "CREATE INDEX decisions_by_seq ON decisions (seq)",
    "CREATE TABLE models (key INTEGER NOT NULL, name TEXT NOT NULL, content BLOB NOT NULL, "
    "sha256 TEXT DEFAULT '' NOT NULL, schema TEXT DEFAULT '' NOT NULL, made_at TEXT DEFAULT '' NOT NULL, "
    'PRIMARY KEY ("key")) STRICT',
)


def keep_decisions(connection: Transaction) -> None:
    """From version 5 to 6: what was decided about suggestions, and what was learned of it, has its tables."""
    for definition in _DECISIONS:
        connection.exec_driver_sql(definition)


# MIGRATIONS[n] brings version n + 1 to version n + 2. A migration writes its own SQL: app.store.tables moves on.
MIGRATIONS: tuple[Migration, ...] = (keep_schemas, keep_cards, keep_tallies, keep_words, keep_decisions)


def make(database: Database) -> None:
    """Turn the empty file of `database` into a project of this version."""
    with database.writing() as connection:
        for definition in definitions():
            connection.exec_driver_sql(definition)
        fulltext.begin(connection)
    database.pragma("application_id", APPLICATION_ID)
    database.pragma("user_version", len(MIGRATIONS) + 1)


def version_of(database: Database, newest: int = len(MIGRATIONS) + 1) -> int:
    """The version of the project. Raises ProjectError for a file that is no project, and for a newer one."""
    version = int(database.pragma("user_version"))
    if database.pragma("application_id") != APPLICATION_ID or version < 1:
        raise ProjectError("not-a-project", file=str(database.path))
    if version > newest:
        raise ProjectError("project-newer", file=str(database.path), version=version, known=newest)
    return version


def bring_up(database: Database, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Make sure that `database` is a project of this version; see `version_of`.

    A copy of the older file is kept beside it before each migration; one that fails leaves the file as it was.
    """
    version = version_of(database, len(migrations) + 1)
    for migration in migrations[version - 1 :]:
        keep_copy(database, version)
        with database.writing() as connection:
            if connection.exec_driver_sql("PRAGMA user_version").scalar() == version:  # nobody was quicker
                migration(connection)
                connection.exec_driver_sql(f"PRAGMA user_version={version + 1}")
        version += 1


def keep_copy(database: Database, version: int) -> Path:
    """A copy of the project as it is, under a name that says its version; a try that was cut off may have left it.

    Raises ProjectError.
    """
    making = database.path.with_name(f".{database.path.name}.{secrets.token_hex(4)}.part")
    try:
        database.copy_to(making)
        return _kept(making, database.path, version)
    except OSError as error:
        raise disk_error(error, database.path) from error
    finally:
        disk.discard(making)


def _kept(made: Path, project: Path, version: int) -> Path:
    """The finished file `made` under the first name that is free, or has the same content already."""
    from filecmp import cmp

    for number in count(1):
        copy = project.with_suffix(f".version-{version}{f'-{number}' if number > 1 else ''}{project.suffix}")
        try:
            disk.place(made, copy)
            break
        except FileExistsError:
            if cmp(made, copy, shallow=False):
                disk.flush_folder(copy.parent)
                break
    return copy
