"""Attached clitics: و ف ب ك ل س before a word, and the article ال; told from the word's own letters by evidence.

Nothing is cut for its letters alone. The word without them must be known, from what was labelled in the project or
from a list of frequent words and names, and much more frequent than the word with them: for وبغداد it is, and for
وزير, كتاب or لبنان it is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from math import log10
from typing import Final

from app.text.boundaries import word_at
from app.text.folding import Folded, fold

ARTICLE: Final = "ال"
FUSED: Final = "لل"
"""ل and the article, whose alef is not written: للجيش is ل and الجيش."""

_FOLLOWERS: Final = {"": "وفبكلس", "و": "فبكلس", "ف": "بكلس"}
"""Which clitics can stand after which."""
# How much more frequent, as a logarithm, the rest of a word must be than the word for its first letter to be a clitic.
_MARGIN: Final = {"و": 0.5, "ف": 1.3, "ب": 0.6, "ك": 1.3, "ل": 0.5, "س": 0.3, FUSED: 0.3}
_RAREST: Final = 2.0
_SHORTEST: Final = 3
_VERB_BEGINS: Final = "ينت"
_ARTICLE_LOSS: Final = 0.5
_ARTICLE_MARGIN: Final = -1.2
_WHOLE: Final = frozenset({"الله", "اللهم", "الذي", "الذين", "التي", "اللذان", "اللتان", "اللواتي", "اللاتي"})

_LETTERS: Final = re.compile("[\u0621-\u063a\u0641-\u064a\u0671-\u06d3]")


class Lexicon:
    """What speaks for letters being a word: how often it is met in the world, how often it was labelled here."""

    def __init__(
        self,
        frequency: Callable[[str], float],
        labelled: Callable[[str], int] = lambda word: 0,
        seen: Callable[[str], bool] = lambda word: False,
    ) -> None:
        """`frequency` gives the logarithm (base 10) of occurrences in 10⁹ words, 0 for a word that is not known.

        `labelled` gives how many labels begin with the word, `seen` whether it stands alone in the text at hand. All
        are asked for folded words.
        """
        self.frequency = frequency
        self.labelled = labelled
        self.seen = seen

    @staticmethod
    def of(words: Iterable[str]) -> Lexicon:
        """A lexicon that knows these words, all equally frequent, and no others."""
        known = {Folded(word).text for word in words}
        return Lexicon(lambda word: 4.0 if word in known else 0.0)

    def reading(self, text: str) -> Lexicon:
        """This lexicon, for which a word that stands alone somewhere in `text` speaks as well."""
        return Lexicon(self.frequency, self.labelled, lambda word: _stands_alone(fold(text).text, word))

    def as_whole(self, word: str) -> float:
        """How much speaks for `word` being one word. Labels count little: before a clitic is cut they are wrong."""
        times = self.labelled(word)
        return max(self.frequency(word), 2.5 + log10(times) if times else 0.0)

    def as_rest(self, word: str) -> float:
        """How much speaks for `word` being what a clitic is attached to."""
        times = self.labelled(word)
        known = max(self.frequency(word), 4.0 + log10(times) if times else 0.0)
        return known or (2.5 if self.seen(word) else 0.0)


def clitics(word: str, lexicon: Lexicon) -> tuple[int, ...]:
    """Where the folded `word` goes on after each of its clitics, ascending; empty where it has none.

    In للجيش that is at 1: the alef of the article is not there to be pointed at.
    """
    found: list[int] = []
    before = ""
    while (start := found[-1] if found else 0) < len(word):
        clitic = word[start]
        if clitic not in _FOLLOWERS.get(before, "") or not _is_clitic(word[start:], lexicon):
            break
        found.append(start + 1)
        before = clitic
    return tuple(found)


def _is_clitic(word: str, lexicon: Lexicon) -> bool:
    """Whether the first letter of `word` is attached to the rest, by what is known of both."""
    first, rest = word[0], word[1:]
    if word.startswith(FUSED) and len(word) > 4:
        return _weight(ARTICLE + word[2:], lexicon) - lexicon.frequency(word) >= _MARGIN[FUSED]
    if len(rest) < _SHORTEST or (first == "س" and rest[0] not in _VERB_BEGINS):
        return False
    known = _weight(rest, lexicon)
    return known >= _RAREST and known - lexicon.as_whole(word) >= _MARGIN[first]


def _weight(word: str, lexicon: Lexicon) -> float:
    """How frequent `word` is, judged by what it is made of where it is not in the list itself."""
    known = lexicon.as_rest(word)
    if not known and word.startswith(FUSED) and len(word) > 4:
        return max(_weight(ARTICLE + word[2:], lexicon) - _ARTICLE_LOSS, 0.0)
    if not known and word.startswith(ARTICLE) and len(word) > 4:
        return max(lexicon.as_rest(word[2:]) - _ARTICLE_LOSS, 0.0)
    if not known and len(word) > _SHORTEST and word[0] in "بكلس" and _is_clitic(word, lexicon):
        return max(_weight(word[1:], lexicon) - 1.0, 0.0)
    return known


def starts(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[int, ...]:
    """Where a span of `text` that begins at `start` can begin instead: the whole word first, then after each clitic.

    The article comes last. One place alone where the word has nothing attached. All lie before `end`.
    """
    first, _last = _whole_word(text, start)
    places = [first, *_after_clitics(text, first, lexicon, article=True)]
    return tuple(place for place in places if place < end)


def word_core(text: str, k: int, lexicon: Lexicon) -> tuple[int, int]:
    """The word at `k` without its attached clitics; its article, and ل fused with it, stay. As `word_at` elsewhere."""
    start, end = word_at(text, k)
    places = _after_clitics(text, start, lexicon, article=False)
    return (max(place for place in (start, *places) if place <= k), end) if start < end else (start, end)


_LONE: Final = re.compile("([وف]?[بكل]|[وف]|ال|[وف]?بال|[وف]?لل)\u0640+")
_OPENING: Final = "«\"“‘'(["


def _whole_word(text: str, k: int) -> tuple[int, int]:
    start, end = word_at(text, k)
    if start > 1 and text[start - 1] in _OPENING and text[start - 2] == "\u0640":
        before = word_at(text, start - 2)
        if _LONE.fullmatch(text, *before):
            return before[0], end
    return start, end


def _after_clitics(text: str, start: int, lexicon: Lexicon, *, article: bool) -> list[int]:
    """Where the word at `start` goes on after each of its clitics, and with `article` after ال."""
    _start, end = word_at(text, start)
    if lone := _LONE.match(text, start, end):
        return _after_lone(text, start, lone.end(), end)
    folded = Folded(text[start:end])
    word = folded.text
    if not _LETTERS.match(word):
        return []
    places = list(clitics(word, lexicon))
    if word[places[-1] - 1 if places else 0 :].startswith(FUSED) and places and not article:
        places.pop()
    rest = places[-1] if places else 0
    if article and word.startswith(ARTICLE, rest) and _has_article(word[rest:], lexicon):
        places.append(rest + len(ARTICLE))
    return [start + folded.start(place) for place in places]


def _after_lone(text: str, start: int, after: int, end: int) -> list[int]:
    return [after] if after < end else []


def _has_article(word: str, lexicon: Lexicon) -> bool:
    rest = word[len(ARTICLE) :]
    if word in _WHOLE or len(rest) < 2:
        return False
    known = lexicon.as_rest(rest)
    return known > 0 and known - lexicon.as_whole(word) >= _ARTICLE_MARGIN


def _stands_alone(text: str, word: str) -> bool:
    """Whether the folded `text` has `word` somewhere with no letter beside it."""
    at = text.find(word)
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(word) : at + len(word) + 1]
        if not any(map(str.isalnum, around)):
            return True
        at = text.find(word, at + len(word))
    return False
