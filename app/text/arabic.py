"""Arabic for a terminal, which neither joins letters nor turns lines round: letter forms, in the order the eye reads.

What is made here is only to be printed. Text that is stored, and text that Qt paints, never passes through it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import bidirectional

import regex  # type: ignore[import-untyped]
from arabic_reshaper import ArabicReshaper  # type: ignore[import-untyped]
from bidi import get_display  # type: ignore[import-untyped]
from bidi.mirror import MIRRORED  # type: ignore[import-untyped]

from app.text.graphemes import next_grapheme

Cell = tuple[str, int]
"""What is printed for one grapheme, and the grapheme's code point offset."""

_ARABIC = regex.compile(r"\p{scx=Arab}")
_TRANSPARENT = regex.compile(r"\p{Joining_Type=T}")
_INVISIBLE = frozenset("\u061c\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LEVEL = re.compile(r"Level\(\s*(\d+),?\s*\)")

_ZWJ, _TATWEEL = "\u200d", "\u0640"
_JOIN_CONTROLS = frozenset("\u200c\u200d")
_LAMS = {"\ufedf": 0, "\ufee0": 1}
_LAM_ALEFS = {"\ufe82": 0xFEF5, "\ufe84": 0xFEF7, "\ufe88": 0xFEF9, "\ufe8e": 0xFEFB}
"""By the final form of the alef, what the lam that begins or continues a word makes with it (the second one after)."""


class _Piece(NamedTuple):
    shown: str
    offset: int
    level: int


@lru_cache(maxsize=4096)
def is_arabic(ch: str) -> bool:
    """Whether the character is written in Arabic script: letter, mark, digit, tatweel or punctuation."""
    return bool(_ARABIC.match(ch))


def shaped_line(text: str, base: str = "rtl") -> str:
    """One line as it is to be printed: letters in their forms, in visual order from the left."""
    return "".join(shown for shown, _ in visual_cells(text, base))


def visual_cells(text: str, base: str, apart: Container[int] = ()) -> list[Cell]:
    """What to print for a paragraph that fits one line, from the left, and where in `text` each cell comes from.

    `base` is ``"rtl"`` or ``"ltr"``. A lam and its alef are one cell, at the lam's offset, unless the alef's offset is
    in `apart`: put the ends of spans there. Brackets are mirrored, invisible controls left out, and control characters
    replaced by pictures of them, so that no text can steer the terminal.
    """
    return visual_lines(text, base, [(0, len(text))], apart)[0]


def visual_lines(
    text: str, base: str, lines: Sequence[tuple[int, int]], apart: Container[int] = ()
) -> list[list[Cell]]:
    """The same for a paragraph broken into `lines`, (start, end) each, between graphemes."""
    text = _SURROGATES.sub("\ufffd", text)
    levels, forms = _levels(text, base), _forms(text)
    shown = []
    for start, end in lines:
        _level_blank_ends(text, start, end, levels, int(base == "rtl"))
        pieces = _reordered(list(_pieces(text, start, end, levels, forms, apart)))
        shown.append([(piece.shown, piece.offset) for piece in pieces if piece.shown])
    return shown


def _levels(text: str, base: str) -> list[int]:
    """The embedding level of each character. python-bidi tells them, a level a byte of UTF-8, in its `debug` output."""
    if not text:
        return []
    told: str = get_display(text, base_dir="R" if base == "rtl" else "L", debug=True)
    by_byte = _LEVEL.findall(told, told.index("\n    levels: ["), told.index("\n    paragraphs: ["))
    levels = []
    at = 0
    for ch in text:
        levels.append(int(by_byte[at]))
        at += len(ch.encode())
    if at != len(by_byte):
        raise RuntimeError("python-bidi tells levels in a way that is not known here")
    return levels


def _level_blank_ends(text: str, start: int, end: int, levels: list[int], base: int) -> None:
    """Bidi rule L1: white space at a line's end, and before a tab, runs as the paragraph does."""
    resetting = True
    for k in range(end - 1, start - 1, -1):
        kind = bidirectional(text[k])
        if kind in ("B", "S"):
            resetting = True
        elif kind not in ("WS", "FSI", "LRI", "RLI", "PDI", "BN", "LRE", "RLE", "LRO", "RLO", "PDF"):
            resetting = False
        if resetting:
            levels[k] = base


@cache
def _reshaper() -> ArabicReshaper:
    """A reshaper that gives one character for each it takes: ligatures, marks and joiners are dealt with here."""
    kept = {"language": "Arabic", "delete_harakat": False, "delete_tatweel": False, "shift_harakat_position": False}
    return ArabicReshaper({**kept, "support_ligatures": False, "use_unshaped_instead_of_isolated": False})


def _forms(text: str) -> list[str]:
    """Each character of `text` in the form that its neighbours give it."""
    forms = list(text)
    # Marks and most controls let letters join across them; a joiner joins as tatweel does.
    joining = [k for k, ch in enumerate(text) if ch in _JOIN_CONTROLS or not _is_transparent(ch)]
    shaped = _reshaper().reshape("".join(_TATWEEL if text[k] == _ZWJ else text[k] for k in joining))
    for k, form in zip(joining, shaped, strict=True):
        if text[k] != _ZWJ:
            forms[k] = form
    return forms


@lru_cache(maxsize=4096)
def _is_transparent(ch: str) -> bool:
    return bool(_TRANSPARENT.match(ch))


def _pieces(
    text: str, start: int, end: int, levels: list[int], forms: list[str], apart: Container[int]
) -> Iterator[_Piece]:
    """The graphemes of a line, in the text's order."""
    while start < end:
        after = next_grapheme(text, start)
        level = levels[start]
        shown = _shown(forms[start], text[start + 1 : after], level)
        lam, alef = _LAMS.get(forms[start]), _LAM_ALEFS.get(forms[after]) if after < end else None
        together = _ZWJ not in text[start:after] and after not in apart
        if lam is not None and alef is not None and together and levels[after] == level:
            last = next_grapheme(text, after)
            shown = _shown(chr(alef + lam), text[start + 1 : after] + text[after + 1 : last], level)
            after = last
        yield _Piece(shown, start, level)
        start = after


@lru_cache(maxsize=4096)
def _shown(form: str, marks: str, level: int) -> str:
    """What is printed for a grapheme: its first character, mirrored where that runs right to left, and its marks."""
    left_out = _INVISIBLE | _JOIN_CONTROLS if is_arabic(form) or form in _JOIN_CONTROLS else _INVISIBLE
    first = MIRRORED.get(form, form) if level % 2 else form
    return "".join(_printable(ch) for ch in first + marks if ch not in left_out)


def _printable(ch: str) -> str:
    if ch in "\t\u2028\u2029":
        return " "
    if ch < " ":
        return chr(0x2400 + ord(ch))
    return "\u2421" if ch == "\x7f" else "\ufffd" if "\x80" <= ch <= "\x9f" else ch


def _reordered(pieces: list[_Piece]) -> list[_Piece]:
    """Bidi rule L2: from the highest level down, every run at that level or above turned round."""
    for level in range(max((piece.level for piece in pieces), default=0), 0, -1):
        start = 0
        while start < len(pieces):
            end = start
            while end < len(pieces) and pieces[end].level >= level:
                end += 1
            pieces[start:end] = reversed(pieces[start:end])
            start = end + 1
    return pieces
