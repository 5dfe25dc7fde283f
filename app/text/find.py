"""Finding in a text: what a reader typed, folded, exactly or as a regular expression; and every place of a name."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

import regex  # type: ignore[import-untyped]

from app.errors import SearchFaulty, SearchStopped
from app.text.boundaries import word_at
from app.text.clitics import ARTICLE, FUSED, Lexicon, clitics
from app.text.folding import Folded, fold
from app.text.tokens import WORD_KINDS, kind_of

Mode = Literal["folded", "exact", "regex"]
SECONDS: Final = 1.0
"""How long one text may be searched."""


class Search(NamedTuple):
    """What is looked for. `folded`: spellings that readers take for one are one; `exact`: character by character."""

    pattern: str
    mode: Mode = "folded"
    whole_words: bool = False


def matches(text: str, search: Search, limit: int = 100_000) -> list[tuple[int, int]]:
    """Where `search` is found, in order and without overlap; the first `limit` places. Never an empty stretch.

    Raises SearchFaulty for a regular expression that is none, and SearchStopped when it takes more than a second.
    """
    found: list[tuple[int, int]] = []
    for start, end in _FINDERS[search.mode](text, search.pattern):
        if start < end and (not search.whole_words or _is_whole(text, start, end)):
            found.append((start, end))
            if len(found) >= limit:
                break
    return found


def _folded(text: str, pattern: str) -> Iterator[tuple[int, int]]:
    wanted, where = Folded(pattern).text, fold(text)
    for i in _places(where.text, wanted):
        yield where.start(i), where.end(i + len(wanted))


def _exact(text: str, pattern: str) -> Iterator[tuple[int, int]]:
    for i in _places(text, pattern):
        yield i, i + len(pattern)


def _places(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = text.find(wanted, at + len(wanted))


def _regex(text: str, pattern: str) -> Iterator[tuple[int, int]]:
    until = time.monotonic() + SECONDS
    try:
        compiled = regex.compile(pattern, regex.MULTILINE)
        for found in compiled.finditer(text, timeout=SECONDS):
            yield found.span()
            if time.monotonic() > until:
                raise TimeoutError
    except TimeoutError:
        raise SearchStopped(pattern) from None
    except regex.error as error:
        raise SearchFaulty(pattern, str(error)) from None


_FINDERS: Final = {"folded": _folded, "exact": _exact, "regex": _regex}


def occurrences(text: str, surface: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Every place of `surface` as a word or words of its own, folded, with clitics cut off, in order.

    Never inside a longer word. A word whose ال is fused with ل (للجيش for الجيش) counts as a whole.
    """
    where = fold(text)
    wanted = " ".join(Folded(surface).text.split())
    found = [*_standing(where, wanted, lexicon)]
    if wanted.startswith(ARTICLE):
        found += _standing(where, FUSED + wanted[len(ARTICLE) :], lexicon)
    return sorted(set(found))


def _standing(where: Folded, wanted: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    text = where.text
    first_word = wanted.split(" ", 1)[0]
    known: dict[str, bool] = {}
    for i in _places(text, wanted):
        j = i + len(wanted)
        if j < len(text) and _in_word(text[j]) and _in_word(text[j - 1]):
            continue
        before = i
        while before > 0 and i - before < 5 and _in_word(text[before - 1]):
            before -= 1
        attached = text[before:i]
        if attached not in known:
            known[attached] = not attached or len(attached) in _cuts(attached + first_word, lexicon)
        if known[attached]:
            yield where.start(i), where.end(j)


def _cuts(word: str, lexicon: Lexicon) -> tuple[int, ...]:
    """Where the folded word goes on after each of its clitics, the article too."""
    found = clitics(word, lexicon)
    rest = found[-1] if found else 0
    if word.startswith(FUSED, max(rest - 1, 0)):
        return (*found, rest + 1)
    return (*found, rest + len(ARTICLE)) if word.startswith(ARTICLE, rest) else found


def _in_word(ch: str) -> bool:
    return kind_of(ch) in WORD_KINDS


def _is_whole(text: str, start: int, end: int) -> bool:
    return word_at(text, start)[0] == start and word_at(text, end - 1)[1] == end
