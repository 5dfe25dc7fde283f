from __future__ import annotations

from itertools import pairwise
from unicodedata import category, normalize

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from app.text.arabic import is_arabic, shaped_line, visual_cells, visual_lines
from tests.text.made_text import clusters, texts

ONE_OF_A_KIND = (
    "ابتثجدسقلمaeUWé0123٣٤٥٦()[]«»-+/.,:%$ \u00a0\u2003*؟،"
    "\u2067\u2066\u2068\u2069\u202a\u202b\u202e\u202c\u200e\u200f漢😀"
)


@given(st.lists(st.sampled_from(ONE_OF_A_KIND), unique=True).map("".join), st.sampled_from(["rtl", "ltr"]))
def test_the_order_from_the_left_is_the_one_that_the_bidi_algorithm_gives(text: str, base: str) -> None:
    text = f"ى{text}"  # without a letter that runs right to left, python-bidi leaves white space at the end where it is
    order = [ch for ch in get_display(text, base_dir="R" if base == "rtl" else "L") if category(ch) != "Cf"]
    assert [text[offset] for _, offset in visual_cells(text, base, apart=range(len(text)))] == order


@given(texts, st.sampled_from(["rtl", "ltr"]))
def test_every_grapheme_is_printed_once_and_says_where_it_stands(text: str, base: str) -> None:
    cells = visual_cells(text, base, apart=range(len(text)))
    offsets = [offset for _, offset in cells]
    graphemes = dict(pairwise(clusters(text)))
    assert len({*offsets}) == len(offsets)
    assert {*offsets} <= {*graphemes}
    for k in {*graphemes} - {*offsets}:
        assert all(category(ch) in ("Cf", "Mn") for ch in text[k : graphemes[k]])


@given(texts, st.sampled_from(["rtl", "ltr"]))
def test_no_text_can_steer_the_terminal(text: str, base: str) -> None:
    line = shaped_line(text, base)
    assert not [ch for ch in line if category(ch) in ("Cc", "Zl", "Zp") or ch in "\u202a\u202b\u202d\u202e\u2066\u2067"]
    line.encode()


@given(st.text("ابتجدرسعلمنهويىةأإآءئؤپگیک ـ\u064e\u0651\u064b\u200c"))
def test_a_letters_form_is_still_that_letter(text: str) -> None:
    for shown, offset in visual_cells(text, "rtl"):
        letters = [ch for ch in normalize("NFKC", shown) if category(ch) in ("Lo", "Lm")]
        source = [ch for ch in text[offset:] if category(ch) in ("Lo", "Lm")][: len(letters)]
        assert normalize("NFC", "".join(letters)) == normalize("NFC", "".join(source))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("سلام", "\ufee1\ufefc\ufeb3"),
        ("لا", "\ufefb"),
        ("الأمل", "\ufede\ufee3\ufef7\ufe8d"),
        ("لَاّ", "\ufefb\u064e\u0651"),
        ("مُحَمَّد", "\ufeaa\ufee4\u064e\u0651\ufea4\u064e\ufee3\u064f"),
        ("می\u200cروم", "\ufee1\ufeed\ufead\ufbfd\ufee3"),
        ("ه\u200d", "\ufeeb"),
        ("\u200dه", "\ufeea"),
        ("ه\u200fه", "\ufeea\ufeeb"),
        ("هـ", "ـ\ufeeb"),
        ("ل\u200dا", "\ufe8e\ufedf"),
        ("ل\u200cا", "\ufe8d\ufedd"),
    ],
)
def test_letters_take_the_form_that_their_neighbours_give_them(text: str, line: str) -> None:
    assert normalize("NFC", shaped_line(text)) == normalize("NFC", line)


def test_lam_and_alef_are_one_cell_unless_a_span_ends_between_them() -> None:
    assert visual_cells("سلام", "rtl") == [("\ufee1", 3), ("\ufefc", 1), ("\ufeb3", 0)]
    assert visual_cells("سلام", "rtl", apart={2}) == [("\ufee1", 3), ("\ufe8e", 2), ("\ufee0", 1), ("\ufeb3", 0)]


@pytest.mark.parametrize(
    ("text", "base", "line"),
    [
        ("ب (ت) [ث] «ج» <د>", "rtl", "<ﺩ> «ﺝ» [ﺙ] (ﺕ) ﺏ"),
        ("a (b) «c»", "rtl", "«a (b) «c"),
        ("ب (UN-WFP 204) ت", "rtl", "ﺕ (UN-WFP 204) ﺏ"),
        ("UN د 2014", "rtl", "2014 ﺩ UN"),
        ("UN د 2014", "ltr", "UN 2014 ﺩ"),
        ("1 2 3 4 5 6", "rtl", "6 5 4 3 2 1"),
        ("د 20-30 ر", "rtl", "ﺭ 30-20 ﺩ"),
        ("د 12,000 ر ٣٫٥", "rtl", "٣٫٥ ﺭ 12,000 ﺩ"),
        ("a\t\x1b[0m\r\n", "ltr", "a ␛[0m␍␊"),
        ("\ufeffد\u200b\ud800", "rtl", "\ufffdﺩ"),
        ("", "rtl", ""),
    ],
)
def test_brackets_numbers_and_latin_names_read_rightly_in_both_directions(text: str, base: str, line: str) -> None:
    assert shaped_line(text, base) == line


def test_a_paragraph_broken_into_lines_turns_each_line_round_by_itself() -> None:
    text = "ا UN WFP ر"
    first, second = visual_lines(text, "rtl", [(0, 5), (5, 10)])
    assert "".join(shown for shown, _ in first) == " UN ﺍ"
    assert [offset for _, offset in first] == [4, 2, 3, 1, 0]
    assert "".join(shown for shown, _ in second) == "ﺭ WFP"
    assert [offset for _, offset in second] == [9, 8, 5, 6, 7]


def test_arabic_is_told_by_script() -> None:
    assert all(is_arabic(ch) for ch in "بپـَّ،؛؟٣ﻻ")
    assert not any(is_arabic(ch) for ch in "a1«(א ")
