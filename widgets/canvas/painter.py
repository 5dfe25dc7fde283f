"""Paints a page: grounds and lines first, then the text, once and in one colour, then tags and the caret.

Nothing here touches the layout of the text, so a mark can begin or end anywhere without moving a glyph.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from widgets.canvas.boxes import pieces
from widgets.canvas.dashpaint import paint_dash_tags, paint_dashes
from widgets.canvas.layout import Line
from widgets.canvas.look import Look
from widgets.canvas.marks import SpanMark, Tag
from widgets.canvas.overlay import Overlay
from widgets.canvas.overpaint import (
    paint_chosen,
    paint_grips,
    paint_hints,
    paint_hits,
    paint_links,
    paint_numbers,
    paint_rubber,
    paint_stretch,
)
from widgets.canvas.page import ArticlePage, Placed

AIR = 0.6
"""How much shorter an underline is at either end than its ground: two spans side by side are seen to be two."""


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
    over: Overlay = Overlay()


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
    paint_rubber(painter, page, hand.over)


def _paint_above(painter: QPainter, page: ArticlePage) -> None:
    y = page.margin
    for paragraph, colour in zip(page.above, _colours_above(page), strict=True):
        painter.setPen(QColor(colour))
        for number, line in enumerate(paragraph.lines):
            _draw_letters(painter, page, line, y + paragraph.heights.top(number))
        y += paragraph.height


def _colours_above(page: ArticlePage) -> list[str]:
    return [colour for colour, text in ((page.look.text, page.title), (page.look.muted, page.source)) if text]


def _paint_line(painter: QPainter, page: ArticlePage, placed: Placed, hand: Hand) -> None:
    marks, look = page.marks(placed).spans, page.look
    band = page.letters(placed)
    for mark in marks:
        _paint_ground(painter, page, placed, mark, band)
    paint_dashes(painter, page, placed, hand.over.suggested, band)
    if hand.start < hand.end and hand.start < placed.line.end and hand.end > placed.line.start:
        _paint_selection(painter, page, placed, hand, band)
    if hand.over.hits.places:
        paint_hits(painter, page, placed, hand.over, band)
    if hand.over.stretch:
        paint_stretch(painter, page, placed, hand.over, hand.focus)
    for mark in marks:
        if mark.span == hand.focus and not hand.over.stretch:
            _paint_outline(painter, look, mark, band)
    painter.setPen(QColor(look.text))
    if placed.line.overflows:
        _draw_within_line(painter, page, placed)
    else:
        _draw_letters(painter, page, placed.line, placed.top)
    painter.setFont(look.tag_font)
    for mark in marks:
        if mark.tag:
            top = page.lane_top(placed, mark.lane) + look.stroke
            _paint_tag(painter, look, mark.tag, look.ink_of(mark.label), top, mark.span == hand.focus)
    paint_dash_tags(painter, page, placed, hand.over.suggested, band[1])
    _paint_over(painter, page, placed, hand)


def _paint_over(painter: QPainter, page: ArticlePage, placed: Placed, hand: Hand) -> None:
    paint_hints(painter, page, placed, hand.over)
    if hand.focus:
        paint_grips(painter, page, placed, hand.over, hand.focus)
    if hand.over.links:
        paint_links(painter, page, placed, hand.over)
    if hand.over.chosen:
        paint_chosen(painter, page, placed, hand.over)
    if hand.over.numbered:
        paint_numbers(painter, page, placed, hand.over)


def _paint_ground(
    painter: QPainter, page: ArticlePage, placed: Placed, mark: SpanMark, band: tuple[float, float]
) -> None:
    """The ground of a mark, a little higher than that of a shorter one on it, and its underline."""
    top, bottom = _raised(page.look, mark, band)
    under = page.lane_top(placed, mark.lane)
    ground, ink = page.look.ground_of(mark.label), page.look.ink_of(mark.label)
    for left, right in mark.pieces:
        painter.fillRect(QRectF(left, top, right - left, bottom - top), ground)
        line = QRectF(left + AIR, under, max(1.0, right - left - 2 * AIR), page.look.stroke)
        painter.fillRect(line, ink)
    if mark.bridges:
        _paint_bridges(painter, page.look, mark, under)


def _paint_bridges(painter: QPainter, look: Look, mark: SpanMark, under: float) -> None:
    """A thin dashed line in the lane, from one fragment of a span to the next."""
    height, dash = max(1, round(look.zoom)), round(4 * look.zoom)
    top, ink = under + round((look.stroke - height) / 2), look.ink_of(mark.label)
    for left, right in mark.bridges:
        x = left
        while x < right:
            painter.fillRect(QRectF(x, top, min(dash, right - x), height), ink)
            x += 1.75 * dash


def _raised(look: Look, mark: SpanMark, band: tuple[float, float]) -> tuple[float, float]:
    return band[0] - 1.5 * look.zoom * min(mark.lane, 2), band[1]


def _paint_selection(
    painter: QPainter, page: ArticlePage, placed: Placed, hand: Hand, band: tuple[float, float]
) -> None:
    line, (top, bottom) = placed.line, band
    colour = QColor(page.look.accent)
    colour.setAlpha(88 if page.look.dark else 62)
    for left, right in pieces(placed.paragraph.boxes(line), hand.start, min(hand.end, line.visible_end)):
        painter.fillRect(QRectF(left, top, right - left, bottom - top), colour)


def _paint_outline(painter: QPainter, look: Look, mark: SpanMark, band: tuple[float, float]) -> None:
    top, bottom = _raised(look, mark, band)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.ink_of(mark.label), max(1.5, 1.8 * look.zoom)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for left, right in mark.pieces:
        painter.drawRoundedRect(QRectF(left - 2, top - 3, right - left + 4, bottom - top + 5), 5, 5)
    painter.restore()


def _paint_tag(painter: QPainter, look: Look, tag: Tag, ink: QColor, top: float, focused: bool) -> None:
    if focused and tag.text:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        box = QRectF(tag.left - 4, top + look.zoom, tag.right - tag.left + 8, look.lane - look.stroke - 2 * look.zoom)
        painter.drawRoundedRect(box, 4, 4)
        painter.restore()
        ink = QColor(look.page)
    if not tag.text:
        height = look.lane / 3
        painter.fillRect(QRectF(tag.left, top + look.zoom, tag.right - tag.left, height), ink)
        return
    at = QPointF(tag.left, top + look.tag_ascent)
    painter.setPen(ink)
    if look.outlines:
        shape = QPainterPath()
        shape.addText(at, look.tag_font, tag.text)
        painter.fillPath(shape, ink)
    else:
        painter.drawText(at, tag.text)


def _draw_within_line(painter: QPainter, page: ArticlePage, placed: Placed) -> None:
    painter.save()
    height = page.line_bottom(placed) - placed.top
    painter.setClipRect(QRectF(-page.margin, placed.top, page.width, height), Qt.ClipOperation.IntersectClip)
    _draw_letters(painter, page, placed.line, placed.top)
    painter.restore()


def _draw_letters(painter: QPainter, page: ArticlePage, line: Line, top: float) -> None:
    at = QPointF(0, top + line.rise)
    if not page.look.outlines:
        line.drawn.draw(painter, at)
        return
    for run in line.drawn.glyphRuns():
        painter.drawGlyphRun(at, run)


def _paint_caret(painter: QPainter, page: ArticlePage, caret: CaretShape) -> None:
    colour, width = QColor(page.look.accent), max(2.0, 2 * page.look.zoom)
    painter.fillRect(QRectF(caret.x - width / 2, caret.top, width, caret.bottom - caret.top), colour)
    flag = 4 * page.look.zoom
    painter.fillRect(QRectF(caret.x - flag if caret.rtl else caret.x, caret.top, flag, width), colour)
