"""The annotator's note on the whole article."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.wording import _

_REST_MS = 1200
_LINES = 3


class _Field(QPlainTextEdit):
    entered, left = Signal(), Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class ArticleNote(QWidget):
    """`written` carries the note when the hand rests or leaves the field, and only when it says something new.

    Where room is short, one that says nothing is a single line until the hand comes to it.
    """

    written = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(self)
        self._title.setObjectName("section")
        self.field = _Field(self)
        self.field.setTabChangesFocus(True)
        self._kept = ""
        self._short = False
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self.field.textChanged.connect(self._rest.start)
        self._rest.timeout.connect(self.settle)
        self.field.left.connect(self.settle)
        for happened in (self.field.entered, self.field.left):
            happened.connect(self._fit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self.field)
        self._fit()
        self.retranslate()

    def show_note(self, note: str) -> None:
        """Show the note of an article; what is being typed into the field stays when it is the same note."""
        if note == self._kept:
            return
        self._kept = note
        self.field.setPlainText(note)
        self._rest.stop()
        self._fit()

    def save_room(self, short: bool) -> None:
        """Whether room is short."""
        if short != self._short:
            self._short = short
            self._fit()

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
        self.field.setAccessibleName(_("Note on the article"))
        self._fit()

    def _fit(self) -> None:
        folded = self._short and not self.field.hasFocus() and not self.field.toPlainText()
        lines = 1 if folded else _LINES
        self.field.setFixedHeight(self.field.fontMetrics().lineSpacing() * lines + 22)
        self.field.setPlaceholderText(_("Note on the article") if folded else _("For colleagues and for yourself"))
        bar = Qt.ScrollBarPolicy
        self.field.setVerticalScrollBarPolicy(bar.ScrollBarAlwaysOff if folded else bar.ScrollBarAsNeeded)
        self._title.setVisible(not folded)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
