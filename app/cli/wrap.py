"""Lines of a paragraph on a terminal. Lines are broken first and turned round afterwards, as the bidi rules ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rich.cells import cell_len

from app.text.graphemes import next_grapheme

_WORD = re.compile(r"\S*\s*")
_WIDE = "\u1100"
"""The first character that takes two cells."""


def wrapped(text: str, width: int) -> list[tuple[int, int]]:
    """Where each line of `text` starts and ends, none wider than `width` cells; blanks at a break are left out."""
    lines: list[tuple[int, int]] = []
    start = used = 0
    for first, end in _unbroken(text, width):
        room = _cells(text[first:end].rstrip())
        if used and used + room > width:
            lines.append((start, start + len(text[start:first].rstrip())))
            start, used = first, 0
        used += _cells(text[first:end])
    return [*lines, (start, start + len(text[start:].rstrip()))]


def elided(text: str, width: int) -> str:
    """`text` on one line of `width` cells at most, cut at the end of a word if it is too long."""
    if _cells(text) <= width:
        return text
    end = wrapped(text, max(1, width - 1))[0][1]
    return f"{text[:end]}…" if width > 1 else ""


def _unbroken(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Words with the blanks after them; one that is wider than a line comes in pieces."""
    for word in _WORD.finditer(text):
        start, end = word.span()
        if start == end:
            return
        if _cells(text[start:end].rstrip()) <= width:
            yield start, end
            continue
        used, first = 0, start
        while start < end:
            after = next_grapheme(text, start)
            room = _cells(text[start:after])
            if used + room > width and start > first:
                yield first, start
                first, used = start, 0
            used += room
            start = after
        yield first, end


@lru_cache(maxsize=4096)
def _cells(text: str) -> int:
    """The room that `text` takes, at most: letters that join into one count as two, and what cannot be seen as one."""
    if max(text, default="") < _WIDE and cell_len(text) == len(text):
        return len(text)
    room = start = 0
    while start < len(text):
        after = next_grapheme(text, start)
        room += max(1, cell_len(text[start:after]))
        start = after
    return room
