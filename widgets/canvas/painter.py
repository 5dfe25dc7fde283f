"""Paints a page: grounds and lines first, then the text, once and in one colour, then tags and the caret.

Nothing here touches the layout of the text, so a mark can begin or end anywhere without moving a glyph.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTextLine

from widgets.canvas.boxes import pieces
from widgets.canvas.marks import SpanMark
from widgets.canvas.page import ArticlePage, Placed


class CaretShape(NamedTuple):
    """A caret on the page: abscissa from the text's left edge, top, bottom, and the direction of writing there."""

    x: float
    top: float
    bottom: float
    rtl: bool


class Hand(NamedTuple):
    """Where the user is: the selection `[start, end)`, the focused span's id or ``""``, the caret or None."""

    start: int = 0
    end: int = 0
    focus: str = ""
    caret: CaretShape | None = None


def paint_page(painter: QPainter, page: ArticlePage, top: float, bottom: float, hand: Hand) -> None:
    """Paint the band of the page from `top` to `bottom`; the painter's origin is the page's top left corner."""
    painter.save()
    painter.translate(page.margin, 0)
    if top < page.first_top:
        _paint_above(painter, page)
    for placed in page.lines_between(top, bottom):
        _paint_line(painter, page, placed, hand)
    if hand.caret:
        _paint_caret(painter, page, hand.caret)
    painter.restore()


def lane_top(page: ArticlePage, placed: Placed, lane: int) -> float:
    """Where lane number `lane` of a line begins: the top of its underline."""
    return _ground(page, placed)[1] + lane * page.look.lane


def letters_band(page: ArticlePage, placed: Placed) -> tuple[float, float]:
    """Top and bottom of the band behind the letters of a line: what a ground, a selection and the caret fill."""
    return _ground(page, placed)


def _ground(page: ArticlePage, placed: Placed) -> tuple[float, float]:
    size = placed.paragraph.layout.font().pixelSize()
    baseline = placed.top + placed.line.ascent
    return baseline - 1.02 * size, baseline + 0.55 * size


def _paint_above(painter: QPainter, page: ArticlePage) -> None:
    y = page.margin
    for paragraph, colour in zip(page.above, _colours_above(page), strict=True):
        painter.setPen(QColor(colour))
        for line, top in zip(paragraph.lines, paragraph.tops, strict=True):
            _draw_letters(painter, page, line.drawn, y + top)
        y += paragraph.height


def _colours_above(page: ArticlePage) -> list[str]:
    return [colour for colour, text in ((page.look.text, page.title), (page.look.muted, page.source)) if text]


def _paint_line(painter: QPainter, page: ArticlePage, placed: Placed, hand: Hand) -> None:
    marks = page.marks(placed).spans
    top, bottom = _ground(page, placed)
    look = page.look
    for mark in marks:
        raised = 2 * look.zoom * min(mark.lane, 3)
        ground, ink = look.ground_of(mark.label), look.ink_of(mark.label)
        under = bottom + mark.lane * look.lane
        for left, right in mark.pieces:
            painter.fillRect(QRectF(left, top - raised, right - left, bottom - top + raised), ground)
            painter.fillRect(QRectF(left, under, right - left, look.stroke), ink)
    if hand.start < hand.end and hand.start < placed.line.end and hand.end > placed.line.start:
        _paint_selection(painter, page, placed, hand)
    for mark in marks:
        if mark.span == hand.focus:
            _paint_outline(painter, page, mark, top, bottom)
    painter.setPen(QColor(look.text))
    _draw_letters(painter, page, placed.line.drawn, placed.top)
    painter.setFont(look.tag_font)
    for mark in marks:
        if mark.tag:
            _paint_tag(painter, page, placed, mark, mark.span == hand.focus)


def _paint_selection(painter: QPainter, page: ArticlePage, placed: Placed, hand: Hand) -> None:
    line, (top, bottom) = placed.line, _ground(page, placed)
    colour = QColor(page.look.accent)
    colour.setAlpha(88 if page.look.dark else 62)
    for left, right in pieces(placed.paragraph.boxes(line), hand.start, min(hand.end, line.visible_end)):
        painter.fillRect(QRectF(left, top, right - left, bottom - top), colour)


def _paint_outline(painter: QPainter, page: ArticlePage, mark: SpanMark, top: float, bottom: float) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(page.look.ink_of(mark.label), max(1.5, 1.8 * page.look.zoom)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for left, right in mark.pieces:
        painter.drawRoundedRect(QRectF(left - 2, top - 3, right - left + 4, bottom - top + 5), 5, 5)
    painter.restore()


def _paint_tag(painter: QPainter, page: ArticlePage, placed: Placed, mark: SpanMark, focused: bool) -> None:
    look, tag = page.look, mark.tag
    assert tag
    y = lane_top(page, placed, mark.lane) + look.stroke
    ink = look.ink_of(mark.label)
    if focused and tag.text:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        box = QRectF(tag.left - 4, y + look.zoom, tag.right - tag.left + 8, look.lane - look.stroke - 2 * look.zoom)
        painter.drawRoundedRect(box, 4, 4)
        painter.restore()
        ink = QColor(look.page)
    painter.setPen(ink)
    if look.outlines:
        shape = QPainterPath()
        shape.addText(QPointF(tag.left, y + look.tag_ascent), look.tag_font, tag.text)
        painter.fillPath(shape, ink)
    else:
        painter.drawText(QPointF(tag.left, y + look.tag_ascent), tag.text)


def _draw_letters(painter: QPainter, page: ArticlePage, line: QTextLine, top: float) -> None:
    if not page.look.outlines:
        line.draw(painter, QPointF(0, top))
        return
    for run in line.glyphRuns():
        painter.drawGlyphRun(QPointF(0, top), run)


def _paint_caret(painter: QPainter, page: ArticlePage, caret: CaretShape) -> None:
    colour, width = QColor(page.look.accent), max(2.0, 2 * page.look.zoom)
    painter.fillRect(QRectF(caret.x - width / 2, caret.top, width, caret.bottom - caret.top), colour)
    flag = 4 * page.look.zoom
    painter.fillRect(QRectF(caret.x - flag if caret.rtl else caret.x, caret.top, flag, width), colour)
