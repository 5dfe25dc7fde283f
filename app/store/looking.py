"""A project looked at: nothing in it or beside it changes, also where nothing can be written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from app.errors import ProjectError
from app.store import migrations
from app.store.engine import Database, disk_error

# What SQLite says of a log it would have to open for writing in a folder where it must not.
_CLOSED: Final = ("project-unreachable", "project-read-only")


@contextmanager
def look(project: Path) -> Iterator[Database]:
    """The project, only to be read. Raises ProjectError for a file that is none, or one of a newer version."""
    with ExitStack() as opened:
        yield _in_place(project, opened) or _copied(project, opened)


def _in_place(project: Path, opened: ExitStack) -> Database | None:
    """The project as it lies there; None where that cannot be done without writing."""
    # Without a log nobody has the project open, and SQLite would begin one even for a reader.
    access = "mode=ro" if _log(project).exists() else "immutable=1"
    try:
        database = opened.enter_context(closing(Database(project, access=access)))
        return database if migrations.version_of(database) > len(migrations.MIGRATIONS) else None
    except ProjectError as error:
        if error.code not in _CLOSED:
            raise
    return None


def _copied(project: Path, opened: ExitStack) -> Database:
    """A copy of the project and its log, brought up to this version in a folder that is gone afterwards."""
    try:
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="hashiya-")))
        for file in (project, _log(project)):
            if file.exists():
                shutil.copy(file, folder)
    except PermissionError as error:
        raise ProjectError("project-unreachable", file=str(project), reason=error.strerror or "") from error
    except OSError as error:
        raise disk_error(error, project) from error
    try:
        database = opened.enter_context(closing(Database(folder / project.name)))
        migrations.bring_up(database)
    except ProjectError as error:
        raise ProjectError(error.code, **(error.values | {"file": str(project)})) from error
    return database


def _log(project: Path) -> Path:
    return project.with_name(f"{project.name}-wal")
