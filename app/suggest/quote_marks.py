"""Where a folded text stands between quotation marks, of whatever kind, closed or not."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, NamedTuple

from app.suggest.saying_words import SAYING

_MARKS: Final = re.compile("''|' '|[«»“”„‟‹›‘’\"'\n]")
_CLOSES: Final = {"«": "»", "»": "«", "“": "”", "„": "“”‟", "‟": "”", "‹": "›", "‘": "’", '"': '"', "'": "'"}
_LONGEST: Final = 3000
"""So many letters a quote over several paragraphs has at most."""


Place = tuple[int, int]


class Quoted(NamedTuple):
    """What stands between the marks: `[start, end)` without them, `opens` and `closes` with them; how deep it lies."""

    opens: int
    start: int
    end: int
    closes: int
    depth: int


class Marks:
    """The quoted stretches of a folded text, in reading order, those within others behind them."""

    def __init__(self, folded: str) -> None:
        self._text = folded
        self._open: list[tuple[str, int, int]] = []
        self.all: list[Quoted] = []
        self._read()
        self.all.sort(key=lambda one: (one.opens, -one.closes))
        self.outer = [one for one in self.all if not one.depth]
        self._starts = [one.opens for one in self.outer]

    def around(self, at: int) -> Quoted | None:
        """The outermost quoted stretch that `at` lies in."""
        place = bisect_right(self._starts, at) - 1
        return self.outer[place] if place >= 0 and at < self.outer[place].closes else None

    def first(self, start: int, end: int) -> Quoted | None:
        """The first outermost one that opens within `[start, end)`."""
        place = bisect_right(self._starts, start - 1)
        return self.outer[place] if place < len(self.outer) and self._starts[place] < end else None

    def _read(self) -> None:
        for found in _MARKS.finditer(self._text):
            mark, at, end = found.group(), *found.span()
            mark = '"' if len(mark) > 1 else mark
            if mark == "\n":
                self._end_of_paragraph(at)
            elif self._closes(mark, at):
                self._close(mark, at, end)
            elif self._turned_round(at) if mark == "»" else mark in _CLOSES and self._opens(mark, at):
                self._open.append((mark, at, end))
        self._end_of_paragraph(len(self._text))

    def _opens(self, mark: str, at: int) -> bool:
        before = self._text[at - 1 : at]
        return (mark not in "'‘" or not before.isalnum()) and not self._goes_on(mark, at)

    def _goes_on(self, mark: str, at: int) -> bool:
        """Whether the mark only says at the beginning of a paragraph that a quote goes on."""
        return bool(self._open) and self._open[0][0] == mark and self._text[:at].rstrip(" ")[-1:] == "\n"

    def _closes(self, mark: str, at: int) -> bool:
        if mark in "'’" and self._text[at + 1 : at + 2].isalnum():
            return False
        return any(mark in _CLOSES[other] for other, _opens, _start in self._open)

    def _turned_round(self, at: int) -> bool:
        """Whether the mark opens a quote that is written »so«."""
        return (
            not self._open
            and self._text[at - 1 : at] in (" ", ":", "ل", "ب", "و", "(")
            and "«" in self._text[at : at + 400]
        )

    def _close(self, mark: str, at: int, closes: int) -> None:
        while self._open:
            other, opens, start = self._open.pop()
            if mark in _CLOSES[other]:
                self._put(opens, start, at, closes)
                return

    def _put(self, opens: int, start: int, end: int, closes: int) -> None:
        if any(map(str.isalnum, self._text[start:end])):
            self.all.append(Quoted(opens, start, end, closes, len(self._open)))

    def _end_of_paragraph(self, at: int) -> None:
        """A mark that nothing closes ends with its paragraph, unless the next one goes on with it."""
        if not self._open:
            return
        mark, opens, start = self._open[0]
        follows = self._text[at:].lstrip("\n ")[:1] if at < len(self._text) else ""
        if mark == "'" or at - opens > _LONGEST:
            self._open.clear()
        elif mark != '"' and follows == mark:
            del self._open[1:]
        elif mark == '"' or self._next_mark(at) not in _CLOSES[mark]:
            self._open.clear()
            if mark in "«“„" or self._is_led_to(opens):
                self._put(opens, start, at, at)

    def _is_led_to(self, at: int) -> bool:
        """Whether a colon or a word of saying stands shortly before `at`."""
        before = self._text[max(0, at - 70) : at].rpartition("\n")[2].rstrip()
        return before.endswith(":") or not SAYING.keys().isdisjoint(before.split()[-8:])

    def _next_mark(self, at: int) -> str:
        found = re.compile('[«»“”„‹›"]').search(self._text, at, at + _LONGEST)
        return found.group() if found else "\n"
