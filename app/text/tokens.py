"""Words, marks and runs of space: what a text falls into for a double click and for Ctrl+arrow."""

from __future__ import annotations

from functools import lru_cache

import regex  # type: ignore[import-untyped]

from app.text.graphemes import grapheme_end, grapheme_start, next_grapheme
from app.text.offsets import PARAGRAPH_SEPARATORS

_KINDS = regex.compile(
    r"(?V1)(?P<trailing>[[\p{M}\p{Cf}\p{GCB=Extend}\p{GCB=SpacingMark}]--\u200b])"
    r"|(?P<digit>\p{Nd})|(?P<cased>[\p{Lu}\p{Ll}\p{Lt}])|(?P<letter>[\p{L}\p{N}])"
)
WORD_KINDS = frozenset({"digit", "cased", "letter"})
"""The kinds of character that words are made of."""

_WESTERN_KINDS = frozenset({"digit", "cased"})
_BLANK_KINDS = frozenset({"space", "trailing"})


@lru_cache(maxsize=4096)
def kind_of(ch: str) -> str:
    """``digit``, ``cased`` (letters of two cases), ``letter``, ``trailing`` (marks and invisible controls, which go
    with what they follow), ``space``, ``separator`` (of paragraphs) or ``mark`` (all else)."""
    if ch in PARAGRAPH_SEPARATORS:
        return "separator"
    if ch.isspace() or ch == "\u200b":
        return "space"
    found = _KINDS.match(ch)
    return found.lastgroup or "" if found else "mark"


def _binds(mark: str, left: str, right: str) -> bool:
    """Whether `mark` holds a word together between characters of these kinds."""
    if mark in ",:/–\u066b\u066c":
        return left == right == "digit"
    if mark in "-\u2010\u2011" and left in WORD_KINDS and right == "digit":
        return True
    return mark in "-\u2010\u2011.'’_" and left in _WESTERN_KINDS and right in _WESTERN_KINDS


def token_at(text: str, k: int) -> tuple[int, int, str]:
    """The word, mark or run of space (the third value says which) that the character at `k` belongs to."""
    start = grapheme_start(text, k)
    end = next_grapheme(text, start)
    base = _base(text, start, end)
    kind = kind_of(text[base])
    if kind == "mark" and not _binds_at(text, base):
        return start, end, "mark"
    if kind in ("mark", "trailing"):
        base = max(start - 1, 0)
        while base > 0 and kind_of(text[base]) == "trailing":
            base -= 1
    if kind_of(text[base]) in WORD_KINDS:
        first, last = _word_start(text, base), _word_end(text, base)
        if last > start:
            return first, last, "word"
    return _space_start(text, start), _space_end(text, end), "space"


def count_words(text: str, start: int, end: int, most: int | None = None) -> int:
    """How many words `[start, end)` holds, those that it cuts among them; above `most` it is not counted on."""
    count, k = 0, start
    while k < end and (most is None or count <= most):
        _start, k, kind = token_at(text, k)
        count += kind == "word"
    return count


def _word_end(text: str, k: int) -> int:
    end = k + 1
    for i in range(k + 1, len(text)):
        kind = kind_of(text[i])
        if kind in WORD_KINDS:
            end = i + 1
        elif kind != "trailing" and not _binds_at(text, i):
            break
    return grapheme_end(text, end)


def _word_start(text: str, k: int) -> int:
    start = k
    for i in range(k - 1, -1, -1):
        kind = kind_of(text[i])
        if kind in WORD_KINDS:
            start = i
        elif kind != "trailing" and not _binds_at(text, i):
            break
    first = grapheme_start(text, start)
    owned = first == start or kind_of(text[_base(text, first, start + 1)]) in WORD_KINDS
    return first if owned else grapheme_end(text, start)


def _base(text: str, start: int, end: int) -> int:
    """The first character in `[start, end)` that others go with; `start` if there is none."""
    return next((i for i in range(start, end) if kind_of(text[i]) != "trailing"), start)


def _binds_at(text: str, k: int) -> bool:
    """Whether the mark at `k` holds together what stands before it and what follows at once."""
    return 0 < k < len(text) - 1 and _binds(text[k], _base_kind(text, k - 1), kind_of(text[k + 1]))


def _base_kind(text: str, k: int) -> str:
    """The kind of the character that the marks and controls up to `k` follow."""
    while k > 0 and kind_of(text[k]) == "trailing":
        k -= 1
    return kind_of(text[k])


def _space_end(text: str, k: int) -> int:
    while k < len(text) and kind_of(text[k]) in _BLANK_KINDS:
        k += 1
    return grapheme_start(text, k)


def _space_start(text: str, k: int) -> int:
    while k > 0 and kind_of(text[k - 1]) in _BLANK_KINDS:
        k -= 1
    return grapheme_end(text, k)
