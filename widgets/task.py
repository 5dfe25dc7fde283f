"""Long work in a thread of its own: the window goes on, hears how far it is, and can stop it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.errors import HashiyaError
from widgets.log import told

Hear = Callable[[int], None]
_TELL_SECONDS = 0.1
log = logging.getLogger(__name__)


class _Stopped(Exception):
    """Nobody wants the rest."""


class Task(QObject):
    """One piece of `work`, which calls what it is given with how far it is, and is stopped there when cancelled.

    `progressed` says how far it is; `finished` carries what the work gave, the HashiyaError that stopped it, or None
    when it was cancelled: then nothing of it is left.
    """

    progressed = Signal(int)
    finished = Signal(object)

    def __init__(self, work: Callable[[Hear], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._cancelled = threading.Event()
        self._told = 0.0
        self._thread = threading.Thread(target=self._run, name="task", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Stop soon; `finished` says when."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was to stop: work that could not may have come to its end all the same."""
        return self._cancelled.is_set()

    def wait(self) -> None:
        """Return when the thread has ended."""
        self._thread.join()

    def _run(self) -> None:
        self.finished.emit(self._outcome())

    def _outcome(self) -> object:
        try:
            return self._work(self._hear)
        except _Stopped:
            return None
        except HashiyaError as error:
            return error
        except Exception as error:  # noqa: BLE001 - the thread must not die without a word
            log.error("%s", told(error, error.__traceback__))
            return HashiyaError("program-fault", reason=type(error).__name__)

    def _hear(self, reached: int) -> None:
        if self._cancelled.is_set():
            raise _Stopped
        now = time.monotonic()
        if now - self._told > _TELL_SECONDS:
            self._told = now
            self.progressed.emit(reached)
