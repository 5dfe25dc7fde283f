"""What a link will say and where it may lead: the types to choose from, and the likeliest spans with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.wording import _
from widgets.i18n import isolate, left_to_right
from widgets.panels.flow import FlowLayout
from widgets.panels.items import empty
from widgets.panels.label_tag import LabelTag
from widgets.panels.text_block import TextBlock
from widgets.panels.turning_row import TurningRow
from widgets.theme import LabelLook, Theme

_ROOM = 560
_SHOWN = 20


class TypeOffer(NamedTuple):
    """A type of relation to choose: its id, its title and the key that picks it ("" for none)."""

    id: str
    title: str
    key: str


class TargetOffer(NamedTuple):
    """A span to choose: its id, what it covers, and its label's id."""

    span: str
    surface: str
    label: str


class LinkBar(QFrame):
    """`type_chosen` and `target_chosen` carry what was clicked, `closed` when nothing is to be linked.

    It never takes the keyboard: the hand stays in the text.
    """

    type_chosen = Signal(str)
    target_chosen = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review-bar")
        self._theme = theme
        self._head = LabelTag(self)
        self._said = TextBlock(self)
        self._types: dict[str, QToolButton] = {}
        self._targets: dict[str, QToolButton] = {}
        self._offers: tuple[Sequence[TypeOffer], Sequence[TargetOffer]] = ((), ())
        self._hint = TextBlock(self, quiet=True)
        self._nothing = QLabel(self)
        self._nothing.setObjectName("quiet")
        self._close = self._button("\u00d7", flat=True)
        self._close.clicked.connect(self.closed)
        self._type_row, self._target_row = QWidget(self), QWidget(self)
        self._type_flow, self._target_flow = FlowLayout(self._type_row, 6), FlowLayout(self._target_row, 6)
        self._arrange()
        self.retranslate()
        self.hide()

    def open(self, surface: str, look: LabelLook) -> None:
        """Appear for links of the span that covers `surface`."""
        self._head.show_label(look.name, look.ink, look.ground)
        self._said.setText(_short(surface))
        self.show()

    def offer(self, types: Sequence[TypeOffer], chosen: str, targets: Sequence[TargetOffer]) -> None:
        """Show the types, one of them chosen, and the spans that it may lead to."""
        self._offers = (types, targets)
        empty(self._type_flow)
        self._types = {}
        for type in types:
            said = f"{isolate(type.title)}  {left_to_right(type.key.upper())}" if type.key else type.title
            button = self._types[type.id] = self._button(said)
            button.setCheckable(True)
            button.setChecked(type.id == chosen)
            button.clicked.connect(lambda _on=False, id=type.id: self.type_chosen.emit(id))
            self._type_flow.addWidget(button)
        empty(self._target_flow)
        self._targets = {}
        alike = len({target.label for target in targets}) == 1
        for number, target in enumerate(targets, start=1):
            named = "" if alike else f" \u00b7 {isolate(self._theme.look_of(target.label).name)}"
            button = self._targets[target.span] = self._button(
                f"{left_to_right(str(number))}  {_short(target.surface)}{named}"
            )
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, id=target.span: self.target_chosen.emit(id))
            self._target_flow.addWidget(button)
        self._nothing.setVisible(not targets)

    def choose(self, span: str) -> None:
        """Show which span Enter would link."""
        for id, button in self._targets.items():
            button.setChecked(id == span)

    def set_theme(self, theme: Theme) -> None:
        """Names and colours of another theme."""
        self._theme = theme

    def retranslate(self) -> None:
        """Words in the language in use."""
        self._hint.setText(_("A digit or Enter links, Tab goes on, Up and Down change the kind."))
        self._nothing.setText(_("No span here may be the other end."))
        self._close.setToolTip(_("Close"))
        self._close.setAccessibleName(_("Close"))
        self.setAccessibleName(_("Link to another span"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _arrange(self) -> None:
        what = QHBoxLayout()
        what.setSpacing(8)
        what.addWidget(self._head)
        what.addWidget(self._said, 1, Qt.AlignmentFlag.AlignVCenter)
        words = TurningRow(_ROOM)
        words.setSpacing(8)
        words.addLayout(what)
        words.addWidget(self._hint, 1, Qt.AlignmentFlag.AlignVCenter)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(words, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 10)
        column.setSpacing(6)
        column.addLayout(head)
        for part in (self._type_row, self._target_row, self._nothing):
            column.addWidget(part)

    def _button(self, said: str, flat: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setText(said.replace("&", "&&"))
        button.setProperty("flat" if flat else "pill", True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return button


def _short(said: str) -> str:
    said = " ".join(said.split())
    return isolate(said if len(said) <= _SHOWN else said[:_SHOWN].rstrip() + "\u2026")
