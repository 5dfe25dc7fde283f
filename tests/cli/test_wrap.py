from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from app.cli.wrap import wrapped
from app.text.graphemes import next_grapheme
from tests.text.made_text import texts


@given(texts.map(lambda text: " ".join(text.split())), st.integers(4, 30))
def test_lines_hold_every_letter_in_order_and_fit_the_terminal(text: str, width: int) -> None:
    lines = wrapped(text, width)
    shown = "".join(text[start:end] for start, end in lines)
    assert shown.replace(" ", "") == text.replace(" ", "")
    for start, end in lines:
        assert cell_len(text[start:end]) <= width or next_grapheme(text, start) == end


def test_a_line_is_broken_between_words_and_a_word_only_when_it_must_be() -> None:
    text = "قال المتحدث باسم القوات abcdefghijklmnopqrstuvwxyz اليوم"
    assert [text[start:end] for start, end in wrapped(text, 16)] == [
        "قال المتحدث باسم",
        "القوات",
        "abcdefghijklmnop",
        "qrstuvwxyz اليوم",
    ]


def test_an_empty_paragraph_is_one_empty_line() -> None:
    assert wrapped("", 20) == [(0, 0)]
