"""Asks once whose annotations these are, in a bar under the text: nothing else is stopped by it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.wording import _
from widgets.panels.text_block import TextBlock
from widgets.panels.turning_row import TurningRow

_ROOM = 640


class NamePrompt(QFrame):
    """`named` carries the name or code that was confirmed; `cancelled` when it was put away."""

    named = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("name-prompt")
        self._question = TextBlock(self)
        self._question.setObjectName("question")
        self._why = TextBlock(self, quiet=True)
        self.field = QLineEdit(self)
        self.field.setMaxLength(200)
        self.field.setMinimumWidth(140)
        self.confirm = QPushButton(self)
        self.confirm.setProperty("primary", True)
        self.cancel = QPushButton(self)
        self._arrange()
        self.field.textChanged.connect(self._judge)
        self.field.returnPressed.connect(self._confirm)
        self.confirm.clicked.connect(self._confirm)
        self.cancel.clicked.connect(self.dismiss)
        self.retranslate()
        self.hide()

    def ask(self, known: str = "") -> None:
        """Appear, with the hand in the field."""
        self.field.setText(known)
        self.field.selectAll()
        self._judge(known)
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Put the bar away without a name."""
        self.hide()
        self.cancelled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the bar away; nothing typed here is a command."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()

    def retranslate(self) -> None:
        """Words in the language in use."""
        self._question.setText(_("Whose annotations are these?"))
        self._why.setText(_("Your name or a code; it goes into the training file. Asked once for this project."))
        self.field.setPlaceholderText(_("Name or code, then Enter"))
        self.field.setAccessibleName(_("Whose annotations are these?"))
        self.confirm.setText(_("Confirm"))
        self.cancel.setText(_("Cancel"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._question)
        words.addWidget(self._why)
        answer = QHBoxLayout()
        answer.setSpacing(10)
        answer.addWidget(self.field, 1)
        answer.addWidget(self.confirm)
        answer.addWidget(self.cancel)
        row = TurningRow(_ROOM, self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(10)
        row.addLayout(words, 3)
        row.addLayout(answer, 3)

    def _judge(self, typed: str) -> None:
        self.confirm.setEnabled(bool(typed.strip()))

    def _confirm(self) -> None:
        name = self.field.text().strip()
        if name:
            self.hide()
            self.named.emit(name)
