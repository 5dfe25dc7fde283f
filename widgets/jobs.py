"""The training file, written by a thread of its own: a moment after the hand rests, on request, and on closing."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import HashiyaError
from widgets.bridge import Bridge
from widgets.log import told

if TYPE_CHECKING:
    from app.publish import Published

REST_MS = 800
log = logging.getLogger(__name__)


class _Run(QObject):
    """One publication on its way. `finished` carries a Published, or the HashiyaError that stopped it."""

    finished = Signal(object)

    def __init__(self, project: Path) -> None:
        super().__init__()
        self.abandoned = threading.Event()
        self._project = project
        self._thread = threading.Thread(target=self._work, name="training file", daemon=True)
        self.start = self._thread.start
        self.join = self._thread.join

    def _work(self) -> None:
        self.finished.emit(_published(self._project, self.abandoned.is_set))


class Publisher(QObject):
    """Keeps the training file of the open session up to date without ever making the hand wait.

    `state_changed` when a run begins or ends; `failed` carries a HashiyaError; `published` a Published that finished.
    """

    state_changed = Signal()
    failed = Signal(object)
    published = Signal(object)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._bridge = bridge
        self._run: _Run | None = None
        self._again = False
        self._large = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._begin)
        bridge.opened.connect(self._look)
        bridge.changed.connect(self.hand_moved)

    @property
    def is_large(self) -> bool:
        """Whether the file is written on request and on closing only."""
        return self._large

    @property
    def running(self) -> bool:
        """Whether the file is being written just now."""
        return self._run is not None

    def hand_moved(self) -> None:
        """Something changed: what is being written is out of date, begin again when the hand rests."""
        if self._run:
            self._run.abandoned.set()
        if not self._large:
            self._rest.start()

    def write_now(self) -> None:
        """Write the file at once, also a large one."""
        self._rest.stop()
        if self._run:
            self._again = True
            self._run.abandoned.set()
        else:
            self._begin()

    def finish(self) -> bool:
        """Write what is not written yet, and return when it is on disk: for closing. False when that failed.

        While steps are in memory only there is nothing to write: whoever closes minds those.
        """
        self._rest.stop()
        if self._run:
            self._run.abandoned.set()
            self._run.join()
            self._run = None
        if self._bridge.session.trouble is not None:
            return True
        outcome = _published(self._bridge.session.path, lambda: False)
        self._report(outcome)
        return not isinstance(outcome, HashiyaError)

    def _look(self) -> None:
        self._large = self._bridge.session.training_file_is_large
        self._rest.start()

    def _begin(self) -> None:
        if self._run or not self._bridge.is_open:
            return
        session = self._bridge.session
        if session.held:  # what is being changed is written when that is done
            self._rest.start()
            return
        if session.trouble is not None or not session.look_for_file():  # written when its steps are on disk
            return
        self._run = _Run(self._bridge.session.path)
        self._run.finished.connect(self._ended)
        self._run.start()
        self.state_changed.emit()

    def _ended(self, outcome: Published | HashiyaError) -> None:
        run = self._run
        if run is None or self.sender() is not run:
            return
        run.join()  # it has said its last word; an object must not go while its thread is still in it
        self._run = None
        self._report(outcome)
        if self._again:
            self._again = False
            self._begin()
        self.state_changed.emit()

    def _report(self, outcome: Published | HashiyaError) -> None:
        if isinstance(outcome, HashiyaError):
            self.failed.emit(outcome)
        elif outcome.finished:
            self._large = self._bridge.session.training_file_is_large
            self._bridge.session.note_published(outcome)
            self.published.emit(outcome)


def _published(project: Path, should_stop: Callable[[], bool]) -> Published | HashiyaError:
    from app.publish import publish  # brings the database with it, which the first paint need not wait for

    try:
        return publish(project, should_stop=should_stop)
    except HashiyaError as error:
        return error
    except Exception as error:  # noqa: BLE001 - the thread must not die without a word
        log.error("%s", told(error, error.__traceback__))
        return HashiyaError("program-fault", reason=type(error).__name__)
