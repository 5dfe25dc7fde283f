"""Paints the suggestions of a line: a dashed line each and a quiet tag; a ring and handles for the one in focus."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.canvas.dashes import DashMark, asked
from widgets.canvas.look import Look
from widgets.canvas.overpaint import paint_knobs
from widgets.canvas.page import ArticlePage, Placed

_TICK = 5
_TINT = 150


def paint_dashes(painter: QPainter, page: ArticlePage, placed: Placed, focus: str, band: tuple[float, float]) -> None:
    """The dashed lines, which lie under the letters, and the ring around the suggestion in focus."""
    for mark in page.dashes(placed):
        painter.setPen(page.look.dash_pen(mark.label))
        if mark.id == focus:
            _paint_ring(painter, page.look, mark, band)
        elif mark.above:
            top = max(placed.top + 1, band[0] - 3 * page.look.zoom * (mark.above - 1))
            _paint_above(painter, page.look, placed, mark, round(top))
        else:
            _paint_under(painter, page.look, placed, mark, round(band[1] + mark.lane * page.look.lane))


def paint_dash_tags(painter: QPainter, page: ArticlePage, placed: Placed, focus: str, under: float) -> None:
    """The quiet tags, in lanes from `under` on; that of the suggestion in focus is filled, over whatever has its room.

    And the handles of that one.
    """
    drawn, look, focused = page.dashes(placed), page.look, None
    if drawn:
        painter.setFont(look.quiet_font)
    for mark in drawn:
        if mark.id == focus:
            focused = mark
        elif mark.tag:
            painter.setPen(look.ink_of(mark.label))
            top = under + mark.lane * look.lane + look.stroke + look.tag_ascent - look.quiet_metrics.ascent()
            painter.drawStaticText(QPointF(mark.tag.left, top), look.quiet_text(mark.tag.text))
    if focused and focused.first:
        _paint_chip(painter, page, placed, focused)
    span = page.suggested.get(focus) if focused else None
    if span:
        paint_knobs(painter, page, placed, span.label, span.fragments)


def _paint_under(painter: QPainter, look: Look, placed: Placed, mark: DashMark, top: int) -> None:
    """From the reading start of each piece on, so that a dash begins where the suggestion does."""
    y = top + look.stroke / 2
    for left, right in mark.pieces:
        start, end = (right, left) if placed.line.rtl else (left, right)
        painter.drawLine(QPointF(start, y), QPointF(end, y))


def _paint_above(painter: QPainter, look: Look, placed: Placed, mark: DashMark, top: int) -> None:
    """A dashed line over the letters, with a short stroke down where the suggestion begins and ends."""
    _paint_under(painter, look, placed, mark, top)
    ink, width, height = look.ink_of(mark.label), round(look.stroke), round(_TICK * look.zoom)
    for x, shown in zip(_ends(placed, mark), (mark.first, mark.last), strict=True):
        if shown:
            painter.fillRect(round(x - width / 2), top, width, height, ink)


def _ends(placed: Placed, mark: DashMark) -> tuple[float, float]:
    """The abscissas at which the line begins and ends, as it reads."""
    left, right = mark.pieces[0][0], mark.pieces[-1][1]
    return (right, left) if placed.line.rtl else (left, right)


def _paint_ring(painter: QPainter, look: Look, mark: DashMark, band: tuple[float, float]) -> None:
    top, bottom = band
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tint = QColor(look.ground_of(mark.label))
    tint.setAlpha(_TINT)
    painter.setBrush(tint)
    painter.setPen(QPen(look.ink_of(mark.label), max(2.0, 2 * look.zoom), Qt.PenStyle.DashLine))
    for left, right in mark.pieces:
        painter.drawRoundedRect(QRectF(left - 2, top - 3, right - left + 4, bottom - top + 5), 5, 5)
    painter.restore()


def _paint_chip(painter: QPainter, page: ArticlePage, placed: Placed, mark: DashMark) -> None:
    look, text = page.look, asked(page.look, mark.label)
    width, top = look.quiet_width_of(text), page.lane_top(placed, mark.lane) + look.stroke
    left = mark.tag.left if mark.tag and mark.tag.text == text else _chip_left(page, placed, mark, width)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.ink_of(mark.label))
    height = look.lane - look.stroke - 2 * look.zoom
    painter.drawRoundedRect(QRectF(left - 4, top + look.zoom, width + 8, height), 4, 4)
    painter.restore()
    painter.setPen(QColor(look.page))
    painter.drawText(QPointF(left, top + look.tag_ascent), text)


def _chip_left(page: ArticlePage, placed: Placed, mark: DashMark, width: float) -> float:
    """Where a chip that has no room of its own stands: at the reading start, on the page."""
    start, air = _ends(placed, mark)[0], page.margin - 8
    wanted = start - width if placed.line.rtl else start
    return max(-air, min(wanted, page.measure + air - width))
