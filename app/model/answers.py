"""What may be answered to an attribute or a document field, by its kind and its bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from app.expressions import Unusable, compiled
from app.model.schema import CHOICE, CHOICES, NO, NUMBER, YES, YES_NO, AttributeType, Label

COUNT_MIN, COUNT_BEST, COUNT_MAX = COUNT_BOUNDS = ("count_min", "count_best", "count_max")
COUNT_TEXT, APPROXIMATE = "count_text", "approximate"
COUNT = (COUNT_TEXT, *COUNT_BOUNDS, APPROXIMATE)
"""The attributes by which a span says a number: those of a label that has all of `COUNT_BOUNDS`."""

_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
_GROUPS = re.compile(r"(?<=[0-9])[,٬](?=[0-9]{3}(?![0-9]))")
_LEADING = re.compile(r"(?<![0-9.])0+(?=[0-9])")
_SIGNS = str.maketrans("٫−", ".-")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PATIENCE = 0.05  # seconds; a pattern that needs longer for one answer runs away


def says_a_count(label: Label) -> bool:
    """Whether spans called `label` say a number, in the attributes `COUNT`."""
    return all(label.attribute(name) for name in COUNT_BOUNDS)


def number(text: str) -> Decimal | None:
    """The number that decimal text stands for (ASCII digits, at most one point), or None."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def as_kept(one: AttributeType, value: str) -> str:
    """`value` as it is kept: without blanks around it; a number, in whatever digits, as plain decimal text."""
    value = value.strip()
    if one.kind != NUMBER:
        return value
    digits = "".join(str(int(ch)) if ch.isdecimal() else ch for ch in value.translate(_SIGNS))
    plain = _LEADING.sub("", _GROUPS.sub("", digits))
    return plain if number(plain) is not None else value


def is_answer(one: AttributeType, value: str) -> bool:
    """Whether `value`, as it is kept, may be answered: a choice that there is, a number in its bounds, a fitting text.

    Neither the number of answers nor whether the attribute is shown is looked at.
    """
    if one.kind in (CHOICE, CHOICES):
        return one.choice(value) is not None
    if one.kind == YES_NO:
        return value in (YES, NO)
    if one.kind == NUMBER and not _is_within(one, value):
        return False
    return bool(value) and not _SURROGATE.search(value) and (not one.pattern or _fits(one.pattern, value))


def are_answers(one: AttributeType, values: Iterable[str]) -> bool:
    """Whether `values` may be answered together: each as `is_answer` says, none twice, several only of `choices`."""
    given = tuple(values)
    too_many = len(given) > 1 and (one.kind != CHOICES or len(set(given)) < len(given))
    return not too_many and all(is_answer(one, value) for value in given)


def _is_within(one: AttributeType, value: str) -> bool:
    said, least, most = number(value), number(one.minimum), number(one.maximum)
    return said is not None and (least is None or least <= said) and (most is None or said <= most)


def _fits(pattern: str, value: str) -> bool:
    try:
        return compiled(pattern).fullmatch(value, timeout=_PATIENCE) is not None
    except (TimeoutError, Unusable, MemoryError):
        return False
