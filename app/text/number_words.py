"""The words that counts are made of, and the words around them that say what is counted.

`look` gives for a written word what it is here: a part of a number, a bound, a person, a thing, a word of harm. The
tables are built once from plain lists; case, gender, dual and plural are made from them by rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

from app.text import counted_nouns as nouns
from app.text.folding import Folded
from app.text.number_kinds import UNKNOWN, UNKNOWN_DEFINITE, Kind, Word

AND_ONE: Final = Word(Kind.TEEN_UNIT, 1, cut=1, joined=True)
"""وأحد, which is written like واحد where hamza is left out."""
_AND_ONE: Final = "واحد"
_LONGEST: Final = 16

_UNITS: Final = {
    1: "واحد واحدا واحدة",
    2: "اثنان اثنين اثنتان اثنتين إثنان إثنين ثنتان ثنتين",
    3: "ثلاث ثلاثة ثلاثا",
    4: "أربع أربعة أربعا",
    5: "خمس خمسة خمسا",
    6: "ست ستة ستا",
    7: "سبع سبعة سبعا",
    8: "ثمان ثماني ثمانية ثمانيا",
    9: "تسع تسعة تسعا",
}
_TEEN_UNITS: Final = {1: "أحد إحدى", 2: "اثنا اثني اثنتا اثنتي إثنا إثني"}
_TENS: Final = {20: "عشر", 30: "ثلاث", 40: "أربع", 50: "خمس", 60: "ست", 70: "سبع", 80: "ثمان", 90: "تسع"}
_HUNDRED: Final = ["مئة", "مائة", "مية", "ماية"]
_HUNDRED_STEMS: Final = ["مئت", "مائت", "ميت", "مايت"]
_TIMES_HUNDRED: Final = "ثلاث:3 أربع:4 خمس:5 ست:6 سبع:7 ثمان:8 ثماني:8 تسع:9"
_SCALES: Final = {1_000: "ألف", 1_000_000: "مليون", 1_000_000_000: "مليار بليون"}
_MANY_SCALES: Final = {1_000: "آلاف ألوف", 1_000_000: "ملايين", 1_000_000_000: "مليارات بلايين ملايير"}

_AROUND: Final = {
    Kind.ABOUT: "نحو حوالي حوالى قرابة زهاء يقارب تقارب قارب قاربت يناهز تناهز ناهز ناهزت بحدود حدود قراب"
    " يقرب تقرب قريب قريبا مايقارب مايقرب about around some nearly almost roughly approximately",
    Kind.MORE: "أكثر أزيد يزيد تزيد يزيدون زاد يربو تربو ينوف ينيف يتجاوز تتجاوز تجاوز تجاوزت يفوق تفوق فاق فاقت"
    " يتعدى تتعدى تعدى تخطى يتخطى تخطت مايزيد more over",
    Kind.LESS: "أقل يقل تقل يقلون تنقص ينقص less fewer",
    Kind.UP_TO: "حتى",
    Kind.NOT: "لا لم ليس ليست لن no not",
    Kind.WHAT: "ما مما",
    Kind.BETWEEN: "بين",
    Kind.TO: "إلى لغاية to",
    Kind.DASH: "- – — ‑ ‐",
    Kind.OR: "أو or",
    Kind.OF: "من عن than of",
    Kind.ON: "على at",
    Kind.IN: "في in",
    Kind.LEAST: "الأقل least",
    Kind.MOST: "الأكثر most",
    Kind.EXTREME: "بحد كحد حد",
    Kind.LOWEST: "أدنى الأدنى",
    Kind.HIGHEST: "أقصى الأقصى أعلى الأعلى",
    Kind.ODD: "نيف نيفا",
    Kind.RISE: nouns.RISES,
    Kind.REACH: "يصل تصل",
    Kind.NUMBER_OF: "عدد عددهم عددها عددهن العدد",
    Kind.MANY: "عديد كثير",
    Kind.SEVERAL: "عدة",
    Kind.NEARLY: "تقريبا",
    Kind.ESTIMATE: "تقدير",
    Kind.SOME: "عشرات بضعة بضع",
    Kind.STOP: ". ، , ؛ ; : ؟ ? ! …",
}


def _numbers() -> Iterator[tuple[str, Word]]:
    """Each form of each word of number, with what it is."""
    for value, forms in _UNITS.items():
        yield from _all(forms, Word(Kind.UNIT, value))
    for value, forms in _TEEN_UNITS.items():
        yield from _all(forms, Word(Kind.TEEN_UNIT, value))
    yield from _all("عشر عشرة عشرا", Word(Kind.TEN, 10))
    for value, stem in _TENS.items():
        yield from _all(f"{stem}ون {stem}ين", Word(Kind.TENS, value))
    yield from _all("ثمانون ثمانين", Word(Kind.TENS, 80))
    for hundred in _HUNDRED:
        yield hundred, Word(Kind.HUNDREDS, 100)
        for stem, times in (pair.split(":") for pair in _TIMES_HUNDRED.split()):
            yield stem + hundred, Word(Kind.HUNDREDS, int(times) * 100)
    for stem in _HUNDRED_STEMS:
        yield from _all(f"{stem}ان {stem}ين {stem}ا {stem}ي", Word(Kind.HUNDREDS, 200))
    for value, forms in _SCALES.items():
        for form in forms.split():
            yield form, Word(Kind.SCALE, value)
            yield form + "ا", Word(Kind.SCALE, value, places=1)
            yield from _all(f"{form}ان {form}ين {form}ي", Word(Kind.TWO_SCALES, value))
    for value, forms in _MANY_SCALES.items():
        yield from _all(forms, Word(Kind.SCALES, value))
    yield from _all("مئات مائات ميات", Word(Kind.SOME, 100))
    yield from _all("نصف", Word(Kind.PART, 2))
    yield from _all("ربع", Word(Kind.PART, 4))


def _persons() -> Iterator[tuple[str, Word]]:
    """Each form of each noun of persons: one, two, many, and those that may be two or many."""
    for victim, table in ((False, nouns.SOUND), (True, nouns.SOUND_VICTIMS)):
        for one in table.split():
            woman = one + "ة"
            yield from _forms(one, f"{one}ون {one}و", victim, two_or_many=True)
            yield from _forms(woman, f"{one}ات", victim)
    for victim, table in ((False, nouns.BROKEN), (True, nouns.BROKEN_VICTIMS)):
        for one, _, many in (pair.partition(":") for pair in table.split()):
            yield from _forms(one, many.replace("/", " "), victim)
    for kin in (nouns.KIN + " " + nouns.KIN_OF_ONE).split():
        yield from _all(" ".join(_stem(kin) + of for of in nouns.SUFFIXES.split()), Word(Kind.ONE, 1))
    for kin in nouns.KIN.split():
        both = (_stem(kin) + case + of for case in "اي" for of in nouns.SUFFIXES.split())
        yield from _all(" ".join(both), Word(Kind.TWO, 2))
    yield from _all(nouns.PEOPLE, Word(Kind.PEOPLE))


def _stem(one: str) -> str:
    """What endings are put to: امرأة is امرأت before them."""
    return one.removesuffix("ة") + "ت" if one.endswith("ة") else one


def _forms(one: str, many: str, victim: bool, two_or_many: bool = False) -> Iterator[tuple[str, Word]]:
    stem = _stem(one)
    yield from _all(many, Word(Kind.PEOPLE, victim=victim))
    yield from _all(" ".join(plural + "ا" for plural in many.split()), Word(Kind.PEOPLE, victim=victim))
    yield from _all(f"{one} {stem}ا" if stem == one else one, Word(Kind.ONE, 1, victim=victim))
    yield stem + "ان", Word(Kind.TWO, 2, victim=victim)
    yield stem + "ين", Word(Kind.TWO_OR_MANY if two_or_many else Kind.TWO, 2, victim=victim)


def _things() -> Iterator[tuple[str, Word]]:
    """Each form of each noun of what is no person."""
    for kind, table in ((Kind.THING, nouns.THINGS), (Kind.TIME, nouns.TIMES), (Kind.MONEY, nouns.MONEY)):
        for one, _, many in (pair.partition(":") for pair in table.split()):
            stem = _stem(one)
            plurals = many.replace("/", " ").split()
            duals = f"{stem}ان {stem}ين"
            yield one, Word(kind, 1)
            yield from _all(
                " ".join([f"{one}ا", duals, *plurals, *(f"{plural}ا" for plural in plurals)]), Word(Kind.THING)
            )
    yield from _all(nouns.SYMBOLS, Word(Kind.MONEY))
    yield from _all(nouns.MONTHS, Word(Kind.MONTH))
    yield from _all(nouns.WEEKDAYS, Word(Kind.WEEKDAY))
    yield from _all(nouns.DAYTIMES, Word(Kind.DAYTIME))
    yield from _all(nouns.CASES, Word(Kind.CASE))
    yield from _all(nouns.AGES, Word(Kind.AGE))


def _happenings() -> Iterator[tuple[str, Word]]:
    yield from _all(nouns.HARMS, Word(Kind.HARM))
    yield from _all(nouns.DEEDS, Word(Kind.DEED))
    yield from _all(nouns.AMONG, Word(Kind.AMONG))
    yield from _all("بعد", Word(Kind.AFTER))
    for ordinal in nouns.ORDINALS.split():
        yield from _all(f"{ordinal} {ordinal}ة", Word(Kind.ORDINAL))


def _all(forms: str, word: Word) -> Iterator[tuple[str, Word]]:
    for form in forms.split():
        yield form, word


def _around() -> Iterator[tuple[str, Word]]:
    for kind, forms in _AROUND.items():
        yield from _all(forms, Word(kind))


@cache
def _words() -> dict[str, Word]:
    """Every word by its folded form, made when the first one is asked for. The first list that has it decides."""
    forms = [*_numbers(), *_around(), *_happenings(), *_persons(), *_things()]
    table = {"\n": Word(Kind.STOP), "": Word(Kind.DASH)}
    for folded, (_, word) in zip(_folded(form for form, _ in forms), forms, strict=True):
        table.setdefault(folded, word)
    for label in _folded(nouns.LABELS.split()):
        table[label] = table.get(label, Word(Kind.LABEL))._replace(label=True)
    return table


def _folded(forms: Iterable[str]) -> list[str]:
    return Folded("\n".join(forms)).text.split("\n")


_CLITICS: Final = {
    "و": ("و", "وال", "وب", "ول", "ولل", "وبال", "وك"),
    "ف": ("ف", "فال", "فب", "فل", "فلل"),
    "ب": ("ب", "بال"),
    "ل": ("ل", "لل"),
    "ك": ("ك", "كال"),
    "ا": ("ال",),
}
_APART: Final = re.compile("([وف]?)(?:[بكل]?(?:ال)?|لل)")
_NEVER_CUT: Final = frozenset(["لست", "كست", "والد", "والدا", "ولد", "ولدا", "وحده"])
_ARTICLES: Final = ("ال", "وال", "لل", "بال")
_TANWIN: Final = "\u064b"
_OF_TWO: Final = re.compile("\u064e\u0651?ي[\u064b-\u0652]?ن|\u0651\u064eي[\u064b-\u0652]?ن")


@lru_cache(maxsize=16384)
def look(written: str) -> Word:
    """What a word is, its clitics cut; `UNKNOWN`, with `article` where it has one, for any other word."""
    folded = Folded(written).text
    word = _looked_up(folded)
    if folded == _AND_ONE and "أ" in written:
        return AND_ONE
    if word.kind == Kind.SCALE and word.places and _TANWIN in written:
        return word._replace(places=0)
    if word.kind == Kind.TWO_OR_MANY and _OF_TWO.search(written):
        return word._replace(kind=Kind.TWO)
    if word.kind == Kind.SEVERAL and not written.endswith("ة"):
        return UNKNOWN
    return word


def _looked_up(folded: str) -> Word:
    words = _words()
    if found := words.get(folded):
        return found
    if _APART.fullmatch(folded):
        return Word(Kind.CLITIC, joined=folded[0] == "و")
    if len(folded) <= _LONGEST and folded not in _NEVER_CUT:
        for clitic in _CLITICS.get(folded[:1], ()):
            if folded.startswith(clitic) and (rest := words.get(folded[len(clitic) :])):
                return _after_clitic(clitic, rest)
    return UNKNOWN_DEFINITE if folded.startswith(_ARTICLES) else UNKNOWN


def _after_clitic(clitic: str, word: Word) -> Word:
    article = clitic.endswith(("ال", "لل"))
    cut = len(clitic) - 2 if article else len(clitic)
    return word._replace(cut=cut, article=article, joined=clitic[0] == "و", label=word.label and not article)
