"""Text as bad as articles can hold: for the tests that must be true of any text."""

from __future__ import annotations

import regex
from hypothesis import strategies as st

PIECES = (
    *("ب", "ل", "ا", "لا", "لله", "ـ", "مُحَمَّد", "َ", "ّ", "ی", "پ", "a", "e\u0301", "UN-WFP", "O’Brien"),
    *("1", "12,000", "1.2", "٣٥", "20-30", "½", "\u0600", "\u06dd", "\u0605", "…", ".", "؟", "!", "،", ",", "-", "'"),
    *("«", "»", "(", ")", "[", "]", " ", "  ", "\u00a0", "\t", "\n", "\r", "\r\n", "\x1c", "\x85", "\u2028", "\u2029"),
    *("\v", "\u200b", "\ufeff", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c", "\u202a", "\u202b", "\u202c"),
    *("\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "😀", "👩‍🚀", "👩🏽", "🇾", "🇪", "🇾🇪", "❤️", "ℹ", "©"),
    *("क", "्", "क्त", "ி", "ᄀ", "ᅡ", "ᆨ", "가", "각", "ก", "ำ", "\U00010400", "𐤀", "\U000e0061", "\x00", "漢"),
)

texts = st.lists(st.one_of(st.sampled_from(PIECES), st.characters(exclude_categories=("Cs",))), max_size=12).map(
    "".join
)
"""Pieces that meet badly, any other character between them."""


@st.composite
def texts_with_place(draw: st.DrawFn) -> tuple[str, int]:
    """A text and a position in it, its end included."""
    text = draw(texts)
    return text, draw(st.integers(0, len(text)))


STRAY_VIRAMA = (
    r"(?<!\p{InCB=Consonant}[\p{InCB=Linker}\p{InCB=Extend}]*)"
    r"[\p{InCB=Linker}\p{InCB=Extend}]+\p{InCB=Consonant}"
)


def clusters(text: str) -> list[int]:
    """The boundaries that Unicode's rules give when they read the whole text."""
    ends = {found.end() for found in regex.finditer(r"\X", text)}
    # The library joins a consonant also to a virama that stands on nothing.
    return sorted({0, *ends, *(found.end() - 1 for found in regex.finditer(STRAY_VIRAMA, text))})
