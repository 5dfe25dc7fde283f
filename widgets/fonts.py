"""The fonts that ship with the program, and the sizes the window uses. Sizes are device independent pixels."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from resources import INTERFACE_FAMILIES, NUMBER_FAMILIES, PAGE_FAMILIES, font_files

INTERFACE_SIZE = 13
_MOST = 40


def load_fonts() -> None:
    """Make the shipped fonts known to Qt; a second call does nothing."""
    _load_once()


@cache
def _load_once() -> tuple[int, ...]:
    return tuple(QFontDatabase.addApplicationFont(str(file)) for file in font_files())


def interface_font(size: float = INTERFACE_SIZE, bold: bool = False) -> QFont:
    """The font of everything around the article."""
    return _font(INTERFACE_FAMILIES, size, bold)


def page_font(size: float, bold: bool = False) -> QFont:
    """The font of articles, for places that quote from one."""
    return _font(PAGE_FAMILIES, size, bold)


def number_font(size: float = INTERFACE_SIZE - 1) -> QFont:
    """The font of offsets and key caps."""
    return _font(NUMBER_FAMILIES, size, False)


def article_fonts() -> dict[str, str]:
    """The shipped fonts for articles, and those of the system that can write Arabic; "" is the one that ships."""
    shipped = [*PAGE_FAMILIES, *INTERFACE_FAMILIES]
    installed = QFontDatabase.families(QFontDatabase.WritingSystem.Arabic)
    return {"": ""} | {name: name for name in [*shipped, *installed][:_MOST]}


def _font(families: tuple[str, ...], size: float, bold: bool) -> QFont:
    return QFont(_shared(families, size, bold))  # a copy: the caller may change it


@cache
def _shared(families: tuple[str, ...], size: float, bold: bool) -> QFont:
    font = QFont(list(families))
    font.setPixelSize(round(size))
    font.setBold(bold)
    return font
