"""Which of a place's names are kept, in what order, and which are safe to suggest; for build.py alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from math import log10
from typing import TYPE_CHECKING, Final
from unicodedata import combining, normalize

import wordfreq  # type: ignore[import-untyped]

from app.text.folding import Folded

HOME: Final = frozenset(
    (
        *("IQ", "SY", "YE", "LY", "SD", "SS", "PS", "IL", "LB", "JO", "SA", "EG", "KW", "QA", "BH", "AE", "OM"),
        *("TN", "DZ", "MA", "MR", "SO", "DJ", "KM", "EH"),
    )
)
"""The countries that the news are written in."""

if TYPE_CHECKING:
    from resources.gazetteer.sources import Source

_ARABIC: Final = re.compile("[ء-غف-ي]{2,}( [ء-غف-ي]{2,})*")
_PLAIN: Final = str.maketrans("یکھ", "يكه", "\u200eـ،‘’ʿʾʼʹ`ʻ")
_LETTERS: Final = str.maketrans("ıəøłđØŁĐ", "iaoldOLD")
_LATIN: Final = re.compile("[A-Z][A-Za-z.'-]*( [A-Za-z.'&-]+)*")
_HEAD: Final = re.compile("^(محافظة|ولاية|إمارة|مركز قضاء|قضاء|ناحية|مديرية|لواء|منطقة|قرية|بلدة|بلدية|شعبية) ")
_MOST_ARABIC: Final = 4
_MISLEADING: Final = frozenset(
    (
        *("سلاله", "وتيره", "الظاهره", "العصابه", "بشار", "العماره", "الخور", "سعيده", "بورصه", "قنا", "بركان"),
        *("سول", "الوكره", "الزاويه"),
    )
)
"""Folded names that the frequencies take for places, and news do not."""
_LARGE: Final = 1_000_000
_KNOWN_LATIN: Final = 2.6
"""Zipf frequency from which an English word is what the place is called in English."""


def is_arabic(name: str) -> bool:
    """Whether `name` is written with the letters of Arabic alone."""
    return bool(_ARABIC.fullmatch(_plain(name)))


def arabic_names(source: Source) -> list[str]:
    """Arabic names without what kind of place they say: in the order of the supplement, else the most usual first."""
    found = {_HEAD.sub("", _plain(name)): name for name in source.names if is_arabic(name)}
    found |= {name: name for name in source.names if name in found}
    if source.by_hand:
        return list(found)
    order = sorted(found, key=lambda name: (-_usual(name, found[name]), name))
    return list(_apart(order))[:_MOST_ARABIC]


def latin_names(source: Source) -> list[str]:
    """English names: by hand as they stand, else the one that English texts use and the one of GeoNames."""
    written = [_ascii(name) for name in source.names if not is_arabic(name)]
    if source.by_hand:
        return [name for name in dict.fromkeys(written) if _LATIN.fullmatch(name)][:4]
    first = re.sub(r" (Governorate|Province|District|County|Region)$", "", written[0]) if written else ""
    usual = [name for name in written if _LATIN.fullmatch(name) and " " not in name and len(name) > 3]
    usual.sort(key=lambda name: (-wordfreq.zipf_frequency(name, "en"), name))
    best = usual[:1] if usual and source.population > 20_000 and source.kind != "district" else []
    best = [name for name in best if wordfreq.zipf_frequency(name, "en") >= _KNOWN_LATIN and _alike(name, first)]
    found = {_loose(name): name for name in (first, *best)}
    return [name for name in reversed(found.values()) if _LATIN.fullmatch(name)]


def key(name: str) -> str:
    """What is the same for spellings that a reader takes for one."""
    return Folded(name).text


def asked_only(name: str, source: Source) -> bool:
    """Whether `name` is too often something else to be suggested as this place where nobody asked."""
    if source.by_hand or source.kind == "country":
        return name in source.asked_only
    if not is_arabic(name):
        return " " not in name and (
            len(name) < 4 or wordfreq.zipf_frequency(name, "en") > log10(source.population + 1) - 1.5
        )
    if key(name) in _MISLEADING:
        return True
    words = key(name).split()
    least = min(_frequency(word) for word in words) - 2 * (len(words) - 1)
    if len(words) == 1 and len(words[0].removeprefix("ال")) < 3:
        return True
    first = next(iter(arabic_names(source)))
    return least > _bearable(source) - (0.0 if name == first else 1.5)


def _bearable(source: Source) -> float:
    """How often, as a logarithm of occurrences in 10⁹, a name may be met that this many people speak for."""
    if source.kind == "governorate":
        return 4.8 if source.country in HOME else 3.5
    people = max(source.population, 2_000)
    return log10(people) - (1.2 if source.country in HOME or people > _LARGE else 1.9)


def _apart(names: list[str]) -> Iterator[str]:
    """The names that differ by more than folding, an article, or the blanks in them."""
    seen: set[str] = set()
    for name in names:
        loose = re.sub(r"(^| )ال|[ء ]", "", key(name))
        if loose not in seen:
            seen.add(loose)
            yield name


def _usual(name: str, spelled: str) -> float:
    """How much speaks for `name` being what the place is called; names in Persian or Kurdish spelling come last."""
    words = name.split()
    score = min(_written(word) for word in words) - 0.7 * (len(words) - 1)
    score += 0.3 if re.search("(^| )(ال|[أإآ])", name) else 0
    return score - (4 if re.search("[یکھ]|ى[^ ]", spelled) else 0)


def _written(word: str) -> float:
    return float(wordfreq.zipf_frequency(word, "ar"))


@cache
def _frequencies() -> dict[str, float]:
    found: dict[str, float] = {}
    for word, share in wordfreq.get_frequency_dict("ar", wordlist="large").items():
        folded = key(word)
        found[folded] = found.get(folded, 0.0) + share
    return found


def _frequency(word: str) -> float:
    share = _frequencies().get(word, 0.0)
    return log10(share) + 9 if share else 0.0


def _plain(name: str) -> str:
    return " ".join(re.sub("[\u064b-\u0655\u0670]", "", name.translate(_PLAIN).replace("-", " ")).split())


def _ascii(name: str) -> str:
    bases = "".join(ch for ch in normalize("NFKD", name.translate(_PLAIN).translate(_LETTERS)) if not combining(ch))
    return " ".join(re.sub(r"[' ]*-[' ]*", "-", re.sub(r"\(.*|[,.]", "", bases)).split())


def _loose(name: str) -> str:
    """What is the same for Latin spellings that a look-up takes for one."""
    return re.sub("^(al|a[dnrstzh]|ash|ath|adh|el)[ -]|[^a-z]|h$", "", name.lower())


def _alike(one: str, other: str) -> bool:
    """Whether two Latin names are spellings of one: their consonants begin alike."""
    return re.sub("[aeiouyhw]", "", _loose(one))[:2] == re.sub("[aeiouyhw]", "", _loose(other))[:2]
