"""Quotes by rule: what is reported as said is suggested with its word of saying and its speaker; titles are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.labels import default_schema
from app.model.annotation import Annotations
from app.suggest.base import Article, Suggestion
from app.suggest.quotes import Quotes
from tests.suggest.quoted_sentences import SENTENCES, Said

SCHEMA = default_schema()


def found(text: str) -> list[Suggestion]:
    return list(Quotes().suggest(Article("a", text, Annotations(), SCHEMA)))


def quotes(text: str) -> list[Said]:
    """What is suggested as said: its words, its kind, its word of saying, its speaker."""
    said = []
    for one in found(text):
        if one.label == "QUOTE":
            ends = {link.relation: text[link.start : link.end] for link in one.links}
            cue, speaker = ends.get("CUED_BY", ""), ends.get("SAID_BY", "")
            said.append((text[one.start : one.end], one.attributes[0].value, cue, speaker))
    return said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال الوزير: «لن نغادر المدينة».", [("لن نغادر المدينة", "direct", "قال", "الوزير")]),
        ("وقال الوزير إن الطريق مغلق.", [("الطريق مغلق", "indirect", "قال", "الوزير")]),
        ("قال الجيش إنه سيطر على البلدة.", [("سيطر على البلدة", "indirect", "قال", "الجيش")]),
        (
            "قال الوزير إن الطريق مغلق. وأضاف: «لن نغادر المدينة».",
            [("الطريق مغلق", "indirect", "قال", "الوزير"), ("لن نغادر المدينة", "direct", "أضاف", "الوزير")],
        ),
        (
            "قُتل ثلاثة جنود، حسبما أفاد مصدر أمني.",
            [("قُتل ثلاثة جنود", "indirect", "أفاد", "مصدر أمني")],
        ),
        ("فاز فيلم «باب الشمس» بالجائزة.", []),
        ("زار الوزير المدينة أمس.", []),
        ("", []),
    ],
)
def test_what_is_said_is_found_with_who_says_it(text: str, expected: list[Said]) -> None:
    assert quotes(text) == expected


@pytest.mark.parametrize(("text", "expected"), SENTENCES.items(), ids=[str(n) for n in range(len(SENTENCES))])
def test_a_wording_of_the_news_is_read(text: str, expected: list[Said]) -> None:
    assert sorted(quotes(text)) == sorted(expected)


def test_tashkeel_changes_nothing_but_the_places() -> None:
    text = "قالَ الوَزيرُ: «لَن نُغادِرَ المَدينَةَ»."
    assert quotes(text) == [("لَن نُغادِرَ المَدينَةَ", "direct", "قالَ", "الوَزيرُ")]


def test_the_ends_of_its_links_are_suggested_too() -> None:
    text = "قال الوزير: «لن نغادر المدينة»."
    suggested = {(one.label, one.start, one.end) for one in found(text)}
    (quote,) = (one for one in found(text) if one.label == "QUOTE")
    assert {(link.label, link.start, link.end) for link in quote.links} < suggested


PIECES = [
    "قال ",
    "إن ",
    "«",
    "»",
    ": ",
    "بحسب ",
    "حسبما ",
    "أفاد ",
    "و",
    ". ",
    "،",
    '"',
    "\n",
    "وزير ",
    "مضيفا ",
    "بأنه ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_every_suggestion_has_something_to_show_within_the_text(text: str) -> None:
    for one in found(text):
        assert 0 <= one.start < one.end <= len(text)
        assert any(map(str.isalnum, text[one.start : one.end]))
