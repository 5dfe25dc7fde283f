"""Where the hand was: what a step puts back when it is undone."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """Selection from `anchor` to `caret` (code points) and the focused span's id, or ``""``."""

    anchor: int = 0
    caret: int = 0
    focus: str = ""
