"""Paints what lies over an article for a while, line by line, so that a part painted anew is as it was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from app.model.annotation import Fragment
from widgets.canvas.boxes import pieces
from widgets.canvas.connectors import anchor, way
from widgets.canvas.grips import grips
from widgets.canvas.marks import Tag
from widgets.canvas.overlay import Overlay
from widgets.canvas.page import ArticlePage, Placed

_ELIDE = Qt.TextElideMode.ElideRight
_NARROWEST = 70


def paint_hits(painter: QPainter, page: ArticlePage, placed: Placed, over: Overlay, band: tuple[float, float]) -> None:
    """The matches of a search on a line: a tint and an outline, both stronger for the current one."""
    line = placed.line
    for start, end in over.hits.between(line.start, line.visible_end):
        is_current = (start, end) == over.hits.current
        tint, edge = QColor(page.look.found), QColor(page.look.found)
        tint.setAlpha(150 if is_current else 60)
        edge.setAlpha(255 if is_current else 150)
        thick = max(1, round(page.look.zoom)) * (2 if is_current else 1)
        for left, right in pieces(placed.paragraph.boxes(line), max(start, line.start), min(end, line.visible_end)):
            box = QRectF(left, band[0], right - left, band[1] - band[0]).toAlignedRect()
            painter.fillRect(box, tint)
            painter.fillRect(box.x(), box.y(), box.width(), thick, edge)
            painter.fillRect(box.x(), box.bottom() + 1 - thick, box.width(), thick, edge)


def paint_stretch(painter: QPainter, page: ArticlePage, placed: Placed, over: Overlay, focus: str) -> None:
    """Where a span would reach whose edge is being dragged."""
    span = page.spans.get(focus)
    line, (top, bottom) = placed.line, page.letters(placed)
    ink = page.look.ink_of(span.label if span else "")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tint = QColor(ink)
    tint.setAlpha(60)
    painter.setBrush(tint)
    painter.setPen(QPen(ink, max(1.5, 1.8 * page.look.zoom), Qt.PenStyle.DashLine))
    for start, end in over.stretch:
        if start < line.visible_end and end > line.start:
            for left, right in pieces(placed.paragraph.boxes(line), start, min(end, line.visible_end)):
                painter.drawRoundedRect(QRectF(left - 2, top - 3, right - left + 4, bottom - top + 5), 5, 5)
    painter.restore()


def paint_grips(painter: QPainter, page: ArticlePage, placed: Placed, over: Overlay, focus: str) -> None:
    """The handles of the focused span: a knob over each edge."""
    span = page.spans.get(focus)
    fragments = over.stretch or (span.fragments if span else ())
    if span and fragments:
        paint_knobs(painter, page, placed, span.label, fragments)


def paint_knobs(
    painter: QPainter, page: ArticlePage, placed: Placed, label: str, fragments: Sequence[Fragment]
) -> None:
    """A knob over each edge, on this line, of what covers `fragments`."""
    radius = 3.5 * page.look.zoom
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(page.look.page), 1))
    painter.setBrush(page.look.ink_of(label))
    middle = max(placed.top + radius + 1, page.letters(placed)[0] - 3)
    for grip in grips(placed, fragments):
        painter.drawEllipse(QPointF(grip.x, middle), radius, radius)
    painter.restore()


def paint_hints(painter: QPainter, page: ArticlePage, placed: Placed, over: Overlay) -> None:
    """A short stub at each tag whose span is linked, where the connector itself is not drawn."""
    shown = {id for link in over.links for id in (link.head, link.child)}
    zoom = page.look.zoom
    for mark in page.marks(placed).spans:
        if mark.tag and mark.span not in shown and page.relations.has(mark.span):
            at = anchor(page, placed, mark.span)
            if at:
                ink, side = page.look.ink_of(mark.label), max(3.0, 4 * zoom)
                painter.fillRect(QRectF(at.x() - 0.5, at.y(), max(1.0, zoom), 7 * zoom), ink)
                painter.fillRect(QRectF(at.x() - side / 2, at.y() + 7 * zoom, side, side), ink)


def paint_links(painter: QPainter, page: ArticlePage, placed: Placed, over: Overlay) -> None:
    """The connectors on a line; names last, so that no other connector crosses them."""
    names: dict[str, QRectF] = {}
    for link in over.links:
        found = way(page, placed, link)
        if found is None:
            continue
        colour = QColor(page.look.accent)
        colour.setAlpha(255 if link.made else 150)
        for stroke in found.strokes:
            painter.fillRect(_whole(stroke), colour)
        for tip, x, y in found.arrows:
            _paint_arrow(painter, tip, x, y, page.look.arrow, QColor(page.look.accent))
        if found.name and link.name:
            names.setdefault(link.name, found.name)
    for name, room in names.items():
        _paint_name(painter, page, room, name)


def _whole(stroke: QRectF) -> QRect:
    """A stroke on whole pixels, as thin as it should be."""
    left, top = round(stroke.left()), round(stroke.top())
    return QRect(left, top, max(1, round(stroke.width())), max(1, round(stroke.bottom()) - top))


def paint_chosen(painter: QPainter, page: ArticlePage, placed: Placed, over: Overlay) -> None:
    """The span that Enter, or letting go of the mouse, would link."""
    for mark in page.marks(placed).spans:
        if mark.span == over.chosen:
            top, bottom = page.letters(placed)
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(page.look.accent), max(2.0, 2.5 * page.look.zoom), Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for left, right in mark.pieces:
                painter.drawRoundedRect(QRectF(left - 2, top - 3, right - left + 4, bottom - top + 5), 5, 5)
            painter.restore()


def paint_numbers(painter: QPainter, page: ArticlePage, placed: Placed, over: Overlay) -> None:
    """The numbers of the spans to choose from, before what their tags say: no letter is covered."""
    look, marks = page.look, page.marks(placed).spans
    for mark in marks:
        if not mark.tag or mark.span not in over.numbered:
            continue
        number = str(over.numbered.index(mark.span) + 1)
        top = page.lane_top(placed, mark.lane)
        height, width = look.lane - look.stroke - 2 * look.zoom, 15 * look.zoom
        left = mark.tag.right - width if placed.line.rtl else mark.tag.left
        box = QRectF(left, top + look.stroke + look.zoom, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.tag_font)
        beside = [one.tag for one in marks if one.tag and one.lane == mark.lane]
        said, x = _moved_aside(page, mark.tag, beside, box, placed.line.rtl)
        painter.fillRect(QRectF(mark.tag.left, box.top(), mark.tag.right - mark.tag.left, height), QColor(look.page))
        painter.setPen(look.ink_of(mark.label))
        painter.drawText(QPointF(x, top + look.tag_ascent), said)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.accent))
        painter.drawRoundedRect(box, 3 * look.zoom, 3 * look.zoom)
        painter.setPen(QColor(look.page))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, number)
        painter.restore()


def _moved_aside(page: ArticlePage, tag: Tag, beside: Sequence[Tag], box: QRectF, rtl: bool) -> tuple[str, float]:
    """What a tag says after the number in `box`, as far as the tag after it leaves room, and where that begins."""
    metrics, gap = page.look.tag_metrics, 3 * page.look.zoom
    begin = box.left() - gap if rtl else box.right() + gap
    ends = [one.right for one in beside if one.right < tag.right] if rtl else [one.left for one in beside]
    last = max(ends, default=-page.margin) if rtl else min((end for end in ends if end > tag.left), default=page.width)
    said = metrics.elidedText(tag.text, _ELIDE, max(0.0, abs(begin - last) - gap))
    return said, begin - metrics.horizontalAdvance(said) if rtl else begin


def paint_rubber(painter: QPainter, page: ArticlePage, over: Overlay) -> None:
    """The line from a tag to the mouse; the painter's origin is the page's corner."""
    if over.rubber is None:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(page.look.accent), max(2.0, 2 * page.look.zoom), Qt.PenStyle.DashLine))
    x, y, to_x, to_y = over.rubber
    painter.drawLine(QPointF(x, y), QPointF(to_x, to_y))
    painter.restore()


def _paint_arrow(painter: QPainter, tip: QPointF, x: float, y: float, size: float, colour: QColor) -> None:
    back, side = tip - QPointF(x, y) * size, QPointF(y, x) * size * 0.55
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([tip, back + side, back - side]))
    painter.restore()


def _paint_name(painter: QPainter, page: ArticlePage, room: QRectF, name: str) -> None:
    font, metrics = QFont(page.look.tag_font), page.look.tag_metrics
    if (whole := metrics.horizontalAdvance(name)) > room.width():  # rather narrow than cut off
        font.setStretch(max(_NARROWEST, int(100 * room.width() / whole)))
        metrics = QFontMetricsF(font)
    said = metrics.elidedText(name, _ELIDE, room.width())
    width = metrics.horizontalAdvance(said)
    x = room.right() - width if page.rtl else room.left()
    painter.fillRect(_whole(QRectF(x - 1, room.top(), width + 2, room.height())), QColor(page.look.page))
    painter.setFont(font)
    painter.setPen(QColor(page.look.accent))
    painter.drawText(QPointF(x, room.bottom() - 2 * page.look.zoom), said)
