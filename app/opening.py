"""Which project a file belongs to, and making the project of a file that has none. No question is asked."""

from __future__ import annotations

import secrets
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from glob import escape
from itertools import count
from pathlib import Path
from typing import Final

from app.errors import Fault, ProjectError, SourceError
from app.formats.sources import unreadable
from app.intake import KEEP, ImportReport, Progress, Wishes, take_in
from app.labels import default_schema
from app.model.moment import moment
from app.model.schema import Schema
from app.store import disk, fingerprint, migrations, publishing, schemas, settings
from app.store.engine import Database
from app.store.fingerprint import Fingerprint
from app.store.publishing import TRAINING_SUFFIX

PROJECT_SUFFIX: Final = ".hashiya"
FORGOTTEN_SECONDS: Final = 3600.0

Report = Callable[[Fault], None]


def find_or_make(path: Path, report: Report | None = None, progress: Progress | None = None) -> Path:
    """The project that `path` is, belongs to, or that was made of it just now, beside it; from any thread.

    Raises SourceError when `path` cannot be read or its folder not be written, ProjectError for a file in the way
    that is no project, FaultyFile when nothing in `path` could be read; in all these cases nothing is left behind.
    """
    is_project = path.suffix.lower() == PROJECT_SUFFIX
    _refuse_unreadable(path, is_project)
    if is_project:
        return path
    for project in _names(path):
        if not project.exists() and _make_of(project, path, report, progress):
            return project
        if _belongs(project, path):
            return project
    raise AssertionError("there is always another number")


def make_empty(project: Path, schema: Schema | None = None) -> None:
    """Make a project without articles.

    Raises ProjectError when there is a file of that name, and SourceError when its folder cannot be written.
    """
    making = _reserved(project)
    try:
        _prepared(making, schema).close()
        disk.place(making, project)
    except FileExistsError:
        raise ProjectError("project-exists", file=str(project)) from None
    except OSError as error:
        raise _not_writable(project, error) from error
    except ProjectError as error:
        raise _told_of(project, error) from error
    finally:
        disk.discard(making)


def source_changed(database: Database) -> SourceError | None:
    """What to tell of the file that the project was made of: that it is another now. Nothing of one that is gone."""
    source = _source(database)
    try:
        if source is None or source.fits(path := database.path.with_name(source.name)):
            return None
    except OSError:
        return None
    return SourceError("source-changed", file=path.name, project=database.path.name)


def take_changed_source(database: Database) -> ImportReport:
    """Add the texts of the source that differ from what the project was made of, under ids of their own."""
    source = _source(database)
    if source is None:
        raise ProjectError("project-without-source", file=str(database.path))
    path = database.path.with_name(source.name)
    try:
        now = fingerprint.take(path)
    except OSError as error:
        raise unreadable(path, error) from error
    taken = take_in(database, path, moment(time.time()), wishes=Wishes(duplicates=KEEP))
    with database.writing() as connection:
        settings.write(connection, "source", now.stored())
    return taken


def _refuse_unreadable(path: Path, is_project: bool) -> None:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            code = "source-is-directory" if stat.S_ISDIR(mode) else "source-is-no-file"
            raise SourceError(code, file=str(path))
        # Opening and closing a project here would take its locks from a session that has it open in this process.
        if not is_project:
            path.open("rb").close()
    except OSError as error:
        raise unreadable(path, error) from error


def sweep(project: Path) -> None:
    """Remove what unfinished work on `project` has left beside it: files of an hour ago that nobody finished."""
    before = time.time() - FORGOTTEN_SECONDS
    for left in project.parent.glob(f".{escape(project.name)}.*.part*"):
        # Another program may be quicker, or the folder closed to us: then they stay.
        with suppress(OSError):
            if left.stat().st_mtime < before:
                left.unlink()


def _names(source: Path) -> Iterator[Path]:
    training = source.name.lower().endswith(TRAINING_SUFFIX)
    stem = source.name[: -len(TRAINING_SUFFIX)] if training else source.stem
    yield source.with_name(stem + PROJECT_SUFFIX)
    yield from (source.with_name(f"{stem}-{number}{PROJECT_SUFFIX}") for number in count(2))


def _belongs(project: Path, path: Path) -> bool:
    """Whether `project` was made of `path`, or has written it as its training file."""
    database = Database(project)
    try:
        migrations.version_of(database)
        source = _source(database)
        if source and source.name == path.name:
            return True
        with database.reading() as connection:
            return publishing.has_made(connection, path)
    except OSError as error:
        raise unreadable(path, error) from error
    finally:
        database.close()


def _source(database: Database) -> Fingerprint | None:
    with database.reading() as connection:
        return fingerprint.parse(settings.read(connection, "source"))


def _make_of(project: Path, source: Path, report: Report | None, progress: Progress | None) -> bool:
    """Make `project` of `source`; False when another program has taken the name meanwhile."""
    making = _reserved(project)
    try:
        database = _prepared(making, None)
        try:
            before = fingerprint.take(source)
            take_in(database, source, moment(time.time()), report, progress)
            with database.writing() as connection:
                settings.write(connection, "source", before.stored())
        finally:
            database.close()
        disk.place(making, project)
    except FileExistsError:
        return False
    except OSError as error:
        raise _not_writable(project, error) from error
    except ProjectError as error:
        raise _told_of(project, error) from error
    finally:
        disk.discard(making)
    return True


def _reserved(project: Path) -> Path:
    """A new, empty file beside `project`, under a name of its own."""
    making = project.with_name(f".{project.name}.{secrets.token_hex(4)}.part")
    try:
        making.touch(exist_ok=False)
    except OSError as error:
        raise _not_writable(project, error) from error
    return making


def _not_writable(project: Path, error: OSError) -> SourceError:
    reason = error.strerror or type(error).__name__
    return SourceError("folder-not-writable", folder=str(project.parent), file=project.name, reason=reason)


def _told_of(project: Path, error: ProjectError) -> ProjectError:
    """What went wrong under another name, told of `project`."""
    return ProjectError(error.code, **(error.values | {"file": str(project)}))


def _prepared(making: Path, schema: Schema | None) -> Database:
    database = Database(making)
    try:
        # Until it has its name the file may be lost whole, so nothing has to be flushed in between.
        database.pragma("journal_mode", "MEMORY")
        database.pragma("synchronous", "OFF")
        migrations.make(database)
        with database.writing() as connection:
            schemas.add(connection, schema or default_schema(), moment(time.time()))
    except BaseException:
        database.close()
        raise
    return database
