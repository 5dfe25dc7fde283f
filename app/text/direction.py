"""Which way a paragraph or a page runs and which language it is in, by all its letters and not by the first."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from unicodedata import bidirectional

_SAMPLE = 20_000
_RTL_WEIGHT = 2
"""An Arabic sentence names companies and units in Latin letters; an English one seldom quotes Arabic ones."""

_URDU = frozenset("ٹڈڑںہےھ")
_PERSIAN = frozenset("پچژگکی")
_NEIGHBOURS = frozenset("ێۆڵڕەټډړښځڅېۍ")
"""Letters of Kurdish and Pashto, which share others with Persian."""

_ENGLISH = frozenset({"the", "of", "and", "to", "in"})


def paragraph_direction(text: str) -> str:
    """``"rtl"`` or ``"ltr"`` by its letters, wherever they stand; ``""`` without any: it runs as its page does."""
    rtl, ltr = _strong(text[:_SAMPLE])
    if not rtl and not ltr:
        return ""
    return "rtl" if _RTL_WEIGHT * rtl > ltr else "ltr"


def page_direction(text: str) -> str:
    """``"rtl"`` or ``"ltr"`` by the letters of the first 20,000 code points; ``"rtl"`` without any."""
    return paragraph_direction(text) or "rtl"


def language_of(text: str) -> str:
    """A cheap guess from script and letters: ``"ar"``, ``"fa"``, ``"ur"``, ``"he"``, ``"en"``; ``""``: cannot say."""
    sample = text[:_SAMPLE]
    scripts: dict[str, int] = {}
    letters = Counter(sample)
    for letter, times in letters.items():
        script = _script(letter)
        scripts[script] = scripts.get(script, 0) + times
    scripts.pop("", None)
    if not scripts:
        return ""
    script = max(scripts, key=lambda name: scripts[name] * (1 if name == "latin" else _RTL_WEIGHT))
    if script == "arabic":
        return _arabic_language(letters, scripts[script])
    if script == "latin":
        return "en" if _reads_english(sample) else ""
    return {"hebrew": "he"}.get(script, "")


def _strong(text: str) -> tuple[int, int]:
    """How many right-to-left and left-to-right letters `text` has."""
    rtl = ltr = 0
    for letter, times in Counter(text).items():
        kind = _bidi_class(letter)
        if kind == "L":
            ltr += times
        elif kind in ("R", "AL"):
            rtl += times
    return rtl, ltr


@lru_cache(maxsize=4096)
def _bidi_class(letter: str) -> str:
    # The marks say how neighbours run and the others open or close something: no letter among them.
    return "" if letter in "\u200e\u200f\u061c" else bidirectional(letter)


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    kind = _bidi_class(letter)
    if kind == "AL":
        return "arabic" if "\u0600" <= letter <= "\u08ff" and not "\u0700" <= letter <= "\u086f" else "other"
    if kind == "R":
        return "hebrew" if "\u0590" <= letter <= "\u05ff" else "other"
    if kind == "L":
        return "latin" if letter <= "\u024f" else "other"
    return ""


def _arabic_language(letters: Counter[str], total: int) -> str:
    def share(of: frozenset[str]) -> float:
        return sum(letters[letter] for letter in of & letters.keys()) / total

    if share(_NEIGHBOURS) > 0.01:
        return ""
    if share(_URDU) > 0.02:
        return "ur"
    return "fa" if share(_PERSIAN) > 0.02 else "ar"


def _reads_english(text: str) -> bool:
    words = text.lower().split()
    return sum(word in _ENGLISH for word in words) >= 0.08 * len(words)
