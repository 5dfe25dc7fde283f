"""What the pages of coming in and going out have in common: which key leaves, and which begins."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QPushButton, QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TransferPage(QFrame):
    """`cancelled` goes back to the article, as Esc does; `begin` does what the page is for.

    Enter presses the button that has the keyboard, and otherwise begins; Ctrl+Enter begins from anywhere.
    """

    cancelled = Signal()
    begin: QPushButton

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("transfer-page")

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Enter for the page; in the article it means something else."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_ctrl_enter(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave, press the button in hand, or begin."""
        in_hand = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() not in ENTER:
            super().keyPressEvent(event)
        elif isinstance(in_hand, QAbstractButton) and in_hand.hasFocus() and not _is_ctrl_enter(event):
            in_hand.click()
        else:
            self.begin.click()


def _is_ctrl_enter(event: QEvent) -> bool:
    wanted = Qt.KeyboardModifier.ControlModifier
    return isinstance(event, QKeyEvent) and event.key() in ENTER and bool(event.modifiers() & wanted)
