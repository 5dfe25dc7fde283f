"""Where each grapheme of a line lies, in every mix of directions.

One call for the glyphs of a line answers for most lines. Where a line mixes fonts, the string indexes of that call are
not to be trusted, and each grapheme is asked for by itself. `QTextLine.cursorToX` is of no use here: at the first
character of a left-to-right stretch in right-to-left text its two edges coincide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex
from PySide6.QtGui import QTextLayout, QTextLine

from app.text.offsets import Utf16Index

_WANTED = (
    QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphIndexes
    | QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphPositions
    | QTextLayout.GlyphRunRetrievalFlag.RetrieveStringIndexes
)
_GRAPHEME = regex.compile(r"\X")
_UNSEEN = regex.compile(r"[\p{Default_Ignorable_Code_Point}\p{Cc}--\t]+", regex.V1)
_TOUCHING = 0.01
_KERNING = 0.75


class Box(NamedTuple):
    """One grapheme `[start, end)` between two abscissas; `rtl` if its end is on the left."""

    start: int
    end: int
    left: float
    right: float
    rtl: bool


Edges = tuple[float, float, bool]


def line_boxes(line: QTextLine, text: str, start: int, index: Utf16Index, base: int, family: str) -> tuple[Box, ...]:
    """The boxes of the graphemes of `line`, in logical order.

    `text` is the line's own, `start` its offset in the document, `base` that of its paragraph, to which `index`
    belongs; `family` is the page font, by which lines of one font are known.
    """
    graphemes = [(start + found.start(), start + found.end(), found.group()) for found in _GRAPHEME.finditer(text)]
    places = [index.to_utf16(first - base) for first, _, _ in graphemes]
    runs = line.glyphRuns(line.textStart(), line.textLength(), _WANTED)
    if all(run.rawFont().familyName() == family for run in runs):
        edges = _by_indexes(runs, places)
    else:
        lengths = [index.to_utf16(end - base) - place for (_, end, _), place in zip(graphemes, places, strict=True)]
        edges = [_edges_of(line, place, length) for place, length in zip(places, lengths, strict=True)]
    return tuple(_divided(graphemes, _tiled(edges, graphemes)))


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


def _by_indexes(runs: Iterable[object], places: list[int]) -> list[Edges | None]:
    at = {place: k for k, place in enumerate(places)}
    edges: list[Edges | None] = [None] * len(places)
    for run in runs:
        rtl = run.isRightToLeft()  # type: ignore[attr-defined]
        advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())  # type: ignore[attr-defined]
        for string, point, advance in zip(run.stringIndexes(), run.positions(), advances, strict=True):  # type: ignore[attr-defined]
            width = advance.x()
            k = at.get(string)
            if k is None or not width:
                continue
            x = point.x()
            known = edges[k]
            edges[k] = (x, x + width, rtl) if known is None else (min(known[0], x), max(known[1], x + width), rtl)
    return edges


def _edges_of(line: QTextLine, place: int, length: int) -> Edges | None:
    left, right, rtl = float("inf"), float("-inf"), False
    for run in line.glyphRuns(place, length, _WANTED):
        rtl = run.isRightToLeft()
        advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
        for point, advance in zip(run.positions(), advances, strict=True):
            if advance.x():
                left, right = min(left, point.x()), max(right, point.x() + advance.x())
    return (left, right, rtl) if right > left else None


def _tiled(edges: list[Edges | None], graphemes: list[tuple[int, int, str]]) -> list[Edges | None]:
    """The same edges made to touch: kerning moves glyphs closer or apart, and a tab is the gap between two."""
    lefts = sorted({edge[0] for edge in edges if edge})
    following = dict(pairwise(lefts))
    tiled: list[Edges | None] = []
    for edge in edges:
        near = following.get(edge[0]) if edge else None
        if edge and near is not None and abs(near - edge[1]) < _KERNING * (edge[1] - edge[0] + 4):
            edge = (edge[0], near, edge[2])
        tiled.append(edge)
    for k, (_, _, text) in enumerate(graphemes):
        if text == "\t" and 0 < k < len(tiled) - 1:
            tiled[k] = _between(tiled[k - 1], tiled[k + 1])
    return tiled


def _between(before: Edges | None, after: Edges | None) -> Edges | None:
    """The gap that a tab leaves between its neighbours, if they stand side by side."""
    if before is None or after is None:
        return None
    left, right = (after[1], before[0]) if before[2] else (before[1], after[0])
    return (left, right, before[2]) if left < right else None


def _divided(graphemes: list[tuple[int, int, str]], edges: list[Edges | None]) -> Iterable[Box]:
    """Boxes in which the letters of a ligature share its width, and what is never seen has none."""
    seen = [None if _UNSEEN.fullmatch(text) else edge for (_, _, text), edge in zip(graphemes, edges, strict=True)]
    k = 0
    while k < len(graphemes):
        edge = seen[k]
        last = k + 1
        while last < len(graphemes) and _joins(edge, seen[last], graphemes[last][2]):
            last += 1
        if edge is None:
            edge = _beside(seen, k)
        yield from _shared(graphemes[k:last], edge)
        k = last


def _joins(edge: Edges | None, following: Edges | None, text: str) -> bool:
    """Whether the next grapheme is drawn by the same glyph: it has no box of its own, or the very same one."""
    if edge is None or _UNSEEN.fullmatch(text):
        return False
    return following is None or following == edge


def _beside(seen: list[Edges | None], k: int) -> Edges:
    """The empty box of something unseen: at the end of what is before it, or the start of what is after it."""
    for before in reversed(seen[:k]):
        if before:
            x = before[0] if before[2] else before[1]
            return x, x, before[2]
    for after in seen[k:]:
        if after:
            x = after[1] if after[2] else after[0]
            return x, x, after[2]
    return 0.0, 0.0, False


def _shared(graphemes: list[tuple[int, int, str]], edge: Edges) -> Iterable[Box]:
    left, right, rtl = edge
    share = (right - left) / len(graphemes)
    for k, (start, end, _) in enumerate(graphemes):
        near = right - share * (k + 1) if rtl else left + share * k
        yield Box(start, end, near, near + share, rtl)
