"""Copies of a project kept in a folder beside it, to go back to: one a day of work, and one before anything goes."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from typing import Final, Literal, NamedTuple

from app.errors import CallError, ProjectError, SourceError
from app.store import disk, log, migrations, publishing, settings
from app.store.engine import Database

FOLDER_SUFFIX: Final = ".backups"
KEPT: Final = 12
KEPT_DAYS: Final = 60
KEPT_BYTES: Final = 2 * 1024**3
KEPT_ALWAYS: Final = 2
"""The newest so many are kept whatever their age and size."""

Why = Literal["day", "deletion", "restore"]
_SETTING: Final = "backups"
_OFF: Final = "off"
_NAME: Final = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)Z-(day|deletion|restore)(?:-\d+)?\.hashiya", re.ASCII)
_DAY: Final = 86_400
_UNFINISHED_SECONDS: Final = 3600.0


class Backup(NamedTuple):
    """One copy, its bytes, when it was made (UTC, ``2026-11-22T21:04:05``) and why. The newest has `number` 1."""

    number: int
    path: Path
    at: str
    why: str
    size: int


def folder_of(project: Path) -> Path:
    """Where the copies of `project` are kept."""
    return project.with_name(project.stem + FOLDER_SUFFIX)


def backups(project: Path) -> list[Backup]:
    """The copies of `project` there are, the newest first, also of a project that is gone."""
    folder = folder_of(project)
    if folder.is_symlink() or not folder.is_dir():
        return []
    named = [(found, path) for path in folder.iterdir() if (found := _NAME.fullmatch(path.name))]
    files = sorted((path.name, path, found) for found, path in named if path.is_file() and not path.is_symlink())
    return [
        Backup(number, path, f"{found[1]}T{found[2]}:{found[3]}:{found[4]}", found[5], path.stat().st_size)
        for number, (_name, path, found) in enumerate(reversed(files), 1)
    ]


def are_kept(project: Path) -> bool:
    """Whether copies of `project` are made without being asked for."""
    with closing(Database(project)) as database, database.reading() as connection:
        return settings.read(connection, _SETTING) != _OFF


def keep_them(project: Path, wished: bool) -> None:
    """Make copies of `project` without being asked, or no longer. Those there are stay."""
    with closing(Database(project)) as database, database.writing() as connection:
        settings.write(connection, _SETTING, "" if wished else _OFF)


def is_due(project: Path) -> bool:
    """Whether something was done since the newest copy, and that is not of today."""
    newest = next(iter(backups(project)), None)
    if newest and newest.at[:10] == _now()[:10]:
        return False
    with closing(Database(project)) as database, database.reading() as connection:
        if settings.read(connection, _SETTING) == _OFF:
            return False
        return log.last_at(connection) > (newest.at if newest else "")


def keep(project: Path, why: Why, should_stop: Callable[[], bool] = lambda: False) -> Backup:
    """Make a copy of `project` as it is now, whole under its name or not at all; then let go of the oldest.

    From any thread, while the project is worked on. Raises SourceError, also when it was stopped.
    """
    try:
        return _kept(project, why, should_stop)
    except ProjectError as error:
        reason = str(error.values.get("reason", error.code))
        raise SourceError("backup-failed", file=str(folder_of(project)), reason=reason) from error


def _kept(project: Path, why: Why, should_stop: Callable[[], bool] = lambda: False) -> Backup:
    """What `keep` does; raises ProjectError as well."""
    folder = folder_of(project)
    try:
        _make_folder(folder, project)
        with closing(Database(project)) as database:
            made = _copied(database, folder, why, should_stop)
        _prune(project)
    except OSError as error:
        raise SourceError("backup-failed", file=str(folder), reason=_reason(error)) from error
    return next(backup for backup in backups(project) if backup.path == made)


def restore(project: Path, number: int) -> Backup:
    """Put the copy with this number in place of `project`; what is there now is copied first. Nobody may have it open.

    Raises CallError for a number that no copy has, ProjectError for a copy that is none, and SourceError when
    something cannot be written; then `project` is as it was.
    """
    there = backups(project)
    wanted = next((backup for backup in there if backup.number == number), None)
    if wanted is None:
        raise CallError("no-such-backup", number=number, file=str(project), count=len(there))
    with closing(Database(wanted.path, access="mode=ro")) as copy:
        migrations.version_of(copy)
        found = copy.pragma("quick_check")
        if found != "ok":
            raise ProjectError("project-damaged", file=str(wanted.path), reason=found)
    making = project.with_name(f".{project.name}.{secrets.token_hex(4)}.part")
    try:
        try:
            # First of all: the copy that is made of what is there now may push the oldest out.
            shutil.copyfile(wanted.path, making)
            _carry_over(making, _made_safe(project))
            disk.flush_file(making)
            making.replace(project)
            disk.flush_folder(project.parent)
        finally:
            disk.discard(making)
    except OSError as error:
        raise SourceError("restore-failed", file=str(project), reason=_reason(error)) from error
    return wanted


def remove_project(project: Path, should_stop: Callable[[], bool] = lambda: False) -> Path | None:
    """Take the file of `project` away, after a copy of it unless copies are switched off; the copy's path.

    Nobody may have it open. Stopped or killed midway, the project is as it was, or gone with its copy there. Its
    training file, its sources and its copies stay. Raises SourceError and ProjectError.
    """
    kept = keep(project, "deletion", should_stop).path if are_kept(project) else None
    with closing(Database(project)) as database:
        _let_go(database)
    try:
        for file in _files(project):
            file.unlink(missing_ok=True)
    except OSError as error:
        raise SourceError("restore-failed", file=str(project), reason=_reason(error)) from error
    return kept


def _made_safe(project: Path) -> dict[str, str]:
    """Leave nothing at the place of `project` that is not copied; what the project there knew of its files."""
    if not project.exists():
        return {}
    try:
        with closing(Database(project)) as database:
            migrations.version_of(database)
            _let_go(database)
            with database.reading() as connection:
                known = settings.every(connection)
        _kept(project, "restore")
    except ProjectError as error:
        if error.code not in ("not-a-project", "project-damaged"):
            raise
        _put_aside(project)
        return {}
    return known


def _let_go(database: Database) -> None:
    """Have the project in one file without a log, which only a program that has it for itself can do."""
    if database.pragma("journal_mode", "DELETE") != "delete":
        raise ProjectError("project-busy", file=str(database.path), reason="")


def _put_aside(project: Path) -> None:
    aside = next(
        path
        for n in count(1)
        if not (path := project.with_name(f"{project.stem}.damaged-{n}{project.suffix}")).exists()
    )
    for file in _files(project):
        if file.exists():
            file.replace(aside.with_name(aside.name + file.name.removeprefix(project.name)))


def _carry_over(made: Path, known: dict[str, str]) -> None:
    """Tell the restored project which files beside it are its own, and that they must be written anew."""
    with closing(Database(made)) as database:
        database.pragma("journal_mode", "DELETE")
        with database.writing() as connection:
            for name in ("published", "publishing", *(name for name in known if name.startswith("exported "))):
                if name in known:
                    settings.write(connection, name, known[name])
            publishing.forget_written(connection)


def _files(project: Path) -> list[Path]:
    return [project.with_name(project.name + end) for end in ("", "-wal", "-shm")]


def _make_folder(folder: Path, project: Path) -> None:
    if folder.is_symlink():
        raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    folder.mkdir(exist_ok=True)
    # A disk filled to the brim would refuse the next mark: better no copy.
    if shutil.disk_usage(folder).free < 2 * project.stat().st_size:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _copied(database: Database, folder: Path, why: Why, should_stop: Callable[[], bool]) -> Path:
    stamp = f"{_now().replace(':', '')}Z-{why}"
    for number in count(1):
        final = folder / f"{stamp}{f'-{number}' if number > 1 else ''}{database.path.suffix}"
        making = final.with_name(f".{final.name}.part")
        if final.exists() or making.exists():
            continue
        try:
            database.copy_to(making, should_stop)
            disk.place(making, final)
            return final
        except FileExistsError:
            continue
        finally:
            disk.discard(making)
    raise AssertionError("there is always another number")


def _prune(project: Path) -> None:
    """Let go of copies that are too many, too old or too large together, and of what was never finished."""
    room, now = KEPT_BYTES, time.time()
    oldest = time.strftime("%Y-%m-%d", time.gmtime(now - KEPT_DAYS * _DAY))
    for backup in backups(project):
        room -= backup.size
        if backup.number > KEPT_ALWAYS and (backup.number > KEPT or backup.at[:10] < oldest or room < 0):
            with suppress(OSError):
                backup.path.unlink()
    for left in folder_of(project).glob(".*.hashiya.part"):
        with suppress(OSError):
            if left.stat().st_mtime < now - _UNFINISHED_SECONDS:
                left.unlink()


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime())


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
