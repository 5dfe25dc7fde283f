"""Where files may be dropped: a dashed frame with words in it, which lights up while files are over the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

_LEAST_HEIGHT, _AIR = 140, 20


class DropArea(QFrame):
    """Says `text`, with `buttons` under it that do by the keyboard what dropping does; the window takes the drop."""

    def __init__(self, parent: QWidget, *buttons: QPushButton) -> None:
        super().__init__(parent)
        self.setObjectName("drop-area")
        self.setMinimumHeight(_LEAST_HEIGHT)
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_AIR, _AIR, _AIR, _AIR)
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(self._said)
        column.addLayout(row)
        column.addStretch(1)

    def text(self) -> str:
        """The words in its middle."""
        return self._said.text()

    def set_text(self, text: str) -> None:
        """Say this."""
        self._said.setText(text)

    def set_over(self, over: bool) -> None:
        """Light up while files are over the window, or go out again."""
        self.setProperty("over", over)
        self.style().unpolish(self)
        self.style().polish(self)
