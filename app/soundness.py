"""Whether a project is whole, asked while somebody works in it: of SQLite, of each text and of what is said of it.

A text is held to its hash, a layer to its sum; sums that are missing are kept, and else nothing is written. Each step
is short, and a look that was stopped can be gone on with.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from app.backups import backups
from app.elsewhere import WORTH_IT, elsewhere
from app.errors import HashiyaError, ProjectError
from app.model.document import Document
from app.store import annotations as sheets
from app.store import log, migrations, spans, sums
from app.store.engine import Database, Transaction

DAMAGES: Final = frozenset(
    {"project-damaged", "not-a-project", "text-damaged", "span-damaged", "layer-damaged", "document-damaged"}
)
"""Codes of errors after which bringing back what can be read is worth an offer."""
_AGAIN_DAYS: Final = 7
"""How long a project that nothing was done in is taken to be as whole as it was found: a disk may lose what it had."""
_DAY: Final = 86_400
_TABLES: Final = 1000
"""Steps below this number are for the tables; from it on, the step is that with the key of the last article."""
_AT_ONCE: Final = 20
_REST_SECONDS: Final = 0.02
_ASK_SECONDS: Final = 0.05

Hear = Callable[[int], object]


class Whole(NamedTuple):
    """A backup that can be gone back to: its number, when it was made, and what is in it."""

    number: int
    at: str
    articles: int
    spans: int


def newest_whole(project: Path, alive: Hear = lambda step: None) -> Whole | None:
    """The newest backup of `project` that SQLite finds nothing wrong with; what `alive` raises stops the search."""
    for backup in backups(project):
        with suppress(ProjectError), closing(Database(backup.path, access="immutable=1")) as copy:
            migrations.version_of(copy)
            with _stopped_by(copy, lambda: alive(0)), copy.reading() as connection:
                articles, spans = (_count(connection, table) for table in ("documents", "spans"))
                if _first_fault(connection, "quick_check(1)") is None:
                    return Whole(backup.number, backup.at, articles, spans)
    return None


def check(project: Path, known: str = "", reached: int = 0, hear: Hear = lambda step: None) -> str:
    """Look through `project`, in a process of its own where it is large; a word for the state in which it was whole.

    `known` is that word of the last time: nothing is looked at while it still holds. `hear` takes the number of the
    step that comes next, from which on a later call goes on with `reached`; what it raises stops the check. Raises
    ProjectError for the first thing that is not as it was written, its `code` in DAMAGES, or where nothing can be read.
    """
    try:
        large = project.stat().st_size >= WORTH_IT
    except OSError:
        large = False
    found: str = (
        elsewhere(_gently, project, known, reached, hears=(hear,)) if large else look(project, known, reached, hear)
    )
    return found


def look(project: Path, known: str = "", reached: int = 0, hear: Hear = lambda step: None, rest: float = 0) -> str:
    """What `check` does, in this thread, with a pause of so many seconds after each step."""
    with ExitStack() as opened:
        database = opened.enter_context(closing(Database(project, access="mode=ro")))
        with database.reading() as connection:
            state = _state(connection)
            tables = _names(connection)
        if _holds(known, state):
            return known
        for step, name in enumerate(tables):
            if step >= reached:
                hear(step)
                _look_at_table(database, name, partial(hear, step))
                time.sleep(rest)
        writing: Database | None = None
        key = max(0, reached - _TABLES)
        while True:
            hear(_TABLES + key)
            with database.reading() as connection:
                rows = connection.exec_driver_sql(_TEXTS, [key, _AT_ONCE]).all()
                new = {of: number for row in rows for of, number in _look_at_article(connection, *row)}
                now = _state(connection)
            if new:
                writing = writing or opened.enter_context(closing(Database(project)))
                with suppress(ProjectError), writing.writing() as connection:  # what is not kept is made again
                    sums.keep(connection, new)
            if not rows:
                return f"{now} {time.time():.0f}" if now.partition(":")[0] == state.partition(":")[0] else ""
            key = rows[-1][0]
            time.sleep(rest)


_TEXTS: Final = "SELECT key, id, sha256, CAST(text AS BLOB) FROM documents WHERE key > ? ORDER BY key LIMIT ?"
_LAYERS: Final = "SELECT key, changed FROM layers WHERE document = ?"


def _gently(project: Path, known: str, reached: int, hear: Hear) -> str:
    with suppress(AttributeError, OSError):
        os.nice(19)
    return look(project, known, reached, hear, _REST_SECONDS)


def _state(connection: Transaction) -> str:
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    return f"{log.last_seq(connection)}:{pages}"


def _holds(known: str, state: str) -> bool:
    was, _space, at = known.partition(" ")
    return was == state and at.isdecimal() and time.time() - int(at) < _AGAIN_DAYS * _DAY


def _names(connection: Transaction) -> list[str]:
    found = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")
    return sorted(found.scalars())


def _look_at_table(database: Database, name: str, alive: Callable[[], object]) -> None:
    with _stopped_by(database, alive), database.reading() as connection:
        if fault := _first_fault(connection, f"integrity_check('{name}')"):
            raise ProjectError("project-damaged", file=str(database.path), reason=fault)


def _look_at_article(
    connection: Transaction, key: int, id: str, sha256: str, text: Any
) -> Iterator[tuple[tuple[int, int, int], int]]:
    """The sums of its layers that were not known; raises ProjectError where text or layers are not as written."""
    if hashlib.sha256(text).hexdigest() != sha256:
        raise ProjectError("text-damaged", document=str(id))
    document = Document(id, text.decode("utf-8", "surrogatepass"))
    for layer, changed in connection.exec_driver_sql(_LAYERS, [key]).all():
        number = sums.of(spans.read(connection, layer, document, sheets.head(connection, layer).state))
        known = sums.known(connection, key, layer, changed)
        if known is None:
            yield (key, layer, changed), number
        elif known != number:
            raise ProjectError("layer-damaged", document=str(id))


def _first_fault(connection: Transaction, check: str) -> str | None:
    said = connection.exec_driver_sql(f"PRAGMA {check}").scalar()
    return None if said == "ok" else " ".join(str(said).split())


def _count(connection: Transaction, table: str) -> int:
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


@contextmanager
def _stopped_by(database: Database, alive: Callable[[], object]) -> Iterator[None]:
    """Have what SQLite is busy with stopped when `alive`, asked again and again, raises something; that is raised."""
    done, raised = threading.Event(), list[BaseException]()

    def ask() -> None:
        while not done.wait(_ASK_SECONDS):
            try:
                alive()
            except BaseException as stop:  # noqa: BLE001 - it is raised where the work is done
                raised.append(stop)
                database.interrupt()
                return

    asking = threading.Thread(target=ask, name="asking", daemon=True)
    asking.start()
    try:
        yield
    except HashiyaError:
        if not raised:
            raise
    finally:
        done.set()
        asking.join()
    if raised:
        raise raised[0]
