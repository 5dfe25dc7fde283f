from __future__ import annotations

from itertools import pairwise
from unicodedata import bidirectional

import pytest
from hypothesis import given

from app.text.offsets import Utf16Index, paragraphs
from tests.text.made_text import texts, texts_with_place


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(texts_with_place())
def test_a_position_goes_to_utf16_and_comes_back(given_text: tuple[str, int]) -> None:
    text, k = given_text
    index = Utf16Index(text)
    assert index.to_utf16(k) == units(text[:k])
    assert index.to_code_point(index.to_utf16(k)) == k


def test_a_position_inside_an_emoji_goes_to_where_the_emoji_starts() -> None:
    index = Utf16Index("ب😀😀ت")
    assert [index.to_code_point(u) for u in range(7)] == [0, 1, 1, 2, 2, 3, 4]
    assert [index.to_utf16(k) for k in range(5)] == [0, 1, 3, 5, 6]


def test_half_a_surrogate_pair_in_a_text_is_one_character_of_one_unit() -> None:
    index = Utf16Index("\ud800ب\U0001f600\udc00ت")
    assert [index.to_utf16(k) for k in range(6)] == [0, 1, 2, 4, 5, 6]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(0, 0)]),
        ("قال", [(0, 3)]),
        ("قال\n", [(0, 3), (4, 4)]),
        ("\n\nقال", [(0, 0), (1, 1), (2, 5)]),
        ("قال\r\nعاد\rبات", [(0, 3), (5, 8), (9, 12)]),
        ("\n\r\n\r", [(0, 0), (1, 1), (3, 3), (4, 4)]),
        ("ا\x1cب\x1dت\x1eث\x85ج\u2029", [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9), (10, 10)]),
        ("ا\u2028ب\vت\fث", [(0, 7)]),
    ],
)
def test_paragraphs_end_at_their_separators(text: str, expected: list[tuple[int, int]]) -> None:
    assert paragraphs(text) == expected


@given(texts)
def test_paragraphs_and_separators_make_up_the_text(text: str) -> None:
    found = paragraphs(text)
    assert found[0][0] == 0
    assert found[-1][1] == len(text)
    gaps = [text[end:start] for (_, end), (start, _) in pairwise(found)]
    assert all(gap == "\r\n" or (len(gap) == 1 and bidirectional(gap) == "B") for gap in gaps)
    assert not any(bidirectional(letter) == "B" for start, end in found for letter in text[start:end])
    assert all(text[start - 1 : start + 1] != "\r\n" for start, _ in found)
