"""What a person decided about a suggestion."""

from __future__ import annotations

from typing import Final, NamedTuple

ACCEPTED: Final = "accepted"
CHANGED: Final = "changed"
REJECTED: Final = "rejected"
OUTCOMES: Final = (ACCEPTED, CHANGED, REJECTED)


class Decision(NamedTuple):
    """What became of the suggestion to mark `[start, end)`, which says `surface`, as `label`.

    `folded` is how the surface is compared. `outcome`: it was taken as it stood ("accepted"), with another label or
    other bounds ("changed"), or refused ("rejected").
    """

    label: str
    start: int
    end: int
    surface: str
    folded: str
    source_name: str
    outcome: str
