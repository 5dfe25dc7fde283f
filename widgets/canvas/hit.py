"""What lies under a point of the page: a pure function to a small frozen value."""

from __future__ import annotations

from typing import NamedTuple

from widgets.canvas.boxes import Box
from widgets.canvas.layout import Line
from widgets.canvas.page import ArticlePage, Placed
from widgets.canvas.painter import lane_top


class Hit(NamedTuple):
    """The nearest caret position, and the span under the point, or ``""``.

    `letter` is where the grapheme nearest to the point starts; `after` says that the caret follows the letter before
    it; `tag` that the point is on the span's tag or underline; `on_text` that it is on a letter, not beside the line.
    """

    offset: int
    after: bool
    letter: int
    span: str = ""
    tag: bool = False
    on_text: bool = False


def hit(page: ArticlePage, x: float, y: float) -> Hit:
    """What is at (x, y), in pixels from the page's top left corner; points beyond the text answer with its edges."""
    placed = line_at(page, y)
    x -= page.margin
    boxes = placed.paragraph.boxes(placed.line)
    nearest = _nearest(placed.line, boxes, x)
    tagged = _tag_at(page, placed, x, y)
    if tagged:
        return nearest._replace(span=tagged, tag=True)
    return nearest._replace(span=_innermost(page, placed, x)) if nearest.on_text else nearest


def line_at(page: ArticlePage, y: float) -> Placed:
    """The line at height `y`; the first one above the text, the last one below it."""
    for placed in page.lines_between(max(y, page.first_top), max(y, page.first_top) + 1):
        return placed
    last = page.paragraph(page.count() - 1)
    return Placed(last, last.lines[-1], page.top_of(page.count() - 1) + last.tops[-1])


def _nearest(line: Line, boxes: tuple[Box, ...], x: float) -> Hit:
    seen = [box for box in boxes if box.right > box.left and box.start < line.visible_end]
    if not seen:
        return Hit(line.start, False, line.start)
    left, right = min(box.left for box in seen), max(box.right for box in seen)
    if x < left or x >= right:
        at_end = (x < left) == line.rtl
        return Hit(line.visible_end, True, seen[-1].start) if at_end else Hit(line.start, False, line.start)
    box = min(seen, key=lambda b: max(b.left - x, x - b.right, 0.0))
    leading = (x >= (box.left + box.right) / 2) == box.rtl
    offset, after = (box.start, False) if leading else (box.end, True)
    return Hit(offset, after, box.start, on_text=True)


def _tag_at(page: ArticlePage, placed: Placed, x: float, y: float) -> str:
    for mark in page.marks(placed).spans:
        top = lane_top(page, placed, mark.lane)
        if not top <= y < top + page.look.lane:
            continue
        if mark.tag and mark.tag.left - 2 <= x <= mark.tag.right + 2:
            return mark.span
        if y < top + page.look.stroke + 2 and any(left <= x <= right for left, right in mark.pieces):
            return mark.span
    return ""


def _innermost(page: ArticlePage, placed: Placed, x: float) -> str:
    under = [m for m in page.marks(placed).spans if any(left <= x < right for left, right in m.pieces)]
    return min(under, key=lambda mark: mark.lane).span if under else ""
