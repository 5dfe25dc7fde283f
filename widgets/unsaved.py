"""What the window does when the disk refuses a step: says so, tries again, offers a copy, and minds it on closing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from app.errors import HashiyaError
from app.wording import _, describe, plural
from widgets.bridge import Bridge
from widgets.file_dialogs import ask
from widgets.i18n import isolate, number
from widgets.jobs import Publisher
from widgets.main_window import MainWindow
from widgets.panels.notices import Notice
from widgets.presenter import Presenter

AGAIN_MS = 3000
_SUFFIX = ".hashiya"


class Unsaved(QObject):
    """Watches that the project is where it was, and holds the notice of what is in memory only."""

    def __init__(
        self,
        window: MainWindow,
        bridge: Bridge,
        presenter: Presenter,
        publisher: Publisher,
        open_file: Callable[[Path], object],
    ) -> None:
        super().__init__(window)
        self._window, self._bridge, self._presenter, self._publisher = window, bridge, presenter, publisher
        self._open_file = open_file
        self._notice: Notice | None = None
        self._asked = False
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self.look)
        bridge.opened.connect(self._opened)
        bridge.closed.connect(self._closed)
        bridge.unsaved_changed.connect(self._show)

    def look(self) -> None:
        """Save what waits, and look whether the project is still where it was."""
        session = self._bridge.session
        if session.trouble is not None:
            session.save()
        elif not session.held:
            session.look_for_file()

    def finish(self) -> bool:
        """Save what waits: for closing. False, said once, when steps would be lost."""
        session = self._bridge.session
        if session.save() or not session.unsaved or self._asked:
            return True
        self._asked = True
        said = plural(
            "{count} step is in memory only. Save a copy, or close again to lose it.",
            "{count} steps are in memory only. Save a copy, or close again to lose them.",
            session.unsaved,
        )
        self._tell(said.format(count=number(session.unsaved)))
        return False

    def save_copy(self, path: Path) -> None:
        """Write the project with all steps to the new file `path`, and go on there."""
        try:
            self._bridge.session.save_copy(path)
        except HashiyaError as error:
            self._presenter.tell(error, "error")
        else:
            self._open_file(path)

    def _opened(self) -> None:
        self._asked = False
        self._again.start()

    def _closed(self) -> None:
        self._again.stop()
        self._notice = None

    def _show(self) -> None:
        """Follow what the session knows: trouble begins, changes, or is over."""
        session, self._asked = self._bridge.session, False
        self._presenter.show_saved()
        if session.trouble is not None:
            if self._notice is None or self._notice.said != describe(session.trouble):
                self._tell(describe(session.trouble))
            return
        self._drop()
        self._publisher.hand_moved()
        said = _("The disk is back: every step is saved.")
        self._window.notices.tell(said, (), "news").as_passing()

    def _tell(self, said: str) -> None:
        self._drop()
        self._notice = notice = self._window.notices.tell(said, (), "error")
        notice.stays()
        notice.offer(_("Save now"), self.look)
        notice.offer(_("Save a copy…"), self._ask_where)

    def _drop(self) -> None:
        if self._notice in self._window.notices.shown():
            assert self._notice is not None
            self._window.notices.drop(self._notice)
        self._notice = None

    def _ask_where(self) -> None:
        session = self._bridge.session
        name = _("{project} (copy)").format(project=session.path.stem) + _SUFFIX
        dialog = QFileDialog(self._window, _("Save a copy of {file}").format(file=isolate(session.path.name)))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDirectory(str(Path.home()))
        dialog.setDefaultSuffix(_SUFFIX[1:])
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda path: self.save_copy(Path(path)))
        ask(dialog, self._window.theme)
