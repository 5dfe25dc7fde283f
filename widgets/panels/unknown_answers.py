"""Attributes that the schema does not know: kept, shown quietly, and taken away only by whoever wants that."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.wording import _
from widgets.i18n import isolate, plain_tip
from widgets.models.questions import Given
from widgets.panels.items import empty
from widgets.panels.text_block import TextBlock

_SHOWN, _LETTERS = 12, 120


class UnknownAnswers(QWidget):
    """A row for each of them. `refused` carries the name of the one to take away."""

    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answers: list[tuple[str, Given]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.hide()

    def show_answers(self, answers: Sequence[tuple[str, Given]]) -> None:
        """Show these, name and values each; none: nothing is shown."""
        if list(answers) != self._answers:
            self._answers = list(answers)
            self._build()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._build()
        super().changeEvent(event)

    def _build(self) -> None:
        empty(self._column)
        if self._answers:
            title = TextBlock(self, quiet=True)
            title.setText(_("Unknown to the schema, kept as they are"))
            self._column.addWidget(title)
        for name, given in self._answers[:_SHOWN]:
            self._add(name, given)
        self.setVisible(bool(self._answers))

    def _add(self, name: str, given: Given) -> None:
        said = TextBlock(self, quiet=True)
        value = _("several values") if given.several else isolate(_(", ").join(given.values)[:_LETTERS])
        said.setText(f"{isolate(name)}: {value}")
        button = QToolButton(self)
        button.setProperty("flat", True)
        button.setText("\u00d7")
        tip = _("Take {name} away").format(name=isolate(name))
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(tip)
        button.clicked.connect(lambda: self.refused.emit(name))
        row = QWidget(self)
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(said, 1, Qt.AlignmentFlag.AlignVCenter)
        inside.addWidget(button)
        self._column.addWidget(row)
        row.show()
