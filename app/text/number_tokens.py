"""A text as the words that counts are read from: each looked up, with the place where it stands."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from app.text.folding import Folded
from app.text.number_kinds import END, UNKNOWN, Kind, Word
from app.text.number_words import AND_ONE, look

READ: Final = 4096
"""No more of a text is read than its first so many code points, up to the last white space among them."""

_PAD: Final = 4
_LONGEST_WORD: Final = 64
_LONGEST_DIGITS: Final = 24
_LETTERS_OF_A_WORD: Final = 4
_CONTROLS: Final = "\xad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_MARKS: Final = f"\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed{_CONTROLS}"
_DIGIT: Final = "0-9\u0660-\u0669\u06f0-\u06f9"
_BLANK: Final = " \xa0\u2002\u2003\u2007-\u200a\u202f"
_POINTS: Final = ".٫ر"
# Digits with what groups or joins them; letters and marks; another sign. Quotation marks and brackets are passed over.
_TOKEN: Final = re.compile(
    rf"([{_DIGIT}]{{1,3}}(?:[{_BLANK}][{_DIGIT}]{{3}})+(?![{_DIGIT}])|[{_DIGIT}]+(?:[.,٬٫،'’/:ر][{_DIGIT}]+)*)"
    rf"|([^\W\d_](?:[^\W\d_]|[{_MARKS}])*)|([^\w\s\"“”«»‘’'()\[\]{_MARKS}]|\n)"
)
_WHOLE: Final = re.compile(
    rf"0|[1-9][0-9]{{0,10}}|[1-9][0-9]{{0,2}}([,٬،'’.٫{_BLANK}])[0-9]{{3}}(?:\1[0-9]{{3}}){{0,2}}"
)
_DECIMAL: Final = re.compile(
    rf"(?:0|[1-9][0-9]{{0,2}}(?:[,٬][0-9]{{3}}){{0,2}}|[1-9][0-9]{{3,8}})[,،{_POINTS}]([0-9]{{1,6}})"
)
_NOT_DIGITS: Final = re.compile("[^0-9]")
_ASCII: Final = {zero + k: str(k) for zero in (0x660, 0x6F0) for k in range(10)}
_LAST_CONTROLS: Final = re.compile(f"[{_CONTROLS}]+\\Z")
_DASHES: Final = "-‐‑"
_SIGNS_OF_A_NAME: Final = frozenset("_#@/")
_NO_COUNT: Final = Word(Kind.OTHER_DIGITS)


class Tokens:
    """The words of a text, padded at both ends: the first one is at 1."""

    __slots__ = ("_places", "_text", "words")

    def __init__(self, text: str) -> None:
        self._text = text if len(text) <= READ else _beginning(text)
        self.words: list[Word] = [END]
        self._places: list[tuple[int, int]] = [(0, 0)]
        self._read(self._text)
        self.words += [END] * _PAD

    def start(self, i: int) -> int:
        """Where the word `i` begins, after its clitics."""
        start = self._places[i][0]
        cut = self.words[i].cut
        return start + Folded(self.written(i)).start(cut) if cut else start

    def end(self, i: int) -> int:
        """Where the word `i` ends, with its marks, without invisible controls after it."""
        end = self._places[i][1]
        if self._text[end - 1].isprintable():
            return end
        controls = _LAST_CONTROLS.search(self.written(i))
        return end - (len(controls[0]) if controls else 0)

    def written(self, i: int) -> str:
        """The word `i` as it is written, clitics and all."""
        return self._text[slice(*self._places[i])]

    def _read(self, text: str) -> None:
        words, places = self.words, self._places
        joined, clung = False, -1
        for found in _TOKEN.finditer(text):
            first, last = found.span()
            if found.lastindex == 1:
                word = _digits(found[1]) if last - first <= _LONGEST_DIGITS else _NO_COUNT
                if clung != first and not self._stands_free(first, last):
                    word = _NO_COUNT
            else:
                word = look(found[0]) if last - first <= _LONGEST_WORD else UNKNOWN
                if word.kind == Kind.CLITIC:
                    if (word.joined and last - first == 1) or text[last : last + 2].strip()[:1].isdecimal():
                        joined, clung = word.joined, last
                        continue
                    word = UNKNOWN
            if word.kind == Kind.TEN and words[-1].kind == Kind.UNIT and words[-1].value == 1:
                words[-1] = AND_ONE
            words.append(word._replace(joined=True) if joined else word)
            places.append((first, last))
            joined = False

    def _stands_free(self, first: int, last: int) -> bool:
        """Whether the digits are no part of a name: F-16, B12, 16F; أصيب10 lacks a blank, and that is all."""
        text = self._text
        before, after = text[first - 1 : first], text[last : last + 1]
        if after.islower() or after.isupper() or before in _SIGNS_OF_A_NAME:
            return False
        if before.isalpha():
            written = self._places[-1]
            return self.words[-1] is not UNKNOWN or written[1] - written[0] >= _LETTERS_OF_A_WORD
        return not (before and before in _DASHES and text[first - 2 : first - 1].isalpha())


def _beginning(text: str) -> str:
    blank = re.search(r"\s\S*\Z", text[:READ])
    return text[: blank.start()] if blank else ""


@lru_cache(maxsize=4096)
def _digits(written: str) -> Word:
    """Digits as a number: 12,000 and 12.000 are whole, 1.2 only before a scale; a date or an hour is none."""
    run = written.translate(_ASCII)
    digits = _NOT_DIGITS.sub("", run)
    if whole := _WHOLE.fullmatch(run):
        point = whole[1] and whole[1] in _POINTS and len(run) - len(digits) == 1
        return Word(Kind.DIGITS, int(digits), places=3 if point else 0)
    if decimal := _DECIMAL.fullmatch(run):
        return Word(Kind.DIGITS, int(digits), places=len(decimal[1]), whole=False)
    return _NO_COUNT
