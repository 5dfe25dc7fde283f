"""Which project a file belongs to, and making the project of a file that has none. No question is asked."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from importlib import resources
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from app.errors import Fault, HashiyaError, ProjectError, SourceError
from app.formats.sources import open_source, unreadable
from app.intake import ImportReport, take_in
from app.model.moment import moment
from app.model.schema import Schema, read_schema, schema_json
from app.store import disk, fingerprint, migrations, settings
from app.store.engine import Database
from app.store.publishing import TRAINING_SUFFIX

PROJECT_SUFFIX: Final = ".hashiya"
DEFAULT_SCHEMA: Final = "conflict-news.json"

Report = Callable[[Fault], None]


class Opening(NamedTuple):
    """The project to open, and what the user is to be told about it."""

    project: Path
    notices: tuple[HashiyaError, ...] = ()


def find_or_make(path: Path, report: Report | None = None) -> Opening:
    """The project that `path` is, belongs to, or that was made of it just now, beside it.

    Raises SourceError when `path` cannot be read or its folder not be written, ProjectError for a file in the way
    that is no project, FaultyFile when nothing in `path` could be read; in all these cases nothing is left behind.
    """
    with open_source(path):
        pass
    if path.suffix.lower() == PROJECT_SUFFIX:
        return Opening(path)
    for project in _names(path):
        if not project.exists():
            if _make_of(project, path, report):
                return Opening(project)
        elif (found := _belongs(project, path)) is not None:
            return found
    raise AssertionError("there is always another number")


def make_empty(project: Path, schema: Schema | None = None) -> None:
    """Make a project without articles. Raises ProjectError when there is a file of that name, SourceError when it
    cannot be made."""
    making = _reserved(project)
    try:
        _prepared(making, schema).close()
        disk.place(making, project)
    except FileExistsError:
        raise ProjectError("project-exists", file=str(project)) from None
    finally:
        making.unlink(missing_ok=True)


def source_state(database: Database, path: Path) -> HashiyaError | None:
    """What is to be told of the file that the project was made of: that its text is another now, or nothing."""
    with database.reading() as connection:
        source = fingerprint.parse(settings.read(connection, "source"))
    try:
        same = source is None or source.fits(path)
    except OSError as error:
        raise unreadable(path, error) from error
    return None if same else SourceError("source-changed", file=path.name, project=database.path.name)


def take_changed_source(database: Database) -> ImportReport:
    """Add the texts of the source that differ from what the project was made of, under ids of their own."""
    with database.reading() as connection:
        source = fingerprint.parse(settings.read(connection, "source"))
    if source is None:
        raise ProjectError("project-without-source", file=str(database.path))
    path = database.path.with_name(source.name)
    try:
        now = fingerprint.take(path)
    except OSError as error:
        raise unreadable(path, error) from error
    taken = take_in(database, path, moment(time.time()), changed=True)
    with database.writing() as connection:
        settings.write(connection, "source", now.stored())
    return taken


def default_schema() -> Schema:
    """The labels of a project that was given no others."""
    content = resources.files("resources").joinpath("schemas", DEFAULT_SCHEMA).read_bytes()
    return read_schema(content, DEFAULT_SCHEMA)


def _names(source: Path) -> Iterator[Path]:
    training = source.name.lower().endswith(TRAINING_SUFFIX)
    stem = source.name[: -len(TRAINING_SUFFIX)] if training else source.stem
    yield source.with_name(stem + PROJECT_SUFFIX)
    yield from (source.with_name(f"{stem}-{number}{PROJECT_SUFFIX}") for number in count(2))


def _belongs(project: Path, path: Path) -> Opening | None:
    """The opening of `project` if it was made of `path` or published it."""
    database = Database(project)
    try:
        migrations.version_of(database)
        with database.reading() as connection:
            source = fingerprint.parse(settings.read(connection, "source"))
            published = fingerprint.parse(settings.read(connection, "published"))
        if source and source.name == path.name:
            changed = source_state(database, path)
            return Opening(project, (changed,) if changed else ())
        return Opening(project) if published and published.fits(path) else None
    finally:
        database.close()


def _make_of(project: Path, source: Path, report: Report | None) -> bool:
    """Make `project` of `source`; False when another program has taken the name meanwhile."""
    making = _reserved(project)
    try:
        database = _prepared(making, None)
        try:
            before = fingerprint.take(source)
            take_in(database, source, moment(time.time()), report)
            with database.writing() as connection:
                settings.write(connection, "source", before.stored())
        finally:
            database.close()
        disk.place(making, project)
    except FileExistsError:
        return False
    except ProjectError as error:
        raise ProjectError(error.code, **(error.values | {"file": str(project)})) from error
    finally:
        making.unlink(missing_ok=True)
    return True


def _reserved(project: Path) -> Path:
    """A new, empty file beside `project`, under a name of its own."""
    making = project.with_name(f".{project.name}.{secrets.token_hex(4)}.part")
    try:
        making.touch(exist_ok=False)
    except OSError as error:
        raise SourceError(
            "folder-not-writable", folder=str(project.parent), file=project.name, reason=error.strerror or ""
        ) from error
    return making


def _prepared(making: Path, schema: Schema | None) -> Database:
    database = Database(making)
    try:
        # Until it has its name the file may be lost whole, so nothing has to be flushed in between.
        database.pragma("journal_mode", "MEMORY")
        database.pragma("synchronous", "OFF")
        migrations.make(database)
        with database.writing() as connection:
            settings.write(connection, "schema", schema_json(schema or default_schema()).decode())
    except BaseException:
        database.close()
        raise
    return database
