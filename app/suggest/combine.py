"""What the sources found becomes what is offered: the better of two that say the same, and nothing that was decided."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Final, NamedTuple

from app.model.annotation import Annotations
from app.suggest.base import Article, Suggestion
from app.suggest.confidence import confidence, is_quiet
from app.suggest.memory import Memory, folded_form

SURE: Final = 0.9
"""From this score on a model comes before rules."""
_RANKS: Final[Mapping[str, int]] = {"memory": 0, "import": 2, "rule": 3, "gazetteer": 4}
_SURE_MODEL, _UNSURE_MODEL = 1, 5


_Order = tuple[int, float, int, int, str]


class Offered(NamedTuple):
    """A suggestion that is shown; `id` is "LABEL:start:end", `confidence` what `app.suggest.confidence` makes of it."""

    id: str
    suggestion: Suggestion
    confidence: float


def combine(article: Article, found: Iterable[Suggestion], memory: Memory, threshold: float) -> list[Offered]:
    """What of `found` is offered, in reading order: as sure as `threshold` at least.

    Left out are sources that are quiet, forms that were rejected, places that were decided, and what overlaps a mark
    of its own label. Of suggestions of one label that overlap, one stays: by its kind of source, then its score, then
    its length. Those of different labels may overlap.
    """
    taken = _Taken(article.annotations)
    offered: list[Offered] = []
    for one, sure in _best(article, found, memory, threshold, taken):
        label, start, end = one[:3]
        if taken.is_free(label, start, end):
            taken.add(label, start, end)
            offered.append(Offered(f"{label}:{start}:{end}", one, sure))
    offered.sort(key=_reading_order)
    return offered


def _best(
    article: Article, found: Iterable[Suggestion], memory: Memory, threshold: float, taken: _Taken
) -> list[tuple[Suggestion, float]]:
    """Of each stretch and label the suggestion that counts, where it may be shown, and how sure it is; best first."""
    text, here, rejected = article.text, memory.here, memory.rejected
    sure: dict[tuple[str, str, float], float] = {}
    best: dict[tuple[str, int, int], tuple[_Order, Suggestion, float]] = {}
    for one in found:
        label, start, end, _source, name, score, *_rest = one
        place = label, start, end
        if place in here or place in taken.marked:
            continue
        asked = name, label, score
        if (known := sure.get(asked)) is None:
            known = sure[asked] = -1.0 if is_quiet(name, label, memory) else confidence(name, label, score, memory)
        if known < threshold or (rejected and (label, folded_form(text[start:end])) in rejected):
            continue
        order = _order(one)
        if (other := best.get(place)) is None or order < other[0]:
            best[place] = order, one, known
    return [(one, known) for _order, one, known in sorted(best.values(), key=itemgetter(0))]


def rank(suggestion: Suggestion) -> int:
    """Which kinds of sources come before which, the lowest first."""
    if suggestion.source == "model":
        return _SURE_MODEL if suggestion.score >= SURE else _UNSURE_MODEL
    return _RANKS.get(suggestion.source, _UNSURE_MODEL)


def _order(one: Suggestion) -> _Order:
    return rank(one), -one.score, one.start - one.end, one.start, one.source_name


def _reading_order(one: Offered) -> tuple[int, int, str]:
    return one.suggestion.start, -one.suggestion.end, one.suggestion.label


class _Taken:
    """The stretches that each label has already; those of one label may overlap where they are marks."""

    def __init__(self, annotations: Annotations) -> None:
        self._starts: dict[str, list[int]] = {}
        self._ends: dict[str, list[int]] = {}
        self.marked: set[tuple[str, int, int]] = set()
        marks: dict[str, list[tuple[int, int]]] = {}
        for span in annotations.spans.values():
            if span.status == "accepted":
                marks.setdefault(span.label, []).extend(span.fragments)
                self.marked.add((span.label, span.start, span.end))
        for label, pieces in marks.items():
            self._put(label, pieces)

    def is_free(self, label: str, start: int, end: int) -> bool:
        """Whether nothing of this label overlaps the stretch."""
        starts = self._starts.get(label)
        if not starts:
            return True
        before = bisect_left(starts, end) - 1
        return before < 0 or self._ends[label][before] <= start

    def add(self, label: str, start: int, end: int) -> None:
        """Take a stretch that is free."""
        starts, ends = self._starts.setdefault(label, []), self._ends.setdefault(label, [])
        at = bisect_left(starts, start)
        starts.insert(at, start)
        ends.insert(at, end)

    def _put(self, label: str, pieces: list[tuple[int, int]]) -> None:
        """Take what the marks of a label cover; where they overlap, as one."""
        starts: list[int] = []
        ends: list[int] = []
        for start, end in sorted(pieces):
            if ends and start <= ends[-1]:
                ends[-1] = max(ends[-1], end)
            else:
                starts.append(start)
                ends.append(end)
        self._starts[label], self._ends[label] = starts, ends
