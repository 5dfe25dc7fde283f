from __future__ import annotations

import pytest

from app.edit.everywhere import Spot, label_places
from app.errors import EditRefused
from app.model.annotation import Annotations, Fragment, State
from app.model.document import Document
from tests.edit.made_desks import desk
from tests.store.made_projects import span

TEXT = "بغداد ثم بغداد"
OTHER = Document("b", "في بغداد")


def test_all_places_are_one_step_with_a_part_for_each_article() -> None:
    at = desk(TEXT)._replace(others=lambda id: (OTHER, Annotations()))
    step = label_places([Spot("a", 0, 5), Spot("b", 3, 8), Spot("a", 9, 14)], "LOCATION")(at)
    assert step is not None
    assert [(change.document, [span.fragments[0] for span in change.added]) for change in step.changes] == [
        ("a", [Fragment(0, 5), Fragment(9, 14)]),
        ("b", [Fragment(3, 8)]),
    ]
    assert [change.state_after for change in step.changes] == [None, State("in_progress")]
    assert len({span.id for change in step.changes for span in change.added}) == 3


def test_what_carries_the_label_already_is_passed_over_and_trimmed_places_count_once() -> None:
    at = desk(TEXT, span("s1", 0, 5), span("s2", 9, 14, "ACTOR"))
    step = label_places([Spot("a", 0, 5), Spot("a", 9, 14), Spot("a", 8, 14)], "LOCATION")(at)
    assert step is not None
    assert [span.fragments for span in step.changes[0].added] == [(Fragment(9, 14),)]


def test_with_nothing_left_to_do_it_says_why() -> None:
    with pytest.raises(EditRefused, match="nothing-selected"):
        label_places([], "LOCATION")(desk(TEXT))
    with pytest.raises(EditRefused, match="already-there"):
        label_places([Spot("a", 0, 5)], "LOCATION")(desk(TEXT, span("s1", 0, 5)))
