"""How well spans that were predicted meet those of a person: precision, recall and F1, counted over whole documents.

Three ways of meeting, each one to one within a label: *exact* (both ends), *boundary* (one end at least, and an
overlap), *overlap* (any shared code point). Attributes are compared on spans that meet by overlap, relations when both
of their ends do and the relation is called the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.model.annotation import Annotations, Span

MEETINGS = ("exact", "boundary", "overlap")


class Score(NamedTuple):
    """Counts: what was predicted and is right, what was predicted, what a person marked. Rates of nothing are 0."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """The share of what was predicted that is right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of what a person marked that was predicted."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.predicted + self.gold) if self.predicted + self.gold else 0.0

    def plus(self, other: Score) -> Score:
        """Both counted together."""
        return Score(*(one + more for one, more in zip(self, other, strict=True)))


class Evaluation(NamedTuple):
    """Scores of spans by meeting and label ("" for all labels), of attributes and of relations by name ("" for all)."""

    spans: Mapping[str, Mapping[str, Score]]
    attributes: Mapping[str, Score]
    relations: Mapping[str, Score]


def evaluate(pairs: Iterable[tuple[Annotations, Annotations]]) -> Evaluation:
    """Score pairs of what a person marked and what was predicted in the same document."""
    spans: dict[str, Counter[tuple[str, str]]] = {meeting: Counter() for meeting in MEETINGS}
    attributes: Counter[tuple[str, str]] = Counter()
    relations: Counter[tuple[str, str]] = Counter()
    for gold, predicted in pairs:
        golds, guesses = list(gold.spans.values()), list(predicted.spans.values())
        for meeting, counts in spans.items():
            _count(counts, [(one.label, other.label) for one, other in _met(golds, guesses, meeting)], golds, guesses)
        met = _met(golds, guesses, "overlap")
        _compare_attributes(attributes, met)
        _compare_relations(relations, gold, predicted, {other.id: one.id for one, other in met})
    return Evaluation(
        {meeting: _scores(counts) for meeting, counts in spans.items()}, _scores(attributes), _scores(relations)
    )


def _met(golds: Sequence[Span], guesses: Sequence[Span], meeting: str) -> list[tuple[Span, Span]]:
    """Pairs that meet, each span in one pair at most; of several the one that shares the most is taken."""
    found = [
        (_shared(one, other), -abs(one.start - other.start), n, m)
        for n, one in enumerate(golds)
        for m, other in enumerate(guesses)
        if one.label == other.label and _meets(one, other, meeting)
    ]
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for _much, _apart, n, m in sorted(found, reverse=True):
        if n not in taken[0] and m not in taken[1]:
            taken[0].add(n)
            taken[1].add(m)
            pairs.append((golds[n], guesses[m]))
    return pairs


def _meets(one: Span, other: Span, meeting: str) -> bool:
    if meeting == "exact":
        return one.fragments == other.fragments
    if not _shared(one, other):
        return False
    return meeting == "overlap" or one.start == other.start or one.end == other.end


def _shared(one: Span, other: Span) -> int:
    """How many code points lie in both."""
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one.fragments for b in other.fragments)


def _count(
    counts: Counter[tuple[str, str]], right: Iterable[tuple[str, str]], golds: Sequence[Span], guesses: Sequence[Span]
) -> None:
    counts.update(("right", label) for label, _same in right)
    counts.update(("gold", span.label) for span in golds)
    counts.update(("predicted", span.label) for span in guesses)


def _compare_attributes(counts: Counter[tuple[str, str]], met: Iterable[tuple[Span, Span]]) -> None:
    for one, other in met:
        said, guessed = ({(a.name, a.value) for a in span.attributes} for span in (one, other))
        counts.update(("gold", name) for name, _value in said)
        counts.update(("predicted", name) for name, _value in guessed)
        counts.update(("right", name) for name, _value in said & guessed)


def _compare_relations(
    counts: Counter[tuple[str, str]], gold: Annotations, predicted: Annotations, same: Mapping[str, str]
) -> None:
    there = {(r.label, r.head, r.child) for r in gold.relations.values()}
    guessed = {(r.label, same.get(r.head, ""), same.get(r.child, "")) for r in predicted.relations.values()}
    counts.update(("gold", label) for label, _head, _child in there)
    counts.update(("predicted", relation.label) for relation in predicted.relations.values())
    counts.update(("right", label) for label, _head, _child in there & guessed)


def _scores(counts: Counter[tuple[str, str]]) -> dict[str, Score]:
    """By name, those that a person used first, and "" for all together."""
    names = sorted({name for _what, name in counts})
    scores = {name: Score(*(counts[what, name] for what in ("right", "predicted", "gold"))) for name in names}
    return {"": _total(scores.values()), **scores}


def _total(scores: Iterable[Score]) -> Score:
    total = Score()
    for score in scores:
        total = total.plus(score)
    return total


def rows(evaluation: Evaluation) -> Iterator[tuple[str, str, Score]]:
    """Everything that was scored as rows: what is scored, its name ("" for all), the score."""
    for meeting, scores in evaluation.spans.items():
        yield from ((meeting, name, score) for name, score in scores.items())
    yield from (("attribute", name, score) for name, score in evaluation.attributes.items())
    yield from (("relation", name, score) for name, score in evaluation.relations.items())
