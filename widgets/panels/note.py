"""The annotator's note on the whole article."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.wording import _

_REST_MS = 1200
_LINES = 3


class _Field(QPlainTextEdit):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class ArticleNote(QWidget):
    """`written` carries the note when the hand rests or leaves the field, and only when it says something new."""

    written = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(self)
        self._title.setObjectName("section")
        self.field = _Field(self)
        self.field.setTabChangesFocus(True)
        self._kept = ""
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self.field.textChanged.connect(self._rest.start)
        self._rest.timeout.connect(self.settle)
        self.field.left.connect(self.settle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self.field)
        self.field.setFixedHeight(self.field.fontMetrics().lineSpacing() * _LINES + 22)
        self.retranslate()

    def show_note(self, note: str) -> None:
        """Show the note of an article; what is being typed into the field stays when it is the same note."""
        if note == self._kept:
            return
        self._kept = note
        self.field.setPlainText(note)
        self._rest.stop()

    def settle(self) -> None:
        """Hand over what was typed, now."""
        self._rest.stop()
        said = self.field.toPlainText()
        if said != self._kept:
            self._kept = said
            self.written.emit(said)

    def retranslate(self) -> None:
        """Words in the language in use."""
        self._title.setText(_("Note on the article"))
        self.field.setPlaceholderText(_("For colleagues and for yourself"))
        self.field.setAccessibleName(_("Note on the article"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
