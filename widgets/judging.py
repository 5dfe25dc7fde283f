"""Articles with problems: those that were not judged yet are, by a thread of its own, and the list fills as it goes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject

from app.errors import HashiyaError
from app.wording import _
from widgets.bridge import Bridge
from widgets.i18n import number
from widgets.main_window import MainWindow
from widgets.task import Task

if TYPE_CHECKING:
    from app.model.wish import Wish
    from widgets.task import Hear

_FILL_MS = 1500


class Judging(QObject):
    """Looks for problems while somebody wants to see the articles that have any."""

    def __init__(self, window: MainWindow, bridge: Bridge) -> None:
        super().__init__(window)
        self._window, self._bridge = window, bridge
        self._task: Task | None = None
        self._waiting = self._left = 0
        self._filled = QElapsedTimer()
        window.articles.filtered.connect(self._filtered)
        bridge.closed.connect(self.finish)
        bridge.schema_changed.connect(self._begin_anew)

    def finish(self) -> None:
        """Stop, and return when the thread has ended."""
        task, self._task = self._task, None
        self._left = 0
        if task is not None:
            task.cancel()
            task.wait()
            self._window.articles.tell_progress("")

    def _begin_anew(self) -> None:
        self.finish()
        self._filtered(self._window.articles.model.wish)

    def _filtered(self, wish: Wish) -> None:
        if self._task is not None and not wish.problems:
            self._task.cancel()
            self._window.articles.tell_progress("")
        if not self._bridge.is_open or self._task is not None or not wish.problems:
            return
        session = self._bridge.session
        self._waiting = session.unjudged()
        if self._waiting <= self._left:
            return  # these cannot be judged: they are damaged
        self._task = Task(partial(_judge, session.path, session.annotator), self)
        self._task.progressed.connect(self._progressed)
        self._task.finished.connect(self._ended)
        self._filled.start()
        self._progressed(0)
        self._task.start()

    def _progressed(self, done: int) -> None:
        articles = self._window.articles
        if self._task is None or self._task.cancelled:
            return
        said = _("looking for problems: {done} of {count}")
        articles.tell_progress(said.format(done=number(done), count=number(self._waiting)))
        if self._filled.elapsed() > _FILL_MS:
            self._filled.restart()
            articles.fill_up()

    def _ended(self, outcome: object) -> None:
        task = self._task
        if task is None or self.sender() is not task:
            return
        task.wait()
        self._task = None
        self._window.articles.tell_progress("")
        if isinstance(outcome, HashiyaError):
            self._bridge.noticed.emit(outcome)
        if outcome is not None and self._bridge.is_open:
            self._left = self._bridge.session.unjudged()
            if self._window.articles.model.wish.problems:
                self._window.articles.fill_up()
        elif outcome is None and self._bridge.is_open:
            self._filtered(self._window.articles.model.wish)  # asked for again while it was being stopped


def _judge(project: Path, annotator: str, hear: Hear) -> int:
    from app.judging import judge  # brings the database with it, which the first paint need not wait for

    return judge(project, annotator, hear)
