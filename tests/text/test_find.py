from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from app.errors import SearchFaulty, SearchStopped
from app.text.clitics import Lexicon
from app.text.find import Search, matches, occurrences
from app.text.folding import fold
from app.words import Labelled

SHIPPED = Labelled([]).lexicon()
NOTHING = Lexicon.of([])


def found(text: str, search: Search) -> list[str]:
    return [text[start:end] for start, end in matches(text, search)]


def said(text: str, surface: str, lexicon: Lexicon = SHIPPED) -> list[str]:
    return [text[start:end] for start, end in occurrences(text, surface, lexicon)]


def test_a_search_overlooks_spelling_unless_it_is_exact() -> None:
    text = "إلى بغداد، الى بَغْدَاد، الي بغداذ"
    assert found(text, Search("الى بغداد")) == ["إلى بغداد", "الى بَغْدَاد"]
    assert found(text, Search("الى", "exact")) == ["الى"]
    assert found(text, Search("بغدا[دذ]", "regex")) == ["بغداد", "بغداذ"]


def test_a_line_has_its_start_and_end_in_a_regular_expression() -> None:
    assert found("قتل 3\nقتل 4", Search(r"^قتل \d$", "regex")) == ["قتل 3", "قتل 4"]


@pytest.mark.parametrize("search", [Search(""), Search("", "exact"), Search("", "regex"), Search("x*", "regex")])
def test_nothing_is_never_found(search: Search) -> None:
    assert matches("نص بلا شيء", search) == []


def test_whole_words_are_not_found_in_longer_ones() -> None:
    text = "وفد، وفدان، UN-WFP، UN، 12.5، 12"
    assert matches(text, Search("وفد", whole_words=True)) == [(0, 3)]
    assert found(text, Search("un", whole_words=True)) == ["UN"]
    assert found(text, Search("12", "exact", whole_words=True)) == ["12"]


def test_only_as_many_places_as_were_asked_for() -> None:
    assert matches("ا ا ا", Search("ا"), limit=2) == [(0, 1), (2, 3)]


def test_an_expression_that_runs_away_is_stopped_after_a_second() -> None:
    begun = time.monotonic()
    with pytest.raises(SearchStopped):
        matches("ا" * 5000, Search("(ا+)+ب", "regex"))
    assert time.monotonic() - begun < 20  # for a computer that has other things to do


@pytest.mark.parametrize(
    "pattern", ["(" * 900 + ")" * 900, "(?|" * 600, "((a{1000}){1000}){1000}", "|".join("a" * n for n in range(300))]
)
def test_an_expression_that_cannot_be_made_ready_is_refused_at_once(pattern: str) -> None:
    begun = time.process_time()
    with pytest.raises(SearchFaulty):
        matches("ا", Search(pattern, "regex"))
    assert time.process_time() - begun < 2


def test_what_is_no_regular_expression_is_said_to_be_none() -> None:
    with pytest.raises(SearchFaulty, match="search-faulty") as raised:
        matches("ا", Search("(ا", "regex"))
    assert raised.value.values["pattern"] == "(ا"


def test_complaint_12_a_word_is_found_after_its_clitics_and_never_in_a_longer_word() -> None:
    text = "الفيروس وبالفيروس، للفيروس فيروس الفيروسات كفيروسٍ فيروسي"
    assert occurrences(text, "فيروس", NOTHING) == [(2, 7), (12, 17), (21, 26), (27, 32), (44, 50)]
    assert said(text, "الفيروس", NOTHING) == ["الفيروس", "الفيروس", "للفيروس"]


def test_every_occurrence_of_a_name_is_found_as_it_is_spelled_there() -> None:
    text = "كركوك، وكركوك، بكركوك ولكركوك؛ كـركوك. كركوكي"
    assert said(text, "كَركوك") == ["كركوك", "كركوك", "كركوك", "كركوك", "كـركوك"]


@pytest.mark.parametrize(
    ("word", "places"),
    [
        ("فيروس", "بفيروس وبفيروس فيروس بالفيروس وفيروسٍ"),
        ("قيادة", "بقيادة وقيادة لقيادة بالقيادة للقيادة"),
        ("مواجهة", "لمواجهة ومواجهة بمواجهة والمواجهة"),
        ("رئاسة", "برئاسة كرئاسة ولرئاسة الرئاسة"),
    ],
)
def test_a_name_asked_for_outweighs_a_word_of_the_list_that_is_it_after_a_clitic(word: str, places: str) -> None:
    assert len(said(places, word)) == len(places.split())


LONGER = """
    وزير:زير كتاب:تاب بغداد:غداد فرنسا:رنسا ليبيا:يبيا كركوك:ركوك بوش:وش كمال:مال واحد:احد برايان:رايان فعالية:عالية
    فلورنس:لورنس بايدن:ايدن كامل:امل وسام:سام لولا:ولا والد:الد
"""


@pytest.mark.parametrize("longer", LONGER.split())
def test_a_word_that_only_ends_alike_is_no_occurrence(longer: str) -> None:
    whole, asked = longer.split(":")
    text = f"{whole} و{whole} {asked}"
    assert occurrences(text, asked, SHIPPED) == [(len(text) - len(asked), len(text))]


def test_a_name_of_several_words_is_found_over_any_blanks() -> None:
    text = "لفرانس برس، فرانس\u00a0 برس، فرانس برسي، وفرانس برس"
    assert said(text, "فرانس برس") == ["فرانس برس", "فرانس\u00a0 برس", "فرانس برس"]


def test_latin_names_and_numbers_are_found_after_clitics_but_not_within_others() -> None:
    text = "الـUN وUN UN-WFP 35 و35 35.5 20-35 135"
    assert said(text, "UN") == ["UN", "UN"]
    assert said(text, "٣٥") == ["35", "35"]


def test_a_long_article_is_searched_before_the_hand_notices() -> None:
    text = "قال الجيش إنّ قواته في كركوك وبغداد تصدّت لهجومٍ جديد من جهة الشمال أمس، وقتل عشرة. " * 2000
    fold_and_find = _milliseconds(lambda: matches(text, Search("كركوك")))
    everywhere = _milliseconds(lambda: occurrences(text, "بغداد", SHIPPED))
    assert fold_and_find < 200 and everywhere < 300  # many times what a free computer takes


def _milliseconds(work: Callable[[], list[tuple[int, int]]]) -> float:
    """What `work` takes of this process, whatever else the computer does; the best of three."""
    taken = []
    for _time in range(3):
        fold.cache_clear()
        begun = time.process_time()
        assert len(work()) == 2000
        taken.append((time.process_time() - begun) * 1000)
    return min(taken)
