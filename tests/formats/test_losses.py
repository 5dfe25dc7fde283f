from __future__ import annotations

from collections import Counter

from app.formats.losses import note_uncarried
from app.formats.registry import EVERYTHING, FEATURES, Loss
from tests.formats.awkward import awkward_records

RECORDS = {record.document.id: record for record in awkward_records()}


def losses(id: str, carries: frozenset[str] = frozenset()) -> list[Loss]:
    found: list[Loss] = []
    note_uncarried(RECORDS[id], carries, found.append)
    return found


def test_a_format_that_carries_nothing_is_told_of_each_thing_once() -> None:
    assert Counter(loss.what for loss in losses("linked")) == {
        "title": 1,
        "meta": 2,
        "status": 1,
        "notes": 2,
        "fields": 1,
        "provenance": 2,
        "attributes": 4,
        "relations": 2,
    }
    assert all(loss.what in FEATURES for loss in losses("linked"))


def test_what_was_lost_is_named_with_its_values() -> None:
    assert Loss("linked", "s1", "", "attributes", (("role", "قائد"),)) in losses("linked")
    assert losses("discontinuous", EVERYTHING - {"discontinuous"}) == [
        Loss("discontinuous", "s1", "", "discontinuous", (("fragments", "0-3 9-13"),))
    ]
    assert [loss.span for loss in losses("lines", EVERYTHING - {"multi-line"})] == ["s1"]


def test_relations_that_are_carried_without_their_attributes_are_told_of() -> None:
    assert losses("linked", EVERYTHING - {"relation-attributes"}) == [
        Loss("linked", "", "r2", "relation-attributes", (("certain", "yes"),))
    ]


def test_hashiyas_own_format_loses_nothing() -> None:
    assert [id for id in RECORDS if losses(id, EVERYTHING)] == []
