"""What is reported as said, by rule: the quote, the word of saying that carries it, and who speaks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple

from app.model.annotation import Attribute
from app.suggest.base import Article, Link, Suggestion, Why
from app.suggest.saying_words import AFTERWARDS, ALONGSIDE, HEADS, REPORTED, SPEAKER_ENDS, THAT, VERBS
from app.suggest.words import Words, words_of
from app.text.boundaries import trim

LABEL, CUE, ACTOR = "QUOTE", "CUE", "ACTOR"
SAID_BY, CUED_BY = "SAID_BY", "CUED_BY"
RULE: Final = "rule"
_QUOTED: Final = re.compile(r"«[^«»\n]*(?:«[^«»\n]*»[^«»\n]*)*»|“[^“”\n]*”|\"[^\"\n]+\"")
_STOP: Final = re.compile(r"[!?؟؛\n]|\.(?!\d)")
_REACH: Final = 18
"""So many words after the word of saying what is said begins."""
_LONGEST_SPEAKER: Final = 7

Place = tuple[int, int]


class _Said(NamedTuple):
    """What is said, by which word and by whom, as far as that is known."""

    kind: str
    quote: Place
    cue: Place
    speaker: Place | None
    score: float


class Quotes:
    """A source; see `app.suggest.base.Source`. It needs a label QUOTE; CUE and ACTOR come as far as there are any."""

    name = "quotes"
    kind = RULE

    def suggest(self, article: Article) -> Iterator[Suggestion]:
        """Quotes with their links, and once each the words of saying and the speakers these lead to."""
        label = article.schema.label(LABEL)
        if label is None:
            return
        cued, spoke = (article.schema.label(other) is not None for other in (CUE, ACTOR))
        shown: set[tuple[str, Place]] = set()
        for one in _Reader(words_of(article.text)).said():
            why = Why("said-by", {"cue": article.text[slice(*one.cue)]})
            answers = (Attribute("kind", one.kind, RULE),) if label.attribute("kind") is not None else ()
            ends = [(CUED_BY, CUE, one.cue)] if cued else []
            if spoke and one.speaker is not None:
                ends.append((SAID_BY, ACTOR, one.speaker))
            links = tuple(Link(relation, other, *place) for relation, other, place in ends)
            yield Suggestion(LABEL, *one.quote, RULE, self.name, one.score, why, answers, links)
            for _relation, other, place in ends:
                if (other, place) not in shown:
                    shown.add((other, place))
                    yield Suggestion(other, *place, RULE, self.name, one.score, why)


class _Reader:
    """Goes through a text from one word of saying to the next; remembers who spoke last."""

    def __init__(self, words: Words) -> None:
        self._words, self._text = words, words.text
        self._quoted = [found.span() for found in _QUOTED.finditer(words.text) if _says(found.group())]
        self._stops = [found.start() for found in _STOP.finditer(words.text) if not self._within(found.start())]
        self._last: Place | None = None
        self._begins = [words.begin(k) for k in range(len(words.said))]
        self._cues = [self._begins[k] for k, word in enumerate(words.said) if word in VERBS or word in ALONGSIDE]

    def said(self) -> Iterator[_Said]:
        for k, word in enumerate(self._words.said):
            plain, cut = _bare(word)
            if not plain or self._within(self._begins[k]):
                continue
            if plain in AFTERWARDS or (k and self._words.said[k - 1] in REPORTED):
                yield from self._before(k, cut)
            else:
                yield from self._after(k, plain, cut)

    def _after(self, k: int, plain: str, cut: int) -> Iterator[_Said]:
        """قال فلان إن …, وأضاف: «…»: what is said comes after the word of saying."""
        cue = (self._words.begin(k, cut), self._words.end(k))
        limit = self._stop(cue[1])
        that = self._that(k, limit)
        first = next((place for place in self._quoted if cue[1] <= place[0] < limit), None)
        begin = self._begins[that + 1] if that >= 0 else -1
        if begin >= 0 and (first is None or first[0] + 2 >= begin or first[0] > begin):
            speaker = self._speaker(k, plain, self._begins[that])
            yield from self._that_is_said(cue, begin, limit, speaker)
        elif first is not None and self._carries(cue[1], first):
            yield _Said("direct", _inner(self._text, first), cue, self._speaker(k, plain, first[0]), 0.95)

    def _that_is_said(self, cue: Place, begin: int, limit: int, speaker: Place | None) -> Iterator[_Said]:
        start, end = trim(self._text, begin, self._clause_end(begin, limit))
        inside = [place for place in self._quoted if start - 1 <= place[0] and place[1] <= end + 1]
        whole = next((place for place in inside if place[0] <= start and place[1] >= end), None)
        if whole is not None:
            yield _Said("direct", _inner(self._text, whole), cue, speaker, 0.95)
            return
        spoken = [place for place in inside if len(self._text[slice(*place)].split()) > 1]
        if start < end:
            if spoken and spoken[0][0] == start - 1:
                start -= 1
            yield _Said("mixed" if spoken else "indirect", (start, end), cue, speaker, 0.85)
        for place in spoken:
            yield _Said("direct", _inner(self._text, place), cue, speaker, 0.8)

    def _before(self, k: int, cut: int) -> Iterator[_Said]:
        """«…»، بحسب فلان; …، حسبما أفاد فلان: what is said stands before."""
        cue = (self._words.begin(k, cut), self._words.end(k))
        opens = k - 1 if k and self._words.said[k - 1] in REPORTED else k
        place = bisect_left(self._stops, cue[0])
        sentence = self._stops[place - 1] + 1 if place else 0
        start, end = trim(self._text, sentence, self._begins[opens])
        end = start + len(self._text[start:end].rstrip("، "))
        speaker = self._speaker(k, "", self._stop(cue[1]))
        if end - start < 15 or speaker is None:
            return
        for quoted in self._quoted:
            if quoted[0] <= start and quoted[1] >= end:
                yield _Said("direct", _inner(self._text, quoted), cue, speaker, 0.9)
                return
        start += self._text[start] == "و" and self._text[start + 1] not in " ا"
        yield _Said("indirect", (start, end), cue, speaker, 0.6)

    def _that(self, k: int, limit: int) -> int:
        """The word إن or أن that the word of saying leads to, -1 where there is none."""
        said = self._words.said
        for m in range(k + 1, min(k + _REACH, len(said) - 1)):
            if self._begins[m] >= limit or _bare(said[m])[0]:
                break
            if said[m] in THAT and not self._within(self._begins[m]) and self._begins[m + 1] < limit:
                return m
        return -1

    def _carries(self, end: int, quoted: Place) -> bool:
        """Whether a word of saying that ends at `end` carries what is `quoted`, which is no title."""
        between, length = self._text[end : quoted[0]], len(self._text[slice(*quoted)].split())
        if any(end <= begin < quoted[0] for begin in self._cues) or len(between.split()) > _REACH:
            return False
        if between.rstrip().endswith(":"):
            return True
        return length > 1 and between.rstrip("ـ ").endswith((" ب", " الى", " إلى", " من"))

    def _speaker(self, k: int, plain: str, limit: int) -> Place | None:
        """Who is named after the word of saying `k` and before `limit`; else who spoke last."""
        words, m = self._words, k + 1
        if plain in ALONGSIDE:
            return self._last
        while m < len(words.said) and m - k <= _LONGEST_SPEAKER and self._begins[m] < limit:
            gap = self._text[words.end(m - 1) : self._begins[m]]
            if gap.strip("«» ") or words.said[m] in SPEAKER_ENDS or words.said[m] in THAT:
                break
            m += 1
        first, last = k + 1, m - 1
        if last < first:
            return self._last
        if words.said[first] in HEADS and last - first >= 2 and not words.said[last - 1].startswith("ال"):
            first = last - 1
        self._last = (self._begins[first], words.end(last))
        return self._last

    def _clause_end(self, begin: int, limit: int) -> int:
        """Where what is said ends: with its sentence, or at a comma before another word of saying."""
        words = self._words
        for m in range(bisect_left(self._begins, begin) + 1, len(words.said)):
            if self._begins[m] >= limit:
                break
            gap = self._text[words.end(m - 1) : self._begins[m]]
            if "،" in gap and not self._within(self._begins[m]) and _ends(words.said[m]):
                return words.end(m - 1) + gap.index("،")
        return limit

    def _within(self, at: int) -> bool:
        """Whether `at` stands between quotation marks."""
        place = bisect_left(self._quoted, (at, at)) - 1
        return place >= 0 and self._quoted[place][0] <= at < self._quoted[place][1] - 1

    def _stop(self, at: int) -> int:
        """Where the sentence ends that goes on at `at`."""
        place = bisect_left(self._stops, at)
        return self._stops[place] if place < len(self._stops) else len(self._text)


def _bare(word: str) -> tuple[str, int]:
    """A word of saying without و or ف before it, and how many letters these have; "" where it is none."""
    for cut in (0, 1):
        rest = word[cut:]
        if (not cut or word[0] in "وف") and (rest in VERBS or rest in ALONGSIDE or rest in AFTERWARDS):
            return rest, cut
    return "", 0


def _ends(word: str) -> bool:
    return bool(_bare(word)[0]) or word in REPORTED or word in ("لكنه", "لكنها", "فيما", "بينما")


def _says(quoted: str) -> bool:
    return any(map(str.isalnum, quoted))


def _inner(text: str, quoted: Place) -> Place:
    """What stands between the quotation marks, without the stop at its end."""
    start, end = trim(text, quoted[0] + 1, quoted[1] - 1)
    return start, end - text[start:end].endswith(".")
