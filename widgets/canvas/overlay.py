"""What lies over an article for a while: the hits of a search, an edge being dragged, links, a line to the mouse."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.model.annotation import Fragment, Span
from app.text.boundaries import next_grapheme, previous_grapheme
from widgets.canvas.connectors import Link


class Hits:
    """The matches of a search as `[start, end)`, in the order of the text and apart; `current` is the one shown."""

    def __init__(self, places: Sequence[tuple[int, int]] = (), current: int = -1) -> None:
        self.places = list(places)
        self.current = self.places[current] if 0 <= current < len(self.places) else None
        self._ends = [end for _, end in self.places]

    def between(self, start: int, end: int) -> Iterable[tuple[int, int]]:
        """The matches that share a code point with `[start, end)`."""
        k = bisect_left(self._ends, start + 1)
        while k < len(self.places) and self.places[k][0] < end:
            yield self.places[k]
            k += 1


NO_HITS = Hits()


NUMBERED = 9
"""How many of the spans to choose from carry a number: there is a key for each."""


class Overlay(NamedTuple):
    """`stretch` is where the focused span would reach, `chosen` the span that would be linked, `rubber` two points.

    `numbered` are the spans that carry a number before what their tag says, in that order from 1; `suggested` is
    the suggestion in focus.
    """

    hits: Hits = NO_HITS
    stretch: tuple[Fragment, ...] = ()
    links: tuple[Link, ...] = ()
    chosen: str = ""
    rubber: tuple[float, float, float, float] | None = None
    numbered: tuple[str, ...] = ()
    suggested: str = ""


def stretched(text: str, span: Span, edge: str, offset: int) -> tuple[Fragment, ...]:
    """The fragments of `span` with its "start" or "end" moved to `offset`; a letter is always left."""
    start, end = span.start, span.end
    if edge == "start":
        start = min(offset, previous_grapheme(text, end))
    else:
        end = max(offset, next_grapheme(text, start))
    kept = [Fragment(max(a, start), min(b, end)) for a, b in span.fragments if a < end and b > start]
    if not kept:
        return (Fragment(start, end),)
    kept[0] = Fragment(start, kept[0].end)
    kept[-1] = Fragment(kept[-1].start, end)
    return tuple(kept)
