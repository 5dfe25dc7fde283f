from __future__ import annotations

import pytest

from app.edit.commands import Command, label, relabel
from app.edit.edges import move_edge, set_edges
from app.edit.everywhere import Spot, label_places
from app.edit.fragments import add_fragment
from app.errors import EditRefused
from app.model.annotation import Span
from app.wording import describe, use_language
from tests.edit.made_desks import carried_out, desk, in_pieces
from tests.model.made_schemas import NEWS
from tests.store.made_projects import ARTICLE, span

QUOTE = span("q1", 7, 18, "QUOTE")
EIGHT_WORDS = (0, 45)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (label(0, 13, "QUOTE"), "overlaps-own-label"),
        (label(14, 18, "QUOTE"), "overlaps-own-label"),
        (label(*EIGHT_WORDS, "QUOTE"), "too-many-words"),
        (relabel(["a1"], "QUOTE"), "overlaps-own-label"),
        (relabel(["a2"], "QUOTE"), "may-not-be-discontinuous"),
        (set_edges("q2", 15, 28), "overlaps-own-label"),
        (move_edge("q1", "end", "word", True), "overlaps-own-label"),
        (add_fragment("q1", 50, 56), "may-not-be-discontinuous"),
        (label_places([Spot("a", 14, 18), Spot("a", 0, 13)], "QUOTE"), "overlaps-own-label"),
    ],
)
def test_what_the_schema_forbids_a_label_is_refused_by_every_way_to_it(command: Command, code: str) -> None:
    others = (span("a1", 7, 13, "ACTOR"), in_pieces("a2", (0, 6), (50, 56), label="ACTOR"))
    at = desk(ARTICLE, QUOTE, span("q2", 19, 28, "QUOTE"), *others, schema=NEWS)
    with pytest.raises(EditRefused, match=code) as refused:
        command(at)
    assert "QUOTE (en)" in describe(refused.value)
    use_language("ar")
    assert "QUOTE (ar)" in describe(refused.value)


@pytest.mark.parametrize("name", ["LOCATION", "STRANGE"])
def test_labels_without_such_rules_and_those_that_the_schema_does_not_know_may_do_it_all(name: str) -> None:
    at = desk(ARTICLE, span("s1", 7, 18, name), schema=NEWS)
    for command in (label(0, 13, name), label(*EIGHT_WORDS, name), add_fragment("s1", 50, 56)):
        assert carried_out(command, at)


def test_neighbours_and_suggestions_of_a_label_do_not_overlap() -> None:
    at = desk(ARTICLE, QUOTE, span("q2", 20, 24, "QUOTE", status="suggested"), schema=NEWS)
    for start, end in ((0, 6), (19, 28)):
        assert carried_out(label(start, end, "QUOTE"), at)


@pytest.mark.parametrize(
    ("there", "command"),
    [
        ((span("q1", *EIGHT_WORDS, "QUOTE"),), move_edge("q1", "end", "word", False)),
        ((in_pieces("q1", (0, 6), (14, 18), label="QUOTE"),), move_edge("q1", "end", "word", True)),
        ((span("q1", 0, 18, "QUOTE"), span("q2", 7, 13, "QUOTE")), move_edge("q1", "end", "word", True)),
    ],
)
def test_a_span_that_breaks_a_rule_already_can_be_mended_step_by_step(
    there: tuple[Span, ...], command: Command
) -> None:
    assert carried_out(command, desk(ARTICLE, *there, schema=NEWS))


def test_of_many_places_those_are_marked_that_may_be() -> None:
    places = [Spot("a", *ends) for ends in ((0, 6), (3, 13), (7, 13), (19, 24), (19, 28))]
    _step, after = carried_out(label_places(places, "QUOTE"), desk(ARTICLE, schema=NEWS))
    assert [(one.start, one.end) for one in after.ordered()] == [(0, 6), (7, 13), (19, 24)]
