"""Searches in a thread of their own: what was found comes in batches, and the newest search wins."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import HashiyaError
from widgets.log import told

if TYPE_CHECKING:
    from app.search import Hit

Find = Callable[[Callable[[], bool]], "Iterator[Hit]"]
Count = Callable[[Callable[[], bool]], int]
_BATCH_SECONDS = 0.05
_FIRST_BATCH = 50
log = logging.getLogger(__name__)


class _Run(QObject):
    """One search on its way."""

    arrived = Signal(object, object)  # this run, list of Hit
    ended = Signal(object, object)  # this run, HashiyaError or None

    counted = Signal(object, int)  # this run, in how many articles

    def __init__(self, find: Find, limit: int, count: Count | None) -> None:
        super().__init__()
        self.abandoned = threading.Event()
        self._find, self._count = find, count
        self._batch: list[Hit] = []
        self._since = time.monotonic()
        self._limit = limit
        self._thread = threading.Thread(target=self._work, name="search", daemon=True)
        self.start = self._thread.start
        self.join = self._thread.join

    def _work(self) -> None:
        outcome: HashiyaError | None = None
        try:
            self._look()
        except HashiyaError as error:
            outcome = error
        except Exception as error:  # noqa: BLE001 - the thread must not die without a word
            log.error("%s", told(error, error.__traceback__))
            outcome = HashiyaError("program-fault", reason=type(error).__name__)
        self.ended.emit(self, outcome)

    def _look(self) -> None:
        count = 0
        for count, hit in enumerate(self._find(self._should_stop), 1):
            self._batch.append(hit)
            if self.abandoned.is_set() or count >= self._limit:
                break
            if count == _FIRST_BATCH or (count % 200 == 0 and time.monotonic() - self._since > _BATCH_SECONDS):
                self._tell()
        self._tell()
        if self._count and count >= self._limit and not self.abandoned.is_set():
            self.counted.emit(self, self._count(self.abandoned.is_set))

    def _should_stop(self) -> bool:
        """Asked between two articles; what was found before does not wait for what may never be found."""
        if self._batch and time.monotonic() - self._since > _BATCH_SECONDS:
            self._tell()
        return self.abandoned.is_set()

    def _tell(self) -> None:
        if self._batch:
            self.arrived.emit(self, self._batch)
        self._batch, self._since = [], time.monotonic()


class Seeker(QObject):
    """`arrived` carries lists of Hit of the newest search, `ended` what stopped it: a HashiyaError, or None.

    `counted` carries the number of articles when more was found than was asked for and they could be counted.
    """

    arrived = Signal(list)
    counted = Signal(int)
    ended = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._run: _Run | None = None
        self._leaving: list[_Run] = []

    @property
    def running(self) -> bool:
        """Whether there may be more to come."""
        return self._run is not None

    def seek(self, find: Find, limit: int, count: Count | None = None) -> None:
        """Search for at most `limit` hits, in place of what was searched for; `count` counts if there are more."""
        self.stop()
        self._run = run = _Run(find, limit, count)
        run.arrived.connect(self._arrived)
        run.counted.connect(self._counted)
        run.ended.connect(self._ended)
        run.start()

    def stop(self) -> None:
        """Give up; nothing more is told."""
        if self._run:
            self._run.abandoned.set()
            self._leaving.append(self._run)
            self._run = None

    def finish(self) -> None:
        """Give up and wait until every thread is gone: before the project is closed."""
        self.stop()
        for run in self._leaving:
            run.join()

    def _arrived(self, run: _Run, hits: list[Hit]) -> None:
        if run is self._run:
            self.arrived.emit(hits)

    def _counted(self, run: _Run, articles: int) -> None:
        if run is self._run:
            self.counted.emit(articles)

    def _ended(self, run: _Run, outcome: HashiyaError | None) -> None:
        run.join()  # it has said its last word; an object must not go while its thread is still in it
        if run is self._run:
            self._run = None
            self.ended.emit(outcome)
        elif run in self._leaving:
            self._leaving.remove(run)
