"""What a model learns from: the sentences that a person has been over, and nothing else; unread text is no evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final, NamedTuple

from app.model.annotation import Annotations
from app.suggest.crf_features import Sentence, sentences

Mark = tuple[str, int, int]
"""A label and the stretch that carries it."""

FEWEST: Final = 5
"""A label with fewer marks is not learned."""
_LONGEST: Final = 12
_NESTING: Final = 0.02
OUTSIDE: Final = "O"


class Lesson(NamedTuple):
    """An article as a model learns from it: what begins before `read` was read by a person."""

    text: str
    read: int
    marks: tuple[Mark, ...]


def lesson(text: str, annotations: Annotations) -> Lesson | None:
    """What of the article was read, with what is marked in it; None where nothing was."""
    spans = [span for span in annotations.spans.values() if span.status == "accepted"]
    marks = [(span.label, span.fragments, span.source == "manual" or span.edited) for span in spans]
    return lesson_of(text, annotations.state.status == "complete", marks)


def lesson_of(
    text: str, is_finished: bool, marks: Iterable[tuple[str, Sequence[tuple[int, int]], bool]]
) -> Lesson | None:
    """What was read: all of a finished article, else all up to the last span that a person made; None: nothing.

    Of each span its label, its fragments, and whether a person said where it begins and ends: one accepted in passing
    says nothing of what stands before it. What does not lie in the text is left out.
    """
    there = list(marks)
    by_hand = (end for _label, fragments, is_by_hand in there if is_by_hand for _start, end in fragments)
    read = len(text) if is_finished else min(max(by_hand, default=0), len(text))
    stretches = {(label, start, end) for label, fragments, _hand in there for start, end in fragments}
    kept = [mark for mark in stretches if 0 <= mark[1] < read and mark[1] < mark[2] <= len(text)]
    return Lesson(text, read, tuple(sorted(kept, key=lambda mark: (mark[1], mark[2], mark[0])))) if read else None


def learnable(lessons: Sequence[Lesson]) -> tuple[tuple[str, ...], ...]:
    """The labels worth learning, in groups: one that stands within another alone, the others together.

    Left out are those with few marks, and those of whole clauses, which no neighbouring word gives away.
    """
    lengths: dict[str, list[int]] = {}
    for one in lessons:
        for label, start, end in one.marks:
            lengths.setdefault(label, []).append(1 + one.text.count(" ", start, end))
    labels = sorted(label for label, words in lengths.items() if len(words) >= FEWEST and median(words) <= _LONGEST)
    nested = _nested(lessons)
    alone = {
        label
        for pair, times in nested.items()
        for label in pair
        if pair <= {*labels} and times > _NESTING * min(len(lengths[other]) for other in pair)
    }
    together = tuple(label for label in labels if label not in alone)
    return tuple(filter(None, (together, *((label,) for label in labels if label in alone))))


def _nested(lessons: Iterable[Lesson]) -> Counter[frozenset[str]]:
    """How often marks of two labels overlap."""
    times: Counter[frozenset[str]] = Counter()
    for one in lessons:
        for k, (label, _start, end) in enumerate(one.marks):
            for other, start, _end in one.marks[k + 1 :]:
                if start >= end:
                    break
                if other != label:
                    times[frozenset((label, other))] += 1
    return times


def read_sentences(one: Lesson) -> list[Sentence]:
    """The sentences of its text that begin in what was read."""
    return [sentence for sentence in sentences(one.text) if sentence[0].start < one.read]


def tags(parts: Sequence[Sentence], marks: Iterable[Mark], labels: Iterable[str]) -> list[list[str]]:
    """For each piece of each sentence whether it begins a mark of `labels`, goes on with one, or neither.

    Of marks that overlap the longer counts. A mark ends with its sentence.
    """
    wanted = frozenset(labels)
    kept = sorted((mark for mark in marks if mark[0] in wanted), key=lambda mark: (mark[1] - mark[2], mark))
    said = [[OUTSIDE] * len(sentence) for sentence in parts]
    for label, start, end in kept:
        for sentence, told in zip(parts, said, strict=True):
            if sentence[0].start >= end or sentence[-1].end <= start:
                continue
            within = [k for k, piece in enumerate(sentence) if piece.start < end and piece.end > start]
            if all(told[k] == OUTSIDE for k in within):
                for k in within:
                    told[k] = f"I-{label}"
                for k in within[:1]:
                    told[k] = f"B-{label}"
            break
    return said


def stretches(told: Sequence[str]) -> list[tuple[str, int, int]]:
    """The labels in a sentence of tags, each with the pieces it begins and ends with, half-open."""
    found: list[tuple[str, int, int]] = []
    for k, tag in enumerate(told):
        label = tag[2:]
        goes_on = tag.startswith("I-") and found and found[-1][0] == label and found[-1][2] == k
        if tag == OUTSIDE:
            continue
        if goes_on:
            found[-1] = (label, found[-1][1], k + 1)
        else:
            found.append((label, k, k + 1))
    return found
