"""How HarfBuzz by itself would set a line: what the canvas is compared with.

A paragraph is divided as Qt divides it: by level (python-bidi), script and font. The language is none, as Qt's is where
the locale says nothing; kerning is on; outlines are not hinted.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

import regex
import uharfbuzz
from bidi import algorithm

from resources import resource

_SCRIPTS = {"Arab": regex.compile(r"\p{Script=Arabic}"), "Latn": regex.compile(r"\p{Script=Latin}")}
_UNITS = 64
"""HarfBuzz measures in 64ths of a pixel, as Qt does."""


class Glyph(NamedTuple):
    """A glyph of a font file with the abscissa and the height above the base line of its origin, in pixels."""

    font: str
    id: int
    x: float
    y: float


class Run(NamedTuple):
    """Characters `[start, end)` that are shaped together."""

    start: int
    end: int
    level: int
    script: str
    font: str


def levels(text: str, rtl: bool) -> list[int]:
    """The level of each character by the Unicode bidirectional algorithm, of text without embeddings."""
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = int(rtl), "LR"[rtl]
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    found = [character["level"] for character in storage["chars"]]
    assert len(found) == len(text)
    return found


def visual(places: Sequence[int], level_of: Sequence[int]) -> list[int]:
    """`places` of one line from left to right: rule L2."""
    ordered = list(places)
    for level in range(max((level_of[k] for k in places), default=0), 0, -1):
        turned: list[int] = []
        for is_high, group in groupby(ordered, [k for k in places if level_of[k] >= level].__contains__):
            stretch = list(group)
            turned += stretch[::-1] if is_high else stretch
        ordered = turned
    return ordered


def runs(text: str, level_of: Sequence[int], fonts: Sequence[str]) -> list[Run]:
    """What of a paragraph is shaped together, in logical order."""
    kinds = zip(level_of, _scripts(text), (_font_for(character, fonts) for character in text), strict=True)
    found: list[Run] = []
    for kind, group in groupby(enumerate(kinds), lambda numbered: numbered[1]):
        places = [k for k, _ in group]
        found.append(Run(places[0], places[-1] + 1, *kind))
    return found


def set_line(text: str, start: int, end: int, found: Sequence[Run], size: int) -> tuple[list[Glyph], float]:
    """The glyphs of `[start, end)`, one line of the paragraph `text`, from its left edge; and how wide it is.

    A run that goes on on the next line was shaped before the line was broken.
    """
    x, glyphs = 0.0, []
    here = [run for run in found if run.start < end and run.end > start]
    for run in (here[k] for k in visual(range(len(here)), [run.level for run in here])):
        for shaped in _shape(text[run.start : run.end], run.level % 2 == 1, run.script, run.font, size):
            if start <= run.start + shaped.cluster < end:
                glyphs.append(Glyph(run.font, shaped.id, x + shaped.dx, shaped.dy))
                x += shaped.advance
    return glyphs, x


class _Shaped(NamedTuple):
    id: int
    cluster: int
    advance: float
    dx: float
    dy: float


@cache
def _shape(text: str, rtl: bool, script: str, font: str, size: int) -> list[_Shaped]:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = script
    uharfbuzz.shape(_font(font, size), buffer, {"kern": True})
    return [
        _Shaped(
            glyph.codepoint, glyph.cluster, *(n / _UNITS for n in (place.x_advance, place.x_offset, place.y_offset))
        )
        for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]


def _scripts(text: str) -> list[str]:
    """The script of each character; what belongs to none takes that before it, at the start the one that follows."""
    own = [next((name for name, letters in _SCRIPTS.items() if letters.match(ch)), "") for ch in text]
    last = next(filter(None, own), "Zyyy")
    return [last := script or last for script in own]


def _font_for(character: str, fonts: Sequence[str]) -> str:
    return next((font for font in fonts if ord(character) in _characters(font)), fonts[0])


@cache
def _characters(font: str) -> frozenset[int]:
    return frozenset(_face(font).unicodes)


@cache
def _face(font: str) -> uharfbuzz.Face:
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(resource("fonts", font))))


@cache
def _font(font: str, size: int) -> uharfbuzz.Font:
    made = uharfbuzz.Font(_face(font))
    made.scale = size * _UNITS, size * _UNITS
    made.ppem = size, size
    return made
