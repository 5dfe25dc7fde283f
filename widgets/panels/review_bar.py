"""Every place that says what the focused span says, with its context, to tick before all are marked at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.wording import _, plural
from widgets.announcing import announce
from widgets.i18n import isolate, number
from widgets.panels.hit_list import HitList
from widgets.panels.text_block import TextBlock
from widgets.panels.turning_row import TurningRow
from widgets.theme import Theme

_ROOM = 520


class ReviewBar(QFrame):
    """`applied` when what is ticked is to be marked, `scope_changed` for the article or the project, `closed`."""

    applied = Signal()
    scope_changed = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review-bar")
        self._surface, self._label, self._note = "", "", ""
        self._said = TextBlock(self)
        self.project = QToolButton(self)
        self.project.setCheckable(True)
        self.apply = QPushButton(self)
        self.apply.setProperty("primary", True)
        self.close_button = QToolButton(self)
        self.close_button.setProperty("flat", True)
        self.close_button.setText("\u00d7")
        self.list = HitList(theme, self, tickable=True)
        self._arrange()
        self.project.toggled.connect(lambda _on: self.scope_changed.emit())
        self.apply.clicked.connect(self.applied)
        self.close_button.clicked.connect(self.closed)
        self.list.hits.dataChanged.connect(self.retranslate)
        self.retranslate()
        self.hide()

    def open(self, surface: str, label: str) -> None:
        """Appear with the hand in the list, for the places of `surface` that are to be called `label`."""
        self._surface, self._label = surface, label
        self.show()
        self.retranslate()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_state(self, note: str = "", *, ended: bool = False) -> None:
        """Say how many places there are, and `note`; aloud when the search has `ended`."""
        self._note = note
        self.retranslate()
        if ended:
            announce(self, self._said.text())

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self.list.set_theme(theme)

    def retranslate(self) -> None:
        """Words in the language in use."""
        count, ticked = self.list.hits.hits, self.list.hits.ticked_count()
        said = plural("{surface}: {count} place", "{surface}: {count} places", count)
        said = said.format(surface=isolate(self._surface), count=number(count))
        marked = self.list.hits.marked_count()
        if marked:
            there = plural("{count} marked already", "{count} marked already", marked)
            said = f"{said} · {there.format(count=number(marked))}"
        self._said.setText(f"{said} \u00b7 {self._note}" if self._note else said)
        self.project.setText(_("All articles"))
        self.project.setToolTip(_("In the whole project"))
        mark = plural("Mark {count} as {label}", "Mark {count} as {label}", ticked)
        said = mark.format(count=number(ticked), label=isolate(self._label)) if ticked else _("Nothing to mark")
        self.apply.setText(said.replace("&", "&&"))
        self.apply.setEnabled(ticked > 0)
        self.close_button.setToolTip(_("Close"))
        self.close_button.setAccessibleName(_("Close"))
        self.list.setAccessibleName(_("Places; Space ticks, Enter marks all that are ticked"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter marks what is ticked; Esc puts the bar away; nothing typed here is a command."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.apply.isEnabled():
            self.applied.emit()
        event.accept()

    def _arrange(self) -> None:
        ways = QHBoxLayout()
        ways.setSpacing(6)
        ways.addStretch(1)
        for part in (self.project, self.apply, self.close_button):
            ways.addWidget(part)
        row = TurningRow(_ROOM)
        row.setSpacing(6)
        row.addWidget(self._said, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(ways)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.list)
