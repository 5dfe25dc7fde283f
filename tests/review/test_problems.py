from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.annotation import Annotations, Attribute, Change, Fragment, Relation, Span, State
from app.model.document import NameValue
from app.model.schema import Rules, Schema
from app.review.problems import CODES, Problem, Watch, problems
from tests.model.made_schemas import ACTOR, LOCATION, NEWS, QUOTE, labelled
from tests.store.made_projects import ARTICLE, span

KILLED = Attribute("outcome", "killed")


def found(
    *spans: Span, links: tuple[Relation, ...] = (), schema: Schema = NEWS, fields: tuple[tuple[str, str], ...] = ()
) -> list[Problem]:
    state = State(fields=tuple(NameValue(*pair) for pair in fields))
    return problems(ARTICLE, Annotations.of(spans, links, state), schema)


def casualty(*attributes: Attribute | tuple[str, str]) -> Span:
    return span("s1", 31, 43, "CASUALTY", attributes=tuple(Attribute(*one) for one in attributes))


def briefly(said: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, problem.name) for problem in said]


@pytest.mark.parametrize(
    ("attributes", "wanted"),
    [
        ((KILLED, ("cause", "fire"), ("count_min", "25"), ("count_max", "25")), []),
        ((), [("attribute-missing", "outcome")]),
        ((("outcome", "dead"),), [("attribute-wrong", "outcome")]),
        ((KILLED, ("outcome", "injured")), [("attribute-wrong", "outcome")]),
        ((KILLED, ("who", "medics"), ("who", "children")), []),
        ((KILLED, ("count_best", "many")), [("attribute-wrong", "count_best")]),
        ((KILLED, ("weather", "x")), [("attribute-unknown", "weather")]),
        ((KILLED, ("count_min", "60"), ("count_max", "9")), [("count-order", "count_min")]),
        ((KILLED, ("count_best", "60"), ("count_max", "9")), [("count-order", "count_best")]),
    ],
)
def test_answers_are_missing_wrong_unknown_or_crossed(
    attributes: tuple[tuple[str, str], ...], wanted: list[tuple[str, str]]
) -> None:
    assert briefly(found(casualty(*attributes))) == wanted


def test_what_is_not_asked_is_not_missing() -> None:
    cause = replace(NEWS.labels[0].attributes[-1], required=True, default=())
    schema = replace(NEWS, labels=(labelled("CASUALTY", *NEWS.labels[0].attributes[:-1], cause),))
    assert briefly(found(casualty(KILLED), schema=schema)) == [("attribute-missing", "cause")]
    assert briefly(found(casualty(("outcome", "injured")), schema=schema)) == []


def test_labels_that_the_schema_does_not_know_are_named_and_nothing_else_is_asked_of_them() -> None:
    said = found(span("s1", 0, 6, "STRANGE", attributes=(KILLED,)), span("s2", 7, 13, status="suggested", label="X"))
    assert said == [Problem("label-unknown", "s1", "", "STRANGE")]


def test_a_span_breaks_the_rules_of_its_label_and_of_two_that_overlap_the_later_is_named() -> None:
    pieces = span("q3", 50, 56, "QUOTE", fragments=(Fragment(50, 56), Fragment(58, 60)))
    schema = replace(NEWS, relations=())
    said = found(span("q1", 0, 45, "QUOTE"), span("q2", 7, 13, "QUOTE"), pieces, span("a1", 7, 13), schema=schema)
    assert [(problem.code, problem.span) for problem in said] == [
        ("span-too-long", "q1"),
        ("span-overlaps-own", "q2"),
        ("span-discontinuous", "q3"),
    ]
    assert dict(said[1].values) == {"label": "QUOTE", "span": "q1"}


def test_relations_are_missing_too_many_forbidden_or_unknown() -> None:
    spans = (span("q1", 0, 6, "QUOTE"), *(span(f"a{n}", 7 + n, 9 + n, "ACTOR") for n in range(3)), span("l1", 30, 34))
    assert found(*spans) == [
        Problem("relation-missing", "q1", "", "SAID_BY", (("label", "QUOTE"), ("count", "0"), ("limit", "1")))
    ]
    links = tuple(Relation(f"r{n}", "SAID_BY", "q1", f"a{n}") for n in range(3))
    assert briefly(found(*spans, links=links[:1])) == []
    assert briefly(found(*spans, links=links)) == [("relation-too-many", "SAID_BY")]
    odd = (links[0], Relation("r8", "AT", "l1", "a1"), Relation("r9", "BEFORE", "a1", "l1"))
    said = found(*spans, links=odd)
    assert [(problem.code, problem.span, problem.relation) for problem in said] == [
        ("relation-unknown", "a1", "r9"),
        ("relation-forbidden", "l1", "r8"),
    ]
    assert briefly(found(*spans, links=odd, schema=replace(NEWS, relations=()))) == []
    suggested = spans[1]._replace(status="suggested")
    assert briefly(found(spans[0], suggested, links=links[:1])) == [("relation-missing", "SAID_BY")]


def test_relations_without_direction_are_counted_at_either_end() -> None:
    spans = [span(f"a{n}", n, n + 1, "ACTOR") for n in range(5)]
    links = tuple(Relation(f"r{n}", "SAME_AS", f"a{n}", "a0") for n in range(1, 5))
    assert [(problem.code, problem.span) for problem in found(*spans, links=links)] == [("relation-too-many", "a0")]


def test_fields_come_last() -> None:
    fields = (replace(NEWS.fields[0], required=True), *NEWS.fields[1:])
    said = found(casualty(), schema=replace(NEWS, fields=fields), fields=(("relevance", "x"), ("topic", "war")))
    assert briefly(said) == [
        ("attribute-missing", "outcome"),
        ("field-missing", "event_date"),
        ("field-wrong", "relevance"),
        ("field-unknown", "topic"),
    ]


def test_problems_stand_in_reading_order() -> None:
    spans = [span(f"s{n}", n, n + 1, "CASUALTY") for n in (9, 3, 7, 1)]
    assert [problem.span for problem in found(*spans)] == ["s1", "s3", "s7", "s9"]


EXACTING = replace(
    NEWS,
    labels=(*NEWS.labels[:1], LOCATION, replace(ACTOR, rules=Rules(overlap_own=False)), QUOTE),
    fields=(replace(NEWS.fields[0], required=True),),
)
PIECES = st.lists(st.integers(0, 60), min_size=2, max_size=4, unique=True).map(
    lambda ends: tuple(Fragment(*pair) for pair in zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False))
)
SPANS = st.builds(
    Span,
    st.sampled_from(["s0", "s1", "s2", "s3", "s4", "s5"]),
    st.sampled_from(["ACTOR", "QUOTE", "CASUALTY", "X"]),
    PIECES,
    st.sampled_from([(), (KILLED,), (KILLED, Attribute("count_min", "9"), Attribute("count_max", "1"))]),
    st.sampled_from(["accepted", "accepted", "suggested"]),
)
RELATIONS = st.builds(
    Relation,
    st.sampled_from(["r0", "r1", "r2", "r3"]),
    st.sampled_from(["SAID_BY", "SAME_AS", "AT", "BEFORE"]),
    *[st.sampled_from(["s0", "s1", "s2", "s3", "s4", "s5"])] * 2,
)
STATES = st.builds(State, fields=st.sampled_from([(), (NameValue("event_date", "2026-01-31"),), (NameValue("a", ""),)]))


@settings(max_examples=150)
@given(
    st.lists(st.tuples(st.lists(SPANS, max_size=3), st.lists(RELATIONS, max_size=3), st.none() | STATES), max_size=9)
)
def test_a_watch_that_followed_any_changes_says_what_a_look_at_everything_says(
    moves: list[tuple[list[Span], list[Relation], State | None]],
) -> None:
    value = Annotations()
    watch = Watch(ARTICLE, value, EXACTING)
    for spans, relations, state in moves:
        change = exchange(value, {one.id: one for one in spans}, {one.id: one for one in relations}, state)
        for step in (change, change.inverse(), change):
            value = value.apply(step)
            watch.follow(value, step)
            assert watch.problems == problems(ARTICLE, value, EXACTING)
    assert {problem.code for problem in watch.problems} <= set(CODES)


def exchange(value: Annotations, spans: dict[str, Span], relations: dict[str, Relation], state: State | None) -> Change:
    """Takes out what is there under these ids, and puts these in instead of what was not."""
    removed = tuple(value.spans[id] for id in spans if id in value.spans)
    removed_relations = tuple(value.relations[id] for id in relations if id in value.relations)
    return Change(
        "a",
        removed,
        tuple(one for id, one in spans.items() if id not in value.spans or one.attributes),
        removed_relations,
        tuple(one for id, one in relations.items() if id not in value.relations),
        value.state if state else None,
        state,
    )


def test_a_step_in_a_long_article_is_followed_at_once() -> None:
    text = ARTICLE * 1000
    spans = [span(f"s{n}", n * 5, n * 5 + 9, "QUOTE" if n % 2 else "CASUALTY") for n in range(10_000)]
    value = Annotations.of(spans, [Relation(f"r{n}", "SAID_BY", f"s{n}", f"s{n + 1}") for n in range(1, 9000, 2)])
    watch = Watch(text, value, NEWS)
    assert len(watch.problems) >= 10_000
    quickest = []
    for n in range(5000, 5060):
        change = Change("a", (value.spans[f"s{n}"],), (value.spans[f"s{n}"]._replace(attributes=(KILLED,)),))
        value = value.apply(change)
        begun = time.process_time()
        watch.follow(value, change)
        quickest.append(time.process_time() - begun)
    assert sorted(quickest)[30] < 0.001
