"""The order of the boxes of letters, against Unicode's own test and python-bidi."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import regex
from bidi import get_display

from app.text.direction import paragraph_direction
from app.text.offsets import paragraphs
from resources import resource, sample_names
from tests.widgets.canvas.harfbuzz import levels, visual
from tests.widgets.canvas.made import laid
from widgets.canvas.boxes import Box

pytestmark = pytest.mark.usefixtures("qapp")

CHARACTER_TEST = Path("/usr/share/unicode/BidiCharacterTest.txt")
ALL_CASES = "HASHIYA_ALL_BIDI_CASES"
EVERY = 1 if os.environ.get(ALL_CASES) else 37
# What the file places and the canvas gives no room: controls, joiners, and signs that stand on no letter.
WITHOUT_ROOM = regex.compile(r"(?V1)[\p{Default_Ignorable_Code_Point}\p{M}]")
MIRRORED = str.maketrans(")»]}>", "(«[{<")


def left_to_right(boxes: list[Box]) -> list[int]:
    """Where the graphemes that are seen begin, in the order in which they stand on the line."""
    return [box.start for box in sorted(boxes, key=lambda box: box.left + box.right) if box.right > box.left]


@pytest.mark.skipif(not CHARACTER_TEST.exists(), reason="needs Unicode's tables (Debian: unicode-data)")
def test_letters_stand_in_the_order_of_unicodes_own_test() -> None:
    """Every 37th of its 91,707 cases, all of them if HASHIYA_ALL_BIDI_CASES is set.

    The file holds nothing that separates paragraphs. Where it leaves the direction to the first strong character the
    canvas, which counts letters, is given the level that the file finds. The canvas shows no place of what is never
    seen (LRM, RLM, ALM, embeddings, overrides, isolates and their ends, BN), and a sign (NSM) is in its letter's.
    """
    lines = CHARACTER_TEST.read_text(encoding="utf-8").splitlines()
    cases = [line.split(";") for line in lines if line and not line.startswith("#")]
    assert len(cases) > 90_000
    compared = 0
    for codes, _, base, _, order in cases[::EVERY]:
        text = "".join(chr(int(code, 16)) for code in codes.split())
        paragraph = laid(text, rtl=base == "1")
        (line,) = paragraph.lines
        found = left_to_right(list(paragraph.boxes(line)))
        assert found == [k for k in map(int, order.split()) if k in set(found)], (codes, base)
        whole = {box.start for box in paragraph.boxes(line)}
        unseen = whole - set(found)
        assert all(WITHOUT_ROOM.match(text[k]) for k in unseen), (codes, base)
        compared += len(found) > 1
    assert compared > 0.9 * len(cases[::EVERY])


def sample_paragraphs() -> list[str]:
    """Every paragraph of the sample articles that holds anything."""
    texts = [resource("samples", name).read_text(encoding="utf-8") for name in sample_names()]
    return [text[start:end] for text in texts for start, end in paragraphs(text) if start < end]


def runs_to_the_left(text: str) -> bool:
    return paragraph_direction(text) != "ltr"


def test_every_paragraph_of_the_samples_reads_as_python_bidi_orders_it() -> None:
    for text in sample_paragraphs():
        rtl = runs_to_the_left(text)
        paragraph = laid(text, rtl, width=1e5)
        (line,) = paragraph.lines
        shown = "".join(text[k] for k in left_to_right(list(paragraph.boxes(line))))
        letters = "".join(cluster[0] for cluster in regex.findall(r"\X", text))
        assert shown.translate(MIRRORED) == get_display(letters, base_dir="R" if rtl else "L").translate(MIRRORED)


@pytest.mark.parametrize("width", [650, 310, 90])
def test_every_line_of_the_samples_is_ordered_by_itself(width: float) -> None:
    several = 0
    for text in sample_paragraphs():
        rtl = runs_to_the_left(text)
        level_of = levels(text, rtl)
        paragraph = laid(text, rtl, width)
        several += len(paragraph.lines) > 1
        for line in paragraph.lines:
            boxes = paragraph.boxes(line)
            seen = [box.start for box in boxes if box.right > box.left]
            assert left_to_right(list(boxes)) == visual(seen, level_of), text[line.start : line.end]
            assert set(range(line.start, line.visible_end)) >= set(seen)
            assert all(text[box.start].isspace() for box in boxes if box.start not in seen)
    assert several > 30
