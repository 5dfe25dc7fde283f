"""How one article is drawn in the list: a sign for its status, a heading of two lines, how far it is."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from widgets.fonts import interface_font
from widgets.models.articles import ROW, condition, is_right_to_left, origin
from widgets.panels.text_block import whole_words
from widgets.theme import Theme

ROW_HEIGHT = 76
_SIDE = 12
_SIGN = 14
_GAP = 10
_LINES = 2
_LINE_HEIGHT = 19
_HEADINGS = 64
"""How many headings are kept laid out: those of a high screen. A line of Qt's takes several kilobytes."""
_RTL = Qt.LayoutDirection.RightToLeft
_LTR = Qt.LayoutDirection.LeftToRight
Index = QModelIndex | QPersistentModelIndex


class ArticleDelegate(QStyledItemDelegate):
    """Draws rows of one height, so that a list of 100,000 costs what the visible ones cost."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for every row."""
        return QSize(120, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the article of `index`."""
        row = index.data(ROW)
        if row is None:
            return
        rect: QRect = option.rect
        mirrored = option.direction == _RTL
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, rect)
        heading = row.heading or row.id
        text = rect.adjusted(_SIDE + _SIGN + _GAP, 0, -_SIDE, 0)
        if mirrored:
            text = rect.adjusted(_SIDE, 0, -_SIDE - _SIGN - _GAP, 0)
        lines = heading_lines(heading, text.width(), _RTL if is_right_to_left(heading, mirrored) else _LTR)
        top = rect.center().y() - ((len(lines) + 1) * _LINE_HEIGHT) / 2
        sign_left = rect.right() - _SIDE - _SIGN if mirrored else rect.left() + _SIDE
        paint_sign(painter, QRectF(sign_left, top + 3, _SIGN, _SIGN), row.status, self._theme)
        if row.flagged:
            paint_flag(painter, QRectF(sign_left, top + 3 + _LINE_HEIGHT, _SIGN, _SIGN), self._theme)
        painter.setPen(QColor(self._theme.text))
        for line in lines:
            line.layout.draw(painter, QPointF(text.left(), top + line.top))
        under = QRectF(text.left(), top + len(lines) * _LINE_HEIGHT + 1, text.width(), _LINE_HEIGHT)
        painter.setFont(interface_font(12))
        painter.setPen(QColor(self._theme.muted))
        start = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        said = " · ".join(part for part in (condition(row), origin(row)) if part)
        said = QFontMetricsF(interface_font(12)).elidedText(said, Qt.TextElideMode.ElideRight, under.width())
        painter.drawText(under, start | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, said)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
        state = option.state
        colour = QColor(Qt.GlobalColor.transparent)
        if state & QStyle.StateFlag.State_Selected:
            colour = QColor(self._theme.accent_ground)
        elif state & QStyle.StateFlag.State_MouseOver:
            colour = QColor(self._theme.hover)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(self._theme.accent), 1))
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 2.5, -0.5, -2.5), 10, 10)


class HeadingLine(NamedTuple):
    """One line of a heading, laid out, and its distance from the heading's top."""

    layout: QTextLayout
    top: float


@lru_cache(maxsize=_HEADINGS)
def heading_lines(heading: str, width: int, direction: Qt.LayoutDirection) -> tuple[HeadingLine, ...]:
    """`heading` in at most two lines of `width`, in its own direction; the second ends in … when there is more."""
    lines: list[HeadingLine] = []
    rest = " ".join(heading.split())
    while rest and len(lines) < _LINES:
        if len(lines) == _LINES - 1:
            rest = whole_words(rest, QFontMetricsF(interface_font()), width)
        layout, taken = _laid(rest, width, direction)
        lines.append(HeadingLine(layout, len(lines) * _LINE_HEIGHT))
        rest = rest[taken:].lstrip()
    return tuple(lines)


def _laid(text: str, width: int, direction: Qt.LayoutDirection) -> tuple[QTextLayout, int]:
    option = QTextOption()
    option.setTextDirection(direction)
    right = Qt.AlignmentFlag.AlignRight if direction == _RTL else Qt.AlignmentFlag.AlignLeft
    option.setAlignment(right | Qt.AlignmentFlag.AlignAbsolute)
    layout = QTextLayout(text, interface_font())
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    units = line.textLength()
    return layout, len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


def paint_sign(painter: QPainter, rect: QRectF, status: str, theme: Theme) -> None:
    """A ring for a new article, half filled for one under way, full with a tick when done, with a bar when skipped."""
    done = status == "complete"
    colour = QColor(theme.muted if status in ("new", "skipped") else theme.accent)
    ring = rect.adjusted(1.5, 1.5, -1.5, -1.5)
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(colour if done else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    if status == "in_progress":
        half = QPainterPath(ring.center())
        half.arcTo(ring, 90, 180)
        painter.fillPath(half, colour)
    elif status == "skipped":
        middle = ring.center()
        painter.drawLine(QPointF(middle.x() - 3, middle.y()), QPointF(middle.x() + 3, middle.y()))
    elif done:
        painter.setPen(QPen(QColor(theme.panel), 1.6, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        x, y = ring.x(), ring.y()
        painter.drawPolyline(
            QPolygonF([QPointF(x + 2.7, y + 5.8), QPointF(x + 4.8, y + 7.8), QPointF(x + 8.4, y + 3.6)])
        )


def paint_flag(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """A small flag on its staff."""
    colour = QColor(theme.warning)
    x, y = rect.x() + 3, rect.y() + 1
    painter.setPen(QPen(colour, 1.5, c=Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(x, y), QPointF(x, y + 12))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(x, y), QPointF(x + 9, y + 3.2), QPointF(x, y + 6.5)]))
