"""How the name of a place can be met: after its kind, with a clitic, without its article, misspelled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from unicodedata import combining, normalize

from app.text.folding import Folded

LONGEST: Final = 80
"""Code points of a name that are looked at."""

_TOWN: Final = ("city", "village")
_HEADS: Final = {
    **dict.fromkeys(["دوله", "جمهوريه", "مملكه", "سلطنه"], ("country",)),
    **dict.fromkeys(
        ["محافظه", "ولايه", "اماره", "مقاطعه", "governorate", "province", "state"], ("governorate", "region")
    ),
    **dict.fromkeys(["قضاء", "ناحيه", "مديريه", "لواء", "district"], ("district",)),
    **dict.fromkeys(["مدينه", "بلده", "town", "city"], _TOWN),
    **dict.fromkeys(["قريه", "ضيعه", "village"], ("village", "city")),
    **dict.fromkeys(["اقليم", "منطقه", "مناطق", "region"], ("region", "governorate", "district", "natural_feature")),
    **dict.fromkeys(["حي", "ضاحيه", "مخيم"], ("district", "facility", *_TOWN)),
    **dict.fromkeys(
        ["نهر", "جبل", "جبال", "بحيره", "بحر", "جزيره", "وادي", "صحراء", "سهل", "هضبه"], ("natural_feature", "region")
    ),
    **dict.fromkeys(["عاصمه", "العاصمه"], ("city",)),
    **dict.fromkeys(["ريف", "شمال", "جنوب", "شرق", "غرب", "وسط", "شمالي", "جنوبي", "شرقي", "غربي"], ()),
}
_TAILS: Final = " governorate", " province", " district", " city"
_FUSED: Final = re.compile("[وف]?(?:[وفبكل](?=ال)|لل)")
_CLITICS: Final = re.compile("[وف]?[بكل]|[وف]")
_SIDES: Final = re.compile(r"\s+(?:ال)?(?:شمالي|جنوبي|شرقي|غربي)ه?")
_ENDINGS: Final = ("ه", "ا", "ي", "اء", "")
_LETTERS: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء "
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz "
_ARTICLES: Final = ("al", "el", "ar", "as", "ash", "ad", "adh", "at", "ath", "az", "an")
_LATIN_ARTICLE: Final = re.compile(f"(?:{'|'.join(_ARTICLES)}) ")
_SHORTEST_SLIP, _LONGEST_SLIP = 5, 20


def key(name: str) -> str:
    """What is the same for spellings of a name that a reader takes for one: folded, without accents and apostrophes."""
    name = name[:LONGEST]
    if not name.isascii():
        name = "".join(ch for ch in normalize("NFKD", name) if ord(ch) > 0x5FF or not combining(ch))
    return " ".join(re.sub("[-_‘’ʿʾʼ'`«»\"“”|;?()\\[\\],،.]+", _blank, Folded(normalize("NFC", name)).text).split())


def bare(folded: str) -> tuple[str, tuple[str, ...]]:
    """A folded name without the words before it that say what kind of place it is, and these kinds, the first best."""
    kinds: tuple[str, ...] = ()
    first, _, rest = folded.partition(" ")
    while rest and first in _HEADS:
        folded, kinds = rest, kinds or _HEADS[first]
        first, _, rest = folded.partition(" ")
    for tail in _TAILS:
        if folded.endswith(tail):
            return folded.removesuffix(tail), kinds or _HEADS[tail[1:]]
    return folded, kinds


def without_clitics(folded: str) -> Iterator[str]:
    """The folded name without what can be a clitic before it, the article that ل took the alef of put back."""
    if found := _FUSED.match(folded):
        yield ("ال" if found.group().endswith("لل") else "") + folded[found.end() :]
    if (found := _CLITICS.match(folded)) and len(folded) - found.end() > 2:
        yield folded[found.end() :]
        if found.end() == 2:
            yield folded[1:]


def with_other_articles(folded: str) -> Iterator[str]:
    """The folded name with its article where it has none and without where it has one, Arabic or Latin."""
    if folded.isascii():
        rest = _LATIN_ARTICLE.sub("", folded, count=1) if _LATIN_ARTICLE.match(folded) else folded
        for spelled in (rest, rest.removesuffix("h") if rest.endswith("ah") else f"{rest}h"):
            yield spelled
            yield from (f"{article} {spelled}" for article in _ARTICLES)
        return
    yield folded.removeprefix("ال") if folded.startswith("ال") else f"ال{folded}"
    if " " in folded:
        yield folded.replace(" ال", " ")
        yield folded.removeprefix("ال").replace(" ال", " ")
        yield " ال".join(folded.split(" "))
        yield _SIDES.sub("", folded)


def with_other_endings(folded: str) -> Iterator[str]:
    """The folded name with the last letters that are taken for one another, and with its words joined."""
    for ending in ("اء", "ه", "ا", "ي"):
        if folded.endswith(ending) and len(folded) > len(ending) + 2:
            yield from (folded.removesuffix(ending) + other for other in _ENDINGS if other != ending)
            break
    else:
        yield from (folded + other for other in _ENDINGS[:3])
    if " " in folded:
        yield folded.replace(" ", "")
    yield Folded(folded, seats=True).text


def with_one_slip(folded: str) -> list[str]:
    """Every name that is one letter away: left out, put in, another one, or changed places with its neighbour.

    None where the name is so short that it would be another one.
    """
    if not _SHORTEST_SLIP <= len(folded.removeprefix("ال")) <= _LONGEST_SLIP:
        return []
    letters = _LATIN if folded.isascii() else _LETTERS
    parts = [(folded[:at], folded[at:], folded[at + 1 :]) for at in range(len(folded) + 1)]
    found = [before + rest for before, after, rest in parts if after]
    found += [before + rest[0] + after[0] + rest[1:] for before, after, rest in parts if rest]
    found += [before + letter + rest for before, after, rest in parts if after for letter in letters]
    return found + [before + letter + after for before, after, _rest in parts for letter in letters]


def _blank(found: re.Match[str]) -> str:
    return " " if found.group()[0] in "-_,،()" else ""
