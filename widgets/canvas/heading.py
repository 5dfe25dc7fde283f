"""The title and the source of an article, set above its text. They are no part of it and cannot be marked."""

from __future__ import annotations

from PySide6.QtGui import QFont

from app.text.direction import paragraph_direction
from widgets.canvas.heights import Heights
from widgets.canvas.layout import LaidParagraph, lay_out
from widgets.canvas.look import Look


def lay_out_heading(title: str, source: str, rtl: bool, look: Look, width: float) -> list[LaidParagraph]:
    """What there is of title and source, laid out; text without letters runs to the left if `rtl`."""
    laid = []
    if title:
        laid.append(_laid(title, rtl, look.heading_font, width, look.zoom))
    if source:
        laid.append(_laid(source, rtl, look.source_font, width, 16 * look.zoom))
    return laid


def _laid(text: str, rtl: bool, font: QFont, width: float, after: float) -> LaidParagraph:
    rtl = {"rtl": True, "ltr": False}.get(paragraph_direction(text), rtl)
    laid = lay_out(" ".join(text.split()), 0, rtl, font, width)
    laid.heights = Heights([round(line.ascent + line.descent) for line in laid.lines])
    laid.after = round(after)
    return laid
