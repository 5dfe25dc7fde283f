"""Finding in a text: what a reader typed, folded, exactly or as a regular expression; and every place of a name."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

import regex  # type: ignore[import-untyped]

from app.errors import SearchFaulty, SearchStopped
from app.expressions import Unusable, compiled
from app.text.boundaries import word_at
from app.text.evidence import ARTICLE, FUSED, Lexicon, clitics, has_article, is_fused
from app.text.folding import Folded, fold
from app.text.tokens import WORD_KINDS, kind_of

Mode = Literal["folded", "exact", "regex"]
SECONDS: Final = 1.0
"""How long one text may be searched."""

_MOST_ATTACHED: Final = 4
_CLITICS: Final = re.compile("[وف]?[بكلس]?(?:ال|ل)?")
_BINDING: Final = frozenset(",:/–-\u2010\u2011\u066b\u066c.'’_")
"""Marks that may hold a word together."""


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


def said_by(search: Search) -> str:
    """What each text in which `search` finds something has in it when both are folded; "" when nothing is known."""
    pattern = search.pattern
    if search.mode == "exact":  # a hamza of its own may stand over the last letter there, which is another one then
        return pattern.rstrip("وي")
    return pattern if search.mode == "folded" else ""


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
        for found in compiled(pattern, regex.MULTILINE).finditer(
            text, timeout=SECONDS, concurrent=True
        ):  # lets the window go on
            yield found.span()
            if time.monotonic() > until:
                raise TimeoutError
    except TimeoutError:
        raise SearchStopped(pattern) from None
    except (Unusable, MemoryError) as error:
        raise SearchFaulty(pattern, str(error) or type(error).__name__) from None


_FINDERS: Final = {"folded": _folded, "exact": _exact, "regex": _regex}


def occurrences(text: str, surface: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Every place of `surface` as a word or words of its own, folded, with clitics cut off, in order.

    Never inside a longer word, but after the article too: فيروس is found in بالفيروس, and الفيروس there as well. A word
    whose article is fused with ل counts as a whole: الجيش is found as للجيش.
    """
    words = Folded(surface).text.split()
    if not words:
        return []
    where, known = fold(text), lexicon.asking(words[0])
    found = set(_standing(text, where, words, known))
    if words[0].startswith(ARTICLE):
        fused = FUSED + words[0].removeprefix(ARTICLE)
        found.update(_standing(text, where, [fused, *words[1:]], known))
    return sorted(found)


def _standing(text: str, where: Folded, words: list[str], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Where these folded words stand in a row, the first perhaps after clitics and the last not in a longer one."""
    folded = where.text
    known: dict[str, bool] = {"": True}
    for found in re.finditer(" +".join(map(re.escape, words)), folded):
        i, j = found.span()
        if j < len(folded) and _goes_on(text, where, j):
            continue
        before = _attached(folded, i)
        attached = folded[before:i]
        if attached not in known:
            known[attached] = _are_clitics(attached, words[0], lexicon)
        if known[attached] and not (before and _goes_on(text, where, before)):
            yield where.start(i), where.end(j)


def _attached(folded: str, i: int) -> int:
    """Where the letters before position `i` begin that could be clitics, or are too many for that."""
    before = i
    while before > 0 and i - before <= _MOST_ATTACHED and kind_of(folded[before - 1]) in WORD_KINDS:
        before -= 1
    return before


def _goes_on(text: str, where: Folded, i: int) -> bool:
    """Whether one word reaches over position `i` of the folded text, where it neither begins nor ends."""
    folded = where.text
    before, after = folded[i - 1], folded[i]
    left, right = kind_of(before) in WORD_KINDS, kind_of(after) in WORD_KINDS
    if left == right:
        return left
    # A mark binds only what stands on both of its sides; `word_at` says whether it does.
    mark, beyond = (after, i + 1) if left else (before, i - 2)
    if mark not in _BINDING or not 0 <= beyond < len(folded) or kind_of(folded[beyond]) not in WORD_KINDS:
        return False
    start, end = word_at(text, where.start(i - 1))
    return start < where.start(i) < end


def _are_clitics(attached: str, word: str, lexicon: Lexicon) -> bool:
    if kind_of(word[0]) != "letter":  # الـUN, و48: no letter of the word can be meant
        return _CLITICS.fullmatch(attached) is not None
    return len(attached) in _cuts(attached + word, lexicon)


def _cuts(word: str, lexicon: Lexicon) -> tuple[int, ...]:
    """Where the folded word goes on after each of its clitics, and after its article."""
    found = clitics(word, lexicon)
    rest = len(found)
    if rest and is_fused(word[rest - 1 :], lexicon):
        return (*found, rest + 1)
    return (*found, rest + len(ARTICLE)) if has_article(word[rest:], lexicon) else found


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word reaches over either end of the stretch."""
    if any(
        0 < k < len(text) and kind_of(text[k - 1]) in WORD_KINDS and kind_of(text[k]) in WORD_KINDS
        for k in (start, end)
    ):
        return False
    return word_at(text, start)[0] == start and word_at(text, end - 1)[1] == end
