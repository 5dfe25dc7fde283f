"""What is asked of some spans, and what they have answered."""

from __future__ import annotations

from dataclasses import replace

from app.model.annotation import Attribute, Fragment, Span
from app.model.document import NameValue
from tests.widgets.asking import CASUALTY, FIELDS
from tests.widgets.canvas.made import SCHEMA
from widgets.models.questions import Given, about_article, about_spans

SCHEMA_ASKING = replace(
    SCHEMA,
    labels=(
        replace(SCHEMA.labels[0], attributes=CASUALTY),
        replace(SCHEMA.labels[1], attributes=(CASUALTY[2], CASUALTY[1])),
        *SCHEMA.labels[2:],
    ),
    fields=FIELDS,
)


def span(id: str, label: str = "CASUALTY", *said: tuple[str, str] | tuple[str, str, str]) -> Span:
    return Span(id, label, (Fragment(0, 3),), tuple(Attribute(*one) for one in said))


def test_a_question_with_a_condition_is_asked_when_it_holds_for_every_span() -> None:
    killed, missing = span("a", "CASUALTY", ("outcome", "killed")), span("b", "CASUALTY", ("outcome", "missing"))
    assert "who" in about_spans(SCHEMA_ASKING, [killed]).shown
    assert "who" not in about_spans(SCHEMA_ASKING, [killed, missing]).shown


def test_spans_of_two_labels_are_asked_what_is_the_same_in_both() -> None:
    asked = about_spans(SCHEMA_ASKING, [span("a"), span("b", "LOCATION")])
    assert [one.id for one in asked.types] == ["count_text", "count_min"]
    assert asked.of == ("a", "b")


def test_one_value_is_told_where_all_agree_and_that_they_differ_where_not() -> None:
    first = span("a", "CASUALTY", ("who", "civilians"), ("who", "medics"), ("count_min", "12", "rule"))
    second = span("b", "CASUALTY", ("who", "civilians"), ("who", "medics"), ("count_min", "12"))
    third = second._replace(id="c", attributes=())
    assert about_spans(SCHEMA_ASKING, [first, second]).given == {
        "who": Given(("civilians", "medics")),
        "count_min": Given(("12",), "rule"),
    }
    assert about_spans(SCHEMA_ASKING, [first, third]).given["who"] == Given(several=True)


def test_what_no_schema_knows_is_told_by_name() -> None:
    known, strange = span("a", "CASUALTY", ("mood", "grey")), span("b", "NOWHERE", ("outcome", "killed"))
    assert about_spans(SCHEMA_ASKING, [known]).unknown == ("mood",)
    assert about_spans(SCHEMA_ASKING, [strange]).unknown == ("outcome",)


def test_an_article_is_asked_its_fields() -> None:
    asked = about_article(SCHEMA_ASKING, "d", (NameValue("source", "anba"), NameValue("old", "1")))
    assert asked.shown == {"source", "event_date", "relevance"}
    assert asked.given["source"] == Given(("anba",)) and asked.unknown == ("old",)
