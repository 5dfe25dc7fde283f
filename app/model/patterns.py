"""Regular expressions that a schema brings: held against texts only after they proved to be harmless."""

from __future__ import annotations

from typing import Final, NamedTuple

from app.expressions import Unusable, compiled

LONGEST: Final = 500
"""How many characters a pattern may have."""

_PATIENCE: Final = 0.05  # seconds for one short text
_PROBES: Final = ("a", "0", " ", "-", "ا", "aA0 ا-")


class PatternFault(NamedTuple):
    """Why a pattern cannot be used."""

    code: str
    values: dict[str, object]


def pattern_fault(pattern: str) -> PatternFault | None:
    """What is wrong with `pattern`: that it is none, or that it does not come to an end; None for a sound one.

    Whether it ends is tried, with texts made of its own characters that fit nearly: not a proof, and a pattern is
    therefore used with a limit of time as well.
    """
    if len(pattern) > LONGEST:
        return PatternFault("pattern-too-long", {"value": pattern[:80], "limit": LONGEST})
    try:
        ready = compiled(pattern)
        for piece in dict.fromkeys((*_PROBES, *pattern)):
            ready.fullmatch(piece * (40 // len(piece)) + "\0!", timeout=_PATIENCE)
    except TimeoutError:
        return PatternFault("pattern-runs-away", {"value": pattern[:80]})
    except (Unusable, MemoryError) as error:
        reason = str(error) or type(error).__name__
        return PatternFault("pattern-faulty", {"value": pattern[:80], "reason": reason})
    return None
