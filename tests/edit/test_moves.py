from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.edit.moves import FIELD, Moves, moved
from app.model.annotation import Annotations, Attribute, Change, Fragment, Relation, Span, State
from app.model.document import NameValue

NOW = "2026-02-01T00:00:00.000Z"
PLACE = Span("p", "PLACE", (Fragment(0, 4),), (Attribute("kind", "town", "rule"), Attribute("name", "درقونة")))
TOLL = Span("t", "TOLL", (Fragment(5, 9), Fragment(10, 12)), note="kept", edited=True, updated_at="2026-01-31")
HERE = Relation("r", "IN", "t", "p")
ASKED = State("complete", fields=(NameValue("topic", "war"), NameValue("topic", "aid")))
GIVEN = Annotations.of((PLACE, TOLL), (HERE,), ASKED)


def after(moves: Moves) -> Annotations:
    change = moved("a", GIVEN, moves, NOW)
    assert change is not None
    assert GIVEN.apply(change).apply(change.inverse()) == GIVEN
    return GIVEN.apply(change)


def test_what_is_not_moved_is_not_touched() -> None:
    assert moved("a", GIVEN, Moves(), NOW) is None
    assert moved("a", GIVEN, Moves({"ACTOR": "WHO"}, {("TOLL", "kind"): "sort"}, {}, {"AT": "IN"}), NOW) is None


def test_a_label_takes_its_spans_along_and_nothing_else_of_them_changes() -> None:
    found = after(Moves(labels={"TOLL": "CASUALTY"}))
    assert found.spans == {"p": PLACE, "t": TOLL._replace(label="CASUALTY", updated_at=NOW)}
    assert (found.relations, found.state) == (GIVEN.relations, ASKED)


def test_two_labels_can_change_places() -> None:
    found = after(Moves(labels={"TOLL": "PLACE", "PLACE": "TOLL"}))
    assert {id: span.label for id, span in found.spans.items()} == {"p": "TOLL", "t": "PLACE"}


def test_attributes_and_choices_are_named_in_the_words_of_the_schema_before() -> None:
    moves = Moves({"PLACE": "LOCATION"}, {("PLACE", "kind"): "sort"}, {("PLACE", "kind", "town"): "city"})
    assert after(moves).spans["p"] == PLACE._replace(
        label="LOCATION",
        attributes=(Attribute("sort", "city", "rule"), Attribute("name", "درقونة")),
        updated_at=NOW,
    )


def test_choices_that_become_one_are_one() -> None:
    found = after(Moves({}, {(FIELD, "topic"): "theme"}, {(FIELD, "topic", "aid"): "war"}))
    assert found.state == ASKED._replace(fields=(NameValue("theme", "war"),))
    assert found.spans == GIVEN.spans


def test_a_relation_is_called_otherwise() -> None:
    assert after(Moves(relations={"IN": "AT"})).relations == {"r": HERE._replace(label="AT")}


IDS = st.sampled_from("ABC")
ANY = st.builds(
    Moves,
    st.dictionaries(IDS, IDS),
    st.dictionaries(st.tuples(IDS | st.just(FIELD), IDS), IDS),
    st.dictionaries(st.tuples(IDS | st.just(FIELD), IDS, IDS), IDS),
    st.dictionaries(IDS, IDS),
)
SPANS = st.lists(st.tuples(IDS, st.lists(st.tuples(IDS, IDS), max_size=4)), max_size=4)


@given(SPANS, st.lists(st.tuples(IDS, IDS), max_size=4), ANY)
def test_whatever_moves_can_be_taken_back_and_no_span_is_lost(
    spans: list[tuple[str, list[tuple[str, str]]]], fields: list[tuple[str, str]], moves: Moves
) -> None:
    made = [
        Span(str(n), label, (Fragment(n, n + 1),), tuple(Attribute(*one) for one in named))
        for n, (label, named) in enumerate(spans)
    ]
    given = Annotations.of(made, (), State(fields=tuple(NameValue(*one) for one in fields)))
    change = moved("a", given, moves, NOW) or Change("a")
    now = given.apply(change)
    assert now.apply(change.inverse()) == given
    assert now.spans.keys() == given.spans.keys()
    touched = {span.label for span in change.removed}
    assert touched <= moves.span_labels
    assert moves.fields or change.state_after is None
