"""Choices as small buttons side by side, each with the key that picks it; many are folded away until they are used."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.model.schema import CHOICES, AttributeType
from app.wording import _, language
from widgets.fonts import interface_font, number_font
from widgets.keys import key_name
from widgets.models.questions import Given
from widgets.panels import choice_role
from widgets.panels.choices import BETWEEN, CAP, PADDING, Pill, by_key, choices_of, pills_of
from widgets.theme import Theme

OPEN = 8
"""So many choices always stand side by side; more of them only while their field has the keyboard."""
_HEIGHT, _GAP = 24, 4
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_RTL = Qt.LayoutDirection.RightToLeft


class ChoiceField(QWidget):
    """One attribute to choose for. `answered` carries the values (None: as they are), and whether the hand goes on."""

    answered = Signal(object, bool)

    def __init__(self, one: AttributeType, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._one, self._theme = one, theme
        self._given = Given()
        self._cursor = -1
        self._under: int | None = None
        self._unfolded_now = False
        self._pills: list[Pill] = []
        choice_role.install()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.retranslate()

    @property
    def is_dirty(self) -> bool:
        """Whether something was begun here that is not kept yet: never."""
        return False

    def show_given(self, given: Given) -> None:
        """Show what is chosen now."""
        strange = {*given.values, *self._given.values} - set(self.titles())
        before, ringed = self._given, self._ringed()
        self._given, self._cursor = given, -1
        if strange:
            self.retranslate()
        elif self._is_folded():
            self.update()
        self._paint_anew({*before.values, *given.values}, {ringed, self._ringed()})

    def settle(self) -> None:
        """Nothing waits here."""

    def drop(self) -> None:
        """Nothing waits here."""

    def written(self) -> str:
        """Nothing is written here."""
        return ""

    def enter(self, go_on: bool = True) -> None:
        """Pick what the arrows came to; else keep what is there, as said by a person."""
        if 0 <= self._cursor < len(self._pills):
            self._pick(self._pills[self._cursor].value, go_on)
        else:
            self.answered.emit(self._given.to_confirm(), go_on)

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self._theme = theme
        self.update()

    def retranslate(self) -> None:
        """Titles in the language in use."""
        self._pills = pills_of(self._one, self._given.values)
        self.setAccessibleDescription(_(", ").join(f"{pill.title} {pill.key}".rstrip() for pill in self._pills))
        self.updateGeometry()
        self.update()

    def titles(self) -> dict[str, str]:
        """What may be chosen, by id."""
        return {choice.id: choice.title(language()) for choice in choices_of(self._one)}

    def said(self) -> str:
        """What is chosen, or what the arrows came to, in words."""
        if 0 <= self._cursor < len(self._pills):
            return self._pills[self._cursor].title
        return _(", ").join(pill.title for pill in self._pills if pill.value in self._given.values)

    def press_key(self, event: QKeyEvent) -> bool:
        """Pick, clear, or move among the choices; False for a key that means nothing here."""
        if event.modifiers() & _HELD:
            return False
        name = key_name(event)
        pill = by_key(self._pills, name)
        if pill and event.isAutoRepeat():
            return True
        if pill:
            self._pick(pill.value, go_on=self._one.kind != CHOICES)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move((event.key() == Qt.Key.Key_Right) != (self.layoutDirection() == _RTL))
        elif event.key() == Qt.Key.Key_Space:
            self._pick(self._pills[self._ringed()].value, go_on=False)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.answered.emit((), False)
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that pick; the form has what is left."""
        if not self.press_key(event):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show every choice. Qt would have all of them painted again, also where they stand as they stood."""
        self._unfolded_now = event.reason() == Qt.FocusReason.MouseFocusReason and self._folds()
        self._refold()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Fold away what is too much."""
        ringed, self._cursor = self._ringed(), -1
        self._refold()
        self._paint_anew(set(), {ringed})

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick what was pressed; pressed again, a choice goes; the press that unfolds picks nothing."""
        found, unfolded = self._at(event.position()), self._unfolded_now
        self._unfolded_now = False
        if found is None or unfolded or event.button() != Qt.MouseButton.LeftButton:
            return
        value = self._pills[found].value
        if self._one.kind != CHOICES and self._given.values == (value,) and self._given.source == "manual":
            self.answered.emit((), False)
        else:
            self._pick(value, go_on=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what the pointer is on."""
        found = self._at(event.position())
        if found != self._under:
            self._under = found
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone."""
        self._under = None
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Yes: the narrower, the more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all rows at `width`."""
        return _HEIGHT if self._is_folded() else round(max(rect.bottom() for rect in self._places(width)))

    def sizeHint(self) -> QSize:
        """All in one row."""
        if self._is_folded():
            return QSize(120, _HEIGHT)
        width = sum(pill.width for pill in self._pills) + _GAP * (len(self._pills) - 1)
        return QSize(width, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """A few letters wide: a long title is shortened."""
        return QSize(60, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the choices, or of many the chosen one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_folded():
            self._paint_folded(painter)
            return
        clip = QRectF(event.rect())
        for number, rect in enumerate(self._places(self.width())):
            if rect.intersects(clip):
                self._paint(painter, number, rect)

    def _pick(self, value: str, go_on: bool) -> None:
        if self._one.kind != CHOICES:
            self.answered.emit((value,), go_on)
            return
        before = self._given.values
        after = {*before} - {value} if value in before else {*before, value}
        self.answered.emit(tuple(pill.value for pill in self._pills if pill.value in after), go_on)

    def _ringed(self) -> int:
        """What the arrows came to; before they were used, what is chosen, or the first."""
        chosen = (n for n, pill in enumerate(self._pills) if pill.value in self._given.values)
        return self._cursor if self._cursor >= 0 else next(chosen, 0)

    def _move(self, forwards: bool) -> None:
        at = self._ringed() + (1 if forwards else -1)
        self._cursor = min(max(at, 0), len(self._pills) - 1)
        self.setAccessibleName(self._pills[self._cursor].title)
        self.update()

    def _folds(self) -> bool:
        return len(self.titles()) > OPEN

    def _is_folded(self) -> bool:
        return self._folds() and not self.hasFocus()

    def _refold(self) -> None:
        if self._folds():
            self.updateGeometry()
            self.update()
        else:
            self._paint_anew(set(), {self._ringed()})

    def _paint_anew(self, values: set[str], numbers: set[int]) -> None:
        """Paint these choices again: a key press waits for no others."""
        for number, rect in enumerate(self._places(self.width())):
            if number in numbers or self._pills[number].value in values:
                self.update(rect.toAlignedRect())

    def _places(self, width: int) -> Iterator[QRectF]:
        """Where each choice stands, in rows from the reading start."""
        x = y = 0
        mirrored = self.layoutDirection() == _RTL
        for pill in self._pills:
            wide = min(pill.width, width)
            if x and x + wide > width:
                x, y = 0, y + _HEIGHT + _GAP
            yield QRectF(width - x - wide if mirrored else x, y, wide, _HEIGHT)
            x += wide + _GAP

    def _at(self, point: QPointF | QPoint) -> int | None:
        if self._is_folded():
            return None
        return next((n for n, rect in enumerate(self._places(self.width())) if rect.contains(point)), None)

    def _paint(self, painter: QPainter, number: int, rect: QRectF) -> None:
        pill, theme = self._pills[number], self._theme
        chosen = pill.value in self._given.values
        sure = self._given.source == "manual"
        ground = theme.accent if chosen and sure else theme.hover if number == self._under else theme.page
        line = theme.accent if chosen else theme.line
        style = Qt.PenStyle.DashLine if chosen and not sure else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(line), 1, style))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        if self.hasFocus() and number == self._ringed():
            painter.setPen(QPen(QColor(theme.focus if not (chosen and sure) else theme.on_accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(2.5, 2.5, -2.5, -2.5), 5, 5)
        ink = QColor(theme.on_accent if chosen and sure else theme.accent if chosen else theme.text)
        self._paint_title(painter, rect, pill, ink, chosen)

    def _paint_title(self, painter: QPainter, rect: QRectF, pill: Pill, ink: QColor, bold: bool) -> None:
        cap = CAP + BETWEEN if pill.key else 0
        font = interface_font(12, bold)
        room = rect.width() - 2 * PADDING - cap
        title = pill.title
        if rect.width() < pill.width:
            title = QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideRight, round(room) + 1)
        mirrored = self.layoutDirection() == _RTL
        painter.setPen(ink)
        painter.setFont(font)
        left = rect.left() + PADDING + (cap if mirrored else 0)
        painter.drawText(QRectF(left, rect.top(), room, rect.height()), Qt.AlignmentFlag.AlignCenter, title)
        if pill.key:
            at = rect.left() + PADDING if mirrored else rect.right() - PADDING - CAP
            _paint_small_cap(painter, QRectF(at, rect.center().y() - CAP / 2, CAP, CAP), pill.key, ink)

    def _paint_folded(self, painter: QPainter) -> None:
        theme, rect = self._theme, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        there = bool(self._given.values)
        sure = self._given.source == "manual"
        style = Qt.PenStyle.DashLine if there and not sure else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(theme.accent if there else theme.edge), 1, style))
        painter.setBrush(QColor(theme.page))
        painter.drawRoundedRect(rect, 7, 7)
        mirrored = self.layoutDirection() == _RTL
        start = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        flags = start | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        room = rect.adjusted(18 if mirrored else 9, 0, -9 if mirrored else -18, 0)
        font = interface_font(12, there)
        said = self.said() or ("" if self._given.several else _("none"))
        said = QFontMetrics(font).elidedText(said, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.setFont(font)
        painter.setPen(QColor(theme.text if there else theme.muted))
        painter.drawText(room, flags, said)
        x, y = (rect.left() + 11 if mirrored else rect.right() - 11), rect.center().y()
        painter.setPen(QPen(QColor(theme.muted), 1.4))
        painter.drawPolyline([QPointF(x - 3.5, y - 1.5), QPointF(x, y + 2), QPointF(x + 3.5, y - 1.5)])


def _paint_small_cap(painter: QPainter, rect: QRectF, key: str, ink: QColor) -> None:
    line = QColor(ink)
    line.setAlphaF(0.45)
    painter.setPen(QPen(line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5)
    painter.setPen(ink)
    painter.setFont(number_font(9))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)
