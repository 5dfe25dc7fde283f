"""What lies under a point of the page: a pure function to a small frozen value."""

from __future__ import annotations

from typing import NamedTuple

from widgets.canvas.page import ArticlePage, Placed


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
    found = nearest(placed, x)
    tagged = _tag_at(page, placed, x, y)
    if tagged:
        return found._replace(span=tagged, tag=True)
    return found._replace(span=_innermost(page, placed, x)) if found.on_text else found


def line_at(page: ArticlePage, y: float) -> Placed:
    """The line at height `y`; the first one above the text, the last one below it."""
    y = max(y, page.first_top)
    for placed in page.lines_between(y, y + 1):
        return placed
    return page.placed(len(page.text), False)


def nearest(placed: Placed, x: float) -> Hit:
    """The caret position nearest to the abscissa `x`, from the text's left edge, on a line."""
    line = placed.line
    seen = [b for b in placed.paragraph.boxes(line) if b.right > b.left and b.start < line.visible_end]
    if not seen:
        return Hit(line.start, False, line.start)
    left, right = min(box.left for box in seen), max(box.right for box in seen)
    if x < left or x >= right:
        at_end = (x < left) == line.rtl
        first = line.start == placed.paragraph.start
        return Hit(line.visible_end, True, seen[-1].start) if at_end else Hit(line.start, first, line.start)
    box = min(seen, key=lambda b: max(b.left - x, x - b.right, 0.0))
    leading = (x >= (box.left + box.right) / 2) == box.rtl
    offset, after = (box.start, False) if leading else (box.end, True)
    return Hit(offset, after, box.start, on_text=True)


def _tag_at(page: ArticlePage, placed: Placed, x: float, y: float) -> str:
    for mark in page.marks(placed).spans:
        top = page.lane_top(placed, mark.lane)
        if not top <= y < top + page.look.lane:
            continue
        if mark.tag and mark.tag.left - 2 <= x <= mark.tag.right + 2:
            return mark.span
        if y < top + page.look.stroke + 2 and any(left <= x <= right for left, right in (*mark.pieces, *mark.bridges)):
            return mark.span
    return ""


def _innermost(page: ArticlePage, placed: Placed, x: float) -> str:
    under = [m for m in page.marks(placed).spans if any(left <= x < right for left, right in m.pieces)]
    return min(under, key=lambda mark: mark.lane).span if under else ""
