"""A button that does what an action does."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QActionEvent
from PySide6.QtWidgets import QToolButton, QWidget


class ActionButton(QToolButton):
    """Shows and triggers `action`, and follows it at a cost that stays what it is.

    Qt's own following sets the action anew at each of its changes, and each time connects it once more (6.11): after
    a week of work, undo and redo took a hundred times as long to grey.
    """

    def __init__(self, action: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = self._tip = ""
        self.setDefaultAction(action)

    def set_title(self, title: str) -> None:
        """Say `title` instead of the action's own name."""
        self._title = title
        if title != self.text():
            self.setText(title)

    def set_tip(self, tip: str) -> None:
        """Tell `tip` instead of the action's own."""
        self._tip = tip
        self.setToolTip(tip)

    def actionEvent(self, event: QActionEvent) -> None:
        """Follow the action."""
        action = self.defaultAction()
        if event.type() != QEvent.Type.ActionChanged or event.action() is not action:
            super().actionEvent(event)
            return
        self.setText(self._title or action.iconText().replace("&", "&&"))
        self.setIcon(action.icon())
        self.setToolTip(self._tip or action.toolTip())
        self.setStatusTip(action.statusTip())
        self.setWhatsThis(action.whatsThis())
        self.setCheckable(action.isCheckable())
        self.setChecked(action.isChecked())
        self.setEnabled(action.isEnabled())
