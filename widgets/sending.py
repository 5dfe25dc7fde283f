"""«Send my work»: one file of what the annotator did, written where the user says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from app.errors import AnnotatorUnknown, HashiyaError
from app.wording import _, plural
from widgets.bridge import Bridge
from widgets.file_dialogs import ask
from widgets.i18n import isolate, left_to_right, number
from widgets.main_window import MainWindow
from widgets.panels.notices import Notice
from widgets.presenter import Presenter
from widgets.task import Hear, Task


class Sending(QObject):
    """One file at a time, written by a thread."""

    def __init__(self, window: MainWindow, bridge: Bridge, presenter: Presenter) -> None:
        super().__init__(window)
        self._window = window
        self._bridge = bridge
        self._presenter = presenter
        self._task: Task | None = None
        self._notice: Notice | None = None
        self.does: dict[str, Callable[[], object]] = {"send": self._ask_where}
        bridge.opened.connect(self._allow)
        bridge.closed.connect(self._stop)
        self._allow()

    def write(self, out: Path) -> None:
        """Write the annotator's work to `out`, in place of what is there: the user was asked."""
        if self._task or not self._bridge.is_open:
            return
        self._window.inspector.settle()
        project, annotator = self._bridge.session.path, self._bridge.session.annotator

        def work(hear: Hear) -> object:
            from app.sending import send

            return send(project, out, annotator, force=True, progress=hear)

        self._task = task = Task(work, self)
        self._notice = self._window.notices.follow(_("Your work is being written…"), task.cancel)
        task.finished.connect(self._ended)
        task.start()

    def _ask_where(self) -> None:
        from app.sending import usual_name

        if not self._bridge.is_open or self._window.is_taken():
            return
        session = self._bridge.session
        if not session.annotator:
            self._presenter.tell(AnnotatorUnknown())
            return
        dialog = QFileDialog(self._window, _("Send my work"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix("zip")
        dialog.setDirectory(str(session.path.parent))
        dialog.selectFile(usual_name(session.path, session.annotator))
        dialog.fileSelected.connect(lambda path: self.write(Path(path)))
        ask(dialog, self._window.theme)

    def _ended(self, outcome: object) -> None:
        from app.sending import Sent

        task = self._task
        if task is None or self.sender() is not task:
            return
        self._stop()
        if isinstance(outcome, HashiyaError):
            self._presenter.tell(outcome, "error")
        elif isinstance(outcome, Sent):
            said = plural(
                "{file} holds your {count} article; it can be mailed as it is.",
                "{file} holds your {count} articles; it can be mailed as it is.",
                outcome.articles,
            )
            said = said.format(file=isolate(outcome.path.name), count=number(outcome.articles))
            self._window.notices.tell(said, [left_to_right(str(outcome.path))], "news")

    def _stop(self) -> None:
        if self._task:
            task, self._task = self._task, None
            task.cancel()
            task.wait()
            task.deleteLater()
        if self._notice:
            self._window.notices.drop(self._notice)
            self._notice = None
        self._allow()

    def _allow(self) -> None:
        self._window.actions_["send"].setEnabled(self._bridge.is_open)
