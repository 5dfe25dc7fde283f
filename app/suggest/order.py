"""Which articles teach most: those that the model is unsure of, and whose words were not met before.

Both count as much. What is chosen takes its words away from the others, so that of two that are alike one comes late.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from heapq import heapify, heappop, heapreplace
from typing import Final, NamedTuple

from app.suggest.crf_features import Sentence
from app.words import frequent_words

_FREQUENT: Final = 5.0
"""The logarithm of occurrences in 10⁹ words from which on a word tells nothing of what an article is about."""
_WORDS: Final = 400


class Candidate(NamedTuple):
    """An article that could be done next: how unsure the model is of it, 0 to 1, and the words that tell it apart."""

    key: int
    doubt: float
    words: frozenset[str]


def telling_words(parts: Iterable[Sentence]) -> frozenset[str]:
    """The words of an article that not every article has, 400 at most."""
    often = frequent_words()
    found: dict[str, None] = {}
    for sentence in parts:
        for piece in sentence:
            if len(piece.said) > 2 and often.get(piece.said, 0.0) % 10 < _FREQUENT:
                found[piece.said] = None
    return frozenset(list(found)[:_WORDS])


def by_use(candidates: Sequence[Candidate], known: Collection[str], most: int) -> list[int]:
    """The keys of the `most` that teach most, the first of them first; `known` are words that were met before."""
    met = set(known)
    surest = max((one.doubt for one in candidates), default=0.0) or 1.0
    longest = max((len(one.words) for one in candidates), default=0) or 1

    def use(one: Candidate) -> float:
        return one.doubt / surest + len(one.words - met) / longest

    # What an article teaches only falls as others are chosen: one that is first after a second look is the best.
    heap = [(-use(one), n) for n, one in enumerate(candidates)]
    heapify(heap)
    chosen: list[int] = []
    while heap and len(chosen) < most:
        n = heap[0][1]
        now = -use(candidates[n])
        if now > heap[0][0]:
            heapreplace(heap, (now, n))
            continue
        heappop(heap)
        chosen.append(candidates[n].key)
        met |= candidates[n].words
    return chosen
