from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from app.compare import ArticleDifference, Changed, Difference, compare
from app.model.annotation import Annotations, Attribute, Fragment
from app.model.record import Record
from tests.formats.awkward import awkward_records
from tests.formats.made_records import records

RECORDS = {(record.document.id, record.annotator): record for record in awkward_records()}
LINKED = next(record for record in RECORDS.values() if record.document.id == "linked")


def between(old: list[Record], new: list[Record]) -> Difference:
    return compare(lambda: iter(old), lambda: iter(new))


def with_spans(record: Record, **changed: object) -> Record:
    """The record with its first span changed so."""
    annotations = record.annotations or Annotations()
    spans = annotations.ordered()
    spans[0] = spans[0]._replace(**changed)
    return record._replace(annotations=Annotations.of(spans, annotations.relations.values(), annotations.state))


def test_articles_that_came_and_went_are_named() -> None:
    old, new = list(RECORDS.values())[:3], list(RECORDS.values())[1:4]
    found = between(old, new)
    assert [(one.id, one.how) for one in found.articles] == [("discontinuous", "added"), ("emoji", "removed")]
    assert (found.same, found.counted("articles")) == (2, Changed(1, 1))


def test_a_span_that_moved_has_changed_and_one_of_another_id_came_and_went() -> None:
    moved = between([LINKED], [with_spans(LINKED, fragments=(Fragment(5, 8),))])
    assert [tuple(one) for one in moved.articles[0].details if one.what == "spans"] == [
        ("spans", "changed", "قائد ميداني 5-12", "قائد ميداني 5-8")
    ]
    nested = RECORDS["nested", LINKED.annotator]
    other = between([nested], [with_spans(nested, fragments=(Fragment(0, 4),), id="new")])
    assert other.counted("spans") == Changed(1, 1)


def test_answers_notes_links_and_the_text_are_compared() -> None:
    assert between([LINKED], [with_spans(LINKED, attributes=(Attribute("role", "جندي"),))]).counted(
        "attributes"
    ) == Changed(changed=1)
    assert between([LINKED], [with_spans(LINKED, note="")]).counted("notes") == Changed(changed=1)
    annotations = LINKED.annotations or Annotations()
    unlinked = LINKED._replace(annotations=Annotations.of(annotations.spans.values(), (), annotations.state))
    assert between([LINKED], [unlinked]).counted("relations") == Changed(removed=2)
    longer = LINKED._replace(document=replace(LINKED.document, text=LINKED.document.text + "."))
    assert between([LINKED], [longer]).counted("texts") == Changed(changed=1)


def test_a_delivery_that_names_no_annotators_is_compared_by_ids() -> None:
    anonymous = [record._replace(annotator="") for record in RECORDS.values()]
    assert between(list(RECORDS.values()), anonymous) == Difference((), len(anonymous))
    assert between(anonymous, list(RECORDS.values())[:-1]).articles == (ArticleDifference("twice", "", "removed"),)


def test_who_or_what_marked_and_when_makes_no_difference() -> None:
    assert between([LINKED], [with_spans(LINKED, source="rule", updated_at="")]).articles == ()


@settings(max_examples=50)
@given(st.lists(records(), max_size=3, unique_by=lambda record: (record.document.id, record.annotator)))
def test_nothing_differs_from_itself_and_all_from_nothing(made: list[Record]) -> None:
    assert between(made, made) == Difference((), len(made))
    assert between([], made).counted("articles").added == len(made)
