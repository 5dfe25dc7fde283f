"""Files that must be on the disk when we say so: flushed, and put under their name in one move."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def files_of(project: Path) -> list[Path]:
    """The file of a project and those that SQLite keeps beside it while it is open."""
    return [project.with_name(project.name + end) for end in ("", "-wal", "-shm")]


def identity(path: Path) -> tuple[int, int] | None:
    """What the system knows the file at `path` by, whatever it is called; None when there is none to be seen."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def flush_file(path: Path) -> None:
    """Return when the content of `path` is on the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Return when the names in `folder` are on the disk. Windows has no such call, and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def discard(made: Path) -> None:
    """Take away what was not finished, if the disk lets us: what stays is swept later, and is no error of its own."""
    with suppress(OSError):
        made.unlink(missing_ok=True)


def place(made: Path, final: Path) -> None:
    """Give the finished file `made` the name `final`, durably. Raises FileExistsError if that name is taken."""
    flush_file(made)
    try:
        os.link(made, final)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links: between looking and moving another program could take the name.
        if final.exists():
            raise FileExistsError(str(final)) from None
        made.rename(final)
    else:
        discard(made)
    flush_folder(final.parent)
