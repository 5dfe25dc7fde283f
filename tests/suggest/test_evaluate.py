"""What was predicted is held against what a person marked."""

from __future__ import annotations

import pytest

from app.model.annotation import Annotations, Attribute, Fragment, Relation, Span
from app.suggest.evaluate import Score, evaluate


def marks(*spans: tuple[int, int, str], **answers: str) -> Annotations:
    said = tuple(Attribute(name, value) for name, value in answers.items())
    return Annotations.of(
        Span(f"{label}{start}-{end}", label, (Fragment(start, end),), said) for start, end, label in spans
    )


@pytest.mark.parametrize(
    ("guess", "exact", "boundary", "overlap"),
    [
        ((0, 5, "A"), 1, 1, 1),
        ((0, 4, "A"), 0, 1, 1),
        ((1, 4, "A"), 0, 0, 1),
        ((5, 9, "A"), 0, 0, 0),
        ((0, 5, "B"), 0, 0, 0),
    ],
)
def test_spans_meet_in_three_ways(guess: tuple[int, int, str], exact: int, boundary: int, overlap: int) -> None:
    found = evaluate([(marks((0, 5, "A")), marks(guess))]).spans
    assert [found[meeting][""].right for meeting in ("exact", "boundary", "overlap")] == [exact, boundary, overlap]
    assert found["exact"]["A"].gold == 1


def test_each_span_meets_one_other_at_most() -> None:
    found = evaluate([(marks((0, 9, "A")), marks((0, 4, "A"), (5, 9, "A")))]).spans["overlap"]["A"]
    assert found == Score(right=1, predicted=2, gold=1)
    assert (found.precision, found.recall, round(found.f1, 3)) == (0.5, 1.0, 0.667)


def test_answers_are_compared_on_spans_that_meet() -> None:
    found = evaluate(
        [(marks((0, 5, "A"), outcome="killed", count="3"), marks((0, 4, "A"), outcome="killed", count="4"))]
    )
    assert found.attributes["outcome"] == Score(1, 1, 1)
    assert found.attributes["count"] == Score(0, 1, 1)


def test_a_relation_is_right_when_both_of_its_ends_are() -> None:
    spans = [Span("q", "QUOTE", (Fragment(0, 5),)), Span("s", "ACTOR", (Fragment(6, 9),))]
    gold = Annotations.of(spans, [Relation("r", "SAID_BY", "q", "s")])
    other = [span._replace(id=f"{span.id}2") for span in spans]
    right = Annotations.of(other, [Relation("r2", "SAID_BY", "q2", "s2")])
    wrong = Annotations.of(other, [Relation("r2", "SAID_BY", "s2", "q2")])
    assert evaluate([(gold, right)]).relations["SAID_BY"] == Score(1, 1, 1)
    assert evaluate([(gold, wrong)]).relations["SAID_BY"] == Score(0, 1, 1)


def test_nothing_is_worth_nothing() -> None:
    found = evaluate([(Annotations(), Annotations())])
    assert found.spans["exact"][""] == Score() and found.spans["exact"][""].f1 == 0.0
