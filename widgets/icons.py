"""Icons drawn from the shipped SVG files in whatever colour the theme asks for."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from resources import resource
from widgets.theme import LabelLook


@cache
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0, mirrored: bool = False) -> QPixmap:
    """The icon `name`, `size` device independent pixels square, for a screen of `ratio` pixels each."""
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _renderer(name, colour).render(painter, QRectF(picture.rect()))
    painter.end()
    if mirrored:
        picture = picture.transformed(QTransform.fromScale(-1, 1))
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def icon(name: str, colour: str, off: str, size: int = 18, ratio: float = 1.0, mirrored: bool = False) -> QIcon:
    """The icon `name` in `colour`, and in `off` where its action cannot be used."""
    made = QIcon()
    made.addPixmap(pixmap(name, colour, size, ratio, mirrored), QIcon.Mode.Normal)
    made.addPixmap(pixmap(name, off, size, ratio, mirrored), QIcon.Mode.Disabled)
    return made


def label_icon(look: LabelLook, size: int = 16) -> QIcon:
    """The square that stands for a label where it is chosen, in the colours of `look`."""
    made = QIcon()
    for ratio in (1, 2):
        made.addPixmap(_square(look.ink, look.ground, size, ratio))
    return made


@cache
def _square(ink: str, ground: str, size: int, ratio: int) -> QPixmap:
    picture = QPixmap(size * ratio, size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(ink), 1))
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(1.5, 1.5, size - 3, size - 3), 4, 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink))
    painter.drawRoundedRect(QRectF(size / 2 - 3, size / 2 - 3, 6, 6), 2, 2)
    painter.end()
    return picture


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = resource("icons", f"{name}.svg").read_bytes()
    return QSvgRenderer(QByteArray(drawing.replace(b"currentColor", colour.encode("ascii"))))
