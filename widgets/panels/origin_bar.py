"""Where the article comes from, when it is of, and its address: three fields in a bar under the text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.model.document import ORIGIN_LENGTH, Origin
from app.text.dates import dated
from app.wording import N_, _
from widgets.i18n import left_to_right
from widgets.panels.text_block import TextBlock

_EXAMPLE = "2026-03-31"
_TITLES = Origin(N_("Source"), N_("Date"), N_("Address"))


class OriginBar(QFrame):
    """`said` carries the Origin that was confirmed; `cancelled` when the bar was put away."""

    said = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("name-prompt")
        self.fields = [QLineEdit(self) for _title in _TITLES]
        self._titles = [QLabel(self) for _title in _TITLES]
        self._unread = TextBlock(self, quiet=True)
        self.confirm = QPushButton(self)
        self.confirm.setProperty("primary", True)
        self.cancel = QPushButton(self)
        self._arrange()
        for field in self.fields:
            field.setMaxLength(ORIGIN_LENGTH)
            field.returnPressed.connect(self._confirm)
        self.fields[1].textChanged.connect(self._judge)
        self.confirm.clicked.connect(self._confirm)
        self.cancel.clicked.connect(self.dismiss)
        self.retranslate()
        self.hide()

    def ask(self, known: Origin) -> None:
        """Appear with what is known, the hand in the first field."""
        for field, value in zip(self.fields, known, strict=True):
            field.setText(value)
            field.setCursorPosition(0)
        self._judge()
        self.show()
        self.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.fields[0].selectAll()

    def dismiss(self) -> None:
        """Put the bar away; nothing has changed."""
        if not self.isHidden():
            self.hide()
            self.cancelled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the bar away; nothing typed here is a command."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()

    def retranslate(self) -> None:
        """Words in the language in use."""
        for label, field, title in zip(self._titles, self.fields, _TITLES, strict=True):
            label.setText(_(title))
            field.setAccessibleName(_(title))
        self.confirm.setText(_("Keep"))
        self.cancel.setText(_("Cancel"))
        self._judge()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setSpacing(8)
        for label, field in zip(self._titles, self.fields, strict=True):
            label.setBuddy(field)
            form.addRow(label, field)
        answers = QHBoxLayout()
        answers.setSpacing(10)
        answers.addWidget(self._unread, 1)
        answers.addWidget(self.confirm)
        answers.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(10)
        column.addLayout(form)
        column.addLayout(answers)

    def _judge(self) -> None:
        date = self.fields[1].text().strip()
        unread = bool(date) and not dated(date)
        said = _("The list cannot sort by this date: write it as {date}.").format(date=left_to_right(_EXAMPLE))
        self._unread.setText(said if unread else "")

    def _confirm(self) -> None:
        self.hide()
        self.said.emit(Origin(*(" ".join(field.text().split()) for field in self.fields)))
