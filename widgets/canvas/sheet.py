"""The sheet of paper under the article: round corners, and one soft shadow in the light theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from widgets.canvas.look import Look

_RADIUS = 10
_SHADOW = 10


def paint_sheet(painter: QPainter, sheet: QRectF, clip: QRectF, look: Look) -> None:
    """Paint what of `sheet` and its shadow lies in `clip`; both have whole pixels."""
    if not look.dark and not sheet.contains(clip):
        _paint_shadow(painter, sheet, clip, look)
    page = QColor(look.page)
    straight = sheet.adjusted(0, _RADIUS, 0, -_RADIUS)
    painter.fillRect(straight.intersected(clip), page)
    if straight.contains(clip):
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(page)
    for end in (sheet.top(), sheet.bottom() - 2 * _RADIUS):
        corner = QRectF(sheet.left(), end, sheet.width(), 2 * _RADIUS)
        if corner.intersects(clip):
            painter.drawRoundedRect(corner, _RADIUS, _RADIUS)
    painter.restore()


def _paint_shadow(painter: QPainter, sheet: QRectF, clip: QRectF, look: Look) -> None:
    left, top, right, bottom = (round(side) for side in sheet.getCoords())
    first = max(top + _RADIUS // 2, round(clip.top()))
    height = min(bottom, round(clip.bottom())) - first
    for spread, shade in enumerate(_shades(look.window, look.shadow)):
        for x in (left - spread - 1, right + spread):
            if clip.left() <= x <= clip.right():
                painter.fillRect(x, first, 1, height, shade)
        if clip.bottom() >= bottom + spread:
            painter.fillRect(left, bottom + spread, right - left, 1, shade)


@cache
def _shades(window: str, shadow: str) -> tuple[QColor, ...]:
    """The shadow from the edge outwards, mixed into the window's colour: to blend each time costs as much as a page."""
    ground, shade = QColor(window), QColor(shadow)
    return tuple(_mixed(ground, shade, (24 - 24 * spread // _SHADOW) / 255) for spread in range(_SHADOW - 1))


def _mixed(ground: QColor, shade: QColor, share: float) -> QColor:
    parts = zip(ground.getRgb()[:3], shade.getRgb()[:3], strict=True)
    return QColor(*(round(under + (over - under) * share) for under, over in parts))
