"""Goes through a text from one word of saying to the next: what each of them carries, before it or after it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from app.suggest.quote_marks import Quoted
from app.suggest.said_before import SaidBefore
from app.suggest.saying_words import AFTERWARDS, Saying
from app.suggest.telling import DIRECT, STATEMENT, Reported
from app.suggest.unlisted import UNLISTED

_UNSURE: Final = 0.2
"""So much less sure it is that a word tells of saying which no list has."""
_FEWEST: Final = 4
"""So many words stand at least between marks that nothing leads to, where they are what somebody said."""


class Sayings(SaidBefore):
    """Everything that is reported in a text."""

    def reported(self) -> Iterator[Reported]:
        """Everything that is reported in the text, headlines first, what no word of saying leads to last."""
        said = list(self._led_to())
        yield from said
        for quoted in self._marks.outer:
            if quoted.opens not in self._used and self._is_statement(quoted, said):
                yield self._left_over(quoted, said)

    def _led_to(self) -> Iterator[Reported]:
        yield from self._bare_headline()
        for quoted in self._marks.outer:
            headline = self._headline(quoted)
            if headline is not None:
                yield headline
        for k, saying in self._found.items():
            if self._denied(k, saying):
                continue
            for one in self._at(k, saying):
                self._last_end = max(self._last_end, one.quote[1])
                self._used.update(quoted.opens for quoted in self._marks.all if quoted.start == one.quote[0])
                yield one._replace(score=one.score - _UNSURE) if saying.verb == UNLISTED else one
                if one.kind == DIRECT and one.cue is not None and one.cue[0] >= one.quote[1]:
                    yield from self._goes_on_after(one)

    def _at(self, k: int, saying: Saying) -> Iterator[Reported]:
        words = self._words
        around = self._marks.around(words.starts[k])
        if around is not None:
            yield from self._within_a_quote(k, saying, around)
        elif (
            saying.sort == AFTERWARDS
            or self._is_of_measure(k)
            or (self._follows_what(k) and self._is_reported(k, saying))
        ):
            yield from self._afterwards(k, saying)
        else:
            found = list(self._forward(k, saying))
            if not found or (found[0].kind == DIRECT and saying.cut == 0):
                yield from self._closed_before(k, saying)
                if not found:
                    yield from self._stated_before(k, saying)
            yield from found

    def _is_statement(self, quoted: Quoted, said: Sequence[Reported]) -> bool:
        """Whether the marks hold what somebody said, no title and no part of what is told of already."""
        before = self._text[max(0, quoted.opens - 30) : quoted.opens].rstrip()
        length = len(self._text[quoted.start : quoted.end].split())
        states = before.endswith(":") or STATEMENT.match(self._text[quoted.start : quoted.end].split()[0])
        if length < _FEWEST - bool(states) or self._is_named(quoted, before.rpartition(" ")[2]):
            return False
        return not any(one.quote[0] < quoted.closes and quoted.opens < one.quote[1] for one in said)

    def _left_over(self, quoted: Quoted, said: Sequence[Reported]) -> Reported:
        """The quote with the word of saying and the speaker of the one beside it, as far as there is one."""
        place = bisect_left(self._stops, quoted.opens)
        begin = self._stops[place - 1] + 1 if place else 0
        end = self._stop(quoted.closes)
        if not self._text[begin : quoted.opens].strip():
            while place > 1 and not self._text[begin : quoted.opens].strip(" \n"):
                place -= 1
                begin = self._stops[place - 1] + 1
            begin = begin if self._text[begin : quoted.opens].strip(" \n") else 0
        beside = [one for one in said if one.cue is not None and one.quote[1] > begin and one.cue[0] < end]
        if not beside:
            return Reported(DIRECT, self._inner(quoted), None, None, 0.4)
        near = min(beside, key=lambda one: abs(one.quote[1] - quoted.opens))
        return near._replace(kind=DIRECT, quote=self._inner(quoted), score=0.55)
