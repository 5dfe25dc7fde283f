"""Which spans a relation may lead to, the likeliest first."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from app.model.annotation import Annotations, Relation, Span
from app.model.schema import RelationType
from app.text.boundaries import sentence_at

SENTENCES: Final = 2
"""How many sentences before and after a span its other end is looked for first."""


def targets(text: str, annotations: Annotations, type: RelationType, head: str, latest: str = "") -> list[str]:
    """The ids of the spans that `type` allows as child of the span `head`, and that it does not lead to yet.

    First `latest`, the one chosen last; then by sentences between, those before the head first, and by the gap in
    code points. What lies inside the head comes after what stands beside it: a speaker is not in the own words.
    """
    first = annotations.spans[head]
    linked = {head} | {relation.child for relation in annotations.relations.values() if _leads(relation, type, head)}
    if type.symmetric:
        linked |= {one.head for one in annotations.relations.values() if one.label == type.id and one.child == head}
    there = [one for one in annotations.spans.values() if one.id not in linked and type.allows(first.label, one.label)]
    near = _Sentences(text, first)
    there.sort(key=lambda one: (one.id != latest, _inside(one, first), near.away(one), _gap(one, first), one.id))
    return [one.id for one in there]


def _leads(relation: Relation, type: RelationType, head: str) -> bool:
    return (relation.label, relation.head) == (type.id, head)


def _inside(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def _gap(span: Span, other: Span) -> int:
    return max(0, other.start - span.end, span.start - other.end)


class _Sentences:
    """The sentences around a span, and how many of them lie between it and another."""

    def __init__(self, text: str, span: Span) -> None:
        first, last = sentence_at(text, span.start)[0], sentence_at(text, span.end - 1)[1]
        before = _starts_before(text, first)
        after = _starts_after(text, last)
        # Where each sentence begins and how far it is, from two before the span to two after it.
        self._starts = [*reversed(before), first, *after]
        ways = [float(n) for n in range(len(before), 0, -1)]
        self._away = [float("inf"), *ways, 0.0, *(n + 0.5 for n in range(1, len(after))), float("inf")]

    def away(self, span: Span) -> float:
        """How many sentences away `span` begins; half a one more where it follows. Infinite beyond `SENTENCES`."""
        return self._away[bisect_right(self._starts, span.start)]


def _starts_before(text: str, start: int) -> list[int]:
    """Where the sentences before `start` begin, the nearest first; blank lines are none."""
    starts: list[int] = []
    k = start
    while k > 0 and len(starts) < SENTENCES:
        begins = min(sentence_at(text, k - 1)[0], k - 1)
        if text[begins:k].strip():
            starts.append(begins)
        k = begins
    return starts


def _starts_after(text: str, end: int) -> list[int]:
    """Where the sentences after `end` begin, the nearest first, and at last where the last of them ends."""
    starts: list[int] = [end]
    k = end
    while k < len(text) and len(starts) <= SENTENCES:
        ends = max(sentence_at(text, k)[1], k + 1)
        if text[k:ends].strip():
            starts.append(ends)
        k = ends
    return starts
