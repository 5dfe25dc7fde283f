"""One file with what one annotator did: training lines, the schema they follow and a report, ready to be mailed."""

from __future__ import annotations

import hashlib
import os
import secrets
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Final, NamedTuple

import orjson

from app.errors import AnnotatorUnknown, CallError, ProjectError, SourceError
from app.formats.native import encode_pieces
from app.formats.safe_names import FileNames
from app.model.annotation import Span
from app.model.schema_file import schema_json
from app.publish import gone_unless_finished
from app.store import disk, fingerprint, publishing, schemas, settings
from app.store.engine import Database, Transaction
from app.store.looking import look
from app.store.publishing import Candidate

SUFFIX: Final = ".zip"
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)


class Sent(NamedTuple):
    """What was written: the file, its bytes, how many articles and spans are in it."""

    path: Path
    size: int
    articles: int
    spans: int


def usual_name(project: Path, annotator: str) -> str:
    """What the file of this annotator is called unless the user calls it otherwise."""
    return f"{project.stem}.{FileNames().name_for(annotator)}{SUFFIX}"


def send(
    project: Path,
    out: Path,
    annotator: str = "",
    *,
    force: bool = False,
    progress: Callable[[int], None] = lambda written: None,
) -> Sent:
    """Write the work of `annotator` ("": the project's own) to `out`, an archive of the same bytes on every machine.

    A folder as `out` gets it under its usual name. What `progress` raises, told of the articles written, stops it.
    Raises AnnotatorUnknown, ProjectError when there is nothing to send, CallError for an `out` that is neither free
    nor this project's own earlier one, unless `force` is set, and SourceError; then `out` is as it was.
    """
    project = project.resolve()
    with look(project) as database, database.reading() as connection:
        annotator = annotator or settings.read(connection, "annotator")
        if not annotator:
            raise AnnotatorUnknown()
        out = (out / usual_name(project, annotator) if out.is_dir() else out).resolve()
        work = [one for one in publishing.candidates(connection) if one.annotator == annotator]
        if not work:
            raise ProjectError("nothing-to-send", file=str(project), annotator=annotator)
        _refuse(connection, project, out, force=force)
        making = out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
        try:
            with gone_unless_finished(making):
                tally = _write(connection, making, project, annotator, work, progress)
                made = fingerprint.take(making)._replace(name=out.name)
                making.replace(out)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise SourceError("output-unwritable", file=str(out), reason=reason) from error
    disk.flush_folder(out.parent)
    _remember(project, out, made)
    return Sent(out, made.size, len(work), sum(tally.values()))


def _write(
    connection: Transaction,
    making: Path,
    project: Path,
    annotator: str,
    work: list[Candidate],
    progress: Callable[[int], None],
) -> Counter[str]:
    tally: Counter[str] = Counter()
    digest = hashlib.sha256()
    schema = schemas.read(connection, project.name)
    name = f"{project.stem}.{FileNames().name_for(annotator)}{publishing.TRAINING_SUFFIX}"
    with making.open("xb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            with archive.open(_entry(name), "w", force_zip64=True) as lines:
                for piece in _lines(connection, work, tally, progress):
                    digest.update(piece)
                    lines.write(piece)
            archive.writestr(_entry("schema.json"), schema_json(schema))
            report = {
                "project": project.stem,
                "annotator": annotator,
                "file": name,
                "sha256": digest.hexdigest(),
                "schema": {"name": schema.name, "version": schema.version},
                "articles": dict(sorted(Counter(one.status for one in work).items())),
                "labels": dict(sorted(tally.items())),
            }
            written = orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
            archive.writestr(_entry("report.json"), written)
        stream.flush()
        os.fsync(stream.fileno())
    return tally


def _lines(
    connection: Transaction, work: list[Candidate], tally: Counter[str], progress: Callable[[int], None]
) -> Iterator[bytes]:
    def counted(spans: Iterator[Span]) -> Iterator[Span]:
        for span in spans:
            tally[span.label] += 1
            yield span

    for number, one in enumerate(work, 1):
        line = publishing.line(connection, one.layer, one.document)
        yield from encode_pieces(line.record, counted(line.spans))
        progress(number)


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry that says nothing of the machine or the hour; stored, as no two libraries compress alike."""
    entry = zipfile.ZipInfo(name, _LONG_AGO)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _refuse(connection: Transaction, project: Path, out: Path, *, force: bool) -> None:
    if out.name in {project.name, f"{project.name}-wal", f"{project.name}-shm"} and out.parent == project.parent:
        raise CallError("output-is-project", file=str(out))
    if force or not os.path.lexists(out):
        return
    earlier = fingerprint.parse(settings.read(connection, _setting(out)))
    with suppress(OSError):
        if earlier is not None and earlier.fits(out):
            return
    raise CallError("output-foreign", file=str(out))


def _remember(project: Path, out: Path, made: fingerprint.Fingerprint) -> None:
    with suppress(ProjectError), closing(Database(project)) as database, database.writing() as connection:
        settings.write(connection, _setting(out), made.stored())


def _setting(out: Path) -> str:
    return f"exported {out}"
