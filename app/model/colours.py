"""Colours that can be read: contrast as WCAG 2.2 measures it, and inks that are moved until it suffices.

Whoever writes a schema chooses colours by eye; what is shown keeps their hue, and is legible on every theme.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from typing import Final

from app.model.schema import Ink

READABLE: Final = 4.5
"""What text needs (WCAG 2.2 AA)."""
HIGH: Final = 7.0
"""What text needs at high contrast, and the article's own text always (WCAG 2.2 AAA)."""

APART: Final = 7.0
"""How far (CIE 1976 ΔE) inks must be from each other to be told apart at a glance."""

# How linear RGB is seen by usual eyes and by dichromats: protan, deutan, tritan (Machado, Oliveira and Fernandes 2009).
_SIGHTS: Final = (
    ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
)
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


def alike(one: Ink, other: Ink) -> bool:
    """Whether some eyes, usual or colour-blind, would take the inks of two labels for one on either page."""
    pairs = ((one.ink, other.ink), (one.dark_ink, other.dark_ink))
    return any(_distance(first, second, sight) < APART for first, second in pairs for sight in range(len(_SIGHTS)))


def _distance(first: str, second: str, sight: int) -> float:
    one, two = _seen(first, sight), _seen(second, sight)
    return math.dist(one, two)


@cache
def _seen(colour: str, sight: int) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of what eyes of this kind see."""
    linear = _linear(colour)
    rows = (sum(weight * share for weight, share in zip(row, linear, strict=True)) for row in _SIGHTS[sight])
    red, green, blue = (min(1.0, max(0.0, share)) for share in rows)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@cache
def _linear(colour: str) -> tuple[float, float, float]:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return red, green, blue


@cache
def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(colour: str, other: str, share: float) -> str:
    if share == 0:
        return colour
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02X}" for one, two in pairs)


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue
