"""Casualties by rule: what is harm done to people is suggested with its count, what only looks like it is not."""

from __future__ import annotations

import pytest

from app.labels import default_schema
from app.model.annotation import Annotations
from app.suggest.base import Article, Suggestion
from app.suggest.casualties import Casualties

SCHEMA = default_schema()


def found(text: str) -> list[Suggestion]:
    return list(Casualties().suggest(Article("a", text, Annotations(), SCHEMA)))


def told(text: str) -> list[tuple[str, str, str]]:
    """What is suggested: its words, its outcome, its best count."""
    answers = [(one, {answer.name: answer.value for answer in one.attributes}) for one in found(text)]
    return [(text[one.start : one.end], said["outcome"], said.get("count_best", "")) for one, said in answers]


@pytest.mark.parametrize(
    ("text", "casualties"),
    [
        ("أعلنت الشرطة مقتل ثلاثة جنود في بغداد", [("مقتل ثلاثة جنود", "killed", "3")]),
        ("وأصيب 22 آخرون بجروح خطيرة", [("أصيب 22 آخرون بجروح خطيرة", "injured", "22")]),
        ("لقي سبعة أشخاص مصرعهم غرقاً", [("لقي سبعة أشخاص مصرعهم", "killed", "7")]),
        ("أسفر الهجوم عن 46 قتيلاً", [("46 قتيلاً", "killed", "46")]),
        ("ما لا يقل عن 25 جريحاً", [("ما لا يقل عن 25 جريحاً", "injured", "25")]),
        ("خلّف قتيلين و8 جرحى", [("خلّف قتيلين", "killed", "2"), ("8 جرحى", "injured", "8")]),
        ("قال إن 19 عاملاً أصيبوا بحروق", [("19 عاملاً أصيبوا بحروق", "injured", "19")]),
        ("مقتل عشرة وإصابة خمسة", [("مقتل عشرة", "killed", "10"), ("إصابة خمسة", "injured", "5")]),
        ("خُطف ستة تجار", [("خُطف ستة تجار", "captured", "6")]),
        ("قُتل 12 مدنياً، بينهم طفلان", [("قُتل 12 مدنياً", "killed", "12"), ("طفلان", "killed", "2")]),
        ("مقتل جندي", [("مقتل جندي", "killed", "1")]),
        ("قُتِلَ ٤٣ عُنصراً", [("قُتِلَ ٤٣ عُنصراً", "killed", "43")]),
        ("وبلغ عدد المفقودين 31 أمس", [("عدد المفقودين 31", "missing", "31")]),
        ("عند الظهر كان القتلى تسعة", [("القتلى تسعة", "killed", "9")]),
        ("أودى الحريق بأربعة عمال", [("أودى الحريق بأربعة عمال", "killed", "4")]),
        ("كان الانهيار قد قتل 14 عاملاً", [("قتل 14 عاملاً", "killed", "14")]),
        ("لا يزال ستة بحارة في عداد المفقودين", [("ستة بحارة في عداد المفقودين", "missing", "6")]),
        ("نُقلت 40 حالة اختناق", [("40 حالة اختناق", "injured", "40")]),
        ("وفاة طفلين وإصابة ثالث", [("وفاة طفلين", "killed", "2"), ("إصابة ثالث", "injured", "")]),
        ("سُجلت 60 إصابة مؤكدة", []),
        ("ماتت 300 دجاجة في المزرعة", []),
        ("الضحايا من ثلاث قرى", []),
        ("قد يقتل 3 أشخاص", []),
        ("لم يُقتل 3 أشخاص", []),
        ("دون إصابة 3 أشخاص", []),
        ("فاز فيلم «ثلاثة قتلى» بالجائزة", []),
        ("اشترى 3 كتب في عام 2003", []),
        ("", []),
    ],
)
def test_people_who_came_to_harm_are_found_with_their_number(text: str, casualties: list[tuple[str, str, str]]) -> None:
    assert told(text) == casualties


def places(text: str) -> list[str]:
    return [text[link.start : link.end] for one in found(text) for link in one.links]


def test_it_happened_in_the_narrowest_place_and_stays_there_until_another_is_named() -> None:
    text = "قُتل 3 جنود في الموصل شمالي العراق. وأُصيب 5 آخرون. ونُقل 7 جرحى إلى بغداد."
    assert places(text) == ["الموصل"] * 3


def test_a_place_that_no_gazetteer_has_is_known_by_the_word_before_it() -> None:
    text = "قُتل 3 مدنيين في بلدة كفر زهران وأُصيب 9 في حي الياسمين."
    assert places(text) == ["كفر زهران", "حي الياسمين"]
    suggested = {(one.label, text[one.start : one.end]) for one in found(text)}
    assert {("LOCATION", "كفر زهران"), ("LOCATION", "حي الياسمين")} < suggested


def test_it_happened_where_the_sentence_says() -> None:
    text = "مقتل 3 جنود في الموصل. وعقد اجتماع في بغداد."
    (one,) = found(text)
    (link,) = one.links
    assert (link.relation, link.label, text[link.start : link.end]) == ("AT", "LOCATION", "الموصل")
    assert one.source == "rule" and one.source_name == "casualties"
