"""Goes through a text from one word of saying to the next: what each of them carries, before it or after it."""

from __future__ import annotations

from collections.abc import Iterator

from app.suggest.said_before import SaidBefore
from app.suggest.saying_words import AFTERWARDS, Saying
from app.suggest.telling import DIRECT, Reported


class Sayings(SaidBefore):
    """Everything that is reported in a text."""

    def reported(self) -> Iterator[Reported]:
        """Everything that is reported in the text, headlines first."""
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
                yield one
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
            yield from found
