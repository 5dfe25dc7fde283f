from __future__ import annotations

import pytest

from app.edit.commands import delete
from app.edit.links import link, unlink
from app.errors import EditRefused
from app.model.annotation import Relation, State
from tests.edit.made_desks import carried_out, desk
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
