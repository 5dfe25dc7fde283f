from __future__ import annotations

import time

import pytest

from app.text.boundaries import word_at
from app.text.clitics import Lexicon, starts, word_core
from app.text.evidence import clitics
from app.words import Labelled, frequent_words

SHIPPED = Labelled([]).lexicon()

STAY_WHOLE = " ".join(
    (
        "وزير وزارة وكالة وفد وطن ولاية واشنطن وحدة وسط واحد وليد وادي ورقة وثيقة وقت",
        "فرنسا فريق فلسطين فيصل فندق فصائل فتح فاس فهد فيينا فيتنام",
        "بغداد بيان باكستان بيروت بلد بنك بريطانيا برلمان بشار بعقوبة برلين بابل بكين بلدية بلال",
        "كركوك كتاب كان كندا كوريا كريم كتيبة كابول كردستان كرد كوباني كمال كاتب",
        "ليبيا لبنان لندن ليلى لجنة لواء لقاء لاجئ لسان",
        "سوريا سعيد سلام سيناء سامي سيارات سيطر سلاح سامراء سامر ستين سفير",
        "ألمانيا المانيا ألبانيا الله الذي إلى ألف آلاف",
    )
).split()

CHOICES = [
    ("وبغداد", "بغداد"),
    ("بكركوك", "كركوك"),
    ("ولفرنسا", "لفرنسا فرنسا"),
    ("ووزير", "وزير"),
    ("لوزارة", "وزارة"),
    ("وبسيناء", "بسيناء سيناء"),
    ("فبغداد", "بغداد"),
    ("كبغداد", "بغداد"),
    ("بالعراق", "العراق عراق"),
    ("وبالعراق", "بالعراق العراق عراق"),
    ("العراق", "عراق"),
    ("والقاعدة", "القاعدة قاعدة"),
    ("للجيش", "لجيش"),
    ("وللجيش", "للجيش لجيش"),
    ("للبنان", "لبنان"),
    ("وللبنان", "للبنان لبنان"),
    ("سيقتل", "يقتل"),
    ("وسيقتل", "سيقتل يقتل"),
    ("وسوريا", "سوريا"),
    ("بألمانيا", "ألمانيا"),
    ("وَبَغْدَاد", "بَغْدَاد"),
    ("و48", "48"),
    ("بـ20", "20"),
    ("وUN", "UN"),
    ("الـ35", "35"),
    ("بالـ35", "الـ35 35"),
    ("لـ«فرانس", "فرانس"),
    ("و«داعش", "داعش"),
    ("وبـ\"داعش", 'بـ"داعش داعش'),
    ("لـ 25", "25"),
]  # fmt: skip

CORES = [
    *((word, word) for word in ("وزير", "العراق", "للجيش", "بغداد", "الـ35", "،", "ويليامز")),
    *(("وبغداد", "بغداد"), ("وبالعراق", "العراق"), ("وللجيش", "للجيش"), ("للبنان", "لبنان"), ("وسيقتل", "يقتل")),
    *(("بـ20", "20"), ("و48", "48"), ("ولفرنسا", "فرنسا")),
]


def choices(text: str, lexicon: Lexicon = SHIPPED, start: int = 0) -> list[str]:
    return [text[place:] for place in starts(text, start, len(text), lexicon)]


@pytest.mark.parametrize("word", STAY_WHOLE)
def test_a_letter_of_the_word_is_never_offered_as_a_clitic(word: str) -> None:
    assert choices(word) == [word]
    assert word_core(word, 0, SHIPPED) == (0, len(word))


@pytest.mark.parametrize(("word", "others"), CHOICES)
def test_x_offers_the_whole_word_and_what_stands_after_each_clitic(word: str, others: str) -> None:
    wanted = [word, *(others.split() if " " not in word else [others])]
    assert choices(word) == wanted
    places = starts(word, 0, len(word), SHIPPED)
    assert all(starts(word, place, len(word), SHIPPED) == places for place in places)


@pytest.mark.parametrize(("word", "core"), CORES)
def test_a_double_click_can_leave_clitics_out_wherever_it_hits_the_word(word: str, core: str) -> None:
    for k in range(len(word)):
        start, end = word_core(word, k, SHIPPED)
        assert word[start:end] == core


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(STAY_WHOLE) + len(CHOICES) + len(CORES) >= 80


def test_all_choices_lie_within_the_span() -> None:
    assert starts("بالعراق", 0, 3, SHIPPED) == (0, 1)
    assert starts("قال بالعراق اليوم", 4, 11, SHIPPED) == (4, 5, 7)


def test_what_was_labelled_in_the_project_is_evidence() -> None:
    assert choices("برديغة") == ["برديغة"]
    assert choices("برديغة", Labelled(["رديغة"]).lexicon()) == ["برديغة", "رديغة"]
    assert choices("برديغة في رديغة", Lexicon.of([])) == ["برديغة في رديغة", "رديغة في رديغة"]


def test_a_label_with_its_clitic_left_on_is_no_evidence_against_cutting_it_off() -> None:
    assert choices("وكركوك", Labelled(["وكركوك"]).lexicon()) == ["وكركوك", "كركوك"]


def test_of_a_long_word_that_nobody_knows_only_x_offers_to_leave_a_waw_out() -> None:
    assert choices("وخنشفارا") == ["وخنشفارا", "خنشفارا"]
    assert word_core("وخنشفارا", 0, SHIPPED) == (0, 8)
    assert choices("بخنشفارا") == ["بخنشفارا"]


def test_without_any_evidence_nothing_is_cut() -> None:
    nothing = Lexicon.of([])
    assert [word for word in STAY_WHOLE if clitics(word, nothing)] == []


def test_other_scripts_and_lone_marks_are_words_as_they_are() -> None:
    for text in ("Kirkuk", "،", " ", "123"):
        assert starts(text, 0, len(text), SHIPPED) == (0,)
        assert word_core(text, 0, SHIPPED) == word_at(text, 0)
    assert starts("", 0, 0, SHIPPED) == ()


def test_the_shipped_words_are_read_when_they_are_first_needed_and_quickly() -> None:
    frequent_words.cache_clear()
    begun = time.process_time()
    words = frequent_words()
    assert time.process_time() - begun < 0.3  # ten times what a free computer takes
    assert len(words) > 30_000 and words["بغداد"] > words["كركوك"] > 0
