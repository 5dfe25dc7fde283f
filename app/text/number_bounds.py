"""What is said around a number of how exact it is: ما لا يقل عن, نحو, حتى, على الأقل, بين … و…."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from app.text.number_grammar import Number, read_number
from app.text.number_kinds import END, Kind, Word

_FAR: Final = 8
"""How many words after a number على الأقل can still be said of it."""
_FAR_BEFORE: Final = 6
_NUMERIC: Final = frozenset(
    (Kind.DIGITS, Kind.UNIT, Kind.TEN, Kind.TENS, Kind.HUNDREDS, Kind.SCALE, Kind.TWO_SCALES, Kind.SOME, Kind.SCALES)
)
_SAY_BEFORE: Final = frozenset(
    (
        *(Kind.ABOUT, Kind.NEARLY, Kind.OF, Kind.ON, Kind.UP_TO, Kind.BETWEEN, Kind.LEAST, Kind.MOST, Kind.LOWEST),
        *(Kind.TO, Kind.HIGHEST, Kind.ESTIMATE, Kind.MORE, Kind.LESS, Kind.NUMBER_OF, Kind.ODD),
    )
)
"""Words that can end what is said before a number."""


class Bounds(NamedTuple):
    """The words `[first, end)` that say it, and what they say."""

    first: int
    end: int
    about: bool = False
    at_least: bool = False
    at_most: bool = False
    between: bool = False


class Found(NamedTuple):
    """A number with its bounds, of the words `[first, end)`; `noun` is the word where its noun can stand.

    `values` are the minimum, the best and the maximum.
    """

    first: int
    end: int
    noun: int
    values: tuple[int | None, int | None, int | None]
    approximate: bool
    is_bounded: bool = False


class Range(NamedTuple):
    """From one number to another, as far as the word before `end`; from `first`, where only the second one counts."""

    low: int
    high: int
    end: int
    first: int = 0


def bounds_before(words: Sequence[Word], i: int) -> Bounds:
    """What is said of the number at `i` right before it."""
    if words[i - 1].kind not in _SAY_BEFORE and words[i - 2].kind != Kind.NUMBER_OF:
        return Bounds(i, i)
    first, about, at_least, at_most, between = i, False, False, False, False
    if words[i].joined and words[i - 1].kind == Kind.ODD:  # نيف وعشرون
        first, at_least = i - 1, True
    while not words[first].joined and not between:
        kind = words[first - 1].kind
        if kind == Kind.ABOUT or kind == Kind.NEARLY:
            first, about = _with_what(words, first - 1), True
        elif kind == Kind.OF and words[first - 2].kind == Kind.ABOUT:
            first, about = _with_what(words, first - 2), True
        elif kind == Kind.UP_TO:
            first, at_most = first - 1, True
        elif kind == Kind.TO and words[first - 2].kind == Kind.REACH and words[first - 3].kind == Kind.WHAT:
            first, at_most = first - 3, True
        elif kind == Kind.BETWEEN:
            first, between = _with_what(words, first - 1), True
        elif (limit := _limit_word(words, first - 1)) is not None and not words[first - 1].joined:
            first, at_least, at_most = limit[0], at_least or limit[1], at_most or not limit[1]
        elif comparison := _comparison(words, first):
            first, more = comparison
            at_least, at_most = at_least or more, at_most or not more
        else:
            break
    return Bounds(first, i, about, at_least, at_most, between)


def _with_what(words: Sequence[Word], i: int) -> int:
    """`i`, or the ما before it."""
    return i - 1 if words[i - 1].kind == Kind.WHAT and not words[i].joined else i


def _comparison(words: Sequence[Word], i: int) -> tuple[int, bool] | None:
    """Where أكثر من, لا يقل عددهم عن or تجاوز عدد القتلى begins that ends before `i`, and whether it says more."""
    k = i - 1
    needs_no_preposition = words[k].kind not in (Kind.OF, Kind.ON)
    if not needs_no_preposition:
        k -= 1
    if words[k].kind == Kind.NUMBER_OF:
        k -= 1
    elif words[k - 1].kind == Kind.NUMBER_OF:
        k -= 2
    kind = words[k].kind
    if kind != Kind.MORE and (kind != Kind.LESS or needs_no_preposition):
        return None
    if words[k - 1].kind == Kind.NOT and not words[k].joined:
        return _with_what(words, k - 1), kind == Kind.LESS
    return _with_what(words, k), kind == Kind.MORE


def bounds_after(words: Sequence[Word], end: int) -> Bounds:
    """What is said of the number that ended before `end`, after its noun or right after it."""
    if words[end].kind == Kind.END:
        return Bounds(end, end)
    last, about, at_least, at_most = end, False, False, False
    for k in range(end, min(end + _FAR, len(words) - 2)):
        kind = words[k].kind
        if kind == Kind.END or kind == Kind.STOP or kind in _NUMERIC or kind == Kind.HARM or kind == Kind.DEED:
            break
        if kind == Kind.NEARLY:
            last, about = k + 1, True
        elif kind == Kind.UNKNOWN:
            continue
        elif (limit := _limit_word(words, k)) is not None and limit[0] >= end:
            last, at_least, at_most = k + 1, at_least or limit[1], at_most or not limit[1]
        elif _or_more(words, k):
            last, at_least = k + 1, True
    return Bounds(end, last, about, at_least, at_most)


def _limit_word(words: Sequence[Word], k: int) -> tuple[int, bool] | None:
    """Where على الأقل, بحد أقصى, على أقل تقدير begins that ends with the word `k`, and whether it says at least."""
    kind, before = words[k].kind, words[k - 1].kind
    if kind in (Kind.LEAST, Kind.MOST) and (before in (Kind.ON, Kind.IN) or words[k].cut):
        return (k if words[k].cut else k - 1), kind == Kind.LEAST
    if kind in (Kind.LOWEST, Kind.HIGHEST) and before == Kind.EXTREME:
        return k - 1, kind == Kind.LOWEST
    if kind == Kind.ESTIMATE and before in (Kind.LESS, Kind.MORE) and words[k - 2].kind == Kind.ON:
        return k - 2, before == Kind.LESS
    return None


def _or_more(words: Sequence[Word], k: int) -> bool:
    """Whether the word `k` ends أو أكثر, فأكثر or ونيف: no comparison with what follows."""
    word = words[k]
    if word.kind == Kind.ODD:
        return word.joined
    if word.kind != Kind.MORE or words[k + 1].kind in (Kind.OF, Kind.ON) or words[k + 1].kind in _NUMERIC:
        return False
    return word.cut == 1 or words[k - 1].kind == Kind.OR


def range_from(words: Sequence[Word], i: int, number: Number, between: bool) -> Range | None:
    """The range that begins with the `number` at `i`; None where it stands alone or ends below where it began."""
    other = _other_end(words, number.end, between)
    second = read_number(words, other) if other else None
    if second is None:
        return _split(words, i, number) if between else None
    low = number.value
    if number.scale == 1 and second.scale > 1 and low < second.value // second.scale:
        low *= second.scale
    rising = words[i - 1].kind == Kind.OF and _rises(words, i)
    return Range(low, second.value, second.end, number.end + 1 if rising else 0)


def _other_end(words: Sequence[Word], end: int, between: bool) -> int | None:
    """Where the second number of a range can begin."""
    kind = words[end].kind
    if between and kind not in (Kind.END, Kind.STOP, Kind.TO, Kind.DASH) and not words[end].joined:
        end += 1
        kind = words[end].kind
    if kind in (Kind.TO, Kind.DASH, Kind.OR, Kind.UP_TO):
        end += 1
    elif not (between and words[end].joined):
        return None
    return end + 1 if words[end].kind == Kind.ABOUT else end


def _rises(words: Sequence[Word], i: int) -> bool:
    return any(word.kind == Kind.RISE for word in words[max(i - _FAR_BEFORE, 0) : i])


def _split(words: Sequence[Word], i: int, number: Number) -> Range | None:
    """بين خمسة وعشرين is from 5 to 20: what was read as one number, parted at its last و."""
    for k in range(number.end - 1, i, -1):
        if words[k].joined:
            low = read_number([*words[i:k], *[END] * 4], 0)
            high = read_number(words, k)
            if low and high and low.end == k - i and high.end == number.end and low.value < high.value:
                return Range(low.value, high.value, high.end)
    return None


def bounded(words: Sequence[Word], i: int, number: Number, span: Range | None, before: Bounds, after: Bounds) -> Found:
    """The number at `i`, or its range, under what is said before and after it."""
    end = span.end if span else number.end
    about = before.about or after.about
    first = before.first if span or not before.between else i
    last = max(end, after.end)
    if span and not span.first:
        if not before.between and words[i - 1].kind == Kind.OF and not words[i].joined:
            first = i - 1
        return Found(first, last, end, (span.low, None, span.high), about)
    value = span.high if span else number.value
    at_least, at_most = before.at_least or after.at_least, before.at_most or after.at_most
    low = value if at_least or not (about or at_most) else None
    high = value if at_most or not (about or at_least) else None
    return Found(span.first if span else first, last, end, (low, value, high), about, first < i)
