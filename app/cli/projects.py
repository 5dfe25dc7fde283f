"""Articles of a project that a command looks at, as the project's annotator sees them."""

from __future__ import annotations

from pathlib import Path

from app.cli.articles import Found, Row
from app.errors import CallError
from app.model.annotation import Annotations
from app.model.document import Document
from app.model.record import Record
from app.model.schema import Schema
from app.model.wish import Wish
from app.review.problems import problems
from app.store import annotations as layers
from app.store import finding, listing, schemas, settings
from app.store.engine import Transaction
from app.store.listing import DocumentRow
from app.store.looking import look


def find_in_project(path: Path, id: str | None) -> Found:
    """The article called `id`, else the first. Raises CallError for an id that is not there, and ProjectError."""
    with look(path) as database, database.reading() as connection:
        schema = schemas.read(connection, path.name)
        annotator = settings.read(connection, "annotator")
        listed = listing.rows(connection, annotator, 0, listing.END)
        wanted = next((row for row in listed if id in (None, row.id)), None)
        if wanted is None:
            raise CallError("project-empty" if id is None else "no-such-article", id=id or "", file=str(path))
        sheet = layers.load(connection, wanted.key, annotator)
        whose = annotator if sheet.layer else ""
        record = Record(sheet.document, sheet.annotations, whose, schema.name, schema.version)
        rows = tuple(Row(row.id, row.heading, annotator, row.status, row.spans) for row in listed)
    return Found(rows, record, schema)


def find_wished(path: Path, wish: Wish) -> Found:
    """The articles that are wished for, none of them read; problems are looked for. Raises ProjectError."""
    with look(path) as database, database.reading() as connection:
        schema = schemas.read(connection, path.name)
        annotator = settings.read(connection, "annotator")
        positions = finding.find(connection, annotator, wish._replace(problems=False), schemas.newest(connection))
        listed = listing.rows_at(connection, annotator, positions)
        if wish.problems:
            listed = [row for row in listed if _has_problems(connection, row, annotator, schema)]
        rows = tuple(Row(row.id, row.heading, annotator, row.status, row.spans) for row in listed)
    return Found(rows, Record(Document("", ""), Annotations()), schema)


def _has_problems(connection: Transaction, row: DocumentRow, annotator: str, schema: Schema) -> bool:
    sheet = layers.load(connection, row.key, annotator)
    return bool(problems(sheet.document.text, sheet.annotations, schema))
