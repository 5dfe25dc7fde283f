"""How many people a stretch of Arabic news says were harmed: the first count that counts people, with its bounds.

| what is said | minimum, best, maximum, approximate |
|---|---|
| 48, ثمانية وأربعون, قتيلان, مقتل مصور | 48 48 48; 2 2 2; 1 1 1 |
| ما لا يقل عن 25, أكثر من 25, 25 على الأقل | 25 25 None: a lower bound is also the best that is known |
| أقل من 25, حتى 25, 25 على الأكثر | None 25 25: and an upper bound likewise |
| 5000 إلى 6000, بين 5 و6, خمسة أو ستة | 5000 None 6000 |
| نحو 60, 60 تقريباً | None 60 None, approximate; with a bound as well, the bound is told too |
| عشرات, مئات, بضعة, عدة, آلاف | None None None, approximate |

There is no count in plurals without a number (القتلى; مسلحين, which may be two or more), in ordinals, years, dates,
hours, ages, distances, money, shares, numbers that make a name (الفرقة 9), or where things are counted (50 قرية, 20
عائلة). A singular is one victim only beside a word of harm (مقتل جندي), or when it is such a word (قتيل).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from app.text.counted import HARMS, PERSONS, counts_people, is_thing
from app.text.number_bounds import Found, Range, bounded, bounds_after, bounds_before, range_from
from app.text.number_grammar import Number, read_number
from app.text.number_kinds import Kind
from app.text.number_tokens import Tokens

__all__ = ["Count", "read_count"]


class Count(NamedTuple):
    """A count of people; an open bound and an unknown best are None. `[start, end)` are the code points it read."""

    minimum: int | None
    best: int | None
    maximum: int | None
    approximate: bool
    start: int
    end: int


_STARTS_NUMBER: Final = frozenset(
    (Kind.DIGITS, Kind.UNIT, Kind.TEEN_UNIT, Kind.TEN, Kind.TENS, Kind.HUNDREDS, Kind.SCALE, Kind.TWO_SCALES, Kind.PART)
)
_STARTS_SOME: Final = frozenset((Kind.SOME, Kind.SCALES, Kind.SEVERAL, Kind.NUMBER_OF, Kind.MANY))
_GOES_ON_SOME: Final = frozenset((Kind.SOME, Kind.SCALES, Kind.SCALE, Kind.HUNDREDS, Kind.TEN, Kind.TENS))
_VAGUE: Final = frozenset((Kind.SEVERAL, Kind.NUMBER_OF, Kind.MANY))
_PREPOSITIONS: Final = "بلك"
_NEAR: Final = 3
"""A victim is named at most so many words after what befell it."""


def read_count(text: str) -> Count | None:
    """The first count of people in `text`, a casualty span or its expression of number; None where none can be told.

    Of a longer text only the first `number_tokens.READ` code points are read. Never raises.
    """
    return _Reader(Tokens(text)).count()


class _Reader:
    """Reads the words of a text from the left until one of them begins a count."""

    __slots__ = ("_harm", "_passed", "_perhaps", "_tokens", "_words")

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._words = tokens.words
        self._harm = self._passed = 0
        self._perhaps: Count | None = None

    def count(self) -> Count | None:
        words, last = self._words, len(self._words) - 1
        i = 1
        while i < last:
            word = words[i]
            kind = word.kind
            found: Count | None = None
            after = i + 1
            if kind in _STARTS_NUMBER:
                found, after = self._number(i)
            elif kind in _STARTS_SOME:
                found, after = self._some(i)
            elif kind in PERSONS:
                found = self._person(i)
            elif kind == Kind.ORDINAL:
                after = self._after_ordinal(i)
            elif kind in HARMS or kind == Kind.STOP or kind == Kind.AMONG:
                if self._perhaps:
                    return self._perhaps
                self._harm = i if kind in HARMS else 0
            if found:
                return self._perhaps if self._perhaps and word.joined else found
            i = after
        return self._perhaps

    def _number(self, i: int) -> tuple[Count | None, int]:
        """The count that begins at the word `i`, if its number counts people, and the word to go on with."""
        words = self._words
        number = read_number(words, i)
        if number is None:
            return self._one_of(i), i + 1 + (words[i + 1].kind == Kind.SCALE)
        before = bounds_before(words, i)
        span = range_from(words, i, number, before.between)
        end = span.end if span else number.end
        if span and not span.first and not self._is_range(span):
            return None, end
        if words[i - 1].kind == Kind.DASH and words[i - 2].kind == Kind.OTHER_DIGITS:
            return None, end
        after = bounds_after(words, end)
        found = bounded(words, i, number, span, before, after)
        if counts_people(self._tokens, found, i, number, self._passed):
            return self._told(found), end
        self._passed = end
        return None, end

    def _is_range(self, span: Range) -> bool:
        """Whether it leads upwards, and is no date of three numbers."""
        return span.low < span.high and self._words[span.end].kind != Kind.DASH

    def _some(self, i: int) -> tuple[Count | None, int]:
        """عشرات, مئات الآلاف, بضعة عشر; عدد من."""
        words = self._words
        end = i + 1
        if words[i].kind in (Kind.NUMBER_OF, Kind.MANY):
            if words[end].kind != Kind.OF:
                return None, end
            end += 1
        while words[end].kind in _GOES_ON_SOME:
            end += 1
        if words[i].kind in _VAGUE and not self._harm and words[end].kind not in PERSONS:
            return None, end
        before, after = bounds_before(words, i), bounds_after(words, end)
        found = Found(before.first, max(end, after.end), end, (None, None, None), True)
        return (None if is_thing(words, end, None) else self._told(found)), end

    def _person(self, i: int) -> Count | None:
        """Two persons by their ending, one or two by the number after their noun, one beside a word of harm."""
        word, after = self._words[i], self._words[i + 1]
        if word.value and after.kind == Kind.UNIT and after.value == word.value and not after.joined:
            return self._exactly(word.value, i, i + 2)
        if word.kind == Kind.TWO:
            return self._exactly(2, i, i + 1)
        if word.kind != Kind.ONE or self._words[i - 1].kind == Kind.AMONG:
            self._harm = 0
            return None
        by_itself = word.victim and not word.article and not (i > 1 and self._words[i - 1].kind == Kind.THING)
        if not by_itself and not self._is_harmed(i):
            return None
        found = self._with_joined(i)
        if by_itself or self._words[self._harm].kind == Kind.HARM:
            return found
        self._perhaps = self._perhaps or found
        return None

    def _is_harmed(self, i: int) -> bool:
        """Whether the word `i` follows a word of harm, with nothing but words that are not known between them."""
        between = range(self._harm + 1, i)
        if not self._harm or len(between) >= _NEAR or (between and self._words[i].article):
            return False
        return all(
            self._words[k].kind == Kind.UNKNOWN and self._tokens.written(k)[0] not in _PREPOSITIONS for k in between
        )

    def _with_joined(self, i: int) -> Count:
        """One victim, and those joined to it: رجل وامرأة are two; in قتيل وجريح they fared differently."""
        words, end, total = self._words, i + 1, 1
        while words[end].joined and words[end].kind in (Kind.ONE, Kind.TWO) and not words[end].victim:
            total += words[end].value
            end += 1
        return self._exactly(total, i, end)

    def _one_of(self, i: int) -> Count | None:
        """أحد, one of those that are named after it, where harm was done to him."""
        word, after = self._words[i], self._words[i + 1]
        is_one = word.kind == Kind.TEEN_UNIT and word.value == 1 and not word.article
        if not is_one or self._harm != i - 1 or not self._harm or self._words[i - 2].kind == Kind.NOT:
            return None
        names_them = after.kind in PERSONS or after.article
        if not names_them and after.kind == Kind.UNKNOWN:
            names_them = self._tokens.written(i + 1)[0] not in _PREPOSITIONS
        return self._exactly(1, i, i + 1) if names_them else None

    def _after_ordinal(self, i: int) -> int:
        """الخامس عشر and الحادي والعشرين are no numbers to their end."""
        after = self._words[i + 1]
        is_rest = after.kind == Kind.TEN or (after.kind == Kind.TENS and after.joined)
        return i + 2 if is_rest else i + 1

    def _exactly(self, value: int, first: int, end: int) -> Count:
        """The persons that the words `[first, end)` are, under what is said around them: ما لا يقل عن قتيلين."""
        before, after = bounds_before(self._words, first), bounds_after(self._words, end)
        return self._told(bounded(self._words, first, Number(value, end), None, before, after))

    def _told(self, found: Found) -> Count:
        start, end = self._tokens.start(found.first), self._tokens.end(found.end - 1)
        return Count(*found.values, found.approximate, start, end)
