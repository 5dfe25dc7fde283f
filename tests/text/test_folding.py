from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text import folding
from app.text.find import Search, matches
from app.text.folding import Folded, fold

LETTERS = "שָׁה־ہاأإآٱبهةىيیكک وؤئء\u064b\u0651\u0640\u200c\u200f\u06d6١۲3aÉß«😀\n\u00a0中ﻼ\u0654\u0610"
texts = st.text(alphabet=LETTERS, max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد إلى آخر ٱلله", "احمد الي اخر الله"),
        ("مصطفى", "مصطفي"),
        ("مدرسة", "مدرسه"),
        ("مُحَمَّدٌ", "محمد"),
        ("كـــتاب", "كتاب"),
        ("١٢٣ ۴۵۶", "123 456"),
        ("کرکوک ایران", "كركوك ايران"),
        ("UN-Wfp É", "un-wfp é"),
        ("می\u200cشود \u200fنعم", "ميشود نعم"),
        ("5\u00a0000\tم", "5 000 م"),
        ("مسو\u0654ول", "مسؤول"),
        ("\ufe8e\ufe91", "اب"),
        ("کہتے ہیں", "كهتے هيں"),
        ("خانۀ ما", "خانه ما"),
        ("וְהַיֶּלֶד הָלַךְ", "והילד הלך"),
        ("\ufb2a\ufb35ם", "שום"),
        ("בית־ספר צה״ל ג׳", "בית-ספר צה\"ל ג'"),
    ],
)
def test_spellings_that_readers_take_for_one_are_one(one: str, other: str) -> None:
    assert Folded(one).text == Folded(other).text == other


def test_letters_that_make_other_words_stay_apart() -> None:
    assert Folded("سؤال").text != Folded("سوال").text
    assert Folded("سؤال رئيس", seats=True).text == "سءال رءيس"
    assert Folded("ب\nب").text == "ب\nب"


@given(texts)
def test_every_folded_character_leads_back_to_the_one_it_came_from(text: str) -> None:
    folded = Folded(text)
    starts = [folded.start(i) for i in range(len(folded.text))]
    assert starts == sorted(set(starts))
    for i, start in enumerate(starts):
        assert start < folded.end(i + 1) <= len(text)
        assert Folded(text[start]).text == folded.text[i] or text[start : start + 2] in ("و\u0654", "ي\u0654")


@given(texts, st.data())
def test_what_is_found_folded_folds_to_what_was_looked_for(text: str, drawn: st.DataObject) -> None:
    text = text.replace("\u0654", "")  # half of a letter, where it is cut off from its seat
    start = drawn.draw(st.integers(0, len(text)))
    wanted = text[start : drawn.draw(st.integers(start, len(text)))]
    for first, last in matches(text, Search(wanted)):
        assert Folded(text[first:last]).text == Folded(wanted).text
    if Folded(wanted).text:
        assert matches(text, Search(wanted))


def test_a_place_ends_after_the_marks_and_the_tatweel_of_its_last_letter() -> None:
    text = "قال مُحَمَّدٌـــ، نعم"
    start, end = matches(text, Search("محمد"))[0]
    assert text[start:end] == "مُحَمَّدٌـــ"


def test_a_text_that_was_folded_is_not_folded_again() -> None:
    text = "خبر " * 1000
    assert fold(text) is fold(text)


def test_a_hebrew_word_is_found_with_its_points_and_urdu_with_an_arabic_heh() -> None:
    text = "אמר הַיֶּלֶד אתמול، وہ کہتے"
    found = {words: [text[slice(*span)] for span in matches(text, Search(words))] for words in ("הילד", "كهتے")}
    assert found == {"הילד": ["הַיֶּלֶד"], "كهتے": ["کہتے"]}


@given(texts, st.booleans())
def test_the_bytes_that_a_text_is_folded_by_make_no_difference(text: str, seats: bool) -> None:
    made = {}
    for script in (False, True):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(folding, "_is_hebrew", lambda text, script=script: script)
            folded = Folded(text, seats=seats)
            places = [(folded.start(i), folded.end(i)) for i in range(len(folded.text))]
            made[script] = (folded.text, places)
    assert made[False] == made[True]
