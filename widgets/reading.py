"""A large file made into a project while the window goes on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from app.errors import Fault
from widgets.task import Hear, Task

LARGE_BYTES = 4 * 1024 * 1024


class Reading(Task):
    """One file on its way: `progressed` says how many articles were read, `finished` carries the project's Path."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(self._read, parent)
        self.path = path
        self.faults: list[Fault] = []

    def _read(self, hear: Hear) -> Path:
        from app.opening import find_or_make

        return find_or_make(self.path, self.faults.append, hear)


def is_large(path: Path) -> bool:
    """Whether reading `path` would be felt: a file that is no project, and above 4 MiB."""
    try:
        return path.suffix.lower() != ".hashiya" and path.is_file() and path.stat().st_size > LARGE_BYTES
    except OSError:
        return False
