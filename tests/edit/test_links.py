from __future__ import annotations

from dataclasses import replace

import pytest

from app.edit.commands import delete
from app.edit.links import chain, link, offers, unlink
from app.errors import EditRefused
from app.model.annotation import Annotations, Relation, State
from app.wording import describe
from tests.edit.made_desks import carried_out, desk
from tests.model.made_schemas import NEWS
from tests.store.made_projects import ARTICLE, span

SPANS = (span("s1", 0, 6), span("s2", 7, 13), span("s3", 14, 18))
LINKED = Relation("r1", "RELATED", "s1", "s2")


def test_two_spans_are_linked_and_the_link_can_be_taken_away() -> None:
    step, after = carried_out(link("s2", "s1"), desk(ARTICLE, *SPANS))
    assert list(after.relations.values()) == [Relation("n1", "RELATED", "s2", "s1")]
    assert step.after.focus == "s2"
    _step, after = carried_out(unlink("r1"), desk(ARTICLE, *SPANS, relations=[LINKED]))
    assert not after.relations


@pytest.mark.parametrize(
    ("head", "child", "code"),
    [
        ("s1", "s1", "link-to-itself"),
        ("s1", "s2", "linked-already"),
        ("s2", "s1", "linked-already"),
        ("s1", "gone", "span-gone"),
        ("gone", "s1", "span-gone"),
    ],
)
def test_no_link_to_itself_twice_or_to_nowhere(head: str, child: str, code: str) -> None:
    with pytest.raises(EditRefused, match=code):
        link(head, child)(desk(ARTICLE, *SPANS, relations=[LINKED]))


def test_a_relation_that_has_a_direction_can_be_there_both_ways() -> None:
    at = desk(ARTICLE, *SPANS, relations=[LINKED._replace(label="SAID_BY")])
    assert len(carried_out(link("s2", "s1", "SAID_BY"), at)[1].relations) == 2


def test_a_link_that_is_gone_cannot_be_taken_away() -> None:
    with pytest.raises(EditRefused, match="relation-gone"):
        unlink("r1")(desk(ARTICLE, *SPANS))


def test_the_first_link_begins_the_article_and_a_deleted_span_takes_its_links_along() -> None:
    assert carried_out(link("s1", "s3"), desk(ARTICLE, *SPANS, state=State()))[1].state.status == "in_progress"
    assert not carried_out(delete(["s2"]), desk(ARTICLE, *SPANS, relations=[LINKED]))[1].relations


SAID = (
    span("q1", 0, 6, "QUOTE"),
    span("a1", 7, 13, "ACTOR"),
    span("a2", 14, 18, "ACTOR"),
    span("a3", 19, 24, "ACTOR"),
    span("l1", 25, 28),
    span("x1", 30, 31, "STRANGE"),
)


def links(label: str, *pairs: tuple[str, str]) -> list[Relation]:
    return [Relation(f"{label}{number}", label, *pair) for number, pair in enumerate(pairs)]


@pytest.mark.parametrize(
    ("head", "child", "label"),
    [
        ("a1", "q1", "SAID_BY"),
        ("q1", "l1", "SAID_BY"),
        ("q1", "a1", "AT"),
        ("a1", "l1", "SAME_AS"),
        ("q1", "x1", "SAID_BY"),
        ("q1", "a1", "RELATED"),
    ],
)
def test_a_schema_with_relations_allows_no_others(head: str, child: str, label: str) -> None:
    at = desk(ARTICLE, *SAID, schema=NEWS)
    with pytest.raises(EditRefused, match="relation-forbidden") as refused:
        link(head, child, label)(at)
    assert label not in [one.id for one in offers(at.annotations, NEWS, head, child)]
    assert "(en)" in describe(refused.value)


def test_what_is_offered_can_be_linked_until_a_span_has_all_it_may_have() -> None:
    at = desk(ARTICLE, *SAID, schema=NEWS)
    assert [one.id for one in offers(at.annotations, NEWS, "q1")] == ["SAID_BY", "SAME_AS"]
    for child in ("a1", "a2"):
        assert [one.id for one in offers(at.annotations, NEWS, "q1", child)] == ["SAID_BY"]
        at = desk(
            ARTICLE, *SAID, relations=carried_out(link("q1", child, "SAID_BY"), at)[1].relations.values(), schema=NEWS
        )
        at = at._replace(new_id=lambda: "n9")
        assert offers(at.annotations, NEWS, "q1", child) == []
    with pytest.raises(EditRefused, match="relation-too-many"):
        link("q1", "a3", "SAID_BY")(at)
    assert [one.id for one in offers(at.annotations, NEWS, "q1")] == ["SAME_AS"]


def test_of_a_relation_without_direction_either_end_may_be_full() -> None:
    mentions = [span(f"m{number}", number, number + 1, "ACTOR") for number in range(6)]
    full = links("SAME_AS", ("m1", "m0"), ("m0", "m2"), ("m3", "m0"))
    at = desk(ARTICLE, *mentions, relations=full, schema=NEWS)
    for head, child in (("m0", "m4"), ("m4", "m0")):
        with pytest.raises(EditRefused, match="relation-too-many"):
            link(head, child, "SAME_AS")(at)
        assert "SAME_AS" not in [one.id for one in offers(at.annotations, NEWS, head, child)]
    with pytest.raises(EditRefused, match="linked-already"):
        link("m0", "m1", "SAME_AS")(at)
    assert carried_out(link("m4", "m5", "SAME_AS"), at)


def test_without_relations_in_the_schema_spans_are_related_and_other_links_keep_their_direction() -> None:
    at = desk(ARTICLE, *SAID, schema=replace(NEWS, relations=()))
    assert [one.id for one in offers(at.annotations, at.schema, "q1", "l1")] == ["RELATED"]
    assert carried_out(link("q1", "l1", "WHEREVER"), at)


def test_mentions_hang_together_along_their_links_in_the_order_of_the_text() -> None:
    mentions = [span(f"m{number}", 9 - number, 10 - number, "ACTOR") for number in range(5)]
    hung = [*links("SAME_AS", ("m3", "m1"), ("m1", "m2"), ("m2", "m3")), *links("AT", ("m1", "m4"))]
    there = Annotations.of(mentions, hung)
    assert [chain(there, id, "SAME_AS") for id in ("m1", "m3", "m0")] == [["m3", "m2", "m1"]] * 2 + [["m0"]]
