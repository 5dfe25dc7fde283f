"""Where a word can begin: whole, or after the clitics attached to it, و ف ب ك ل س, and after its article."""

from __future__ import annotations

import re
from typing import Final

from app.text.boundaries import word_at
from app.text.evidence import ARTICLE, Lexicon, clitics, has_article, is_fused
from app.text.folding import Folded
from app.text.tokens import WORD_KINDS, kind_of

__all__ = ["Lexicon", "starts", "word_core"]

_OPENING: Final = "«\"“‘'‹(["
# Clitics and article apart from their word: لـ«فرانس برس», بـ20, الـ 35, و48.
_APART: Final = re.compile(f"([وف]?)([بكلس]?)((?:ال|ل)?)(?:\u0640+( )?)?([{re.escape(_OPENING)}]?)")


def starts(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[int, ...]:
    """Where the span `[start, end)` can begin: with its whole word, or after each clitic, and after the article last.

    One place alone where the word has nothing attached.
    """
    first = _whole_word(text, start)
    places = [first, *_after_clitics(text, first, lexicon.reading(text), article=True)]
    return tuple(place for place in places if place < end)


def word_core(text: str, k: int, lexicon: Lexicon) -> tuple[int, int]:
    """The word at `k` without its attached clitics, but with its article, and the ل fused with it; else as `word_at`.

    On the clitic too: a double click takes بغداد wherever it hits وبغداد.
    """
    start, end = word_at(text, k)
    places = [start, *_after_clitics(text, start, lexicon.reading(text), article=False)]
    return (places[-1], end) if places[-1] < end else (start, end)


def _whole_word(text: str, k: int) -> int:
    """Where the word at `k` begins, with clitics that stand apart from it."""
    first = word_at(text, k)[0]
    before = first - 1 if first and text[first - 1] in _OPENING else first
    if before > 1 and text[before - 1] == " " and text[before - 2] == "\u0640":
        before -= 1
    if before > 0 and not text[before - 1].isspace():
        start = word_at(text, before - 1)[0]
        if _apart(text, start)[-1:] == [first]:
            return start
    return first


def _after_clitics(text: str, start: int, lexicon: Lexicon, *, article: bool) -> list[int]:
    """Where the word at `start` goes on after each of its clitics, and with `article` after ال."""
    if apart := _apart(text, start, article):
        return apart
    folded = Folded(text[start : word_at(text, start)[1]])
    word = folded.text
    places = list(clitics(word, lexicon, asked=article))
    rest = len(places)
    if rest and not article and is_fused(word[rest - 1 :], lexicon):
        places.pop()
    elif article and has_article(word[rest:], lexicon) and text[start + folded.start(rest)] in "اٱ":
        places.append(rest + len(ARTICLE))
    return [start + folded.start(place) for place in places]


def _apart(text: str, start: int, article: bool = True) -> list[int]:
    """Where the text at `start` goes on after each clitic when these stand apart from what follows; else nothing."""
    found = _APART.match(text, start)
    if found is None or found.end(3) == start or found.end() >= len(text):
        return []
    kind = kind_of(text[found.end()])
    if kind not in WORD_KINDS or (kind == "letter" and not found[4] and not found[5]):
        return []
    ends = sorted({found.end(group) for group in (1, 2, 3)} - {start})
    if found[3] == ARTICLE and not article:
        return ends[:-1]
    return [*ends[:-1], found.end()]
