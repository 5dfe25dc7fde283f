"""Whether a number counts people: what its noun is, and what stands before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.text.number_bounds import Found
from app.text.number_grammar import Number, read_number
from app.text.number_kinds import Kind, Word
from app.text.number_tokens import Tokens

PERSONS: Final = frozenset((Kind.ONE, Kind.TWO, Kind.TWO_OR_MANY, Kind.PEOPLE))
HARMS: Final = frozenset((Kind.HARM, Kind.DEED))
_YEARS: Final = range(1900, 2100)
_FIRST_WORDS: Final = 3
"""بينهم 3 tells a part of what was said before, unless nothing was."""


def counts_people(tokens: Tokens, found: Found, i: int, number: Number, passed: int) -> bool:
    """Whether nothing beside the number at `i` says that it counts something else.

    `passed` is where a number ended that counted no people: one that is joined to it counts none either.
    """
    words = tokens.words
    noun = _noun(words, found.noun)
    if is_thing(words, found.noun, number.value):
        return False
    first, last = words[found.first - 1], words[i]
    if first.kind is Kind.AMONG and found.first > _FIRST_WORDS:
        return False
    if words[noun].kind in PERSONS and not words[noun].cut:
        return True
    if last.joined and i == passed:
        return False
    listed = read_number(words, found.noun) if words[found.noun].joined else None
    if listed and is_thing(words, listed.end, listed.value):
        return False
    if first.label or first.kind is Kind.MONEY:
        return False
    if words[noun].kind is Kind.DAYTIME and first.kind not in HARMS:
        return False
    if first.kind is Kind.AFTER and words[found.first - 2].kind is Kind.ON:
        return False
    if last.kind is Kind.UNIT and number.value < 3 and number.end == i + 1:
        return _stands_for_persons(words, found, i, number.value)
    if last.article and last.kind is Kind.HUNDREDS:
        return first.kind in PERSONS
    if last.article:
        return first.kind in PERSONS or first.kind in HARMS or not first.article
    return not _is_year(tokens, found, i, number.value)


def _noun(words: Sequence[Word], k: int) -> int:
    """The word that is counted: after من, the next one."""
    return k + 1 if words[k].kind is Kind.OF else k


def is_thing(words: Sequence[Word], k: int, value: int | None) -> bool:
    """Whether what stands after a number, at `k`, is counted by it and no person."""
    noun = _noun(words, k)
    word, after = words[noun], words[noun + 1]
    if word.kind is Kind.AGE:
        return noun > k
    if words[k].kind is Kind.IN or word.cut == 1:
        hundred = after if words[k].kind is Kind.IN else word
        return hundred.kind is Kind.HUNDREDS and hundred.article
    if word.joined or (word.cut and not word.article):
        return False
    if word.kind is Kind.TIME:
        dated = after.kind in (Kind.DIGITS, Kind.WEEKDAY, Kind.MONTH) or (after.kind is Kind.UNIT and after.article)
        return not dated and not (value is not None and 3 <= value <= 10)
    if word.kind is Kind.CASE:
        return after.kind not in HARMS
    if word.kind is Kind.MONTH:
        return value is not None and (value <= 31 or value in _YEARS)
    return word.kind in (Kind.THING, Kind.MONEY)


def _stands_for_persons(words: Sequence[Word], found: Found, i: int, value: int) -> bool:
    """Whether واحد or اثنان alone are persons: no أكثر من واحد of things, no Monday."""
    before, after = words[i - 1], words[i + 1]
    if words[i].article:
        return False
    if value == 2:
        return before.kind not in (Kind.THING, Kind.TIME, Kind.MONEY)
    known = before.kind in HARMS or before.kind in (Kind.END, Kind.STOP) or found.first < i
    of_persons = after.kind is Kind.OF and words[i + 2].kind in PERSONS
    return known or of_persons or after.kind in PERSONS


def _is_year(tokens: Tokens, found: Found, i: int, value: int) -> bool:
    """Whether four digits from 1900 to 2099 stand there with nothing that makes them a count."""
    if tokens.words[i].kind is not Kind.DIGITS or value not in _YEARS:
        return False
    is_told = found.is_bounded or tokens.words[found.first - 1].kind in HARMS
    return len(tokens.written(i)) == 4 and not is_told
