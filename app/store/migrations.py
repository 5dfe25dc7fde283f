"""From an empty file to a project, and from an older project to this version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from app.errors import ProjectError
from app.store import disk
from app.store.engine import APPLICATION_ID, Database, Transaction
from app.store.statements import definitions

Migration = Callable[[Transaction], None]

# MIGRATIONS[n] brings version n + 1 to version n + 2. A migration writes its own SQL: app.store.tables moves on.
MIGRATIONS: tuple[Migration, ...] = ()


def make(database: Database) -> None:
    """Turn the empty file of `database` into a project of this version."""
    with database.writing() as connection:
        for definition in definitions():
            connection.exec_driver_sql(definition)
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
        version += 1
        with database.writing() as connection:
            migration(connection)
            connection.exec_driver_sql(f"PRAGMA user_version={version}")


def keep_copy(database: Database, version: int) -> Path:
    """A copy of the project as it is, under a name that says its version and is not taken yet."""
    for number in count(1):
        copy = database.path.with_suffix(
            f".version-{version}{f'-{number}' if number > 1 else ''}{database.path.suffix}"
        )
        if not copy.exists():
            break
    making = copy.with_name(f".{copy.name}.part")
    making.unlink(missing_ok=True)
    database.copy_to(making)
    disk.place(making, copy)
    return copy
