from __future__ import annotations

import time

import pytest

from app.model.answers import are_answers, as_kept, is_answer, number
from tests.model.made_schemas import asked

CHOICE, CHOICES = (asked("a", kind, ("x", "y")) for kind in ("choice", "choices"))
WHOLE = asked("a", "number", minimum="0", maximum="90", pattern="[0-9]+")
LATITUDE = asked("a", "number", minimum="-90", maximum="90")


@pytest.mark.parametrize(
    ("one", "value", "allowed"),
    [
        (CHOICE, "x", True),
        (CHOICE, "z", False),
        (CHOICE, "", False),
        (asked("a", "yes_no"), "yes", True),
        (asked("a", "yes_no"), "Yes", False),
        (WHOLE, "0", True),
        (WHOLE, "90", True),
        (WHOLE, "91", False),
        (WHOLE, "1.5", False),
        (WHOLE, "-1", False),
        (LATITUDE, "-35.4669", True),
        (LATITUDE, "-90.0001", False),
        (LATITUDE, "1e1", False),
        (LATITUDE, "NaN", False),
        (LATITUDE, "٤٨", False),
        (asked("a"), "حيّ", True),
        (asked("a"), "", False),
        (asked("a"), "\ud800", False),
        (asked("a", pattern=r"\d{4}-\d{2}"), "2026-01", True),
        (asked("a", pattern=r"\d{4}-\d{2}"), "2026-01-31", False),
    ],
)
def test_an_answer_is_a_choice_a_number_in_its_bounds_or_a_text_of_the_pattern(
    one: object, value: str, allowed: bool
) -> None:
    assert is_answer(one, value) is allowed  # type: ignore[arg-type]


def test_only_of_several_choices_more_than_one_is_taken_and_none_twice() -> None:
    assert are_answers(CHOICES, ("x", "y")) and are_answers(CHOICES, ())
    assert not are_answers(CHOICE, ("x", "y"))
    assert not are_answers(CHOICES, ("x", "x"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 48 ", "48"),
        ("٤٨", "48"),
        ("۱٬۲۰۰", "1200"),
        ("1,200,000", "1200000"),
        ("٣٥٫٤٦", "35.46"),
        ("−12.50", "-12.50"),
        ("007", "7"),
        ("0.5", "0.5"),
        ("000", "0"),
        ("48,5", "48,5"),
        ("كثير", "كثير"),
    ],
)
def test_a_number_may_be_typed_in_any_digits(typed: str, kept: str) -> None:
    assert as_kept(LATITUDE, typed) == kept
    assert (number(kept) is None) == (kept in {"48,5", "كثير"})


def test_a_pattern_that_runs_away_is_met_by_nothing_and_holds_nobody_up() -> None:
    begun = time.process_time()
    assert not is_answer(asked("a", pattern="(a|aa)+$"), "a" * 60 + "b")
    assert time.process_time() - begun < 1
