"""What a file holds before anything of it is taken: its beginning as articles, and what the project has of it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from app.errors import Fault
from app.formats.csv_read import column_for
from app.formats.csv_tables import Row, rows
from app.formats.encodings import NOT_UTF8, Candidate
from app.formats.findings import WARNINGS
from app.formats.registry import Format, ReadOptions, format_of, named, read_file
from app.intake import those_there
from app.model.document import text_sha256
from app.model.record import Record
from app.previewing import encodings_of
from app.store import documents
from app.store.engine import Transaction
from app.store.looking import look
from app.text.likeness import Alike
from app.text.presentation import presentation_forms

LOOKED_AT: Final = 2000
"""How many articles of a file are looked at."""
ROLES: Final = ("text", "id", "title", "source", "date", "address")
"""What a column of a table may be for an article."""

_FIRST, _FAULTS = 3, 20


class Near(NamedTuple):
    """The article `id`, which is nearly the same as the `other`, and how much of both is common, from 0.0 to 1.0."""

    id: str
    other: str
    share: float


class Sample(NamedTuple):
    """The beginning of one file or folder.

    `encodings` are those that a file which is not UTF-8 may be in, `columns` the names of a table's, `chosen` which of
    them is what. Of the first `articles`, the `first` are given; the file is longer where not `whole`. The project has
    `there` as they are, `other_text` under the same id with another text, `other_id` under another id. So many of
    them as `forms` says are written in presentation forms. `near` are those like others, where that was asked.
    """

    path: Path
    format: Format | None = None
    encodings: tuple[Candidate, ...] = ()
    columns: tuple[str, ...] = ()
    chosen: Mapping[str, str] = {}
    articles: int = 0
    spans: int = 0
    whole: bool = True
    first: tuple[Record, ...] = ()
    there: int = 0
    other_text: int = 0
    other_id: int = 0
    forms: int = 0
    refused: int = 0
    faults: tuple[Fault, ...] = ()
    near: tuple[Near, ...] = ()


def sample(
    project: Path,
    path: Path,
    options: ReadOptions,
    progress: Callable[[int], None] = lambda read: None,
    format: str = "",
    alike: bool = False,
) -> Sample:
    """The beginning of `path`, read as `options` say; what `progress` raises stops it. `format` "" is found out.

    With `alike` bare texts are held against each other and those of the project, which takes its time where it is
    large.
    Raises SourceError when it cannot be opened, ProjectError when the project cannot be read.
    """
    with look(project) as database, database.reading() as connection:
        sampling = _Sampling(connection, path, options, progress)
        sampling.alike = those_there(connection) if alike else None
        return sampling.run(format)


class _Sampling:
    def __init__(
        self, connection: Transaction, path: Path, options: ReadOptions, progress: Callable[[int], None]
    ) -> None:
        self._connection, self._path, self._options, self._progress = connection, path, options, progress
        self._texts = documents.by_text(connection)
        self.alike: Alike | None = None
        self._near: list[Near] = []
        self._first: list[Record] = []
        self._faults: list[Fault] = []
        self._articles = self._spans = self._there = self._other_text = self._other_id = self._forms = self._refused = 0

    def run(self, wanted: str) -> Sample:
        path = self._path
        format = named(wanted) if wanted else format_of(path, self._options.encoding)
        whole = self._read(format)
        strange = next((Path(fault.file) for fault in self._faults if fault.code in NOT_UTF8), None)
        if self._options.encoding and path.is_file():
            strange = path
        columns = self._columns(path) if format.name == "csv" and path.is_file() else ()
        return Sample(
            self._path,
            format,
            tuple(encodings_of(strange)) if strange and strange.is_file() else (),
            columns,
            {role: column_for(role, list(columns), self._options) for role in ROLES} if columns else {},
            self._articles,
            self._spans,
            whole,
            tuple(self._first),
            self._there,
            self._other_text,
            self._other_id,
            self._forms,
            self._refused,
            tuple(self._faults),
            tuple(self._near),
        )

    def _read(self, format: Format) -> bool:
        """Look at what there is; False when there is more than is looked at."""
        with closing(_records(format, self._path, self._options)) as found:
            for one in found:
                if self._articles >= LOOKED_AT:
                    return False
                if isinstance(one, Fault):
                    self._refused += one.code not in WARNINGS
                    self._faults += [one] if len(self._faults) < _FAULTS else []
                    continue
                self._meet(one)
                self._progress(self._articles)
        return True

    def _meet(self, record: Record) -> None:
        self._articles += 1
        self._spans += len(record.annotations.spans) if record.annotations else 0
        self._forms += record.annotations is None and presentation_forms(record.document.text) > 0
        if len(self._first) < _FIRST:
            self._first.append(record)
        sha256 = text_sha256(record.document.text)
        known = documents.known(self._connection, record.document.id)
        if known:
            self._there += known.sha256 == sha256
            self._other_text += known.sha256 != sha256
        elif documents.short(sha256) in self._texts:
            self._other_id += 1
        elif self.alike and record.annotations is None:
            found = self.alike.meet(record.document.id, record.document.text)
            self._near += [Near(record.document.id, found.id, found.share)] if found else []

    def _columns(self, file: Path) -> tuple[str, ...]:
        with closing(_rows(file, self._options.encoding)) as found:
            return next((tuple(row.cells) for row in found if isinstance(row, Row)), ())


def _records(format: Format, path: Path, options: ReadOptions) -> Generator[Record | Fault, None, None]:
    yield from read_file(path, format.name, options)


def _rows(file: Path, encoding: str) -> Generator[Row | Fault, None, None]:
    yield from rows(file, encoding)
