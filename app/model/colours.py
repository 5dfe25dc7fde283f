"""Colours that can be read: contrast as WCAG 2.2 measures it, and inks that are moved until it suffices.

Whoever writes a schema chooses colours by eye; what is shown keeps their hue, and is legible on every theme.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from app.model.schema import Ink

READABLE: Final = 4.5
"""What text needs (WCAG 2.2 AA)."""
HIGH: Final = 7.0
"""What text needs at high contrast, and the article's own text always (WCAG 2.2 AAA)."""

_BLACK, _WHITE = "#000000", "#FFFFFF"
_STEPS: Final = 24


def contrast(first: str, second: str) -> float:
    """The contrast of two colours (`#RRGGBB`), from 1 to 21; WCAG 2.2, "contrast ratio"."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(ink: str, grounds: Iterable[str], least: float, *, dark: bool) -> str:
    """`ink`, moved towards white on a `dark` theme, else towards black, no farther than until it can be read."""
    places = tuple(grounds)
    for step in range(_STEPS + 1):
        moved = _mixed(ink, _WHITE if dark else _BLACK, step / _STEPS)
        if min(contrast(moved, place) for place in places) >= least:
            return moved
    return moved


@cache
def shown(colour: Ink, page: str, *, dark: bool, least: float = READABLE) -> tuple[str, str]:
    """Ink and ground of a label on `page`: the text on its ground is at 7:1 or more, the ink on both at `least`."""
    ink, ground = (colour.dark_ink, colour.dark_ground) if dark else (colour.ink, colour.ground)
    text = _WHITE if dark else _BLACK
    paler = _STEPS * 2 // 3 if least >= HIGH else 0  # a ground near the page lets the ink keep more of its hue
    for step in range(paler, _STEPS + 1):
        behind = _mixed(ground, page, step / _STEPS)
        if contrast(text, behind) >= HIGH + 2.2:  # the text of a theme is not quite white, or black
            break
    return readable(ink, (behind, page), least, dark=dark), behind


@cache
def _luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(colour: str, other: str, share: float) -> str:
    if share == 0:
        return colour
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02X}" for one, two in pairs)


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue
