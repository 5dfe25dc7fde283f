"""Which texts are nearly the same: wire stories that were sent again with another head, some words or a last paragraph.

A text is known by its shingles, each three folded words on end. Of their hashes the smallest are kept, a sample that
is the same for the same shingles (Broder, "On the resemblance and containment of documents", 1997): of two samples'
smallest hashes together, the share that stands in both estimates the share of shingles that the texts have in common.
"""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple
from zlib import crc32

from app.text.folding import Folded

ALIKE: Final = 0.4
"""From which share of common shingles on texts are called nearly the same."""

_KEPT: Final = 64
_KEYS: Final = 16
"""By how many of its hashes a text is found again."""
_CROWD: Final = 50
"""How many texts with a hash in common are compared: above that it is an agency's formula."""
_FEWEST: Final = 8
_READ: Final = 20_000

Sketch = tuple[int, ...]


class Likeness(NamedTuple):
    """The text `id` that another one resembles, and how much, from 0.0 to 1.0."""

    id: str
    share: float


def sketch(text: str) -> Sketch:
    """What stands for `text`: at most 64 hashes in order; none of a text too short to be told by its words."""
    words = Folded(text[:_READ]).text.encode().split()
    if len(words) < _FEWEST:
        return ()
    shingles = map(b" ".join, zip(words, words[1:], words[2:], strict=False))
    return tuple(sorted(set(map(crc32, shingles)))[:_KEPT])


def resemblance(one: Sketch, other: Sketch) -> float:
    """The share of shingles that two texts have in common, as far as their sketches tell."""
    smallest = sorted({*one, *other})[:_KEPT]
    both = set(one) & set(other)
    return sum(value in both for value in smallest) / len(smallest) if smallest else 0.0


class Alike:
    """Texts as they come, each held against those before it."""

    def __init__(self) -> None:
        self._sketches: list[tuple[str, Sketch]] = []
        self._having: dict[int, list[int]] = {}

    def meet(self, id: str, text: str) -> Likeness | None:
        """The one before that `text` resembles most, if it does from `ALIKE` on; it is remembered as `id`."""
        own = sketch(text)
        nearest = self._nearest(own)
        number = len(self._sketches)
        self._sketches.append((id, own))
        for value in own[:_KEYS]:
            having = self._having.setdefault(value, [])
            if len(having) < _CROWD:
                having.append(number)
        return nearest

    def _nearest(self, own: Sketch) -> Likeness | None:
        shared = Counter(number for value in own[:_KEYS] for number in self._having.get(value, ()))
        best: Likeness | None = None
        for number, _times in shared.most_common(_CROWD):
            id, other = self._sketches[number]
            share = resemblance(own, other)
            if share >= ALIKE and (best is None or share > best.share):
                best = Likeness(id, share)
        return best
