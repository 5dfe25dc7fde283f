from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from app.labels import default_schema, shipped_schema
from app.model.schema import RelationType, Schema
from app.model.schema_upgrade import upgraded
from tests.model.schema_values import schemas

OLDER, NEWER = shipped_schema("conflict-news-1"), default_schema()


@given(schemas())
@settings(max_examples=30)
def test_who_changed_nothing_has_the_newer_one(newer: Schema) -> None:
    assert upgraded(OLDER, OLDER, NEWER) == NEWER
    assert upgraded(newer, newer, newer) == newer


def test_the_order_of_the_labels_is_the_projects() -> None:
    turned = replace(OLDER, labels=OLDER.labels[::-1])
    assert [label.id for label in upgraded(turned, OLDER, NEWER).labels] == [
        "QUOTE",
        "ACTOR",
        "LOCATION",
        "CASUALTY",
        "CUE",
    ]


def test_a_label_of_the_projects_own_is_not_given_up_for_a_new_one_of_its_name() -> None:
    own = replace(OLDER.labels[0], id="CUE", key="9")
    assert upgraded(replace(OLDER, labels=(*OLDER.labels, own)), OLDER, NEWER).label("CUE") == own


def test_a_relation_keeps_the_labels_that_are_there_and_goes_where_an_end_has_none() -> None:
    without = replace(OLDER, labels=tuple(label for label in OLDER.labels if label.id not in ("ACTOR", "QUOTE")))
    kept = {one.id: one for one in upgraded(without, OLDER, NEWER).relations}
    assert {id: (one.heads, one.children) for id, one in kept.items()} == {
        "AT": (("CASUALTY",), ("LOCATION",)),
        "SAME_AS": ((), ()),
    }
    assert isinstance(kept["AT"], RelationType)
