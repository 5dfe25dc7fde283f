"""Where the current article comes from, said in the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from app.errors import HashiyaError
from app.model.document import Origin
from app.wording import _
from widgets.bridge import Bridge
from widgets.main_window import MainWindow
from widgets.presenter import Presenter


class TellingOrigin(QObject):
    """Asks for source, date and address, and keeps what is said."""

    def __init__(self, window: MainWindow, bridge: Bridge, presenter: Presenter) -> None:
        super().__init__(window)
        self._window, self._bridge, self._presenter = window, bridge, presenter
        self.does: dict[str, Callable[[], object]] = {"origin": self.ask}
        window.origin.said.connect(self._keep)
        window.origin.cancelled.connect(self._to_text)
        for left in (bridge.moved, bridge.closed):
            left.connect(window.origin.hide)
        for signal in (bridge.opened, bridge.closed):
            signal.connect(self._allow)
        self._allow()

    def ask(self) -> None:
        """Show what is known of the current article."""
        if self._bridge.is_open and self._bridge.session.key is not None and not self._window.is_taken():
            self._window.inspector.settle()
            self._window.origin.ask(self._bridge.session.document.origin)

    def _keep(self, origin: Origin) -> None:
        self._presenter.keep_place()
        try:
            self._bridge.session.set_origin(origin)
        except HashiyaError as error:
            self._presenter.tell(error, "error")
        else:
            self._window.status.tell(_("Source, date and address are kept."))
        self._to_text()

    def _to_text(self) -> None:
        self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow(self) -> None:
        self._window.actions_["origin"].setEnabled(self._bridge.is_open)
