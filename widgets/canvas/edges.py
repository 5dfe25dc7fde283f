"""Where the graphemes of one line begin and end, as Qt paints them.

`QTextLine.cursorToX` is exact between two graphemes that run the same way, inside ligatures and between kerned letters
too. Where the direction turns round it answers for the one that runs as the paragraph does; where the other begins or
ends is read from its glyphs. (Their string indexes are of no use: they go wrong after a change of font and where a
glyph is hidden.)
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from enum import Enum
from functools import cached_property, lru_cache
from typing import NamedTuple
from unicodedata import bidirectional, category

import regex
from PySide6.QtGui import QGlyphRun, QTextLayout, QTextLine

_GLYPHS = QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphIndexes
_PLACED_GLYPHS = _GLYPHS | QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphPositions
_TOLD = _GLYPHS | QTextLayout.GlyphRunRetrievalFlag.RetrieveStringIndexes  # answers where all glyphs are hidden too
_UNSEEN = regex.compile(r"(?V1)[\p{Default_Ignorable_Code_Point}--\u00ad\u115f\u1160\u3164\uffa0]+|\u2028")
_EMBEDDINGS = regex.compile("[\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = regex.compile(r"[\p{bc=R}\p{bc=AL}\p{bc=AN}]")
_KINDS = {"R": "R", "AL": "R", "L": "L", "EN": "EN", "AN": "AN"}
_DIGITS = {"EN", "AN"}
_STRONG_MARKS = "\u200e\u200f\u061c"
_SLACK = 0.12


class Levels(Enum):
    """How far neighbours that run the same way can be trusted to lie side by side on the line.

    Among `EMBEDDINGS` only letters of one kind can. Where right-to-left words stand in a left-to-right paragraph,
    `NUMBERS` may be among them and lie apart from what follows. Everywhere else all can: `PLAIN`.
    """

    PLAIN = "plain"
    NUMBERS = "numbers"
    EMBEDDINGS = "embeddings"


def levels_of(text: str, rtl: bool) -> Levels:
    """The levels of a paragraph, which runs to the left if `rtl`."""
    if _EMBEDDINGS.search(text):
        return Levels.EMBEDDINGS
    return Levels.PLAIN if rtl or not _RIGHT_TO_LEFT.search(text) else Levels.NUMBERS


class Cluster(NamedTuple):
    """A grapheme, or several that cannot be told apart: its text, and its place in UTF-16 units of the paragraph."""

    text: str
    place: int
    length: int


class LineEdges:
    """Asks a line where its clusters begin and end.

    `xs` are where the cursor stands at the bounds of the clusters. The paragraph runs to the left if `rtl`; `levels`
    are its own.
    """

    def __init__(
        self, line: QTextLine, clusters: Sequence[Cluster], xs: list[float], rtl: bool, levels: Levels
    ) -> None:
        self._line = line
        self._clusters = clusters
        self._xs = xs
        self._rtl = rtl
        self._levels = levels
        self._is_plain = levels is Levels.PLAIN
        self._found: dict[int, tuple[float, float] | None] = {}
        self._kinds = [_kind(cluster.text[0]) for cluster in clusters]
        self._torn: set[int] = set()  # a number sign and the space after it are one grapheme that runs both ways
        self.ways = [self._way(k) for k in range(len(clusters))]

    def settle(self, at_space: bool) -> None:
        """Put right what the cursor says of a line that was broken, `at_space` or within a word.

        It counts the hidden space after a word that runs the other way than its paragraph, and forgets half of a letter
        with marks at which the line ends: the glyphs beside these are painted elsewhere.
        """
        if at_space and self.ways[-1] == self._rtl:
            return
        first = 0
        for k in range(1, len(self.ways) + 1):
            if not self._are_neighbours(k - 1, k):
                self._move_to_glyphs(first, k)
                first = k

    def _move_to_glyphs(self, first: int, end: int) -> None:
        """Move the cursors within the run of clusters from `first` to `end`."""
        own = range(first, end + 1) if self.ways[first] == self._rtl and self._is_plain else range(first + 1, end)
        for k in range(first + 1, end + 1):
            before, after = self._drawn(k - 1), self._drawn(k) if k < end else None
            if k in own and before and before != after and (self.ways[first] or after):
                x = before[0] if self.ways[first] else after[0] if after else 0.0
                off = x - self._xs[k]
                if abs(off) > _SLACK * (before[1] - before[0]):
                    for i in own:
                        self._xs[i] += off
                return

    def all(self) -> list[tuple[float, float]]:
        """Where each cluster begins and where it ends; the same place if nothing is seen of it."""
        xs, rtl, torn, plain = self._xs, self._rtl, self._torn, self._is_plain
        return [
            (xs[k], xs[k + 1]) if plain and way == rtl and k not in torn else self._of(k)
            for k, way in enumerate(self.ways)
        ]

    def _of(self, k: int) -> tuple[float, float]:
        start, end = self._xs[k], self._xs[k + 1]
        if self._clusters[k].text == "\t":
            return start, end
        starts_here, ends_here = self._are_neighbours(k - 1, k), self._are_neighbours(k, k + 1)
        if not (starts_here and ends_here):
            drawn = self._by_glyphs(k)
            if drawn is None:
                return (start, start) if starts_here else (end, end)
            start = start if starts_here else self._turn(k, -1, drawn[0])
            end = end if ends_here else self._turn(k, 1, drawn[1])
        return start, end

    def _turn(self, k: int, step: int, drawn: float) -> float:
        """The outer edge of the run against the paragraph's way that begins (`step` -1) or ends (1) at cluster `k`.

        It lies between what comes before it and what follows, and so begins where the latter does; at the edge of the
        line there is no such neighbour, and the glyphs, `drawn` at that edge, must do.
        """
        if not self._is_plain or self._torn & {k, k + step}:
            return drawn
        last = k
        while self._are_neighbours(min(last, last - step), max(last, last - step)):
            last -= step
        beyond = last - step
        if beyond in self._torn or not 0 <= beyond < len(self.ways):
            return drawn
        return self._xs[max(last, beyond)]

    def _way(self, k: int) -> bool:
        """Whether cluster `k` runs to the left.

        A letter and a digit say so themselves, and what stands between two letters that run as the paragraph does runs
        so too; all else is asked for.
        """
        if self._clusters[k].text == "\t":
            return self._rtl
        if self._kinds[k] and self._levels is not Levels.EMBEDDINGS:
            return self._kinds[k] == "R"
        own = "R" if self._rtl else "L"
        if self._is_plain and self._nearest(k, -1) == own == self._nearest(k, 1):
            return self._rtl
        ways = [run.isRightToLeft() for run in self._runs(k, _TOLD)]
        if len(set(ways)) > 1:
            self._torn.add(k)
        return ways[-1] if ways else self._rtl

    def _nearest(self, k: int, step: int) -> str:
        """The kind of the first letter or digit before (`step` -1) or after cluster `k`, or ``""``."""
        k += step
        while 0 <= k < len(self._kinds):
            if self._kinds[k]:
                return self._kinds[k]
            k += step
        return ""

    def _are_neighbours(self, k: int, following: int) -> bool:
        """Whether the second of these clusters surely begins where the first ends."""
        if k < 0 or following == len(self.ways) or self.ways[k] != self.ways[following]:
            return False
        if self._torn & {k, following}:
            return False
        kinds = {self._kinds[k], self._kinds[following]}
        if self._levels is Levels.EMBEDDINGS:
            return len(kinds) == 1 and "" not in kinds
        return self._is_plain or len(kinds) == 1 or not kinds & _DIGITS

    def _by_glyphs(self, k: int) -> tuple[float, float] | None:
        """Where the glyphs of cluster `k` begin and end, or what they were meant to touch."""
        drawn = self._drawn(k)
        if drawn is None:
            return None
        slack = _SLACK * (drawn[1] - drawn[0])
        left, right = self._touching(drawn[0], slack), self._touching(drawn[1], slack)
        return (right, left) if self.ways[k] else (left, right)

    def _drawn(self, k: int) -> tuple[float, float] | None:
        """The left and right edges of the glyphs of cluster `k`. Their widths know nothing of kerning."""
        if k in self._found:
            return self._found[k]
        sides: list[float] = []
        unseen = _UNSEEN.fullmatch(self._clusters[k].text)
        for run in self._runs(k, _PLACED_GLYPHS):
            font, glyphs = run.rawFont(), run.glyphIndexes()
            hidden = [] if self._clusters[k].text[0].isspace() else font.glyphIndexesForString(" ")
            advances = font.advancesForGlyphIndexes(glyphs)
            for glyph, point, advance in zip(glyphs, run.positions(), advances, strict=True):
                if unseen:
                    sides.append(point.x())
                elif advance.x() and glyph not in hidden:  # what is hidden has the glyph of a space, but no width
                    sides += [point.x(), point.x() + advance.x()]
        self._found[k] = found = (min(sides), max(sides)) if sides else None
        return found

    def _touching(self, x: float, slack: float) -> float:
        """`x`, or the edge of a neighbour that it was meant to touch: between two runs there is no gap."""
        at = bisect_left(self._sorted_xs, x)
        near = min(self._sorted_xs[max(0, at - 1) : at + 1], key=lambda other: abs(other - x))
        return near if abs(near - x) <= slack else x

    @cached_property
    def _sorted_xs(self) -> list[float]:
        return sorted(self._xs)

    def _runs(self, k: int, wanted: QTextLayout.GlyphRunRetrievalFlag) -> list[QGlyphRun]:
        return self._line.glyphRuns(self._clusters[k].place, self._clusters[k].length, wanted)


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """Letters of one kind, and digits of one kind, run the same way on the same level. ``""``: all else."""
    if category(character) == "Cf" and character not in _STRONG_MARKS:
        return ""
    return _KINDS.get(bidirectional(character), "")
