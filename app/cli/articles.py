"""Articles that a command looks at: those of a text, a JSON Lines file or a project, none of which it changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from app.errors import CallError, Fault, FaultyFile
from app.formats.findings import WARNINGS
from app.formats.registry import read_file
from app.formats.sources import open_source
from app.labels import default_schema, known_schema
from app.model.annotation import Annotations
from app.model.record import Record
from app.model.schema import Schema

_SUFFIX = ".hashiya"
_SQLITE = b"SQLite format 3\0"

Report = Callable[[Fault], None]


class Row(NamedTuple):
    """One article of several: its id, its heading, who annotated it and how far, and how many spans it has."""

    id: str
    heading: str
    annotator: str
    status: str
    spans: int


class Found(NamedTuple):
    """What a file holds: a row for each article, the one that was asked for (else the first), and its schema.

    That of a file is the one that the article names, if it has shipped; else the default.
    """

    rows: tuple[Row, ...]
    record: Record
    schema: Schema
    faulty: bool = False


def find(path: Path, id: str | None, report: Report) -> Found:
    """The article called `id` in `path`, else its first; `report` hears of each thing refused.

    Raises CallError for an id that is not there, SourceError, FaultyFile when nothing could be read, or ProjectError.
    """
    if not is_project(path):
        return _in_file(path, id, report)
    from app.cli.projects import find_in_project  # the database takes longer to import than a file to show

    return find_in_project(path, id)


def is_project(path: Path) -> bool:
    """Whether `path` is to be read as a project: by its suffix, or by how it begins. Raises SourceError."""
    with open_source(path) as stream:
        return path.suffix.lower() == _SUFFIX or stream.read(len(_SQLITE)) == _SQLITE


def _in_file(path: Path, id: str | None, report: Report) -> Found:
    faults: list[Fault] = []
    rows: list[Row] = []
    wanted: Record | None = None
    for found in read_file(path):
        if isinstance(found, Fault):
            faults.append(found)
            continue
        rows.append(_row(found))
        if wanted is None and id in (None, found.document.id):
            wanted = found
    if not rows:
        raise FaultyFile("nothing-read", tuple(faults), file=path.name, count=len(faults))
    for fault in faults:
        report(fault)
    if wanted is None:
        raise CallError("no-such-article", id=id, file=str(path))
    schema = known_schema(wanted.schema_name, wanted.schema_version) or default_schema()
    return Found(tuple(rows), wanted, schema, any(fault.code not in WARNINGS for fault in faults))


def _row(record: Record) -> Row:
    document, said = record.document, record.annotations or Annotations()
    spans = sum(span.status == "accepted" for span in said.spans.values())
    return Row(document.id, document.heading, record.annotator, said.state.status, spans)
