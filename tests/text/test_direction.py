from __future__ import annotations

import pytest

from app.text.direction import language_of, page_direction, paragraph_direction

ARABIC = "قالت الأمم المتحدة إن خمسة وثلاثين مدنيا قتلوا في قصف استهدف مدينة قره قوش شمالي البلاد"
PERSIAN = "سازمان ملل متحد اعلام کرد که سی و پنج غیرنظامی در گلوله‌باران این شهر کشته شده‌اند"
URDU = "اقوام متحدہ نے کہا ہے کہ شہر پر گولہ باری میں پینتیس شہری ہلاک ہو گئے ہیں"
KURDISH = "نەتەوە یەکگرتووەکان ڕایگەیاند کە سی و پێنج هاووڵاتی لە بۆردوومانی شارەکەدا کوژراون"
HEBREW = "האומות המאוחדות מסרו כי שלושים וחמישה אזרחים נהרגו"
ENGLISH = "The United Nations said that thirty-five civilians were killed in the shelling of the town of Qara Qosh"
FRENCH = "Les Nations unies ont annoncé que trente-cinq civils ont été tués dans le bombardement de la ville"


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        (ARABIC, "rtl"),
        (HEBREW, "rtl"),
        ("UN قال إن", "rtl"),
        ("UNHCR قال", "rtl"),
        ("2014 قال", "rtl"),
        ("(AFP) - 20-30 قتيلا", "rtl"),
        ("Reuters - رويترز", "rtl"),
        (ENGLISH, "ltr"),
        ("حماس (Hamas) said on Monday that it had agreed", "ltr"),
        ("The group, Hamas (حماس), said so", "ltr"),
        ("1 2 3", ""),
        ("٣٥ - ٤٠", ""),
        ("\u200f\u200e ***", ""),
        ("", ""),
    ],
)
def test_a_paragraph_runs_as_its_letters_do_wherever_they_stand(text: str, direction: str) -> None:
    assert paragraph_direction(text) == direction


def test_a_page_runs_as_all_of_it_does_and_right_to_left_when_nothing_tells() -> None:
    assert page_direction("UNITED NATIONS 2014\n\n" + ARABIC) == "rtl"
    assert page_direction("حماس\n" + ENGLISH) == "ltr"
    assert page_direction("1 2 3") == "rtl"
    assert page_direction("") == "rtl"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ARABIC, "ar"),
        ("UN-WFP: " + ARABIC + " (United Nations)", "ar"),
        (PERSIAN, "fa"),
        (URDU, "ur"),
        (HEBREW, "he"),
        (ENGLISH, "en"),
        (FRENCH, ""),
        (KURDISH, ""),
        ("ܐܠܗܐ ܗܘܐ", ""),
        ("漢字", ""),
        ("1 2 3", ""),
        ("", ""),
    ],
)
def test_the_language_is_guessed_from_the_letters_or_left_open(text: str, language: str) -> None:
    assert language_of(text) == language
