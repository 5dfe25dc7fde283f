"""Code points and UTF-16 code units of one text, and where its paragraphs lie."""

from __future__ import annotations

import re
from bisect import bisect_left

PARAGRAPH_SEPARATORS = "\n\r\x1c\x1d\x1e\x85\u2029"
"""What ends a paragraph (bidi class B); `\\r\\n` is one separator."""

_SEPARATOR = re.compile(f"\r\n|[{PARAGRAPH_SEPARATORS}]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16Index:
    """Positions of `text` in UTF-16 code units, as Qt counts, and in code points, as Python does."""

    __slots__ = ("_astral", "_units")

    def __init__(self, text: str) -> None:
        self._astral: list[int] = []
        if not text.isascii() and len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text):
            self._astral = [found.start() for found in _ASTRAL.finditer(text)]
        self._units = [position + before for before, position in enumerate(self._astral)]

    def to_utf16(self, k: int) -> int:
        """Where code point position `k` is, in UTF-16 code units."""
        return k + bisect_left(self._astral, k) if self._astral else k

    def to_code_point(self, u: int) -> int:
        """Where UTF-16 position `u` is, in code points; inside a surrogate pair, where its character starts."""
        if not self._astral:
            return u
        before = bisect_left(self._units, u)
        if before and self._units[before - 1] + 1 == u:
            return self._astral[before - 1]
        return u - before


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where each paragraph starts and ends, without its separator; at least one, the last one may be empty."""
    found = []
    start = 0
    if any(mark in text for mark in PARAGRAPH_SEPARATORS[1:]):
        for separator in _SEPARATOR.finditer(text):
            found.append((start, separator.start()))
            start = separator.end()
        return [*found, (start, len(text))]
    for line in text.split("\n"):  # twice as quick, and what nearly every text needs
        end = start + len(line)
        found.append((start, end))
        start = end + 1
    return found
