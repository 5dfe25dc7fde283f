"""A file of one format written in another, without a project."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from app.delivery.making import Exported, Wishes, check, make
from app.delivery.writing import compression_of
from app.errors import CallError, Fault, FaultyFile, SourceError
from app.export import records_of_project
from app.formats.findings import WARNINGS
from app.formats.registry import ROWS, Format, ReadOptions, format_of, named, others, read_file
from app.model.record import Record
from app.model.schema import Schema
from app.store.fingerprint import Fingerprint

PROJECT_SUFFIX = ".hashiya"


class Converted(NamedTuple):
    """What was written, and what of the file could not be read."""

    written: Exported
    faults: tuple[Fault, ...]


def convert(
    source: Path,
    out: Path,
    wishes: Wishes,
    *,
    given: str = "",
    options: ReadOptions | None = None,
    report: Callable[[Fault], None] = lambda fault: None,
) -> Converted:
    """Write what `source` holds to `out`; its format is `given`, or found out. `report` hears of each thing refused.

    Raises CallError for wishes that cannot be met and for an `out` that is there, unless forced, FaultyFile when
    nothing could be read, and SourceError when a file cannot be read or written; then nothing has changed.
    """
    source, out = source.resolve(), out.resolve()
    check(wishes)
    options = options or ReadOptions()
    format = named(given) if given else format_of(source, options.encoding)
    if source == out or out in source.parents or source in out.parents:
        raise CallError("output-is-source", file=str(out))
    reading = _Reading(source, format, options, report)
    return Converted(make(reading, out, wishes, _NoMemory()), tuple(reading.faults))


def format_for(out: Path) -> Format:
    """The format that the name of `out` asks for. Raises CallError when it asks for none."""
    bare = out.with_name(out.name.removesuffix(f".{compression_of(out)}"))
    suffix = bare.suffix.lower()
    ours = (named(name) for name, row in ROWS.items() if suffix in row.suffixes and not row.folder)
    theirs = (one for one in others() if suffix in one.suffixes and not one.folder)
    for one in chain(ours, theirs):
        if one.write is not None:
            return one
    raise CallError("format-not-said", file=str(out))


class _Reading:
    """The records of a file; when it is read again, for another part, its faults are not told again."""

    schema: Schema | None = None

    def __init__(self, path: Path, format: Format, options: ReadOptions, report: Callable[[Fault], None]) -> None:
        self.faults: list[Fault] = []
        self._path = path
        self._format = format
        self._options = options
        self._report = report
        self._told = False

    def records(self, belongs: Callable[[str], bool]) -> Iterator[Record]:
        """Those of the articles whose id `belongs`. Raises FaultyFile when there is none at all."""
        read = 0
        for found in read_file(self._path, self._format.name, self._options):
            if isinstance(found, Fault):
                self._tell(found)
                continue
            read += 1
            if belongs(found.document.id):
                yield found
        self._told = True
        if not read:
            refused = sum(fault.code not in WARNINGS for fault in self.faults)
            raise FaultyFile("nothing-to-convert", tuple(self.faults), file=self._path.name, count=refused)

    def _tell(self, fault: Fault) -> None:
        if not self._told:
            self.faults.append(fault)
            self._report(fault)


class _NoMemory:
    """Without a project nothing is known of what was written before."""

    def knows(self, path: Path) -> bool:
        """Never."""
        return False

    def note(self, made: dict[Path, Fingerprint]) -> None:
        """Nothing."""


def records_in(path: Path, given: str = "", options: ReadOptions | None = None) -> Iterator[Record | Fault]:
    """The records of a file, or of a project: what it would export."""
    if not given and path.suffix.lower() == PROJECT_SUFFIX:
        if not path.exists():
            raise SourceError("source-missing", file=str(path))
        return records_of_project(path)
    return read_file(path, given, options)
