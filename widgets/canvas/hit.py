"""What lies under a point of the page: a pure function to a small frozen value."""

from __future__ import annotations

from typing import NamedTuple

from widgets.canvas.page import ArticlePage, Placed


class Hit(NamedTuple):
    """The nearest caret position, and the span or the suggestion under the point, never both; ``""`` for none.

    `letter` is where the grapheme nearest to the point starts; `after` says that the caret follows the letter before
    it; `tag` that the point is on the tag or the line of what is found; `on_text` that it is on a letter, not beside
    the line of text.
    """

    offset: int
    after: bool
    letter: int
    span: str = ""
    tag: bool = False
    on_text: bool = False
    suggested: str = ""


def hit(page: ArticlePage, x: float, y: float) -> Hit:
    """What is at (x, y), in pixels from the page's top left corner; points beyond the text answer with its edges."""
    placed = line_at(page, y)
    x -= page.margin
    found = nearest(placed, x)
    if tagged := _tag_at(page, placed, x, y):
        return found._replace(span=tagged, tag=True)
    if asked := _dashes_at(page, placed, x, y):
        return found._replace(suggested=asked, tag=True)
    if not found.on_text:
        return found
    span, suggested = _innermost(page, placed, x), _shortest(page, placed, x)
    if span and suggested and not _is_shorter(page, suggested, span):
        suggested = ""
    return found._replace(span="" if suggested else span, suggested=suggested)


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


def _dashes_at(page: ArticlePage, placed: Placed, x: float, y: float) -> str:
    for mark in reversed(page.dashes(placed)):
        top = page.lane_top(placed, mark.lane)
        if not top <= y < top + page.look.lane:
            continue
        if mark.tag and mark.tag.left - 2 <= x <= mark.tag.right + 2:
            return mark.id
        if not mark.above and y < top + page.look.stroke + 2 and any(left <= x <= right for left, right in mark.pieces):
            return mark.id
    return ""


def _shortest(page: ArticlePage, placed: Placed, x: float) -> str:
    """The shortest suggestion there: they come with the longest first."""
    under = [mark for mark in page.dashes(placed) if any(left <= x < right for left, right in mark.pieces)]
    return under[-1].id if under else ""


def _is_shorter(page: ArticlePage, suggested: str, span: str) -> bool:
    inner, outer = page.suggested.get(suggested), page.spans.get(span)
    return inner is not None and outer is not None and inner.end - inner.start < outer.end - outer.start
