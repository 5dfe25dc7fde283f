"""When an article is of, as sources say it: read leniently, told as ISO 8601 so that it sorts as text."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

_LATEST_YEAR: Final = 2199
_EARLIEST_YEAR: Final = 1800
_MONTHS: Final = (
    "january jan كانون الثاني يناير جانفي ژانویه",
    "february feb شباط فبراير فيفري فوریه",
    "march mar آذار اذار مارس",
    "april apr نيسان ابريل أبريل إبريل افريل أفريل آوریل",
    "may أيار ايار مايو ماي مه",
    "june jun حزيران يونيو يونيه جوان ژوئن",
    "july jul تموز يوليو يوليه جويلية ژوئیه",
    "august aug آب اب أغسطس اغسطس أوت اوت",
    "september sep sept أيلول ايلول سبتمبر سپتامبر",
    "october oct تشرين الأول تشرين الاول أكتوبر اكتوبر اکتبر",
    "november nov تشرين الثاني نوفمبر نوامبر",
    "december dec كانون الأول كانون الاول ديسمبر دسامبر",
)
_TWO_WORDS: Final = re.compile(r"(كانون|تشرين) (?=ال)")
_NUMBER_OF: Final = {
    name.replace("_", " "): number
    for number, names in enumerate(_MONTHS, 1)
    for name in _TWO_WORDS.sub(r"\1_", names).split(" ")
}
_NAMES: Final = "|".join(sorted(map(re.escape, _NUMBER_OF), key=len, reverse=True))
_TIME: Final = r"(?:[T ,]+(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?)?"
_ISO: Final = re.compile(
    r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2})" + _TIME + r"[\d.:+\-Z ]*)?)?"
)
_DIGITS: Final = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})\b" + _TIME)
_DAY_FIRST: Final = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ \-]+)?(?:من )?"
    rf"(?P<name>{_NAMES})(?:/(?:{_NAMES}))?[ ,،.\-]+(?P<year>\d{{4}})\b" + _TIME
)
_MONTH_FIRST: Final = re.compile(
    rf"\b(?P<name>{_NAMES})[. ]+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ ,،]+(?P<year>\d{{4}})\b" + _TIME
)
_LONGEST: Final = 100


@lru_cache(maxsize=1024)
def dated(said: str) -> str:
    """`said` as "2024", "2024-03", "2024-03-05" or "2024-03-05T10:30:00"; "" when it cannot be read as a date.

    ISO 8601, mail's dates, day/month/year (the month first only where it cannot be otherwise), and days with the name
    of a month in English or in the Arabic of any country; digits of any script. The zone of a time is left out.
    """
    plain = _ascii_digits(" ".join(said[:_LONGEST].split())).lower()
    whole = _ISO.fullmatch(plain.upper())
    if whole is not None:
        return _told(whole.groupdict())
    for pattern in (_DIGITS, _DAY_FIRST, _MONTH_FIRST):
        found = pattern.search(plain)
        if found is not None:
            return _told(found.groupdict())
    return ""


def _ascii_digits(said: str) -> str:
    return "".join(str(int(letter)) if letter.isdecimal() and not letter.isascii() else letter for letter in said)


def _told(found: dict[str, str | None]) -> str:
    year, day = int(found["year"] or 0), int(found["day"] or 0)
    named = found.get("name")
    month = _NUMBER_OF[named] if named else int(found.get("month") or 0)
    if found.get("month") and month > 12 >= day > 0:
        month, day = day, month
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return ""
    if not month:
        return f"{year:04}" if found.get("month") is None else ""
    try:
        date(year, month, day or 1)
    except ValueError:
        return ""
    told = f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")
    if found["hour"] is None or not day:
        return told
    return f"{told}T{int(found['hour']):02}:{found['minute']}:{found['second'] or '00'}"
