"""Regular expressions that anybody may bring, made ready within bounds: some cost minutes before they meet a text."""

from __future__ import annotations

import re
from math import prod
from typing import Any, Final

import regex  # type: ignore[import-untyped]

LONGEST: Final = 2_000
"""How many characters an expression may have."""
MOST_REPEATED: Final = 100_000
"""What the counts of an expression may come to when they are multiplied: they are laid out one by one, if nested."""

_COUNT: Final = re.compile(r"\{\s*(\d*)\s*,?\s*(\d*)\s*\}")


class Unusable(ValueError):
    """No regular expression, or one that could not be made ready within bounds; says why, in English."""


def compiled(pattern: str, flags: int = 0) -> Any:
    """`pattern`, ready to be used with a limit of time. Raises Unusable."""
    if len(pattern) > LONGEST:
        raise Unusable(f"longer than {LONGEST} characters")
    counts = [max(int(one or 0) for one in (found[1][:9], found[2][:9])) for found in _COUNT.finditer(pattern)]
    if prod(max(count, 1) for count in counts) > MOST_REPEATED:
        raise Unusable(f"more than {MOST_REPEATED} repetitions")
    try:
        return regex.compile(pattern, flags)
    except (regex.error, RecursionError, OverflowError, ValueError, MemoryError) as error:
        raise Unusable(str(error) or type(error).__name__) from None
