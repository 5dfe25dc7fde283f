"""How much of the page a span takes up."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from app.model.annotation import Span
from widgets.canvas.boxes import pieces
from widgets.canvas.page import ArticlePage, Placed


def extent(page: ArticlePage, span: Span) -> QRectF:
    """What a span covers on the page, line by line taken together."""
    area = QRectF()
    placed: Placed | None = page.placed(span.start, False)
    while placed and placed.line.start < span.end:
        top, bottom = page.letters(placed)
        for start, end in span.fragments:
            for left, right in pieces(placed.paragraph.boxes(placed.line), start, end):
                area = area.united(QRectF(page.margin + left, top, right - left, bottom - top))
        placed = page.line_below(placed)
    return area


def paragraphs_of(page: ArticlePage, span: Span) -> QRectF:
    """The paragraphs that a span reaches over; nothing is laid out to measure them."""
    first, last = page.number_of(span.start), page.number_of(max(span.start, span.end - 1))
    return QRectF(page.margin, page.top_of(first), page.measure, page.top_of(last + 1) - page.top_of(first))
