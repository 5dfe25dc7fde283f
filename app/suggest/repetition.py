"""Places that say what a person marked elsewhere in the same article, with clitics cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from app.model.annotation import Span
from app.suggest.base import Article, Suggestion, Why
from app.suggest.confidence import expected
from app.suggest.memory import folded_form
from app.text.evidence import Lexicon
from app.text.find import occurrences
from app.words import frequent_words

LONGEST: Final = 80
"""A mark of more code points is no name, and is not looked for."""
_TEXTS: Final = 4
NAME: Final = "repetition"


class Repetition:
    """A source; see `app.suggest.base.Source`. Where a form stands is looked up once for each text and kept."""

    name = NAME
    kind = "memory"

    def __init__(self, lexicon: Callable[[], Lexicon] | None = None) -> None:
        """`lexicon` tells clitics from letters; without one, by the words that ship with the program."""
        self._lexicon = lexicon or _shipped
        self._places = lru_cache(maxsize=_TEXTS)(_Places)

    def suggest(self, article: Article) -> Iterator[Suggestion]:
        """Each place of each form that is marked, the marked ones too."""
        text = article.text
        places, score = self._places(text), expected(NAME)
        for (label, _form), span in _first_marks(article).items():
            why = Why("repeats-mark", {"surface": text[span.start : span.end], "place": span.start})
            for start, end in places.of(text[span.start : span.end], self._lexicon):
                yield Suggestion(label, start, end, self.kind, NAME, score, why)


class _Places:
    """Where the forms that were asked for stand in a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, list[tuple[int, int]]] = {}

    def of(self, surface: str, lexicon: Callable[[], Lexicon]) -> list[tuple[int, int]]:
        form = folded_form(surface)
        found = self._known.get(form)
        if found is None:
            found = self._known[form] = occurrences(self._text, surface, lexicon())
        return found


def _first_marks(article: Article) -> dict[tuple[str, str], Span]:
    """The first mark of each form and label, of those that are worth looking for."""
    first: dict[tuple[str, str], Span] = {}
    text = article.text
    for span in article.annotations.spans.values():
        if span.status != "accepted" or len(span.fragments) > 1 or span.end - span.start > LONGEST:
            continue
        form = folded_form(text[span.start : span.end])
        known = first.get((span.label, form))
        if len(form) > 1 and (known is None or span.start < known.start):
            first[span.label, form] = span
    return first


def _shipped() -> Lexicon:
    return Lexicon(lambda word: frequent_words().get(word, 0.0))
