"""The problems of the article as a quiet list under it; each leads to its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QListView, QToolButton, QVBoxLayout, QWidget

from app.wording import _, plural
from widgets.i18n import number
from widgets.panels.text_block import TextBlock

_ROWS_SHOWN = 6
_MOST = 500


class ProblemBar(QFrame):
    """`chosen` carries the number of a problem, `closed` when the list is put away."""

    chosen = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review-bar")
        self._count = 0
        self._said = TextBlock(self)
        self.close_button = QToolButton(self)
        self.close_button.setProperty("flat", True)
        self.close_button.setText("\u00d7")
        self.close_button.clicked.connect(self.closed)
        self._rows = QStringListModel(self)
        self.list = QListView(self)
        self.list.setModel(self._rows)
        self.list.setObjectName("problems")
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.clicked.connect(lambda index: self.chosen.emit(index.row()))
        head = QHBoxLayout()
        head.addWidget(self._said, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.list)
        self.retranslate()
        self.hide()

    def show_problems(self, sentences: Sequence[str]) -> None:
        """Show these, the first 500 of them; the hand stays at its number."""
        shown = [*sentences[:_MOST]]
        self._count = len(sentences)
        if shown != self._rows.stringList():
            here = self.list.currentIndex().row()
            self._rows.setStringList(shown)
            self.show_current(min(here, len(shown) - 1))
        self.retranslate()

    def show_current(self, row: int) -> None:
        """Put the hand on a problem."""
        if row >= 0:
            self.list.setCurrentIndex(self._rows.index(row, 0))

    def retranslate(self) -> None:
        """Words in the language in use."""
        said = plural("{count} problem in this article", "{count} problems in this article", self._count)
        self._said.setText(said.format(count=number(self._count)) if self._count else _("No problems in this article"))
        self.list.setVisible(self._count > 0)
        height = max(18, self.list.sizeHintForRow(0)) if self._count else 18
        self.list.setFixedHeight(min(self._count, _ROWS_SHOWN) * height + 4)
        self.list.setAccessibleName(_("Problems of the article; Enter leads to one"))
        self.close_button.setToolTip(_("Close"))
        self.close_button.setAccessibleName(_("Close"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads to the problem in hand; Esc puts the list away; nothing typed here is a command."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.currentIndex().isValid():
            self.chosen.emit(self.list.currentIndex().row())
        event.accept()
