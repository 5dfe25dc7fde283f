"""What is reported as said, by rule: the quote, the word of saying that carries it, and who speaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.model.annotation import Attribute
from app.suggest.base import Article, Link, Suggestion, Why
from app.suggest.quote_marks import Place
from app.suggest.sayings import Sayings
from app.suggest.telling import Reported
from app.suggest.words import Words, words_of

LABEL, CUE, ACTOR = "QUOTE", "CUE", "ACTOR"
SAID_BY, CUED_BY = "SAID_BY", "CUED_BY"
RULE: Final = "rule"


class Quotes:
    """A source; see `app.suggest.base.Source`. It needs a label QUOTE; CUE and ACTOR come as far as there are any."""

    name = "quotes"
    kind = RULE

    def suggest(self, article: Article) -> Iterator[Suggestion]:
        """Quotes with their links, and once each the words of saying and the speakers these lead to."""
        label = article.schema.label(LABEL)
        if label is None:
            return
        there = {other for other in (CUE, ACTOR) if article.schema.label(other) is not None}
        asks_kind = label.attribute("kind") is not None
        words = words_of(article.text)
        shown: set[tuple[str, Place]] = set()
        for one in Sayings(words).reported():
            ends = [
                (relation, other, _written(words, place))
                for relation, other, place in ((CUED_BY, CUE, one.cue), (SAID_BY, ACTOR, one.speaker))
                if place is not None and other in there
            ]
            why = Why("said-by", {"cue": _because(words, one)})
            answers = (Attribute("kind", one.kind, RULE),) if asks_kind else ()
            links = tuple(Link(relation, other, *place) for relation, other, place in ends)
            place = _written(words, one.quote)
            yield Suggestion(LABEL, *place, RULE, self.name, one.score, why, answers, links)
            for _relation, other, place in ends:
                if (other, place) not in shown:
                    shown.add((other, place))
                    yield Suggestion(other, *place, RULE, self.name, one.score, why)


def _written(words: Words, place: Place) -> Place:
    """A place of the folded text in the text as it is written."""
    return words.folded.start(place[0]), words.folded.end(place[1])


def _because(words: Words, one: Reported) -> str:
    place = _written(words, one.cue or one.speaker or one.quote)
    return words.text[slice(*place)]
