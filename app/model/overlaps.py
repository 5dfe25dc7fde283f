"""Which spans overlap a stretch, found without looking at all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from app.model.annotation import Fragment, Span

_WIDTH: Final = 256
"""Code points of one drawer; a span lies in each drawer that it reaches into."""


class Overlaps:
    """Spans in drawers by where they lie; a span is found in the time that its own length takes."""

    __slots__ = ("_drawers",)

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._drawers: dict[int, dict[str, tuple[Fragment, ...]]] = {}
        for span in spans:
            self.add(span)

    def add(self, span: Span) -> None:
        """Know `span` from now on."""
        for number in _drawers(span.fragments):
            self._drawers.setdefault(number, {})[span.id] = span.fragments

    def drop(self, span: Span) -> None:
        """Forget `span`, which was added as it is."""
        for number in _drawers(span.fragments):
            drawer = self._drawers[number]
            del drawer[span.id]
            if not drawer:
                del self._drawers[number]

    def of(self, fragments: Sequence[Fragment]) -> set[str]:
        """The ids of the spans that have a code point in common with `fragments`."""
        return {
            id
            for number in _drawers(fragments)
            for id, others in self._drawers.get(number, {}).items()
            if overlap(fragments, others)
        }


def overlap(fragments: Iterable[Fragment], others: Sequence[Fragment]) -> bool:
    """Whether both cover a code point."""
    return any(start < other_end and other_start < end for start, end in fragments for other_start, other_end in others)


def _drawers(fragments: Iterable[Fragment]) -> Iterator[int]:
    numbers = {number for start, end in fragments for number in range(start // _WIDTH, (end - 1) // _WIDTH + 1)}
    return iter(numbers)
