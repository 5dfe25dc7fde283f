"""What is looked for in the article or the project, in a bar above the text; nothing else is stopped by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.text.find import Search
from app.wording import _
from widgets.announcing import announce
from widgets.icons import label_icon
from widgets.keys import chord_name
from widgets.panels.flow import FlowLayout
from widgets.panels.hit_list import HitList
from widgets.panels.text_block import TextBlock
from widgets.theme import LabelLook, Theme

_NARROW = 640
_LOOKING = "\u2026"
_WHOLE = QSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
_WRAPPED = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)


class _LabelMenu(QMenu):
    """Labels to choose from; the key of each is the key itself, whatever the keyboard's layout makes of it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._of_key: dict[str, QAction] = {}

    def set_labels(self, labels: Sequence[tuple[str, LabelLook]], chosen: Callable[[str], None]) -> None:
        self.clear()
        self._of_key.clear()
        for id, look in labels:
            name = look.name.replace("&", "&&")
            action = self.addAction(f"&{look.key}  {name}" if look.key else name)
            action.setIcon(label_icon(look))
            action.triggered.connect(lambda _checked=False, id=id: chosen(id))
            if look.key:
                self._of_key[look.key.upper()] = action

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The key of a label chooses it; the others go through the menu."""
        action = self._of_key.get(chord_name(event))
        if action is None:
            super().keyPressEvent(event)
            return
        self.close()
        action.trigger()


class FindBar(QFrame):
    """`changed` when something else is looked for, `stepped` with 1 or -1, `closed`, `label_chosen` for all matches."""

    changed = Signal()
    stepped = Signal(int)
    closed = Signal()
    label_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find-bar")
        self.field = QLineEdit(self)
        self.field.setMaxLength(1000)
        self.field.setMinimumWidth(120)
        self.said = TextBlock(self, quiet=True)
        self.previous, self.next = self._button("\u2191"), self._button("\u2193")
        self.exact, self.regex, self.project = self._toggle(), self._toggle(), self._toggle()
        self.label_all = QPushButton(self)
        self._menu = _LabelMenu(self.label_all)
        self.label_all.setMenu(self._menu)
        self.close_button = self._button("\u00d7")
        self.list = HitList(theme, self)
        self._arrange()
        self._connect()
        self.show_state("", 0)
        self.retranslate()
        self.hide()

    def open(self, project: bool, seed: str) -> None:
        """Appear with the hand in the field; `seed` is looked for unless it is empty."""
        for button, on in ((self.project, project),):
            button.blockSignals(True)
            button.setChecked(on)
            button.blockSignals(False)
        if seed:
            self.field.blockSignals(True)
            self.field.setText(seed)
            self.field.blockSignals(False)
        self.list.setVisible(project)
        self.show()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.changed.emit()

    def search(self) -> Search:
        """What is looked for, and how."""
        mode = "regex" if self.regex.isChecked() else "exact" if self.exact.isChecked() else "folded"
        return Search(self.field.text(), mode)  # type: ignore[arg-type]

    def show_state(self, said: str, hits: int) -> None:
        """Say how many matches there are, or why there are none."""
        if said not in (self.said.text(), _LOOKING):
            announce(self, said)
        self.said.setText(said)
        for part in (self.previous, self.next, self.label_all):
            part.setEnabled(hits > 0)

    def set_labels(self, labels: Sequence[tuple[str, LabelLook]]) -> None:
        """The labels that all matches can be marked with; their keys work in the menu."""
        self._menu.set_labels(labels, self.label_chosen.emit)

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self.list.set_theme(theme)

    def retranslate(self) -> None:
        """Words in the language in use."""
        self.field.setPlaceholderText(_("Find"))
        self.field.setAccessibleName(_("Find"))
        named = (
            (self.previous, _("Previous match")),
            (self.next, _("Next match")),
            (self.close_button, _("Close")),
        )
        for button, name in named:
            button.setToolTip(name)
            button.setAccessibleName(name)
        self.exact.setText(_("Exact"))
        self.exact.setToolTip(_("Letter by letter; otherwise spellings of hamza, ta marbuta and vowel marks are one"))
        self.regex.setText(_("Expression"))
        self.regex.setToolTip(_("A regular expression"))
        self.project.setText(_("All articles"))
        self.project.setToolTip(_("In the whole project"))
        self.label_all.setText(_("Mark all"))
        self.list.setAccessibleName(_("Matches"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the window can be: the rows give way."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use one row, or two."""
        super().resizeEvent(event)
        self._set_narrow(event.size().width() < _NARROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, with Shift back; Esc puts the bar away; nothing typed here is a command."""
        key, shift = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if shift else 1)
        elif key == Qt.Key.Key_Down and self.list.isVisible():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        event.accept()

    def _arrange(self) -> None:
        self._ways = QWidget(self)
        ways = FlowLayout(self._ways, gap=6)
        for way in (self.exact, self.regex, self.project, self.label_all):
            ways.addWidget(way)
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        self._row.addWidget(self.field, 3)
        self._row.addWidget(self.said, 2, Qt.AlignmentFlag.AlignVCenter)
        parts: tuple[QWidget, ...] = (self.previous, self.next, self._ways, self.close_button)
        for part in parts:
            self._row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._ways.setSizePolicy(_WHOLE)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 8, 8, 8)
        self._column.setSpacing(6)
        self._column.addLayout(self._row)
        self._column.addWidget(self.list)

    def _set_narrow(self, narrow: bool) -> None:
        """Where there is little room, how to look stands below what is looked for."""
        if narrow and self._row.indexOf(self._ways) >= 0:
            self._row.removeWidget(self._ways)
            self._ways.setSizePolicy(_WRAPPED)
            self._column.insertWidget(1, self._ways)
        elif not narrow and self._row.indexOf(self._ways) < 0:
            self._column.removeWidget(self._ways)
            self._ways.setSizePolicy(_WHOLE)
            self._row.insertWidget(self._row.count() - 1, self._ways, 0, Qt.AlignmentFlag.AlignVCenter)

    def _connect(self) -> None:
        self.field.textChanged.connect(lambda _text: self.changed.emit())
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.close_button.clicked.connect(self.closed)
        self.exact.toggled.connect(lambda on: self._one_of_two(self.regex, on))
        self.regex.toggled.connect(lambda on: self._one_of_two(self.exact, on))
        self.project.toggled.connect(self._turn_scope)

    def _one_of_two(self, other: QToolButton, on: bool) -> None:
        if on and other.isChecked():
            other.setChecked(False)  # which tells of the change
        else:
            self.changed.emit()

    def _turn_scope(self, project: bool) -> None:
        self.list.setVisible(project)
        self.changed.emit()

    def _button(self, sign: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("flat", True)
        button.setText(sign)
        return button

    def _toggle(self) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        return button
