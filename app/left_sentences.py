"""What a step of many articles leaves as it is, and why, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from app.wording import plural

_SAID: Final[Mapping[str, Callable[[int], str]]] = {
    "problems-block-done": lambda count: plural(
        "{count} article stays as it is: its problems must be solved first.",
        "{count} articles stay as they are: their problems must be solved first.",
        count,
    ),
    "document-damaged": lambda count: plural(
        "{count} damaged article stays as it is.", "{count} damaged articles stay as they are.", count
    ),
    "already-there": lambda count: plural(
        "{count} span stays as it is: its place carries the new label already.",
        "{count} spans stay as they are: their places carry the new label already.",
        count,
    ),
    "overlaps-own-label": lambda count: plural(
        "{count} span stays as it is: it would overlap another one of the new label.",
        "{count} spans stay as they are: they would overlap others of the new label.",
        count,
    ),
    "may-not-be-discontinuous": lambda count: plural(
        "{count} span stays as it is: the new label allows one piece only.",
        "{count} spans stay as they are: the new label allows one piece only.",
        count,
    ),
    "too-many-words": lambda count: plural(
        "{count} span stays as it is: it has more words than the new label allows.",
        "{count} spans stay as they are: they have more words than the new label allows.",
        count,
    ),
    "answers-unasked": lambda count: plural(
        "{count} span keeps answers that the new label does not ask for.",
        "{count} spans keep answers that the new label does not ask for.",
        count,
    ),
}


def left_said(left: Mapping[str, int], number: Callable[[int], str] = str) -> list[str]:
    """A sentence for each reason, in a fixed order; `number` writes the counts."""
    return [said(left[code]).format(count=number(left[code])) for code, said in _SAID.items() if left.get(code)]
