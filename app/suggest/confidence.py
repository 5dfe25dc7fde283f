"""How sure a suggestion is: the share of its source's suggestions of this label that were taken as they stood so far.

Before anything was decided a source counts with what was measured of it on news, as heavily as `WEIGHT` decisions
would (the mean of a beta distribution). A source whose suggestions differ in score keeps these differences: the score
is moved, in log odds, as far as the record moved from where it began.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log
from typing import Final

from app.suggest.memory import Memory

WEIGHT: Final = 8
"""How many decisions what was known before weighs."""
QUIET_BELOW: Final = 0.40
QUIET_AFTER: Final = 10
MEASURED: Final[Mapping[str, float]] = {
    "repetition": 0.9,
    "dictionary": 0.83,
    "casualties": 0.9,
    "quotes": 0.9,
    "gazetteer": 0.78,
    "crf": 0.75,
}
_OTHERS: Final = 0.7
_LEAST, _MOST = 0.02, 0.98


def expected(source_name: str) -> float:
    """The share of its suggestions that is thought to be right before anybody decided."""
    return MEASURED.get(source_name, _OTHERS)


def rate(source_name: str, label: str, memory: Memory) -> float:
    """The share of its suggestions of `label` that is taken as they stand, by its record and what was known before."""
    accepted, decided = memory.record.get((source_name, label), (0, 0))
    return (accepted + WEIGHT * expected(source_name)) / (decided + WEIGHT)


def confidence(source_name: str, label: str, score: float, memory: Memory) -> float:
    """How likely a suggestion with this score of its source is taken; more than 0 and less than 1."""
    before = _within(score)
    if (source_name, label) not in memory.record:
        return before
    odds = _odds(before) + _odds(_within(rate(source_name, label, memory))) - _odds(expected(source_name))
    return _within(1 / (1 + exp(-odds)))


def is_quiet(source_name: str, label: str, memory: Memory) -> bool:
    """Whether most of what this source suggested of `label` was wrong, and nobody has woken it since."""
    accepted, decided = memory.record.get((source_name, label), (0, 0))
    failed = decided >= QUIET_AFTER and accepted < QUIET_BELOW * decided
    return failed and (source_name, label) not in memory.woken


def _odds(share: float) -> float:
    return log(share / (1 - share))


def _within(share: float) -> float:
    return min(max(share, _LEAST), _MOST)
