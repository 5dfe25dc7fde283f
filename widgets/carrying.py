"""Work that changes very much of a project, in a thread: one at a time, told of in the window, to be cancelled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from app.errors import EditRefused, HashiyaError
from app.wording import describe
from widgets.bridge import Bridge
from widgets.jobs import Publisher
from widgets.main_window import MainWindow
from widgets.panels.notices import Notice
from widgets.task import Hear, Task

Said = Callable[[int], str]
"""What is said of work that has come so far."""


class Carrying(QObject):
    """While work is carried out that writes to the open project, articles can be read; what edits them is refused."""

    def __init__(self, window: MainWindow, bridge: Bridge, publisher: Publisher) -> None:
        super().__init__(window)
        self._window, self._bridge, self._publisher = window, bridge, publisher
        self._task: Task | None = None
        self._notice: Notice | None = None
        self._said: Said = str
        self._then: Callable[[Any], object] = lambda outcome: None
        self._failed: Callable[[HashiyaError], object] = self._tell
        self._stopped: Callable[[], object] = lambda: None

    @property
    def running(self) -> bool:
        """Whether work is under way."""
        return self._task is not None

    def run(
        self,
        said: Said,
        work: Callable[[Hear], Any],
        then: Callable[[Any], object],
        failed: Callable[[HashiyaError], object] | None = None,
        stopped: Callable[[], object] = lambda: None,
    ) -> bool:
        """Have `work` done and hand its outcome to `then`; errors go to `failed`, else they are told.

        False, and said so, while other work is under way. `stopped` is called when it was cancelled and nothing is
        done.
        """
        if self._task:
            self._window.status.tell(describe(EditRefused("work-under-way")))
            return False
        if self._bridge.is_open and not self._bridge.session.save():
            self._tell(EditRefused("kept-in-memory"))
            return False
        self._said, self._then, self._failed, self._stopped = said, then, failed or self._tell, stopped
        if self._bridge.is_open:
            self._window.inspector.settle()
            self._publisher.hand_moved()
            self._bridge.session.held = True
        self._notice = self._window.notices.follow(said(0), self.cancel)
        self._task = task = Task(work, self)
        task.progressed.connect(self._progressed)
        task.finished.connect(self._ended)
        task.start()
        return True

    def cancel(self) -> None:
        """Stop soon; nothing of the work is left then."""
        if self._task:
            self._task.cancel()

    def stop(self) -> None:
        """Stop now: the project is about to be closed."""
        if self._task:
            task, self._task = self._task, None
            task.cancel()
            task.wait()
        self._settle()

    def _progressed(self, reached: int) -> None:
        if self._notice and self.sender() is self._task:
            self._notice.set_said(self._said(reached))

    def _ended(self, outcome: object) -> None:
        task = self.sender()
        if not isinstance(task, Task):
            return
        task.wait()
        task.deleteLater()
        if self._task is not task:
            return
        self._task = None
        self._settle()
        if outcome is None or (task.cancelled and isinstance(outcome, HashiyaError)):
            self._stopped()
        elif isinstance(outcome, HashiyaError):
            self._failed(outcome)
        else:
            self._then(outcome)
            self._publisher.hand_moved()

    def _settle(self) -> None:
        if self._notice:
            self._window.notices.drop(self._notice)
            self._notice = None
        if self._bridge.is_open:
            self._bridge.session.held = False

    def _tell(self, error: HashiyaError) -> None:
        self._window.notices.tell(describe(error), (), "error")
