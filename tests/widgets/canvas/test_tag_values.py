"""What a tag says beside its label."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.model.annotation import Attribute, Change, Span
from app.model.schema import CHOICE, NUMBER, YES_NO, AttributeType, Choice
from tests.widgets.canvas.made import LOOK, SCHEMA, page_of, spans_on
from widgets.canvas.look import Look
from widgets.canvas.page import ArticlePage

OUTCOME = AttributeType(
    "outcome",
    CHOICE,
    {"en": "Outcome"},
    choices=(Choice("killed", {"en": "Killed", "ar": "قتلى"}), Choice("missing", {"en": "Missing", "ar": "مفقودون"})),
    on_tag=True,
)
COUNT = AttributeType("count", NUMBER, {"en": "Count"}, on_tag=True)
ROUGH = AttributeType("rough", YES_NO, {"en": "Rough", "ar": "تقريبي"}, on_tag=True)
HIDDEN = AttributeType("who", NUMBER, {"en": "Who"})
TEXT = "قال المتحدث باسم قوات الحماية المدنية إن ما لا يقل عن 12 مدنياً قتلوا"

pytestmark = pytest.mark.usefixtures("qapp")


def look(language: str = "ar", values: bool = True) -> Look:
    asked = replace(SCHEMA.labels[0], attributes=(OUTCOME, COUNT, ROUGH, HIDDEN))
    schema = replace(SCHEMA, labels=(asked, *SCHEMA.labels[1:]))
    return replace(LOOK, values=values).with_schema(schema, language)


def casualty(text: str, words: str, **said: str) -> Span:
    (span,) = spans_on(text, words, label="CASUALTY")
    return span._replace(attributes=tuple(Attribute(name, value) for name, value in said.items()))


def tag_of(page: ArticlePage) -> str:
    """What the one tag of the page says, without the signs that only turn its direction."""
    marks = page.marks(page.placed(0, True)).spans
    (tag,) = [mark.tag for mark in marks if mark.tag]
    return tag.text.strip("\u2066\u2067\u2069")


@pytest.mark.parametrize(
    ("language", "said", "tag"),
    [
        ("ar", {"outcome": "killed"}, "ضحايا · قتلى"),
        ("en", {"outcome": "killed"}, "Casualty · Killed"),
        ("en", {"outcome": "drowned"}, "Casualty · drowned"),
        ("en", {"outcome": "killed", "count": "12", "rough": "yes", "who": "7"}, "Casualty · Killed · 12 · Rough"),
        ("en", {"rough": "no", "who": "7"}, "Casualty"),
        ("en", {}, "Casualty"),
    ],
)
def test_a_tag_tells_what_the_schema_wants_told_there(language: str, said: dict[str, str], tag: str) -> None:
    page = page_of(TEXT, casualty(TEXT, "12 مدنياً قتلوا", **said), look=look(language))
    page.settle(0, 900)
    assert tag_of(page) == tag


def test_nothing_is_told_where_it_is_not_wanted() -> None:
    page = page_of(TEXT, casualty(TEXT, "12 مدنياً", outcome="killed"), look=look(values=False))
    page.settle(0, 900)
    assert tag_of(page) == "ضحايا"


def test_a_value_gives_way_before_the_label_does() -> None:
    alone, seen = look(), []
    for words in ("قال المتحدث باسم قوات", "قال المتحدث باسم", "قال المتحدث", "قال ال", "قال", "ق"):
        following = spans_on(TEXT, TEXT[len(words) + 1 :].split()[0], label="CASUALTY")[0]
        first = casualty(TEXT, words, outcome="missing", count="123456", rough="yes")
        page = page_of(TEXT, first, following._replace(id="z"), look=alone)
        page.settle(0, 900)
        tags = {mark.span: mark.tag for mark in page.marks(page.placed(0, True)).spans}
        tag = tags[first.id]
        assert tag
        assert tag.left >= tags["z"].right  # type: ignore[union-attr]
        seen.append(tag.text.strip("\u2067\u2069"))
    assert seen[0] == "ضحايا · مفقودون · 123456 · تقريبي"
    assert any(text.startswith("ضحايا · م") and text.endswith("…") for text in seen)
    assert "ضحايا" in seen and seen[-1] == ""
    assert [len(text) for text in seen] == sorted((len(text) for text in seen), reverse=True)


def test_a_tag_follows_an_answer() -> None:
    before = casualty(TEXT, "12 مدنياً", outcome="killed")
    page = page_of(TEXT, before, look=look())
    page.settle(0, 900)
    assert tag_of(page) == "ضحايا · قتلى"
    after = before._replace(attributes=(Attribute("outcome", "missing"),))
    page.refresh(Change("d", (before,), (after,)))
    assert tag_of(page) == "ضحايا · مفقودون"
