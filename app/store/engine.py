"""A project file opened: how SQLite is spoken to, and what its complaints mean.

Whatever would differ for another database stands here: connecting, how a transaction begins, the errors.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, CursorResult, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from app.errors import ProjectError

APPLICATION_ID: Final = 0x48534859  # "HSHY"
BUSY_SECONDS: Final = 5.0
# A checkpoint inside a key press would be felt: publishing does it while the hand rests, this is the upper bound.
CHECKPOINT_PAGES: Final = 8000

WRITABLE: Final = "mode=rw"

_READ, _WRITE = "BEGIN", "BEGIN IMMEDIATE"
_CODES: Final = {
    "SQLITE_FULL": "project-disk-full",
    "SQLITE_READONLY": "project-read-only",
    "SQLITE_PERM": "project-read-only",
    "SQLITE_IOERR": "project-input-output",
    "SQLITE_BUSY": "project-busy",
    "SQLITE_LOCKED": "project-busy",
    "SQLITE_CORRUPT": "project-damaged",
    "SQLITE_NOTADB": "not-a-project",
    "SQLITE_CANTOPEN": "project-unreachable",
}


Transaction = Connection
"""What the functions of the store read and write through, inside `reading` or `writing`."""


class Database:
    """One connection to one project, used by one thread. Every error of SQLite leaves it as a ProjectError."""

    def __init__(self, path: Path, *, access: str = WRITABLE) -> None:
        """Open `path`; `access` is how, as SQLite's own file names say it."""
        self.path = path
        if access == WRITABLE:
            _refuse_read_only(path)
        with self._translated():
            _wanted.set((path, access))
            self._connection = _engine().connect()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads: all it sees is of one moment."""
        self._connection.info["begin"] = _READ
        with self._translated(), self._connection.begin():
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it is on disk when it ends, or nothing if anything was raised."""
        self._connection.info["begin"] = _WRITE
        with self._translated(), self._connection.begin():
            yield self._connection

    def pragma(self, name: str, value: int | str | None = None) -> Any:
        """What the pragma `name` says, after setting it if a `value` is given. Not inside a transaction."""
        asked = f"PRAGMA {name}" if value is None else f"PRAGMA {name}={value}"
        with self._translated():
            row = self._raw.execute(asked).fetchone()
        return row[0] if row else None

    def go_live(self) -> None:
        """Work as a project that is edited does. Raises ProjectError when the file cannot be written."""
        self.pragma("journal_mode", "WAL")
        with self.writing():
            pass

    def copy_to(self, path: Path) -> None:
        """Write the whole project, as it is at this moment, to the new file `path`."""
        with self._translated():
            self._raw.execute("VACUUM INTO ?", (str(path),))

    def close(self) -> None:
        """Let go of the file. Harmless when called twice."""
        self._connection.close()

    @property
    def _raw(self) -> sqlite3.Connection:
        raw = self._connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        return raw

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise project_error(error.orig, self.path) from error
        except sqlite3.Error as error:
            raise project_error(error, self.path) from error


def new_key(result: CursorResult[Any]) -> int:
    """The key that the database gave to the row just inserted."""
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])


def project_error(error: BaseException | None, path: Path) -> ProjectError:
    """The ProjectError that says what `error`, raised by SQLite, means for the project at `path`."""
    name = getattr(error, "sqlite_errorname", "") or ""
    code = next((code for known, code in _CODES.items() if name.startswith(known)), "project-error")
    return ProjectError(code, file=str(path), reason=str(error))


def _refuse_read_only(path: Path) -> None:
    # SQLite opens such a file without a word, leaves a log beside it that nobody can write, and refuses the first step.
    if path.exists() and not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise ProjectError("project-read-only", file=str(path), reason=os.strerror(errno.EACCES))


@cache
def _engine() -> Engine:
    """One for all projects and threads: a statement is compiled once in the life of the program."""
    engine = create_engine("sqlite://", creator=_connect, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.info["begin"])

    return engine


_wanted: ContextVar[tuple[Path, str]] = ContextVar("_wanted")
"""The project that `_engine` connects to next, and how."""


def _connect() -> sqlite3.Connection:
    path, access = _wanted.get()
    uri = f"{path.absolute().as_uri()}?{access}"
    # isolation_level None: transactions begin where we say so, and reads see one moment.
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection
