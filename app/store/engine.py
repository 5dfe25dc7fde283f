"""A project file opened: how SQLite is spoken to, and what its complaints mean.

Whatever would differ for another database stands here: connecting, how a transaction begins, the errors.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from app.errors import EditRefused, ProjectError
from app.store import disk, network
from app.store.statements import Statement, Values

APPLICATION_ID: Final = 0x48534859  # "HSHY"
BUSY_SECONDS: Final = 5.0
# A checkpoint inside a key press would be felt: publishing does it while the hand rests, this is the upper bound.
CHECKPOINT_PAGES: Final = 8000

WRITABLE: Final = "mode=rw"
_STEPS_BETWEEN_QUESTIONS: Final = 10_000

_NO_VALUES: Final[Values] = {}
_CODES: Final = {
    "SQLITE_FULL": "project-disk-full",
    "SQLITE_IOERR_SHMSIZE": "project-disk-full",  # no room for what the log shares between programs
    "SQLITE_READONLY_DBMOVED": "project-moved",
    "SQLITE_READONLY": "project-read-only",
    "SQLITE_PERM": "project-read-only",
    "SQLITE_IOERR": "project-input-output",
    "SQLITE_BUSY": "project-busy",
    "SQLITE_LOCKED": "project-busy",
    "SQLITE_CORRUPT": "project-damaged",
    "SQLITE_NOTADB": "not-a-project",
    "SQLITE_CANTOPEN": "project-unreachable",
}


class Rows(sqlite3.Cursor):
    """What a statement has found, as tuples, or done."""

    def all(self) -> list[Any]:
        """Every row."""
        return self.fetchall()

    def first(self) -> Any:
        """The first row, or None; the others are left."""
        row = self.fetchone()
        self.close()
        return row

    def one(self) -> Any:
        """The row, of which there must be one."""
        row = self.first()
        assert row is not None
        return row

    def scalar(self) -> Any:
        """The first column of the first row, or None without a row."""
        row = self.first()
        return None if row is None else row[0]

    def scalar_one(self) -> Any:
        """The first column of the row, of which there must be one."""
        return self.one()[0]

    def scalars(self) -> Iterator[Any]:
        """The first column of each row."""
        return (row[0] for row in self)

    @property
    def new_key(self) -> int:
        """The key that the database gave to the row just inserted."""
        assert self.lastrowid is not None
        return self.lastrowid


class Transaction:
    """What the functions of the store read and write through, inside `reading` or `writing`."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw

    def execute(self, statement: Statement, values: Values | Sequence[Values] = _NO_VALUES) -> Rows:
        """Send `statement` with its values; once for each, where they are several."""
        cursor = self._raw.cursor(Rows)
        if isinstance(values, dict):
            return cursor.execute(statement.text, values)
        if len(values) == 1:
            return cursor.execute(statement.text, values[0])
        return cursor.executemany(statement.text, values)

    def exec_driver_sql(self, text: str, values: Sequence[Any] = ()) -> Rows:
        """Send SQL as this database speaks it."""
        return self._raw.cursor(Rows).execute(text, values)


class Database:
    """One connection to one project, used by one thread. Every error of SQLite leaves it as a ProjectError."""

    def __init__(self, path: Path, *, access: str = WRITABLE) -> None:
        """Open `path`; `access` is how, as SQLite's own file names say it."""
        self.path = path
        self.held = False
        """Whether writing is refused for now, since another connection of this program has much to write."""
        if access == WRITABLE:
            _refuse_read_only(path)
        with self._translated():
            self._file = self._raw = _connect(path, access)
        self._transaction = Transaction(self._raw)
        self._known: list[tuple[int, int] | None] = [disk.identity(path), None]

    @contextmanager
    def reading(self, should_stop: Callable[[], bool] | None = None) -> Iterator[Transaction]:
        """A transaction that only reads: all it sees is of one moment.

        `should_stop` is asked now and then while the database is at work; when it says so, a ProjectError is raised.
        """
        with self._translated(), self._asking(should_stop), self._begun("BEGIN"):
            yield self._transaction

    @contextmanager
    def writing(self, *, aside: bool = False) -> Iterator[Transaction]:
        """A transaction that writes: all of it is on disk when it ends, or nothing if anything was raised.

        After `step_aside` only who writes `aside` may write, and it is in memory. Raises ProjectError, before
        anything is written, when the file is no longer under its name.
        """
        if self.held:
            raise EditRefused("work-under-way")
        if self.is_aside != aside:
            raise EditRefused("kept-in-memory")
        if not aside:
            self.need_own_file()
        with self._translated(), self._begun("BEGIN IMMEDIATE"):
            yield self._transaction

    def need_own_file(self) -> None:
        """Raise ProjectError when the file that was opened, or its log, is no longer under its name."""
        now = [disk.identity(file) for file in disk.files_of(self.path)[:2]]
        if now[0] != self._known[0] or self._known[1] not in (None, now[1]):
            raise ProjectError("project-moved", file=str(self.path), reason="")
        self._known = now

    # When the disk cannot be written

    @property
    def is_aside(self) -> bool:
        """Whether all that is read and written is a copy in memory."""
        return self._raw is not self._file

    def step_aside(self) -> None:
        """Go on in a copy in memory, as the file was committed last. Raises ProjectError when it cannot be read."""
        memory = sqlite3.connect(":memory:", isolation_level=None)
        try:
            with self._translated():
                self._file.backup(memory)
        except ProjectError:
            memory.close()
            raise
        self._use(memory)

    @contextmanager
    def writing_back(self) -> Iterator[Transaction]:
        """A transaction in the file, to do there what was done aside; once it is on disk the copy is let go.

        When anything is raised the work goes on aside.
        """
        memory = self._raw
        self._use(self._file)
        try:
            with self.writing():
                yield self._transaction
        except BaseException:
            self._use(memory)
            raise
        memory.close()

    def _use(self, connection: sqlite3.Connection) -> None:
        self._raw, self._transaction = connection, Transaction(connection)

    def pragma(self, name: str, value: int | str | None = None) -> Any:
        """What the pragma `name` says, after setting it if a `value` is given. Not inside a transaction."""
        asked = f"PRAGMA {name}" if value is None else f"PRAGMA {name}={value}"
        with self._translated():
            row = self._raw.execute(asked).fetchone()
        return row[0] if row else None

    def go_live(self) -> None:
        """Work as a project that is edited does. Raises ProjectError when the file cannot be written.

        Where the folder is another computer's the log of changes is a rollback journal: WAL needs memory that all who
        write share.
        """
        self.pragma("journal_mode", "DELETE" if network.kind_of(self.path) else "WAL")
        with self.writing():
            pass

    def copy_to(self, path: Path, should_stop: Callable[[], bool] | None = None) -> None:
        """Write the whole project, as it is at this moment, to the new file `path`; a ProjectError when stopped."""
        with self._translated(), self._asking(should_stop):
            self._raw.execute("VACUUM INTO ?", (str(path),))

    def interrupt(self) -> None:
        """Stop, from any thread, what is asked just now: it raises a ProjectError there."""
        self._raw.interrupt()

    def close(self) -> None:
        """Let go of the file. Harmless when called twice."""
        self._raw.close()
        self._file.close()

    @contextmanager
    def _asking(self, should_stop: Callable[[], bool] | None) -> Iterator[None]:
        if should_stop is None:
            yield
            return
        self._raw.set_progress_handler(should_stop, _STEPS_BETWEEN_QUESTIONS)
        try:
            yield
        finally:
            self._raw.set_progress_handler(None, 0)

    @contextmanager
    def _begun(self, how: str) -> Iterator[None]:
        self._raw.execute(how)
        try:
            yield
            self._commit()
        except BaseException:
            # Some errors end the transaction by themselves.
            if self._raw.in_transaction:
                self._raw.execute("ROLLBACK")
            raise

    def _commit(self) -> None:
        self._raw.execute("COMMIT")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise project_error(error, self.path) from error


def project_error(error: BaseException | None, path: Path) -> ProjectError:
    """The ProjectError that says what `error`, raised by SQLite, means for the project at `path`."""
    name = getattr(error, "sqlite_errorname", "") or ""
    code = next((code for known, code in _CODES.items() if name.startswith(known)), "project-error")
    return ProjectError(code, file=str(path), reason=str(error))


def disk_error(error: OSError, path: Path) -> ProjectError:
    """The ProjectError that says what the system's refusal means for the project at `path`."""
    code = {errno.ENOSPC: "project-disk-full", errno.EDQUOT: "project-disk-full"}.get(error.errno or 0, "")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        code = "project-read-only"
    return ProjectError(code or "project-input-output", file=str(path), reason=error.strerror or type(error).__name__)


def _refuse_read_only(path: Path) -> None:
    # SQLite opens such a file without a word, leaves a log beside it that nobody can write, and refuses the first step.
    if path.exists() and not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise ProjectError("project-read-only", file=str(path), reason=os.strerror(errno.EACCES))


def _connect(path: Path, access: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{access}"
    # isolation_level None: transactions begin where we say so, and reads see one moment.
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA foreign_keys=ON")
        # Every commit waits for the disk; with a rollback journal also for the name of the journal to be gone.
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection
