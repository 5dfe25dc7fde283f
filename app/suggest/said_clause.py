"""What is said as a clause, and where it ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from app.suggest.quote_marks import Place, Quoted
from app.suggest.saying_words import (
    AFTERWARDS,
    ALONGSIDE,
    CONNECTS,
    CONTINUES,
    MEDIA,
    NOUN,
    REPORTED,
    THAT,
    VERB,
    Saying,
)
from app.suggest.telling import COMMAS, DIRECT, INDIRECT, MIXED, Reported, Telling

_AND_THAT: Final = re.compile("[،,]? ?و(?:بان|ان|انه|انها|بانه)\\b")

_BUT: Final = ("غير", "بيد", "الا", "لكن")
"""Words that begin what somebody else says: …، غير أن الوزارة نفت."""


class SaidClause(Telling):
    """Reads a clause that is said."""

    def _clause(self, begin: int, limit: int, cue: Place, speaker: Place | None) -> Iterator[Reported]:
        """What is said without quotation marks, or partly, or in truth wholly within them."""
        start, end = self._trimmed(begin, self._clause_end(begin, limit))
        if self._text[start - 1 : start] in ("«", '"', "“", "'"):
            start -= 1
        first = self._marks.first(start, start + 1)
        after = self._text[first.closes : first.closes + 8] if first is not None else ""
        if first is not None and (first.closes >= end or after[:1] in COMMAS) and not _AND_THAT.match(after):
            yield Reported(DIRECT, self._inner(first), cue, speaker, 0.95)
            end, start = first.closes, first.closes
        spoken = [one for one in self._marks.outer if start <= one.opens < end and self._is_spoken(one, start)]
        last = spoken[-1] if spoken else None
        if last is not None and last.closes >= end - 1 and (cut := self._second_that(last, start)) >= 0:
            end = cut
        if end - start >= 3:
            kind = MIXED if [one for one in spoken if one.closes <= end] else INDIRECT
            yield Reported(kind, (start, end), cue, speaker, 0.85)
        for one in spoken:
            yield Reported(DIRECT, self._inner(one), cue, speaker, 0.8)

    def _second_that(self, quoted: Quoted, start: int) -> int:
        """Where a clause ends whose last part is a quote with an أن of its own: …، وإن «…»."""
        before = self._text[start : quoted.opens].rstrip()
        found = re.search(r"[،,]? وان$", before)
        return start + found.start() if found else -1

    def _is_spoken(self, quoted: Quoted, start: int) -> bool:
        length = len(self._text[quoted.start : quoted.end].split())
        last = self._text[start : quoted.opens].rstrip().rpartition(" ")[2]
        return length > 1 and not self._is_named(quoted, last)

    def _clause_end(self, begin: int, limit: int) -> int:
        """Where what is said ends: with its sentence, or where another word of saying begins a clause."""
        words = self._words
        for m in range(bisect_left(words.starts, begin) + 1, len(words.said)):
            if words.starts[m] >= limit:
                break
            gap = self._gap(m)
            comma = any(mark in gap for mark in COMMAS)
            if not comma and m not in self._found:
                continue
            if self._marks.around(words.starts[m]) is None and self._ends_before(m, comma):
                return words.ends[m - 1] + next((n for n, mark in enumerate(gap) if mark in COMMAS), 0)
        return limit

    def _ends_before(self, m: int, comma: bool) -> bool:
        said = self._words.said
        saying = self._found.get(m)
        if not comma:
            if saying is None or saying.sort == NOUN:
                return False
            if saying.sort == VERB:
                return (
                    said[m].startswith("و")
                    and saying.cut == 1
                    and saying.verb in CONTINUES
                    and self._leads_on(m, saying)
                )
            return (
                saying.sort == ALONGSIDE and saying.cut == 0 and saying.verb in CONTINUES and self._leads_on(m, saying)
            )
        if said[m] in REPORTED:
            return self._found.get(m + 1) is not None if m + 1 < len(said) else False
        if said[m] in ("علي",) and said[m + 1 : m + 2] and said[m + 1] in ("حد", "ما"):
            return True
        if said[m] == "في" and said[m + 1 : m + 2] and (said[m + 1] in MEDIA or m + 2 in self._found):
            return True
        if said[m] in ("من", "دون") and "".join(said[m + 1 : m + 2]) in ("دون", "غير", "ان"):
            return True
        if said[m].removeprefix("و") in ("جاء", "ورد") and "".join(said[m + 1 : m + 2]) == "في":
            return True
        if said[m] in _BUT:
            return any((one := self._found.get(n)) and one.sort == VERB for n in range(m + 1, min(m + 7, len(said))))
        for n in range(m, min(m + 4, len(said))):
            saying = self._found.get(n)
            if saying is not None:
                return saying.sort != NOUN and (saying.sort != AFTERWARDS or n == m) and not self._denied(n, saying)
            if said[n] not in CONNECTS:
                return self._somebody_else_says(m)
        return False

    def _somebody_else_says(self, m: int) -> bool:
        """Whether a clause begins with who says something else: …، والقرويون يردون بأن."""
        said = self._words.said
        if not said[m].startswith("وال"):
            return False
        for n in range(m + 1, min(m + 4, len(said))):
            saying = self._found.get(n)
            if saying is not None:
                return saying.sort == VERB and not saying.cut and self._leads_on(n, saying)
        return False

    def _leads_on(self, m: int, saying: Saying) -> bool:
        """Whether the word of saying carries something: إن soon after it, or a quote."""
        words, last = self._words, m
        while last + 1 < len(words.said) and last - m < 6 and "،" not in self._gap(last + 1):
            last += 1
            if words.said[last] in THAT:
                return True
        end = words.ends[last] + 2
        return ":" in self._text[words.ends[m] : end] or self._marks.first(words.ends[m], end) is not None
