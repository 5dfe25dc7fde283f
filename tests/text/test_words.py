from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from app.text.boundaries import (
    next_word,
    paragraph_at,
    previous_word,
    sentence_at,
    trim,
    word_at,
    word_end_after,
    word_start_before,
)
from app.text.offsets import PARAGRAPH_SEPARATORS, paragraphs
from app.text.tokens import count_words
from tests.text.made_text import clusters, texts, texts_with_place


def pointed(marked: str) -> tuple[str, int]:
    """The text without its `|`, and where it stood."""
    return marked.replace("|", ""), marked.index("|")


@pytest.mark.parametrize(
    ("marked", "word"),
    [
        ("في «|قره قوش»", "قره"),
        ("في «قره ق|وش»", "قوش"),
        ("في |«قره قوش»", "«"),
        ("في «قره قوش|».", "»"),
        ("في «قره قوش»|.", "."),
        ("قُتل|َ، ثم", "قُتلَ"),
        ("قال|، ثم", "،"),
        ("ماذا ق|ال؟", "قال"),
        ("ماذا قال|؟", "؟"),
        ("قا|ل؛ ثم", "قال"),
        ("ق|ـــال", "قـــال"),
        ("مُحَم|ّد رسول", "مُحَمّد"),
        ("ل|ـ«فرانس برس»", "لـ"),
        ("لـ|«فرانس برس»", "«"),
        ("لـ«ف|رانس برس»", "فرانس"),
        ("می|\u200cروم خانه", "می\u200cروم"),
        ("خانه می\u200c|روم", "می\u200cروم"),
        ("قا\u200f|ل ثم", "قا\u200fل"),
    ],
)
def test_a_double_click_takes_the_word_without_its_punctuation(marked: str, word: str) -> None:
    text, k = pointed(marked)
    start, end = word_at(text, k)
    assert trim(text, start, end) == (text.index(word), text.index(word) + len(word))


@pytest.mark.parametrize(
    "word",
    [
        *("UN-WFP", "O’Brien", "al-Sha'b", "F-16", "example.com", "U.N", "snake_case"),
        *("1.2", "12,000", "20-30", "20–30", "٣٥", "٣٫٥", "١٢٬٠٠٠", "10:30", "7/10/2023", "1.2.3"),
        *("و٣٥", "كوفيد-19", "إف-16", "ميغ-29", "½", "لـUN"),
    ],
)
def test_numbers_and_latin_names_are_one_word_as_they_are_written(word: str) -> None:
    text = f"قال ({word})، ثم"
    for k in range(5, 5 + len(word)):
        start, end = word_at(text, k)
        assert text[start:end] == word


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("القدس-رويترز", ["القدس", "-", "رويترز"]),
        ("و'الجيش", ["و", "'", "الجيش"]),
        ("قال.ثم", ["قال", ".", "ثم"]),
        ("12،000", ["12", "،", "000"]),
        ("Paris,London", ["Paris", ",", "London"]),
        ("25%", ["25", "%"]),
        ("1..2", ["1", ".", ".", "2"]),
        ("-5", ["-", "5"]),
        ("UN-", ["UN", "-"]),
        ("السلم/الحرب", ["السلم", "/", "الحرب"]),
        ("مقر\u200bالجيش", ["مقر", "\u200b", "الجيش"]),
        ("👩‍🚀🇾🇪", ["👩‍🚀", "🇾🇪"]),
        ("\u0600١٢ \u06dd٣", ["\u0600١٢", " ", "\u06dd٣"]),
    ],
)
def test_what_does_not_bind_letters_parts_words(text: str, parts: list[str]) -> None:
    found = []
    k = 0
    while k < len(text):
        start, end = word_at(text, k)
        found.append(text[start:end])
        assert all(word_at(text, inside) == (start, end) for inside in range(start, end))
        k = end
    assert found == parts


@pytest.mark.parametrize(
    ("marked", "taken"),
    [
        ("قال |  ثم", "   "),
        ("قا|ل\nثم", "قال"),
        ("قال|\nثم", "قال"),
        ("قال\r|\nثم", "قال"),
        ("قال  |\nثم", "  "),
        ("قال|", "قال"),
        ("قال.|", "."),
        ("قال\n|\nثم", ""),
        ("قال\n|", ""),
        ("|", ""),
    ],
)
def test_a_double_click_on_space_takes_its_run_and_at_a_lines_end_what_stands_there(marked: str, taken: str) -> None:
    text, k = pointed(marked)
    start, end = word_at(text, k)
    assert text[start:end] == taken


@given(texts_with_place())
def test_a_word_splits_no_grapheme_and_stays_in_its_paragraph(given_text: tuple[str, int]) -> None:
    text, k = given_text
    start, end = word_at(text, k)
    edges = {*clusters(text)}
    assert {start, end} <= edges
    assert not any(letter in PARAGRAPH_SEPARATORS for letter in text[start:end])


def stops_forward(text: str) -> list[int]:
    stops = [0]
    while stops[-1] < len(text):
        stops.append(next_word(text, stops[-1]))
        assert stops[-1] > stops[-2]
    return stops


def test_ctrl_arrow_stops_where_words_and_marks_start_and_where_a_line_ends() -> None:
    text = "قال لـ«فرانس برس»...  إن UN-WFP (12,000)،\r\n\n  ثم  \n"
    stops = stops_forward(text)
    assert [text[a:b] for a, b in pairwise(stops)] == [
        *("قال ", "لـ", "«", "فرانس ", "برس", "»", "...  ", "إن ", "UN-WFP ", "(", "12,000", ")", "،"),
        *("\r\n", "\n", "  ", "ثم  ", "\n"),
    ]


@given(texts)
def test_ctrl_arrow_makes_the_same_stops_in_both_directions_and_never_splits_a_grapheme(text: str) -> None:
    forward = stops_forward(text)
    back = [len(text)]
    while back[-1] > 0:
        back.append(previous_word(text, back[-1]))
    assert back[::-1] == forward
    assert set(forward) <= {*clusters(text)}
    assert {edge for bounds in paragraphs(text) for edge in bounds} <= set(forward)


@given(texts_with_place())
def test_from_within_a_word_ctrl_arrow_reaches_its_neighbouring_stops(given_text: tuple[str, int]) -> None:
    text, k = given_text
    stops = stops_forward(text)
    assert next_word(text, k) == min((stop for stop in stops if stop > k), default=len(text))
    assert previous_word(text, k) == max((stop for stop in stops if stop < k), default=0)


@pytest.mark.parametrize(
    "sentences",
    [
        ["قُتل ٣٥ مدنيا.", "وأصيب آخرون!", "ماذا بعد؟", "لا أحد يعلم…", "انتهى"],
        ["قال «لن نرحل.»", "ثم عاد."],
        ["هل قال (نعم؟)", "لا."],
        ["بلغ العدد 1.2 مليون.", "ثم ارتفع إلى 12.5."],
        ["According to J. R. Smith the U.N. said so.", "Nobody answered."],
        ["قال د. سعاد إن أ. خالد عاد.", "ثم سكت."],
        ["He said “no.”", "They left."],
        ["Prices of approx. ten dollars.", "Then more."],
        ["قال...", "ثم مضى."],
        ["کہا گیا۔", "پھر وہ چلا گیا۔"],
        ["قال.\u200f", "ثم عاد."],
    ],
)
def test_a_triple_click_takes_the_sentence_and_the_space_after_belongs_to_it(sentences: list[str]) -> None:
    text = "  ".join(sentences)
    k = 0
    for sentence in sentences:
        k = text.index(sentence, k)
        shown = sentence.rstrip("\u200f")
        for inside in range(k, min(k + len(sentence) + 2, len(text))):
            assert sentence_at(text, inside) == (k, k + len(shown))
        k += len(sentence)


def test_a_sentence_ends_with_its_paragraph() -> None:
    text = "العنوان بلا نقطة\nقال إنه عاد\r\n\nثم سكت."
    assert [text[slice(*sentence_at(text, k))] for k in (0, 16, 17, 30, 31, len(text))] == [
        *("العنوان بلا نقطة", "العنوان بلا نقطة", "قال إنه عاد", "", "ثم سكت.", "ثم سكت."),
    ]


@given(texts_with_place())
def test_a_paragraph_around_a_position_is_one_of_the_paragraphs(given_text: tuple[str, int]) -> None:
    text, k = given_text
    found = [(start, end) for start, end in paragraphs(text) if start <= k <= end]
    assert paragraph_at(text, k) == (found or [(s, e) for s, e in paragraphs(text) if e < k])[-1]
    first, last = sentence_at(text, k)
    assert paragraph_at(text, k)[0] <= first <= last <= paragraph_at(text, k)[1]


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("مطاردة عناصر «داعش»، الذين", [6, 12, 18, 26]),
        ("بكركوك.. وكارتر", [6, 15]),
        ("قال UN-WFP 204 في", [3, 10, 14, 17]),
        ("سطر\n\n«ثان»", [3, 9, 10]),
    ],
)
def test_a_selection_extended_by_words_ends_where_words_end(text: str, stops: list[int]) -> None:
    """No quotation mark and no stop after a word comes with it, save at the text's end, where nothing else is left."""
    taken, k = [], 0
    while k < len(text):
        k = word_end_after(text, k)
        taken.append(k)
    assert taken == stops


def test_a_selection_extended_backwards_begins_where_words_begin() -> None:
    text = "عناصر «داعش»، قال"
    assert word_start_before(text, len(text)) == text.index("قال")
    assert word_start_before(text, text.index("قال")) == text.index("داعش")
    assert word_start_before(text, text.index("داعش")) == 0
    assert word_start_before(text, 3) == 0


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), (" ،؟\n", 0), ("قُتل 48 مسلحاً، قرب UN-WFP 😀.", 5), ("20-30 أو 1.2\u2029مليون", 4), ("وبالعراق", 1)],
)
def test_words_are_counted_as_a_double_click_takes_them(text: str, count: int) -> None:
    assert count_words(text, 0, len(text)) == count
    assert count_words(text, 1, len(text)) == count  # a word that is cut counts
    assert min(count, 3) == count_words(text, 0, len(text), 2)
