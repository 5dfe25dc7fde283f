"""A large file made into a project by a thread of its own: the window goes on, and it can be stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.errors import CallError, Fault, HashiyaError

LARGE_BYTES = 4 * 1024 * 1024
_TELL_SECONDS = 0.1


class _Stopped(Exception):
    """Nobody wants the rest."""


class Reading(QObject):
    """One file on its way. `progressed` says how many articles were read; `finished` carries the project's Path, the
    HashiyaError that stopped it, or None when it was cancelled and nothing is left of it."""

    progressed = Signal(int)
    finished = Signal(object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self.faults: list[Fault] = []
        self._cancelled = threading.Event()
        self._told = 0.0
        self._thread = threading.Thread(target=self._work, name="reading", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Stop soon; `finished` says when."""
        self._cancelled.set()

    def wait(self) -> None:
        """Return when the thread has ended."""
        self._thread.join()

    def _work(self) -> None:
        from app.opening import find_or_make

        self.finished.emit(_outcome(lambda: find_or_make(self.path, self.faults.append, self._hear)))

    def _hear(self, read: int) -> None:
        if self._cancelled.is_set():
            raise _Stopped
        now = time.monotonic()
        if now - self._told > _TELL_SECONDS:
            self._told = now
            self.progressed.emit(read)


def is_large(path: Path) -> bool:
    """Whether reading `path` would be felt: a file that is no project, and above 4 MiB."""
    try:
        return path.suffix.lower() != ".hashiya" and path.is_file() and path.stat().st_size > LARGE_BYTES
    except OSError:
        return False


def _outcome(make: Callable[[], Path]) -> Path | HashiyaError | None:
    try:
        return make()
    except _Stopped:
        return None
    except HashiyaError as error:
        return error
    except Exception as error:  # noqa: BLE001 - the thread must not die without a word
        return CallError("program-fault", reason=type(error).__name__)
