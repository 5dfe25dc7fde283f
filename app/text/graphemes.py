"""Where graphemes begin and end: what a reader calls a letter, with its marks, or one emoji.

Positions are code points. A look at a position costs the same in a long text as in a short one: it goes back only to
the first place that is a boundary whatever stands before it.
"""

from __future__ import annotations

from functools import lru_cache

import regex  # type: ignore[import-untyped]

_CLUSTER = regex.compile(r"\X")
# \X joins a consonant to any virama before it; Unicode (rule GB9c) only to one that stands on a consonant itself.
_NO_CONJUNCT = regex.compile(
    r"(?=\p{InCB=Consonant})(?<=[\p{InCB=Linker}\p{InCB=Extend}])"
    r"(?<!\p{InCB=Consonant}[\p{InCB=Linker}\p{InCB=Extend}]*)"
)
_FLAG_LETTERS_BEFORE = regex.compile(r"(?r)\p{Regional_Indicator}*+")
_FIRST_WINDOW = 64


def grapheme_start(text: str, k: int) -> int:
    """`k` if a grapheme starts there, else the start of the grapheme that it lies in."""
    if k <= 0 or k >= len(text):
        return min(max(k, 0), len(text))
    if _parts(text[k - 1], text[k]):
        return k
    return _around(text, k)[0]


def grapheme_end(text: str, k: int) -> int:
    """`k` if a grapheme ends there, else the end of the grapheme that it lies in."""
    if k <= 0 or k >= len(text):
        return min(max(k, 0), len(text))
    if _parts(text[k - 1], text[k]):
        return k
    return _around(text, k)[1]


def previous_grapheme(text: str, k: int) -> int:
    """The nearest grapheme boundary before `k`; 0 at the text's start."""
    return grapheme_start(text, k - 1)


def next_grapheme(text: str, k: int) -> int:
    """The nearest grapheme boundary after `k`; the text's length at its end."""
    return grapheme_end(text, k + 1)


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """`[start, end)` widened so that it splits no grapheme; an empty range stays empty."""
    first = grapheme_start(text, start)
    return (first, first) if start >= end else (first, grapheme_end(text, end))


@lru_cache(maxsize=16384)
def _parts(before: str, after: str) -> bool:
    """Whether a grapheme starts between these two characters whatever stands in front of them.

    Only emoji joined by ZWJ and Indic conjuncts look further back than one character to join, and flags to part:
    so both joins are tried, and a pair of flag letters, which joins when alone, never counts as a sure place.
    """
    return all(_CLUSTER.findall(front + before + after)[-1] == after for front in ("", "👩", "क्"))


def _around(text: str, k: int) -> tuple[int, int]:
    """The grapheme that `k` lies in, or (k, k) at a boundary; `0 < k < len(text)`."""
    safe = _safe_place(text, k - 1)
    window = _FIRST_WINDOW
    while True:
        stop = min(k + window, len(text))
        start = safe
        for end in (safe + edge for edge in _edges(text[safe:stop])):
            if start == k:
                return k, k
            if end > k and (end < stop or stop == len(text)):
                return start, end
            start = end
        window *= 4


def _safe_place(text: str, k: int) -> int:
    """The nearest boundary at or before `k` that needs no look further back."""
    while k > 0 and not _parts(text[k - 1], text[k]):
        flag_letters = k - _FLAG_LETTERS_BEFORE.match(text, 0, k).start() if "🇦" <= text[k] <= "🇿" else 0
        if flag_letters > 1:
            return k - flag_letters % 2  # two letters make a flag, counted from the first
        k -= 1
    return k


def _edges(part: str) -> list[int]:
    """Where the graphemes of `part` end, as far as it can be told without what follows it."""
    ends = {found.end() for found in _CLUSTER.finditer(part)}
    return sorted(ends.union(found.start() for found in _NO_CONJUNCT.finditer(part)))
