"""Asks once before something goes, in a bar under the text: nothing else is stopped by it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.wording import _
from widgets.announcing import announce
from widgets.panels.text_block import TextBlock
from widgets.panels.turning_row import TurningRow

_ROOM = 520


class QuestionBar(QFrame):
    """`confirmed` or `cancelled`, once for each question. The hand comes to rest on the way out."""

    confirmed = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("name-prompt")
        self._question = TextBlock(self)
        self._question.setObjectName("question")
        self._why = TextBlock(self, quiet=True)
        self.confirm = QPushButton(self)
        self.confirm.setProperty("danger", True)
        self.cancel = QPushButton(self)
        for button in (self.confirm, self.cancel):
            button.setAutoDefault(True)
        self._arrange()
        self.confirm.clicked.connect(self._confirm)
        self.cancel.clicked.connect(self.dismiss)
        self.retranslate()
        self.hide()

    def ask(self, question: str, why: str, confirm: str) -> None:
        """Appear with `question`, what `why` says besides, and a button that says `confirm`."""
        self._question.setText(question)
        self._why.setText(why)
        self.confirm.setText(confirm)
        self.show()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, f"{question} {why}")

    def said(self) -> str:
        """The question and what is said besides."""
        return f"{self._question.text()}\n{self._why.text()}"

    def dismiss(self) -> None:
        """Put the bar away: the answer is no."""
        if not self.isHidden():
            self.hide()
            self.cancelled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc says no; the arrows and Tab walk between the answers; nothing typed here is a command."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextChild()
        event.accept()

    def retranslate(self) -> None:
        """Words in the language in use; a question stays as it was asked."""
        self.cancel.setText(_("Cancel"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._question)
        words.addWidget(self._why)
        answers = QHBoxLayout()
        answers.setSpacing(10)
        answers.addStretch(1)
        answers.addWidget(self.confirm)
        answers.addWidget(self.cancel)
        row = TurningRow(_ROOM, self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(10)
        row.addLayout(words, 1)
        row.addLayout(answers)

    def _confirm(self) -> None:
        self.hide()
        self.confirmed.emit()
