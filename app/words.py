"""Words as evidence: those that ship with the program, with how often they are met, and those that were labelled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from app.model.annotation import Change, surface
from app.text.clitics import Lexicon
from app.text.folding import Folded


@cache
def frequent_words() -> Mapping[str, float]:
    """Folded words with the logarithm (base 10) of how often they come in 10⁹; read when first asked for."""
    said = resources.files("resources").joinpath("words", "ar.txt").read_text("utf-8")
    levels = re.split(r"([0-9]+)\n", said)
    found: dict[str, float] = {}
    for level, words in zip(levels[1::2], levels[2::2], strict=True):
        found.update(dict.fromkeys(words.split(), int(level) / 10))
    return found


class Labelled:
    """The words that labels begin with, folded, and how many labels do."""

    def __init__(self, surfaces: Iterable[str]) -> None:
        self._times = Counter(map(_first_word, surfaces))

    def follow(self, text: str, change: Change) -> None:
        """Count what `change` adds to the document with this text, and no longer what it removes."""
        self._times.subtract(_first_word(surface(text, span)) for span in change.removed)
        self._times.update(_first_word(surface(text, span)) for span in change.added)

    def lexicon(self) -> Lexicon:
        """What these words and the shipped ones together say; it follows what is labelled later."""
        return Lexicon(lambda word: frequent_words().get(word, 0.0), lambda word: max(self._times[word], 0))


def _first_word(surface: str) -> str:
    return Folded(surface[:64]).text.strip().partition(" ")[0]
