"""The three steps a new annotator takes first, ticked off as they are taken."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.wording import N_, _
from widgets.fonts import interface_font
from widgets.i18n import left_to_right, number
from widgets.panels.text_block import TextBlock
from widgets.panels.turning_row import TurningRow
from widgets.theme import Theme

_DISC = 22
_LEAVE_MS = 4000
_ROOM = 560


class _Said(NamedTuple):
    title: str
    how: str


STEPS = {
    "select": _Said(N_("Select words"), N_("Drag over them, or hold Shift with the arrows.")),
    "label": _Said(N_("Press a digit"), N_("{first} to {last}, as on the chips above; or click a chip.")),
    "done": _Said(N_("Finish the article"), N_("{key} marks it done and opens the next.")),
}


class _Disc(QWidget):
    """The number of a step, or a tick once it was taken."""

    def __init__(self, n: int, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._n = n
        self.theme = theme
        self.taken = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_DISC, _DISC)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(self.theme.accent)
        painter.setPen(QPen(accent, 1.5))
        painter.setBrush(accent if self.taken else Qt.BrushStyle.NoBrush)
        disc = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawEllipse(disc)
        if not self.taken:
            painter.setFont(interface_font(12, bold=True))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, number(self._n))
            return
        painter.setPen(QPen(QColor(self.theme.on_accent), 2, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        c = disc.center()
        painter.drawPolyline([c + QPointF(-4.5, 0.5), c + QPointF(-1.2, 3.6), c + QPointF(4.8, -3.4)])


class FirstSteps(QFrame):
    """`put_away` when it is dismissed, and a moment after the last step was taken."""

    put_away = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("first-steps")
        self._done_key = "Ctrl+Enter"
        self._leave = QTimer(self, singleShot=True, interval=_LEAVE_MS)
        self._leave.timeout.connect(self.put_away)
        self._discs = {id: _Disc(n, theme, self) for n, id in enumerate(STEPS, start=1)}
        self._titles = {id: TextBlock(self) for id in STEPS}
        self._hows = {id: TextBlock(self, quiet=True) for id in STEPS}
        self.close_button = QToolButton(self)
        self.close_button.setProperty("flat", True)
        self.close_button.clicked.connect(self.put_away)
        steps = TurningRow(_ROOM)
        steps.setSpacing(10)
        for id in STEPS:
            steps.addLayout(self._step(id), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 8, 10)
        row.setSpacing(10)
        row.addLayout(steps, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.retranslate()

    def start_over(self) -> None:
        """Show all steps as not yet taken."""
        for id in STEPS:
            self._mark(id, False)

    def taken(self) -> list[str]:
        """The steps that were taken, in their order."""
        return [id for id, disc in self._discs.items() if disc.taken]

    def take(self, id: str) -> None:
        """Tick off a step: "select", "label" or "done"."""
        if not self._discs[id].taken:
            self._mark(id, True)
            if len(self.taken()) == len(STEPS) and self.isVisible():
                self._leave.start()

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        for disc in self._discs.values():
            disc.theme = theme
            disc.update()

    def set_done_key(self, key: str) -> None:
        """Tell the key in use for the last step."""
        self._done_key = key
        self.retranslate()

    def retranslate(self) -> None:
        """Words in the language in use."""
        keys = {"first": number(1), "last": number(9), "key": left_to_right(self._done_key)}
        for id, said in STEPS.items():
            self._titles[id].setText(_(said.title))
            self._hows[id].setText(_(said.how).format(**keys))
        self.close_button.setToolTip(_("Put the first steps away"))
        self.close_button.setAccessibleName(_("Put the first steps away"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _mark(self, id: str, taken: bool) -> None:
        self._discs[id].taken = taken
        self._discs[id].update()

    def _step(self, id: str) -> QHBoxLayout:
        self._titles[id].setFont(interface_font(bold=True))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._titles[id])
        words.addWidget(self._hows[id])
        words.addStretch(1)
        step = QHBoxLayout()
        step.setSpacing(10)
        step.addWidget(self._discs[id], 0, Qt.AlignmentFlag.AlignTop)
        step.addLayout(words, 1)
        return step
