"""A damaged project brought back: what its pages still hold, then what backups and the training file have besides.

The damaged file is only read.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import orjson

from app.backups import backups
from app.errors import ProjectError, SourceError
from app.formats.sources import unreadable
from app.intake import SKIP, Wishes, take_in
from app.labels import default_schema
from app.model.moment import moment
from app.store import disk, fulltext, migrations, salvage
from app.store.engine import Database
from app.store.found import Found
from app.store.pages import Pages, Row
from app.store.publishing import TRAINING_SUFFIX
from app.store.salvage import Salvaged

Progress = Callable[[int], object]
_TOLD_EACH: Final = 200


@dataclass
class Recovery:
    """The new project `path`, what is in it, and which articles came from which other file (by its name).

    Of the articles in `texts` the text alone came from there; what is said of them is that of the damaged project.
    """

    path: Path
    salvaged: Salvaged
    filled: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)

    @property
    def lost(self) -> list[str]:
        """Ids of articles that are known to have been there and came from nowhere."""
        back = {id for ids in self.filled.values() for id in ids}
        return sorted(set(self.salvaged.articles_lost) - back)


def recover(project: Path, out: Path | None = None, progress: Progress = lambda rows: None) -> Recovery:
    """Bring back all of `project` that can be read, in the new file `out`, beside it unless it is given.

    `progress` hears how many rows were read or brought back; what it raises stops it, and then nothing is left. Safe
    in another process while `project` is open. Raises SourceError when `project` cannot be read or `out` not written,
    and ProjectError "nothing-to-recover" when nothing was found.
    """
    out = out or free_name(project)
    making = out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
    heard = _Heard(progress)
    try:
        found = Found(heard(Pages(project).rows()))
    except OSError as error:
        raise unreadable(project, error) from error
    try:
        with closing(_empty(making)) as database:
            done = _filled(database, project, out, found, heard)
        if not done.salvaged.articles and not any(done.filled.values()):
            raise ProjectError("nothing-to-recover", file=str(project))
        disk.place(making, out)
    except FileExistsError:
        raise ProjectError("project-exists", file=str(out)) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError("folder-not-writable", folder=str(out.parent), file=out.name, reason=reason) from error
    finally:
        disk.discard(making)
    return done


class _Heard:
    """Tells from time to time how many rows have passed."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._rows = progress, 0

    def __call__(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self.one_more()
            yield row

    def one_more(self) -> None:
        """Another row was read or brought back."""
        self._rows += 1
        if self._rows % _TOLD_EACH == 0:
            self._progress(self._rows)


def free_name(project: Path) -> Path:
    """Where what is recovered of `project` goes: beside it, under a name that is not taken."""
    names = (project.with_name(f"{project.stem}.recovered{f'-{n}' if n > 1 else ''}{project.suffix}") for n in count(1))
    return next(name for name in names if not name.exists())


def _empty(making: Path) -> Database:
    making.touch(exist_ok=False)
    database = Database(making)
    # Until it has its name the file may be lost whole, so nothing has to be flushed in between.
    database.pragma("journal_mode", "MEMORY")
    database.pragma("synchronous", "OFF")
    migrations.make(database)
    return database


def _filled(database: Database, project: Path, out: Path, found: Found, heard: _Heard) -> Recovery:
    at, done = moment(time.time()), Recovery(out, Salvaged())
    if found.lost():
        for name, copy in _copies(project, heard):
            if ids := found.borrow(copy):
                done.texts[name] = ids
    with database.writing() as connection:
        salvage.put_head(connection, found, default_schema(), at)
        fulltext.begin(connection)
        salvage.put(connection, found, at, done.salvaged, heard.one_more, with_steps=True)
        salvage.put_models(connection, found, done.salvaged)
    for name, copy in _copies(project, heard):
        with database.writing() as connection:
            if ids := salvage.put(connection, copy, at, Salvaged(), heard.one_more, with_steps=False):
                done.filled[name] = ids
            salvage.put_models(connection, copy, done.salvaged)
    training = project.with_name(project.stem + TRAINING_SUFFIX)
    if training.exists() and (ids := _from_training(database, training, at)):
        done.filled[training.name] = ids
    return done


def _copies(project: Path, heard: _Heard) -> Iterator[tuple[str, Found]]:
    """What the backups hold, the newest first, by their names."""
    for backup in backups(project):
        with suppress(OSError):
            yield backup.path.name, Found(heard(Pages(backup.path).rows()))


def _from_training(database: Database, training: Path, at: str) -> list[str]:
    """Take the articles of the training file that the project has not; their ids."""
    with database.reading() as connection:
        there = {row[0] for row in connection.exec_driver_sql("SELECT id FROM documents")}
    lines, ids = [], []
    for line in training.read_bytes().splitlines(keepends=True):
        with suppress(ValueError, TypeError, KeyError):
            id = orjson.loads(line)["id"]
            if id not in there:
                lines.append(line)
                ids.append(str(id))
    if lines:
        with TemporaryDirectory(prefix="hashiya-") as folder:
            (missing := Path(folder, training.name)).write_bytes(b"".join(lines))
            with suppress(SourceError):
                take_in(database, missing, at, wishes=Wishes(duplicates=SKIP))
    with database.reading() as connection:
        now = {row[0] for row in connection.exec_driver_sql("SELECT id FROM documents")}
    return [id for id in dict.fromkeys(ids) if id in now]
