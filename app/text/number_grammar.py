"""How words of number make one number: خمسة وعشرين ألفاً is (5 + 20) × 1000, خمسة وثلاثة stay two numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.text.number_kinds import Kind, Word

LIMIT: Final = 10**10
"""No count of people is as large."""


class Number(NamedTuple):
    """A whole number, the word after its last one, and the scale its last word said (1000 in ٣ آلاف), else 1."""

    value: int
    end: int
    scale: int = 1


class _Part(NamedTuple):
    value: int
    end: int


_HUNDRED: Final = (Kind.HUNDREDS, Kind.SOME)
_PLURALS: Final = (Kind.SCALE, Kind.SCALES)


def read_number(words: Sequence[Word], i: int) -> Number | None:
    """The number that begins with the word `i`; None where none does or it is not whole.

    `words` ends with at least three that are none of a number.
    """
    first = _chunk(words, i)
    if first is None or first.value >= LIMIT:
        return None
    total, end, scale = first
    below, chunks = scale, 1
    while below > 1 and words[end].joined:
        after = _chunk(words, end)
        if after is None or after.value >= below:
            break
        total, end, below, chunks = total + after.value, after.end, after.scale, chunks + 1
    if below > 1 and words[end].kind == Kind.PART and words[end].joined:
        total, end = total + below // words[end].value, end + 1
        if words[end].kind == Kind.SCALE and words[end].value == below:
            end += 1
    return Number(total, end, scale if chunks == 1 and first.value > scale else 1)


def _chunk(words: Sequence[Word], i: int) -> Number | None:
    """A number below a thousand, times a scale or without one; a scale alone; digits."""
    word = words[i]
    kind = word.kind
    if kind == Kind.DIGITS:
        return _scaled_digits(words, i)
    if kind == Kind.TWO_SCALES:
        return Number(2 * word.value, i + 1, word.value)
    if kind == Kind.SCALE:
        if word.places and _is_two(words, i):
            return Number(2 * word.value, i + 1, word.value)
        return _times_scale(words, _Part(1, i))
    if kind == Kind.PART:
        return Number(words[i + 1].value // word.value, i + 2) if words[i + 1].kind == Kind.SCALE else None
    part = _below_thousand(words, i)
    return _times_scale(words, part) if part else None


def _is_two(words: Sequence[Word], i: int) -> bool:
    """Whether ألفا is the dual before its noun (ألفا قتيل), and not ألفاً; tanwin has been looked at before."""
    after = words[i + 1]
    nothing = (Kind.END, Kind.STOP, Kind.OF, Kind.IN, Kind.ON, Kind.TO, Kind.DASH, Kind.OR)
    return after.kind not in nothing and not after.joined and not after.cut


def _scaled_digits(words: Sequence[Word], i: int) -> Number | None:
    word, after = words[i], words[i + 1]
    if after.kind in _PLURALS and not after.joined and not after.cut:
        value, rest = divmod(word.value * after.value, 10**word.places)
        return None if rest else Number(value, i + 2, after.value)
    return Number(word.value, i + 1) if word.whole else None


def _times_scale(words: Sequence[Word], part: _Part) -> Number:
    """`part` and the scales right after it: مئة ألف, ألف مليون."""
    value, end, scale = part.value, part.end, 1
    while words[end].kind in _PLURALS and words[end].value > scale and (end == part.end or not words[end].joined):
        if end == part.end and value > 1 and words[end].joined:
            break
        scale = words[end].value
        value, end = value * scale, end + 1
    return Number(value, end, scale)


def _below_thousand(words: Sequence[Word], i: int) -> _Part | None:
    word = words[i]
    if word.kind == Kind.HUNDREDS:
        return _with_rest(words, _Part(word.value, i + 1))
    after = words[i + 1]
    is_times = word.kind == Kind.UNIT and word.value > 2 and after.value == 100 and after.kind in _HUNDRED
    if is_times and not after.joined and not after.cut:
        return _with_rest(words, _Part(100 * word.value, i + 2))
    return _below_hundred(words, i)


def _with_rest(words: Sequence[Word], hundreds: _Part) -> _Part:
    """مئة, and what is joined to it below a hundred, in words or digits."""
    end = hundreds.end
    word = words[end]
    if not word.joined:
        return hundreds
    if word.kind == Kind.DIGITS and word.whole and word.value < 100:
        return _Part(hundreds.value + word.value, end + 1)
    rest = _below_hundred(words, end)
    return _Part(hundreds.value + rest.value, rest.end) if rest else hundreds


def _below_hundred(words: Sequence[Word], i: int) -> _Part | None:
    word, after = words[i], words[i + 1]
    if word.kind in (Kind.UNIT, Kind.TEEN_UNIT):
        if after.kind == Kind.TEN and not after.joined and not after.cut:
            return _Part(10 + word.value, i + 2)
        if after.kind == Kind.TENS and after.joined:
            return _Part(after.value + word.value, i + 2)
    if word.kind in (Kind.UNIT, Kind.TEN, Kind.TENS):
        return _Part(word.value, i + 1)
    return None
