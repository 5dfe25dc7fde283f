"""The list of articles under the hand: what its keys do."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegion
from PySide6.QtWidgets import QWidget

from widgets.keys import chord_name
from widgets.panels.article_row import ROW_HEIGHT
from widgets.panels.rows_view import RowsView


class ArticleList(RowsView):
    """The list itself: letters and digits stay commands instead of searching in it. Delete is `delete_asked`.

    Ctrl+A, wherever the layout has its A, chooses every article that is listed.
    """

    delete_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(ROW_HEIGHT, parent)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """All that is in sight: Qt would ask for the place of every row that is chosen, of a hundred thousand too."""
        return QRegion(self.viewport().rect())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows; leave what would be typed to the window."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            event.accept()
        elif chord_name(event) == "Ctrl+A":
            self.selectAll()
            event.accept()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
            event.accept()
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)
