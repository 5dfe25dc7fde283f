"""A label taken like a brush: every selection made while it is armed is labelled at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from app.wording import _
from widgets.i18n import isolate
from widgets.main_window import MainWindow


class Brush(QObject):
    """`painted` carries the armed label each time a selection was made: the mouse let go of it, or Shift was."""

    painted = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.label = ""
        window.canvas.installEventFilter(self)
        window.canvas.viewport().installEventFilter(self)

    def arm(self, label: str) -> None:
        """Label every selection with `label` from now on; with the armed one again, no more."""
        if label == self.label:
            self.disarm()
            return
        self.label = label
        self._window.strip.chips.set_armed(label)
        said = _("Every selection is marked as {label} now. Esc ends it.")
        self._window.status.tell(said.format(label=isolate(self._window.theme.look_of(label).name)))
        self._window.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def disarm(self) -> None:
        """Put the brush away."""
        if self.label:
            self.label = ""
            self._window.strip.chips.set_armed("")
            self._window.status.hush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear of the end of a selection, and of Esc before the text does."""
        if not self.label:
            return False
        if isinstance(event, QKeyEvent):
            return self._key(event)
        released = isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease
        if released and event.button() == Qt.MouseButton.LeftButton:
            QTimer.singleShot(0, self, self._paint)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        escape = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape
        if escape and not self._window.canvas.is_linking():
            self.disarm()
            return True
        if event.type() == QEvent.Type.KeyRelease and event.key() == Qt.Key.Key_Shift:
            QTimer.singleShot(0, self, self._paint)
        return False

    def _paint(self) -> None:
        if self.label:
            self.painted.emit(self.label)
