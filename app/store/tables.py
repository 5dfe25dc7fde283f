"""The tables of a project, as version 6 of its file has them.

Types are the plain ones that SQLite and PostgreSQL share, without any conversion on the way: yes and no are 1 and 0,
lists are JSON text or "" when empty, times are text in UTC with milliseconds. The text of a document stands last in
its row, so that the list of articles is read without it.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    REAL,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

# What SQLAlchemy has no words for: the words of the texts and of what is told of them (title, source, date, address),
# folded, and the documents that have each; see fulltext.
VIRTUAL: Final = (
    "CREATE VIRTUAL TABLE words USING fts5(text, content='', detail=none, columnsize=0, "
    "tokenize='unicode61 remove_diacritics 0')",
    "INSERT INTO words (words, rank) VALUES ('hashsize', 16777216)",
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row)",
    "CREATE VIRTUAL TABLE told USING fts5(text, content='', detail=none, columnsize=0, "
    "tokenize='unicode61 remove_diacritics 0')",
)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _whole(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


def _score() -> Column[float]:
    return Column("score", Double().with_variant(REAL(), "sqlite"))


# What is known of the project as a whole: source, annotator, training file.
project = Table(
    "project",
    metadata,
    Column("name", Text, primary_key=True),
    _text("value"),
    sqlite_strict=True,
)

# Every schema that the project has had, as its file; the newest is the one in use.
schemas = Table(
    "schemas",
    metadata,
    Column("number", Integer, primary_key=True),
    _text("at"),
    _text("name"),
    _text("version"),
    _text("content"),
    sqlite_strict=True,
)

documents = Table(
    "documents",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("position", Integer, nullable=False, index=True),
    Column("id", Text, nullable=False, unique=True),
    _text("title"),
    _text("heading"),
    _text("sha256"),
    _whole("length"),
    _text("language"),
    _text("created_at"),
    _text("meta"),
    _text("extra"),
    _text("text"),
    sqlite_strict=True,
)

# What the list of articles sorts and filters by, without reading the documents: a copy of what stands there. `dated`
# is `date` as ISO 8601, "" where it cannot be read. Where each stands where it was put first, its position follows
# from its key: `cards_moved` knows the others.
cards = Table(
    "cards",
    metadata,
    Column("document", ForeignKey("documents.key"), primary_key=True),
    Column("position", Integer, nullable=False),
    _text("id"),
    _text("heading"),
    _text("source"),
    _text("date"),
    _text("address"),
    _text("dated"),
    Index("cards_by_position", "position"),
    Index("cards_by_source", "source", "position"),
    Index("cards_by_date", "dated", "position"),
    Index("cards_by_address", "address", "position"),
    Index("cards_moved", "document", sqlite_where=text("document != position + 1")),
    sqlite_strict=True,
)

# One layer is what one annotator says of one document. `changed` is the log's seq of the last step that touched it,
# `spans` counts its accepted spans, `steps` its steps that are done and not taken back: a layer that was neither
# imported nor has such a step says nothing yet. `problems` counts what was wrong with it when it was judged: by the
# schema with the number `judged_by`, as it was when `changed` was `judged`.
layers = Table(
    "layers",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("document", ForeignKey("documents.key"), nullable=False),
    _text("annotator"),
    _whole("imported"),
    _text("status"),
    _whole("flagged"),
    _text("note"),
    _text("fields"),
    _text("role"),
    _whole("is_gold"),
    _text("extra"),
    _text("schema_name"),
    _text("schema_version"),
    _text("created_at"),
    _text("updated_at"),
    _whole("changed"),
    _whole("spans"),
    _whole("steps"),
    _whole("problems"),
    _whole("judged"),
    _whole("judged_by"),
    UniqueConstraint("document", "annotator"),
    Index("layers_by_change", "changed"),
    Index("layers_by_annotator", "annotator", "document"),
    Index("layers_with_problems", "key", sqlite_where=text("problems > 0")),
    Index("layers_with_notes", "key", sqlite_where=text("note != ''")),
    sqlite_strict=True,
)

spans = Table(
    "spans",
    metadata,
    Column("layer", ForeignKey("layers.key"), nullable=False),
    Column("id", Text, nullable=False),
    _whole("start"),
    _whole("end"),
    _text("label"),
    _text("surface"),
    _text("fragments"),
    _text("attributes"),
    _text("status"),
    _text("source"),
    _text("source_name"),
    _score(),
    _whole("edited"),
    _text("note"),
    _text("created_at"),
    _text("updated_at"),
    _text("extra"),
    PrimaryKeyConstraint("layer", "id"),
    Index("spans_with_notes", "layer", sqlite_where=text("note != ''")),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# How many spans of a label a layer holds; no row where it holds none. `layer` is no foreign key: to delete a layer
# would then look for it under every label.
tallies = Table(
    "tallies",
    metadata,
    Column("label", Text, nullable=False),
    Column("layer", Integer, nullable=False),
    _whole("accepted"),
    _whole("suggested"),
    PrimaryKeyConstraint("label", "layer"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

relations = Table(
    "relations",
    metadata,
    Column("layer", ForeignKey("layers.key"), nullable=False),
    Column("id", Text, nullable=False),
    _text("label"),
    _text("head"),
    _text("child"),
    _text("attributes"),
    _text("source"),
    _score(),
    _text("extra"),
    PrimaryKeyConstraint("layer", "id"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# Every step ever made, taken back or made again: `kind` is do, undo or redo, `target` the seq that is turned.
log = Table(
    "log",
    metadata,
    Column("seq", Integer, primary_key=True),
    _text("at"),
    _text("annotator"),
    _text("command"),
    _text("kind"),
    _whole("target"),
    _text("step"),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

# What became of each part of a step: `state` is done, undone or dropped ("" for the rows of undo and redo
# themselves), `turn` the seq that made it so.
parts = Table(
    "parts",
    metadata,
    Column("layer", ForeignKey("layers.key"), nullable=False),
    Column("seq", ForeignKey("log.seq"), nullable=False),
    _text("state"),
    _whole("turn"),
    PrimaryKeyConstraint("seq", "layer"),
    Index("parts_by_layer", "layer", "state", "turn"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# Places, zoom and the like; `document` 0 stands for the whole project.
remembered = Table(
    "remembered",
    metadata,
    Column("name", Text, nullable=False),
    Column("document", Integer, nullable=False),
    _text("value"),
    PrimaryKeyConstraint("name", "document"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# What was decided about suggestions by steps that are done; `seq` is that of the step. `start` and `end` are where in
# the document, `folded` is what is compared in other documents.
decisions = Table(
    "decisions",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("document", ForeignKey("documents.key"), nullable=False),
    _text("label"),
    _whole("start"),
    _whole("end"),
    _text("surface"),
    _text("folded"),
    _text("source_name"),
    _text("outcome"),
    _text("annotator"),
    _text("at"),
    Index("decisions_by_document", "document"),
    Index("decisions_by_seq", "seq"),
    sqlite_strict=True,
)

# What sources of suggestions have learned: the newest row of a name is the one in use. `sha256` is that of `content`.
models = Table(
    "models",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    _text("sha256"),
    _text("schema"),
    _text("made_at"),
    sqlite_strict=True,
)
