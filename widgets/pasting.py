"""The text on the clipboard made an article."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QGuiApplication

from app.errors import CallError, HashiyaError
from app.wording import _, describe
from widgets.bridge import Bridge
from widgets.main_window import MainWindow
from widgets.presenter import Presenter

_EXACT = "text/plain;charset=utf-8"


class Pasting(QObject):
    """Takes in what was copied elsewhere, and opens it."""

    def __init__(self, window: MainWindow, bridge: Bridge, presenter: Presenter) -> None:
        super().__init__(window)
        self._window = window
        self._bridge = bridge
        self._presenter = presenter
        self.does: dict[str, Callable[[], object]] = {"paste": self.paste}
        bridge.opened.connect(self._allow)
        bridge.closed.connect(self._allow)
        self._allow()

    def paste(self) -> None:
        """Make the text on the clipboard an article of the project, and show it."""
        if not self._bridge.is_open or self._window.is_taken():
            return
        self._window.inspector.settle()
        self._presenter.keep_place()
        before = self._bridge.session.count
        try:
            self._bridge.session.add_text(pasted_text(QGuiApplication.clipboard().mimeData()))
        except CallError as refusal:
            self._window.status.tell(describe(refusal))
            return
        except HashiyaError as error:
            self._presenter.tell(error, "error")
            return
        self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._bridge.session.count == before:
            self._window.status.tell(_("This text is in the project already."))

    def _allow(self) -> None:
        self._window.actions_["paste"].setEnabled(self._bridge.is_open)


def pasted_text(mime: QMimeData) -> str:
    """The text of `mime`, code point for code point where whoever copied it gives it so; "" without any."""
    if mime.hasFormat(_EXACT):
        try:
            # Qt would leave out a byte order mark at the start.
            return mime.data(_EXACT).data().decode("utf-8")
        except UnicodeDecodeError:
            pass
    return mime.text()
