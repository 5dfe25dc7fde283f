"""The words of a text as sources compare them: folded, each with its place in the text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from app.text.folding import Folded

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
JOINT: Final = re.compile(r"[ \-]{1,2}")
"""What may stand between two words of one name."""


class Words(NamedTuple):
    """A text, its folded form, and the words of that: where each begins and ends in the folded text."""

    text: str
    folded: Folded
    said: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def begin(self, word: int, after: int = 0) -> int:
        """Where word number `word` begins in the text, `after` folded letters on."""
        return self.folded.start(self.starts[word] + after)

    def end(self, word: int) -> int:
        """Where word number `word` ends in the text, its tashkeel included."""
        return self.folded.end(self.ends[word])

    def joined(self, word: int) -> bool:
        """Whether nothing but a blank or a hyphen stands between this word and the next."""
        between = self.folded.text[self.ends[word] : self.starts[word + 1]]
        return JOINT.fullmatch(between) is not None


@lru_cache(maxsize=4)
def words_of(text: str) -> Words:
    """The words of `text`; kept for the articles looked at last, since every source asks for them."""
    folded = Folded(text)
    found = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(folded.text)]
    said, starts, ends = zip(*found, strict=True) if found else ((), (), ())
    return Words(text, folded, said, starts, ends)


def words_in(folded: str) -> list[str]:
    """The words of a text that is folded already."""
    return _WORD.findall(folded)


def listed(*lines: str) -> frozenset[str]:
    """The words of `lines`, which are parted by blanks."""
    return frozenset(" ".join(lines).split())
