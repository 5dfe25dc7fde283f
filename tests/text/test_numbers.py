from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.folding import Folded
from app.text.numbers import Count, read_count
from tests.text.made_text import texts

TABLE = Path(__file__).with_name("number_expressions.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
COUNTS = [(row[0], row[1], row[2]) for row in ROWS if row[1]]
NO_COUNTS = [row[0] for row in ROWS if not row[1]]

TASHKEEL = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0640\u200f"
WORDS = [*{word for expression, _, _ in COUNTS for word in expression.split()}, "و", "،", "\n", "%", "على", "الأقل"]


def told(count: Count | None) -> str:
    """As the table tells it: bounds that are open, and a best that is not known, are dashes."""
    if count is None:
        return ""
    values = ("-" if value is None else str(value) for value in count[:3])
    return " ".join(values) + (" ~" if count.approximate else "")


# Numbers in words, made without the tables of the reader.
UNITS = ["واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
FEMININE_UNITS = ["واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"]
TENS = ["عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"]
HUNDREDS = ["ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع"]


def unit(value: int, feminine: bool, oblique: bool) -> str:
    word = (FEMININE_UNITS if feminine else UNITS)[value - 1]
    return word.replace("ان", "ين") if oblique and value == 2 else word


def below_hundred(value: int, feminine: bool, oblique: bool) -> str:
    if value < 10:
        return unit(value, feminine, oblique)
    if value == 10:
        return "عشر" if feminine else "عشرة"
    if value < 20:
        if value < 13:
            first = {11: ("أحد", "إحدى"), 12: ("اثنا", "اثنتا")}[value][feminine]
            first = first.removesuffix("ا") + "ي" if oblique and value == 12 else first
        else:
            first = "ثماني" if feminine and value == 18 else unit(value - 10, feminine, oblique)
        return f"{first} {'عشرة' if feminine else 'عشر'}"
    tens = TENS[value // 10 - 2] + ("ين" if oblique else "ون")
    if value % 10 == 0:
        return tens
    first = {1: ("واحد", "إحدى")}.get(value % 10, ("", ""))[feminine] or unit(value % 10, feminine, oblique)
    return f"{first} و{tens}"


def below_thousand(value: int, feminine: bool, oblique: bool, hundred: str) -> str:
    parts = []
    if value >= 300:
        parts.append(HUNDREDS[value // 100 - 3] + hundred)
    elif value >= 200:
        parts.append(hundred.removesuffix("ة") + ("تين" if oblique else "تان"))
    elif value >= 100:
        parts.append(hundred)
    if value % 100:
        parts.append(below_hundred(value % 100, feminine, oblique))
    return " و".join(parts)


def times(value: int, scale: str, many: str, oblique: bool, hundred: str) -> str:
    """So many thousands or millions: ألف, ألفان, ثلاثة آلاف, أحد عشر ألفاً, مئة ألف."""
    if value == 1:
        return scale
    if value == 2:
        return scale + ("ين" if oblique else "ان")
    said = below_thousand(value, False, oblique, hundred)
    if 3 <= value % 100 <= 10:
        return f"{said} {many}"
    return f"{said} {scale}{'' if value % 100 < 3 else 'اً'}"


def in_words(value: int, feminine: bool, oblique: bool, hundred: str) -> str:
    if value == 0:
        return "0"
    parts = []
    if millions := value // 1_000_000:
        parts.append(times(millions, "مليون", "ملايين", oblique, hundred))
    if thousands := value // 1000 % 1000:
        parts.append(times(thousands, "ألف", "آلاف", oblique, hundred))
    if value % 1000:
        parts.append(below_thousand(value % 1000, feminine, oblique, hundred))
    return " و".join(parts)


@pytest.mark.parametrize(("expression", "reading", "read"), COUNTS)
def test_an_expression_is_read_as_the_table_says(expression: str, reading: str, read: str) -> None:
    count = read_count(expression)
    assert count is not None
    assert (told(count), expression[count.start : count.end]) == (reading, read)


@pytest.mark.parametrize("expression", NO_COUNTS)
def test_what_counts_no_people_or_does_not_say_how_many_is_no_count(expression: str) -> None:
    assert read_count(expression) is None


def test_the_table_is_large_and_holds_enough_that_is_no_count() -> None:
    assert len({row[0] for row in ROWS}) == len(ROWS) >= 250
    assert len(NO_COUNTS) >= 60


@given(
    value=st.one_of(st.integers(0, 9_999_999), st.integers(0, 1100), st.integers(1, 99).map(lambda n: n * 100_000)),
    feminine=st.booleans(),
    oblique=st.booleans(),
    hundred=st.sampled_from(["مئة", "مائة"]),
)
def test_every_number_in_words_reads_back(value: int, feminine: bool, oblique: bool, hundred: str) -> None:
    said = in_words(value, feminine, oblique, hundred)
    assert read_count(said) == (value, value, value, False, 0, len(said))
    if value > 2:
        sentence = f"قتل {said} بجروح"
        assert read_count(sentence) == (value, value, value, False, 4, 4 + len(said))


def test_every_number_to_two_thousand_reads_back() -> None:
    for value in range(1, 2001):
        for feminine in (False, True):
            for oblique in (False, True):
                said = in_words(value, feminine, oblique, "مئة")
                assert told(read_count(said)) == f"{value} {value} {value}", said


@given(st.integers(0, 9_999_999), st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]))
def test_digits_of_any_script_read_back_with_whatever_groups_them(value: int, digits: str) -> None:
    for mark in ("", ",", "٬", "\u2009", "\u202f", "\xa0", " "):
        written = f"{value:,}".replace(",", mark).translate({ord(str(k)): digits[k] for k in range(10)})
        said = f"{written} قتيل"
        assert read_count(said) == (value, value, value, False, 0, len(written))


@given(st.sampled_from(COUNTS), st.data())
def test_tashkeel_and_tatweel_change_no_reading_and_are_counted_in_its_place(
    row: tuple[str, str, str], drawn: st.DataObject
) -> None:
    expression, reading, read = row
    if any(ch.isdecimal() or (ch.isascii() and ch.isalpha()) or ch in TASHKEEL for ch in expression):
        return
    marks = [
        drawn.draw(st.sampled_from(["", "\u0651", "\u0640", "\u0652"])) if ch.isalpha() else "" for ch in expression
    ]
    marked = "".join(ch + mark for ch, mark in zip(expression, marks, strict=True))
    count = read_count(marked)
    assert told(count) == reading
    assert count is not None and Folded(marked[count.start : count.end]).text == Folded(read).text


@given(st.one_of(texts, st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)))
def test_no_text_makes_the_reader_fail_and_what_it_read_lies_in_the_text(text: str) -> None:
    count = read_count(text)
    if count is not None:
        assert 0 <= count.start < count.end <= len(text)
        known = [value for value in count[:3] if value is not None]
        assert known == sorted(known) and all(value >= 0 for value in known)
        assert known or count.approximate


HOSTILE = [
    *("1" * 100_000, "1," * 500_000, "و" * 1_000_000, "و " * 500_000, "خمسة و" * 200_000, "ألف و" * 200_000),
    *("قتل جندي و" * 100_000, "5 إلى " * 200_000, "بين خمسة وعشرين قرية " * 50_000, "لا يقل عن " * 100_000),
    *("\u0640" * 1_000_000, "1\u0640" * 500_000, "\u064e" * 1_000_000, "ق" + "\u064e" * 1_000_000),
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_text_made_to_be_slow_is_read_at_once(hostile: str) -> None:
    start = time.process_time()
    read_count(hostile)
    assert time.process_time() - start < 0.2


def test_only_the_beginning_of_a_long_text_is_read_and_no_number_is_cut_by_its_end() -> None:
    assert read_count("كلمة " * 10 + "قتل 48") is not None
    assert read_count("كلمة " * 2000 + "قتل 48") is None
    assert read_count("ق" * 4090 + " 123456789") is None
