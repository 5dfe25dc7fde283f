"""When the open project learns from its labels: after an article is finished, or ten decisions; never in the way."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.edit.steps import Step
from app.model.annotation import Change
from widgets.bridge import Bridge

DECISIONS: Final = 10
"""After so many decisions there is something to learn."""
_BEGIN_MS: Final = 400
_RESTS: Final = 10
"""How many times as long as learning takes it rests afterwards."""


class Learning(QObject):
    """Everything is done by the session's thread and its processes; this says when, and brings back what they say."""

    _brought = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._decisions = 0
        self._began = self._may_again = 0.0
        self._begin_soon = QTimer(self, singleShot=True, interval=_BEGIN_MS)
        self._later = QTimer(self, singleShot=True)
        self._brought.connect(self._carry_out, Qt.ConnectionType.QueuedConnection)
        self._begin_soon.timeout.connect(self._begin)
        self._later.timeout.connect(self._learn)
        bridge.opened.connect(self._opened)
        bridge.closed.connect(self._closed)
        bridge.changed.connect(self._changed)
        bridge.schema_changed.connect(self._learn)
        if bridge.is_open:
            self._opened()

    def _opened(self) -> None:
        self._decisions, self._may_again = 0, 0.0
        self._begin_soon.start()

    def _closed(self) -> None:
        self._begin_soon.stop()
        self._later.stop()

    def _begin(self) -> None:
        if self._bridge.is_open:
            session = self._bridge.session
            session.learning_changed.connect(self._note_pace)
            session.begin_learning(self._brought.emit)

    def _changed(self, step: Step, _origin: object) -> None:
        self._decisions += sum(map(_decisions, step.changes))
        if self._decisions >= DECISIONS or any(map(_finishes, step.changes)):
            self._learn()

    def _learn(self) -> None:
        """Have the project learn now, or when it has rested."""
        if not self._bridge.is_open or self._begin_soon.isActive():
            return
        rest = self._may_again - time.monotonic()
        if rest > 0:
            if not self._later.isActive():
                self._later.start(round(rest * 1000))
            return
        self._decisions = 0
        self._bridge.session.learn_in_background()

    def _note_pace(self) -> None:
        now = time.monotonic()
        if self._bridge.session.is_learning:
            self._began = now
        else:
            self._may_again = now + _RESTS * (now - self._began)

    def _carry_out(self, do: object) -> None:
        assert callable(do)
        do()


def _decisions(change: Change) -> int:
    return len(change.decided) + len(change.undecided) or int(bool(change.added or change.removed))


def _finishes(change: Change) -> bool:
    before, after = change.state_before, change.state_after
    return before is not None and after is not None and after.status == "complete" != before.status
