"""Looking a place up: a field for its name, and under it the places that this can mean, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.wording import _
from widgets.fonts import interface_font
from widgets.keys import key_name
from widgets.panels.key_cap import cap_size, paint_cap
from widgets.panels.text_block import TextBlock
from widgets.theme import Theme

MOST = 8
_ROW, _SIDE, _GAP = 38, 6, 8
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_RTL = Qt.LayoutDirection.RightToLeft


class PlaceOffer(NamedTuple):
    """A place to choose: its name, and what is known of it in a line."""

    name: str
    about: str


class PlaceList(QWidget):
    """The places, each with its digit. `chosen` carries the number of the one that was clicked, from 0."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.offers: Sequence[PlaceOffer] = ()
        self.current = 0
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_offers(self, offers: Sequence[PlaceOffer]) -> None:
        """Show these, the first one current."""
        self.offers, self.current = offers, 0
        self.updateGeometry()
        self.update()

    def move(self, forwards: bool) -> None:  # type: ignore[override]
        """Make the next one current, or the one before."""
        self.current = min(max(self.current + (1 if forwards else -1), 0), max(len(self.offers) - 1, 0))
        self.update()

    def sizeHint(self) -> QSize:
        """A row for each."""
        return QSize(120, _ROW * len(self.offers))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what was pressed."""
        number = int(event.position().y() // _ROW)
        if event.button() == Qt.MouseButton.LeftButton and 0 <= number < len(self.offers):
            self.chosen.emit(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What the pointer is on is current."""
        self.current = min(max(int(event.position().y() // _ROW), 0), max(len(self.offers) - 1, 0))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, offer in enumerate(self.offers):
            self._paint(painter, number, offer)

    def _paint(self, painter: QPainter, number: int, offer: PlaceOffer) -> None:
        rect = QRectF(0, number * _ROW, self.width(), _ROW)
        if number == self.current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.accent_ground))
            painter.drawRoundedRect(rect.adjusted(0.5, 1, -0.5, -1), 6, 6)
        mirrored = self.layoutDirection() == _RTL
        cap = cap_size("1")
        left = rect.right() - _SIDE - cap.width() if mirrored else _SIDE
        at = QPointF(left, rect.center().y() - cap.height() / 2)
        paint_cap(painter, QRectF(at, cap.toSizeF()), str(number + 1), QColor(self.theme.muted))
        before = _SIDE + cap.width() + _GAP
        room = rect.adjusted(_SIDE if mirrored else before, 3, -before if mirrored else -_SIDE, -3)
        half = room.height() / 2
        self._write(painter, QRectF(room.left(), room.top(), room.width(), half), offer.name, True)
        self._write(painter, QRectF(room.left(), room.top() + half, room.width(), half), offer.about, False)

    def _write(self, painter: QPainter, room: QRectF, said: str, strong: bool) -> None:
        font = interface_font(13 if strong else 11, bold=strong)
        mirrored = self.layoutDirection() == _RTL
        start = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.setFont(font)
        painter.setPen(QColor(self.theme.text if strong else self.theme.muted))
        painter.setLayoutDirection(self.layoutDirection())
        elided = QFontMetrics(font).elidedText(said, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, start | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, elided)


class PlaceLookup(QWidget):
    """`wanted` carries a name to look up, `chosen` the number of the place that was picked, `left` that none was.

    `opened` carries this widget when there is something new to see in it.
    """

    opened = Signal(QWidget)
    wanted = Signal(str)
    chosen = Signal(int)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(self)
        self._title.setObjectName("quiet")
        self.close_button = QToolButton(self)
        self.close_button.setProperty("flat", True)
        self.close_button.setText("\u00d7")
        self.field = _Name(self)
        self.list = PlaceList(theme, self)
        self._nothing = TextBlock(self, quiet=True)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        for part in (self.field, self.list, self._nothing):
            column.addWidget(part)
        self.field.textEdited.connect(self.wanted)
        self.list.chosen.connect(self.chosen)
        self.close_button.clicked.connect(self.left)
        self.retranslate()
        self.hide()

    def open(self, name: str) -> None:
        """Appear with the hand in the field, for places called `name`."""
        self.field.setText(name)
        self.field.selectAll()
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.wanted.emit(name)

    def offer(self, offers: Sequence[PlaceOffer]) -> None:
        """Show these places."""
        self.list.show_offers(offers)
        self.list.setVisible(bool(offers))
        self._nothing.setVisible(not offers)
        self._tell_current()
        self.opened.emit(self)

    def press_key(self, event: QKeyEvent) -> bool:
        """Pick by digit or Enter, move by arrows, leave by Escape; False for what is typed."""
        if event.modifiers() & _HELD:
            return False
        name = key_name(event)
        if name == "Esc":
            self.left.emit()
        elif name == "Enter":
            self._choose(self.list.current)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.list.move(event.key() == Qt.Key.Key_Down)
            self._tell_current()
        elif name.isdecimal():
            self._choose(int(name) - 1)
        else:
            return False
        return True

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self.list.theme = theme
        self.list.update()

    def retranslate(self) -> None:
        """Words in the language in use."""
        self._title.setText(_("Which place is it?"))
        self._nothing.setText(_("No place of this name is in the list. Write another name."))
        self.field.setPlaceholderText(_("Name of the place"))
        self.field.setAccessibleName(_("Name of the place"))
        self.close_button.setToolTip(_("Close"))
        self.close_button.setAccessibleName(_("Close"))
        self._tell_current()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _choose(self, number: int) -> None:
        if 0 <= number < len(self.list.offers):
            self.chosen.emit(number)

    def _tell_current(self) -> None:
        """What a screen reader says of the field: the place that Enter would pick."""
        offers, current = self.list.offers, self.list.current
        told = f"{current + 1}: {offers[current].name}, {offers[current].about}" if offers else self._nothing.text()
        self.field.setAccessibleDescription(told)


class _Name(QLineEdit):
    def __init__(self, lookup: PlaceLookup) -> None:
        super().__init__(lookup)
        self._lookup = lookup

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._lookup.press_key(event):
            super().keyPressEvent(event)
