from __future__ import annotations

import re
from pathlib import Path

import pytest

from resources import resource

DRAWINGS = sorted(resource("icons").glob("*.svg"))
LINE_ICONS = [drawing for drawing in DRAWINGS if drawing.stem != "hashiya"]
SIZES = (16, 24, 48)

pytestmark = pytest.mark.usefixtures("qapp")


def inked(drawing: Path, size: int) -> list[list[int]]:
    """How opaque each pixel of the icon is, row by row, from 0 to 255."""
    from PySide6.QtCore import QByteArray, QRectF
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(drawing.read_bytes().replace(b"currentColor", b"#1D2125")))
    assert renderer.isValid(), drawing.name
    picture = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(0)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return [[picture.pixelColor(x, y).alpha() for x in range(size)] for y in range(size)]


@pytest.mark.parametrize("drawing", LINE_ICONS, ids=lambda drawing: drawing.stem)
def test_an_icon_is_drawn_in_one_colour_that_the_theme_chooses(drawing: Path) -> None:
    source = drawing.read_text("utf-8")
    assert 'viewBox="0 0 24 24"' in source
    assert 'stroke="currentColor" stroke-width="1.75"' in source
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', source)) <= {"currentColor", "none"}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("drawing", LINE_ICONS, ids=lambda drawing: drawing.stem)
def test_an_icon_can_be_seen_and_is_not_cut_off(drawing: Path, size: int) -> None:
    rows = inked(drawing, size)
    edge = [*rows[0], *rows[-1], *(row[0] for row in rows), *(row[-1] for row in rows)]
    assert max(edge) == 0
    assert max(map(max, rows)) >= 128
    assert sum(map(sum, rows)) / 255 >= 0.02 * size * size


def test_no_two_icons_look_alike_in_a_menu() -> None:
    pictures = {drawing.stem: inked(drawing, 16) for drawing in LINE_ICONS}
    assert len({str(picture) for picture in pictures.values()}) == len(pictures)


@pytest.mark.parametrize("size", [16, 32, 256])
def test_the_application_has_an_icon_of_its_own_that_fills_its_place(size: int) -> None:
    rows = inked(resource("icons", "hashiya.svg"), size)
    assert rows[size // 2][0] == rows[0][size // 2] == 255
    assert rows[0][0] < 128
