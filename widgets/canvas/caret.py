"""The caret: where it stands and where a key takes it, as pure functions over a page.

A caret is an offset and a side: between a Latin word and an Arabic one the same offset lies in two places on the line,
and `after` says that it stands at the letter before it. Left and right are what the eye sees.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from app.text.boundaries import next_word, previous_word, word_end_after, word_start_before
from widgets.canvas.boxes import Box
from widgets.canvas.hit import line_at, nearest
from widgets.canvas.layout import Line
from widgets.canvas.page import ArticlePage, Placed
from widgets.canvas.painter import CaretShape

_SAME = 0.5
_APART = 0.01


class Caret(NamedTuple):
    """An offset, and whether the caret belongs to what is before it, a letter or the edge, not to the letter after."""

    offset: int = 0
    after: bool = False


def shape(page: ArticlePage, caret: Caret) -> CaretShape:
    """Where the caret is painted."""
    placed = page.placed(caret.offset, caret.after)
    x, rtl = _abscissa(page, placed, caret)
    top, bottom = page.letters(placed)
    return CaretShape(x, top, bottom, rtl)


def sideways(page: ArticlePage, caret: Caret, left: bool) -> Caret:
    """One grapheme to the left or right on the screen; at the line's edge on to the neighbouring line.

    From one end of the text it leads over each place once to the other: within a paragraph lines follow each other as
    that reads, and paragraphs as the article does.
    """
    placed = page.placed(caret.offset, caret.after)
    x, _ = _abscissa(page, placed, caret)
    shown = _shown(placed)
    if left:
        beyond = [box for box in shown if box.right <= x + _SAME and box.left < x - _APART]
        box = max(beyond, key=lambda b: b.right, default=None)
    else:
        beyond = [box for box in shown if box.left >= x - _SAME and box.right > x + _APART]
        box = min(beyond, key=lambda b: b.left, default=None)
    if box is None:
        target = _over_the_edge(page, placed, left)
        return caret if target is None else _entered(target, left)
    moved = Caret(box.end, True) if left == box.rtl else Caret(box.start, False)
    broken = moved.after and moved.offset == placed.line.end and not placed.line.last
    last = box == (min(shown, key=lambda b: b.left) if left else max(shown, key=lambda b: b.right))
    return Caret(moved.offset, False) if broken and last and left == placed.line.rtl else moved


def by_word(page: ArticlePage, caret: Caret, left: bool, extend: bool) -> Caret:
    """To the next word's start in the direction of the key, as the paragraph reads.

    A selection that is extended ends where a word ends or begins: no quotation mark before the next word comes with it.
    From paragraph to paragraph the way is that of `sideways`.
    """
    placed = page.placed(caret.offset, caret.after)
    i = page.number_of(placed.paragraph.start)
    moved = _word_on(page, caret, left == placed.line.rtl, extend)
    here = page.number_of(moved.offset) == i
    if here and moved.offset != caret.offset:
        return moved
    target = _first_met(page, i + 1 if left == page.rtl else i - 1, left)
    if target is None:
        return moved if here else caret
    return moved if placed.line.rtl == target.line.rtl == page.rtl else _entered(target, left)


def _word_on(page: ArticlePage, caret: Caret, forwards: bool, extend: bool) -> Caret:
    if not forwards:
        return _at(page, word_start_before if extend else previous_word, caret)
    return Caret(word_end_after(page.text, caret.offset), True) if extend else _at(page, next_word, caret)


def _at(page: ArticlePage, stop: Callable[[str, int], int], caret: Caret) -> Caret:
    return at_start(page, stop(page.text, caret.offset))


def at_start(page: ArticlePage, offset: int) -> Caret:
    """A caret before the letter at `offset`; at a paragraph's start it stands at the edge, whatever stands there."""
    return Caret(offset, page.bounds(page.number_of(offset))[0] == offset)


def by_line(page: ArticlePage, caret: Caret, goal: float, down: bool) -> Caret:
    """To the line above or below, near the abscissa `goal` (from the text's left edge); beyond them, to the edge."""
    placed = page.placed(caret.offset, caret.after)
    target = page.line_below(placed) if down else page.line_above(placed)
    if target is None:
        return Caret(len(page.text), True) if down else at_start(page, 0)
    return _near(target, goal)


def by_screen(page: ArticlePage, caret: Caret, goal: float, distance: float) -> Caret:
    """`distance` pixels down (or up, if negative), near the abscissa `goal`."""
    top = page.placed(caret.offset, caret.after).top
    y = top + distance
    if y < page.first_top:
        y = page.first_top
    elif distance < 0:
        y = page.settle(y, -distance)  # estimates become real above the caret
    else:
        page.settle(top, distance + 1)
    return _near(line_at(page, y), goal)


def line_edge(page: ArticlePage, caret: Caret, end: bool) -> Caret:
    """To the start or the end of the line, as it reads."""
    line = page.placed(caret.offset, caret.after).line
    if not end:
        return at_start(page, line.start)
    return Caret(_end_of(line), True)


def by_paragraph(page: ArticlePage, caret: Caret, down: bool) -> Caret:
    """To the start of the next paragraph, or of this one and then the one before."""
    i = page.number_of(caret.offset)
    start, _ = page.bounds(i)
    if not down:
        return at_start(page, start if caret.offset > start else page.bounds(max(0, i - 1))[0])
    return at_start(page, page.bounds(i + 1)[0]) if i + 1 < page.count() else Caret(len(page.text), True)


def _near(placed: Placed, goal: float) -> Caret:
    found = nearest(placed, goal)
    return Caret(found.offset, found.after)


def _abscissa(page: ArticlePage, placed: Placed, caret: Caret) -> tuple[float, bool]:
    boxes, line = placed.paragraph.boxes(placed.line), placed.line
    if boxes and caret == (placed.paragraph.start, True):
        return (max(box.right for box in boxes) if line.rtl else min(box.left for box in boxes)), line.rtl
    box = _box_beside(boxes, caret)
    if box is None:
        return (page.measure if line.rtl else 0.0), line.rtl
    follows = box.end <= caret.offset
    at_left = follows == box.rtl
    return (box.left if at_left else box.right), box.rtl


def _box_beside(boxes: tuple[Box, ...], caret: Caret) -> Box | None:
    """The grapheme that the caret belongs to: the one before it if `after`, else the one that it precedes."""
    before = next((box for box in reversed(boxes) if box.end <= caret.offset), None)
    following = next((box for box in boxes if box.start >= caret.offset), None)
    inside = next((box for box in boxes if box.start < caret.offset < box.end), None)
    if caret.after and before and before.end == caret.offset:
        return before
    return following or inside or before


def _over_the_edge(page: ArticlePage, placed: Placed, left: bool) -> Placed | None:
    """The line at which the caret goes on that leaves a line over its edge; None at the edges of the text."""
    target = page.line_below(placed) if left == placed.line.rtl else page.line_above(placed)
    i = page.number_of(placed.paragraph.start)
    if target and page.number_of(target.paragraph.start) == i:
        return target
    return _first_met(page, i + 1 if left == page.rtl else i - 1, left)


def _first_met(page: ArticlePage, i: int, left: bool) -> Placed | None:
    """The line of paragraph `i` that is met first on the way: its last, if the way leads against its reading."""
    if not 0 <= i < page.count():
        return None
    start, end = page.bounds(i)
    first = page.placed(start, False)
    return first if left == first.line.rtl else page.placed(end, True)


def _entered(placed: Placed, left: bool) -> Caret:
    """The place at the line's right edge, or at its left one if the way does not lead to the left."""
    line, shown = placed.line, _shown(placed)
    if not shown or (left == line.rtl and line.start == placed.paragraph.start):
        return Caret(line.start, line.start == placed.paragraph.start)
    box = max(shown, key=lambda b: b.right) if left else min(shown, key=lambda b: b.left)
    return Caret(box.start, False) if left == box.rtl else Caret(box.end, True)


def _shown(placed: Placed) -> list[Box]:
    return [box for box in placed.paragraph.boxes(placed.line) if box.right > box.left]


def _end_of(line: Line) -> int:
    """Where the caret stands at a line's end: before the white space at which it was broken."""
    return line.end if line.last else line.visible_end
