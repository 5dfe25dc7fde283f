"""The box of each grapheme of a line, for marks, caret and hit test alike, in every mix of directions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import regex

from widgets.canvas.edges import Cluster, LineEdges

if TYPE_CHECKING:
    from widgets.canvas.layout import LaidParagraph, Line

_GRAPHEME = regex.compile(r"\X")
_DRAWN = regex.compile(r"[\p{L}\p{M}\p{N}\p{P}\p{S}]")
_SIGNED_NUMBER = regex.compile(r"[\u0600-\u0605\u06dd\u08e2]\p{Nd}{2,}")
# Letters and signs of Arabic and Latin text of which each is a grapheme, whatever stands beside it.
_ONE_EACH = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u060c\u061b\u061f\u0621-\u064a\u0660-\u066d\u0671-\u06d3\u2013-\u201f\u2026]*"
)
_TOUCHING = 0.01
_NARROW, _SHARE = 0.12, 0.25
_new = tuple.__new__


class Box(NamedTuple):
    """One grapheme `[start, end)` between two abscissas; `rtl` if its end is on the left."""

    start: int
    end: int
    left: float
    right: float
    rtl: bool


def line_boxes(paragraph: LaidParagraph, line: Line) -> tuple[Box, ...]:
    """The boxes of the graphemes of `line`, in logical order; the white space at which it was broken has empty ones."""
    shown = line.end if line.last else line.visible_end
    text = paragraph.text[line.start - paragraph.start : shown - paragraph.start]
    if "\u00ad" in text:
        line.drawn.glyphRuns()  # until it has been shaped, a line does not know of the hyphen at its end
    boxes = _measured(paragraph, line, text) if text else []
    _spread_digits(boxes, text, line.start, paragraph.size)
    _give_shares(boxes, text, line.start, paragraph.size)
    rtl = boxes[-1].rtl if boxes else paragraph.rtl
    x = (boxes[-1].left if rtl else boxes[-1].right) if boxes else 0.0
    unseen = paragraph.text[shown - paragraph.start : line.end - paragraph.start]
    boxes += (Box(shown + found.start(), shown + found.end(), x, x, rtl) for found in _GRAPHEME.finditer(unseen))
    return tuple(boxes)


def pieces(boxes: Sequence[Box], start: int, end: int) -> tuple[tuple[float, float], ...]:
    """The stretches (left, right) that `[start, end)` covers on a line, from left to right, touching ones joined."""
    sides = sorted((box.left, box.right) for box in boxes if start <= box.start < end and box.right > box.left)
    joined: list[tuple[float, float]] = []
    for left, right in sides:
        if joined and left - joined[-1][1] <= _TOUCHING:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        else:
            joined.append((left, right))
    return tuple(joined)


def _measured(paragraph: LaidParagraph, line: Line, text: str) -> list[Box]:
    bounds = _bounds(text, line.start)
    to_utf16, start = paragraph.index.to_utf16, paragraph.start
    places = [to_utf16(bound - start) for bound in bounds]
    cursors = list(map(line.drawn.cursorToX, places))
    # The cursor is moved on where it cannot stand: within a ligature at which the direction turns round.
    last = len(bounds) - 1
    whole = [k for k, (_, place) in enumerate(cursors) if place == places[k] or k in (0, last)]
    clusters = tuple(
        _new(Cluster, (text[bounds[k] - line.start : bounds[m] - line.start], places[k], places[m] - places[k]))
        for k, m in pairwise(whole)
    )
    edges = LineEdges(line.drawn, clusters, [cursors[k][0] for k in whole], paragraph.rtl, paragraph.levels)
    if not line.last:
        after = paragraph.text[line.visible_end - paragraph.start : line.end - paragraph.start]
        edges.settle(at_space=after != "" and "\t" not in after)
    boxes: list[Box] = []
    for (k, m), (first, end), rtl in zip(pairwise(whole), edges.all(), edges.ways, strict=True):
        if m - k > 1:
            boxes += _shared(bounds[k : m + 1], first, end, rtl)
        else:
            left, right = (end, first) if end < first else (first, end)
            boxes.append(_new(Box, (bounds[k], bounds[m], left, right, rtl)))
    return boxes


def _bounds(text: str, start: int) -> list[int]:
    """Where the graphemes of `text`, which begins at `start`, begin, and where the last one ends."""
    if _ONE_EACH.fullmatch(text):
        return list(range(start, start + len(text) + 1))
    return [start, *(start + found.end() for found in _GRAPHEME.finditer(text))]


def _shared(bounds: Sequence[int], first: float, last: float, rtl: bool) -> Iterator[Box]:
    """The boxes of graphemes that share one stretch of the line evenly."""
    share = (last - first) / (len(bounds) - 1)
    for k, (start, end) in enumerate(pairwise(bounds)):
        sides = first + share * k, first + share * (k + 1)
        yield Box(start, end, min(sides), max(sides), rtl)


def _spread_digits(boxes: list[Box], text: str, start: int, size: int) -> None:
    """Let the digits over an Arabic number sign share its width evenly, where the font has made one piece of them."""
    for found in _SIGNED_NUMBER.finditer(text):
        group = [k for k, box in enumerate(boxes) if found.start() <= box.start - start < found.end()]
        widths = [boxes[k].right - boxes[k].left for k in group]
        left, right = min(boxes[k].left for k in group), max(boxes[k].right for k in group)
        if min(widths) >= _NARROW * size and sum(widths) <= right - left + _TOUCHING:
            continue
        share = (right - left) / len(group)
        for n, k in enumerate(reversed(group) if boxes[group[0]].rtl else group):
            boxes[k] = boxes[k]._replace(left=left + share * n, right=left + share * (n + 1))


def _give_shares(boxes: list[Box], text: str, start: int, size: int) -> None:
    """Let a letter that has next to no width of its own share the box of a neighbour; `size` is that of the font.

    A hamza between lam and alef is drawn as a mark on them, and a kaf stretches its arm over the letter before it.
    """
    for k, box in enumerate(boxes):
        if box.right - box.left < _NARROW * size and _DRAWN.search(text, box.start - start, box.end - start):
            beside = [i for i in (k - 1, k + 1) if 0 <= i < len(boxes) and _touch(box, boxes[i])]
            near = max(beside, key=lambda i: boxes[i].right - boxes[i].left, default=k)
            left, right = min(box.left, boxes[near].left), max(box.right, boxes[near].right)
            share = min((right - left) / 2, _SHARE * size)
            if right - left >= _NARROW * size and (near < k) == box.rtl:
                boxes[k] = box._replace(left=left, right=left + share)
                boxes[near] = boxes[near]._replace(left=left + share, right=right)
            elif right - left >= _NARROW * size:
                boxes[k] = box._replace(left=right - share, right=right)
                boxes[near] = boxes[near]._replace(left=left, right=right - share)


def _touch(box: Box, other: Box) -> bool:
    return other.rtl == box.rtl and other.left - _TOUCHING <= box.right and box.left <= other.right + _TOUCHING
