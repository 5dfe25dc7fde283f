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
_DAYS: Final = 31
_DATES: Final = frozenset((Kind.DIGITS, Kind.WEEKDAY, Kind.MONTH))
_FIRST_WORDS: Final = 3
"""بينهم 3 tells a part of what was said before, unless nothing was."""


def counts_people(tokens: Tokens, found: Found, i: int, number: Number, passed: int) -> bool:
    """Whether nothing beside the number at `i` says that it counts something else.

    `passed` is where a number ended that counted no people: one that is joined to it counts none either.
    """
    words = tokens.words
    noun = words[_noun(words, found.noun)]
    is_part_of_what_was_said = words[found.first - 1].kind == Kind.AMONG and found.first > _FIRST_WORDS
    if is_part_of_what_was_said or is_thing(words, found.noun, number.value):
        return False
    if noun.kind in PERSONS and not noun.cut:
        return True
    if _is_listed_with_things(words, found, i, passed) or _is_of_a_name(words, found, i, number.value):
        return False
    return _stands_alone(tokens, found, i, number)


def _is_listed_with_things(words: Sequence[Word], found: Found, i: int, passed: int) -> bool:
    """Whether it is joined to a number that counts things: يومي 5 و6, or 5 و6 مايو."""
    if words[i].joined and i == passed:
        return True
    other = read_number(words, found.noun) if words[found.noun].joined else None
    return other is not None and is_thing(words, other.end, other.value)


def _is_of_a_name(words: Sequence[Word], found: Found, i: int, value: int) -> bool:
    """Whether what stands before it makes it a name, a day, an hour, a price or a distance."""
    before = words[found.first - 1]
    if before.label or before.kind == Kind.MONEY:
        return True
    if words[found.noun].kind == Kind.DAYTIME:
        return before.kind not in HARMS
    if before.kind == Kind.IN:
        return words[i].kind == Kind.DIGITS and value <= _DAYS
    return before.kind == Kind.AFTER and words[found.first - 2].kind == Kind.ON


def _stands_alone(tokens: Tokens, found: Found, i: int, number: Number) -> bool:
    """Whether a number with no noun to tell what it counts can be one of persons."""
    words = tokens.words
    before, word = words[found.first - 1], words[i]
    if word.kind == Kind.UNIT and number.value < 3 and number.end == i + 1:
        return _stands_for_persons(tokens, found, i, number.value)
    if word.article and word.kind == Kind.HUNDREDS:
        return before.kind in PERSONS
    if word.article:
        return before.kind in PERSONS or before.kind in HARMS or not before.article
    return not _is_year(tokens, found, i, number.value)


def _noun(words: Sequence[Word], k: int) -> int:
    """The word that is counted: after من, the next one."""
    return k + 1 if words[k].kind == Kind.OF else k


def is_thing(words: Sequence[Word], k: int, value: int | None) -> bool:
    """Whether what stands after a number of that `value`, at `k`, is counted by it and no person."""
    noun = _noun(words, k)
    word, after = words[noun], words[noun + 1]
    if words[k].kind == Kind.IN or word.cut == 1:
        return _is_share(after if words[k].kind == Kind.IN else word)
    if word.joined or (word.cut and not word.article):
        return False
    kind = word.kind
    if kind == Kind.TIME:
        return not _is_moment(after, value)
    if kind == Kind.CASE:
        return after.kind not in HARMS
    if kind == Kind.MONTH:
        return value is not None and (value <= _DAYS or value in _YEARS)
    if kind == Kind.AGE:
        return noun > k  # الثلاثين من عمره
    if kind == Kind.THING:
        return noun == k or word.value != 1  # three من الحزب are members of it
    return kind == Kind.MONEY


def _is_share(word: Word) -> bool:
    """Whether it is the hundred of في المئة."""
    return word.kind == Kind.HUNDREDS and word.article


def _is_moment(after: Word, value: int | None) -> bool:
    """Whether a noun of time in the singular says when, and is not counted: قتل 5 يوم الجمعة."""
    is_dated = after.kind in _DATES or (after.kind == Kind.UNIT and after.article)
    return is_dated or (value is not None and 3 <= value <= 10)


def _stands_for_persons(tokens: Tokens, found: Found, i: int, value: int) -> bool:
    """Whether واحد or اثنان alone are persons: no أكثر من واحد of things, no Monday."""
    words = tokens.words
    before, after = words[i - 1], words[i + 1]
    if words[i].article:
        return before.kind in HARMS and tokens.written(i).endswith("ان")
    if value == 2:
        return before.kind not in (Kind.THING, Kind.TIME, Kind.MONEY)
    known = before.kind in HARMS or before.kind in (Kind.END, Kind.STOP) or found.first < i
    of_persons = after.kind == Kind.OF and words[i + 2].kind in PERSONS
    return known or of_persons or after.kind in PERSONS


def _is_year(tokens: Tokens, found: Found, i: int, value: int) -> bool:
    """Whether four digits from 1900 to 2099 stand there with nothing that makes them a count."""
    if tokens.words[i].kind != Kind.DIGITS or value not in _YEARS:
        return False
    is_told = found.is_bounded or tokens.words[found.first - 1].kind in HARMS
    return len(tokens.written(i)) == 4 and not is_told
