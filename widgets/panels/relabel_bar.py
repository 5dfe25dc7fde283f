"""A label changed everywhere: which one, into what, where; and what that would do, before it is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.wording import _
from widgets.announcing import announce
from widgets.icons import label_icon
from widgets.panels.flow import FlowLayout
from widgets.panels.hit_list import HitList
from widgets.panels.text_block import TextBlock
from widgets.theme import LabelLook, Theme

_PAUSE_MS = 250
_FIELD = 170


class RelabelBar(QFrame):
    """`changed` when something else is meant, `applied` when it is to be done, `closed`."""

    changed = Signal()
    applied = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review-bar")
        self.source, self.target = QComboBox(self), QComboBox(self)
        self._becomes = QLabel(self)
        self.text = QLineEdit(self)
        self.text.setMaxLength(1000)
        self.text.setFixedWidth(_FIELD)
        self.listed = QToolButton(self)
        self.listed.setCheckable(True)
        self.listed.setProperty("pill", True)
        self.apply = QPushButton(self)
        self.apply.setProperty("primary", True)
        self.close_button = QToolButton(self)
        self.close_button.setProperty("flat", True)
        self.close_button.setText("\u00d7")
        self.said = TextBlock(self)
        self.left = TextBlock(self, quiet=True)
        self.list = HitList(theme, self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._arrange()
        self._connect()
        self.retranslate()
        self.hide()

    def open(self, labels: Sequence[tuple[str, LabelLook]], source: str) -> None:
        """Appear for these labels, `source` chosen; what is chosen else stays."""
        target = self.target.currentData()
        for box in (self.source, self.target):
            box.blockSignals(True)
            box.clear()
            for id, look in labels:
                box.addItem(label_icon(look), look.name, id)
        self.target.insertSeparator(self.target.count())
        self.target.addItem(_("nothing: delete the spans"), "")
        self.source.setCurrentIndex(max(self.source.findData(source), 0))
        other = next((id for id, _look in labels if id != self.source.currentData()), "")
        wanted = self.target.findData(target) if target not in (None, self.source.currentData()) else -1
        self.target.setCurrentIndex(wanted if wanted >= 0 else self.target.findData(other))
        for box in (self.source, self.target):
            box.blockSignals(False)
        self._becomes.setMinimumHeight(self.source.sizeHint().height())
        self.show()
        self.source.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.changed.emit()

    def meant(self) -> tuple[str, str, str, bool]:
        """The label, what it becomes ("": the spans go), the text that spans must say, and whether in all articles."""
        source, target = self.source.currentData() or "", self.target.currentData() or ""
        return source, target, self.text.text().strip(), not self.listed.isChecked()

    def show_state(self, said: str, left: Sequence[str] = (), can: str = "") -> None:
        """Say what would be done, and `left`, what could not; `can` is what the button says, "" where there is none."""
        if can and said != self.said.text():
            announce(self, " ".join((said, *left)))
        self.said.setText(said)
        self.left.setText(" ".join(left))
        self.left.setVisible(bool(left))
        self.apply.setText(can.replace("&", "&&") or _("Change"))
        self.apply.setEnabled(bool(can))

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self.list.set_theme(theme)

    def retranslate(self) -> None:
        """Words in the language in use."""
        self.source.setAccessibleName(_("Label to change"))
        self.target.setAccessibleName(_("New label"))
        self._becomes.setText(_("becomes"))
        self.text.setPlaceholderText(_("only where it says…"))
        self.text.setAccessibleName(_("Only spans that say this"))
        self.listed.setText(_("Only listed articles"))
        self.listed.setToolTip(_("Only in the articles that the list shows now"))
        self.close_button.setToolTip(_("Close"))
        self.close_button.setAccessibleName(_("Close"))
        self.list.setAccessibleName(_("The first places"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does it; Esc puts the bar away; nothing typed here is a command."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.apply.isEnabled():
            self.applied.emit()
        event.accept()

    def _connect(self) -> None:
        for box in (self.source, self.target):
            box.currentIndexChanged.connect(lambda _n: self.changed.emit())
        self.text.textChanged.connect(lambda _text: self._pause.start())
        self._pause.timeout.connect(self.changed)
        self.listed.toggled.connect(lambda _on: self.changed.emit())
        self.apply.clicked.connect(self.applied)
        self.close_button.clicked.connect(self.closed)

    def _arrange(self) -> None:
        top = QWidget(self)
        row = FlowLayout(top, gap=6)
        for part in (self.source, self._becomes, self.target, self.text, self.listed, self.apply, self.close_button):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(6)
        for widget in (top, self.said, self.left, self.list):
            column.addWidget(widget)
