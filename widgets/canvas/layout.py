"""Paragraphs laid out: their lines, and where each grapheme of a line is. Marks never enter the layout."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextLayout, QTextLine, QTextOption

from app.text.offsets import Utf16Index
from widgets.canvas.boxes import Box, line_boxes
from widgets.canvas.edges import mixes_levels
from widgets.canvas.marks import LineMarks

_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]|^[\ufeff\ufffe]")
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


@dataclass(slots=True)
class Line:
    """One line `[start, end)` of the document; `visible_end` leaves out the white space at which it was broken."""

    start: int
    end: int
    visible_end: int
    drawn: QTextLine
    ascent: float
    descent: float
    rtl: bool
    last: bool
    boxes: tuple[Box, ...] | None = None
    marks: LineMarks | None = None
    lanes: int = 1


@dataclass(slots=True)
class LaidParagraph:
    """A paragraph `[start, end)` of the document with its lines, top to bottom."""

    start: int
    end: int
    rtl: bool
    text: str
    index: Utf16Index
    layout: QTextLayout  # keeps the lines alive
    mixed: bool
    blank: bool
    lines: list[Line]
    tops: list[float] = field(default_factory=list)
    height: float = 0.0

    def boxes(self, line: Line) -> tuple[Box, ...]:
        """Where the graphemes of `line` are, worked out when first asked for."""
        if line.boxes is None:
            line.boxes = line_boxes(self, line)
        return line.boxes

    def line_of(self, offset: int, after: bool) -> int:
        """Which line shows `offset`; at a break between two, the upper one if `after` (the caret follows a letter)."""
        for i, line in enumerate(self.lines):
            if offset < line.end or (offset == line.end and (after or line.last)):
                return i
        return len(self.lines) - 1


def lay_out(text: str, start: int, rtl: bool, font: QFont, width: float) -> LaidParagraph:
    """Lay out a paragraph whose text is `text` and whose first code point is `start`; `width` in pixels."""
    layout = QTextLayout(_shown(text), font)
    layout.setCacheEnabled(True)
    layout.setTextOption(_option(rtl))
    index = Utf16Index(text)
    lines: list[Line] = []
    layout.beginLayout()
    while True:
        drawn = layout.createLine()
        if not drawn.isValid():
            break
        drawn.setLineWidth(width)
        lines.append(_line(drawn, text, start, index, rtl))
    layout.endLayout()
    lines[-1].last = True
    blank = not text or text.isspace()
    return LaidParagraph(start, start + len(text), rtl, text, index, layout, mixes_levels(text, rtl), blank, lines)


def _line(drawn: QTextLine, text: str, start: int, index: Utf16Index, rtl: bool) -> Line:
    first = index.to_code_point(drawn.textStart())
    end = index.to_code_point(drawn.textStart() + drawn.textLength())
    visible = len(text[first:end].rstrip()) + first
    return Line(
        start + first, start + end, start + max(visible, first), drawn, drawn.ascent(), drawn.descent(), rtl, False
    )


def _option(rtl: bool) -> QTextOption:
    option = QTextOption()
    option.setTextDirection(_RIGHT_TO_LEFT if rtl else _LEFT_TO_RIGHT)
    # AlignLeft does not turn round in right-to-left text.
    option.setAlignment(Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _shown(text: str) -> str:
    """`text` as Qt can draw it, one code point for one: controls become their pictures.

    On its way to Qt a text loses a byte order mark at its start, or has its bytes turned round by one.
    """
    return _UNSHOWABLE.sub(_picture, text)


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return {0x7F: "\u2421", 0xFEFF: "\u2060"}.get(code, "\ufffd")
