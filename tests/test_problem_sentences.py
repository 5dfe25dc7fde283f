from __future__ import annotations

import pytest

from app.model.annotation import Annotations, Attribute, Fragment, Relation, State
from app.model.document import NameValue
from app.problem_sentences import PROBLEMS, describe_problem
from app.review.problems import CODES, Problem, problems
from app.wording import use_language
from tests.model.made_schemas import NEWS
from tests.store.made_projects import ARTICLE, span

EVERYTHING_WRONG = Annotations.of(
    [
        span("s1", 31, 43, "CASUALTY", attributes=(Attribute("count_min", "60"), Attribute("count_max", "9"))),
        span("s2", 0, 45, "QUOTE"),
        span("s3", 7, 13, "QUOTE", fragments=(Fragment(7, 13), Fragment(14, 18)), attributes=(Attribute("a", "b"),)),
        span("s4", 50, 56, "ACTOR", attributes=(Attribute("kind", "x"),)),
        span("s5", 50, 56, "STRANGE"),
    ],
    [Relation("r1", "AT", "s4", "s1"), Relation("r2", "BEFORE", "s4", "s1")],
    State(fields=(NameValue("relevance", "x"), NameValue("topic", "war"))),
)


def test_each_code_of_a_problem_has_its_sentence() -> None:
    assert tuple(PROBLEMS) == CODES


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_problem_is_told_in_the_names_of_the_schema(language: str) -> None:
    use_language(language)
    found = problems(ARTICLE, EVERYTHING_WRONG, NEWS)
    assert len({problem.code for problem in found}) == 13  # all but field-missing and relation-too-many
    for problem in found:
        said = describe_problem(problem, NEWS, language)
        known = not problem.code.endswith("unknown")
        assert (f"({language})" in said) is known or problem.code == "attribute-unknown", said
        assert "…" not in said and "went wrong" not in said


def test_numbers_choose_the_form_of_the_sentence() -> None:
    values = (("label", "QUOTE"), ("count", "3"))
    for limit, wanted in (("1", "QUOTE (en): one relation SAID_BY (en)"), ("2", "QUOTE (en): 2 relations SAID_BY")):
        problem = Problem("relation-too-many", "s1", "", "SAID_BY", (*values, ("limit", limit)))
        assert describe_problem(problem, NEWS, "en").startswith(wanted)


def test_two_numbers_that_cross_are_named() -> None:
    values = (("label", "CASUALTY"), ("value", "60"), ("other", "count_max"), ("limit", "9"))
    said = describe_problem(Problem("count-order", "s1", "", "count_min", values), NEWS, "en")
    assert said == "CASUALTY (en): count_min (en) is 60, and count_max (en) only 9."


def test_numbers_are_told_in_the_digits_of_the_window_and_a_wrong_answer_as_it_was_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.wording._digits", lambda number: f"<{number}>")
    crossed = (("label", "CASUALTY"), ("value", "60"), ("other", "count_max"), ("limit", "9"))
    said = describe_problem(Problem("count-order", "s1", "", "count_min", crossed), NEWS, "en")
    assert "is <60>" in said and "only <9>" in said
    wrong = Problem("attribute-wrong", "s1", "", "outcome", (("label", "CASUALTY"), ("value", "60")))
    assert "60 is no answer" in describe_problem(wrong, NEWS, "en")
