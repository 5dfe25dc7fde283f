"""Paragraphs laid out: their lines, and where each grapheme of a line is. Marks never enter the layout."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

import regex
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextLayout, QTextLine, QTextOption

from app.text.offsets import Utf16Index
from widgets.canvas.boxes import Box, line_boxes
from widgets.canvas.dashes import DashMark
from widgets.canvas.edges import Levels, levels_of
from widgets.canvas.heights import Heights
from widgets.canvas.marks import LineMarks, Ranges, Stretches

_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]|^[\ufeff\ufffe]")
_BELOW_BASELINE = 0.55
_LINE_SEPARATOR = "\u2028"
_ENDLESS_WORD = re.compile(r"\S{20000}")
_REACHING_SIGNS = regex.compile(r"[\p{ccc=220}\u064d\u0650\u0610-\u061a\u06d6-\u06ed\u08d3-\u08ff]|\p{M}{3}")
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


@dataclass(slots=True)
class Line:
    """One line `[start, end)` of the document; `visible_end` leaves out the white space at which it was broken.

    `lane_of` and `stretches` are what was worked out of its marks: the lanes until a step touches it, and what ranges
    cover on it. `dashed` are the marks of its suggestions, after which of their changes and beside which marks.

    `rise` is the room that stacked signs need above `ascent`, `below` how far under the base line marks may begin; a
    line that `overflows` has more signs than any room would hold. All in pixels.
    """

    start: int
    end: int
    visible_end: int
    drawn: QTextLine
    ascent: float
    descent: float
    rtl: bool
    last: bool = False
    rise: float = 0.0
    below: float = 0.0
    overflows: bool = False
    boxes: tuple[Box, ...] | None = None
    marks: LineMarks | None = None
    dashed: tuple[int, LineMarks, tuple[DashMark, ...]] | None = None
    lanes: int = 1
    lane_of: dict[str, int] | None = None
    stretches: dict[Ranges, Stretches] = field(default_factory=dict)

    @property
    def baseline(self) -> float:
        """How far below its top the letters of the line stand."""
        return self.rise + self.ascent


@dataclass(slots=True)
class LaidParagraph:
    """A paragraph `[start, end)` of the document with its lines, top to bottom; `size` is that of its font, in pixels.

    How high lines are is not known here: whoever places them sets `heights`, and `after`, the room below.
    """

    start: int
    end: int
    rtl: bool
    text: str
    index: Utf16Index
    layout: QTextLayout  # keeps the lines alive
    size: int
    levels: Levels
    blank: bool
    lines: list[Line]
    starts: list[int]
    heights: Heights = field(default_factory=lambda: Heights(()))
    after: float = 0.0

    @property
    def height(self) -> float:
        """The height of all its lines and of the room below, in pixels."""
        return self.heights.total + self.after

    def boxes(self, line: Line) -> tuple[Box, ...]:
        """Where the graphemes of `line` are, worked out when first asked for."""
        if line.boxes is None:
            line.boxes = line_boxes(self, line)
        return line.boxes

    def line_of(self, offset: int, after: bool) -> int:
        """Which line shows `offset`; at a break between two, the upper one if `after` (the caret follows a letter)."""
        k = max(0, bisect_right(self.starts, offset) - 1)
        at_break = k > 0 and offset == self.starts[k]
        return k - 1 if after and at_break and self.text[offset - self.start - 1] != _LINE_SEPARATOR else k


def lay_out(text: str, start: int, rtl: bool, font: QFont, width: float) -> LaidParagraph:
    """Lay out a paragraph whose text is `text` and whose first code point is `start`; `width` in pixels."""
    layout = QTextLayout(_shown(text), font)
    layout.setCacheEnabled(True)
    layout.setTextOption(_option(rtl, _ENDLESS_WORD.search(text) is not None))
    index = Utf16Index(text)
    lines: list[Line] = []
    layout.beginLayout()
    while True:
        drawn = layout.createLine()
        if not drawn.isValid():
            break
        drawn.setLineWidth(width)
        lines.append(_line(drawn, text, start, index, rtl))
        lines[-1].below = _BELOW_BASELINE * font.pixelSize()
    layout.endLayout()
    lines[-1].last = True
    if _REACHING_SIGNS.search(text):
        for line in lines:
            if _REACHING_SIGNS.search(text, line.start - start, line.end - start):
                _make_room_for_signs(line, font.pixelSize())
    return LaidParagraph(
        start,
        start + len(text),
        rtl,
        text,
        index,
        layout,
        size=font.pixelSize(),
        levels=levels_of(text, rtl),
        blank=not text or text.isspace(),
        lines=lines,
        starts=[line.start for line in lines],
    )


def _line(drawn: QTextLine, text: str, start: int, index: Utf16Index, rtl: bool) -> Line:
    first = index.to_code_point(drawn.textStart())
    end = index.to_code_point(drawn.textStart() + drawn.textLength())
    own = text[first:end]
    return Line(
        start + first,
        start + end,
        start + first + len(own.rstrip()),
        drawn,
        drawn.ascent(),
        drawn.descent(),
        rtl,
    )


def _make_room_for_signs(line: Line, size: int) -> None:
    """Measure the ink of a line whose signs may reach into its neighbours or into its tags."""
    top = bottom = 0.0
    for run in line.drawn.glyphRuns():
        font = run.rawFont()
        for glyph, point in zip(run.glyphIndexes(), run.positions(), strict=True):
            ink, y = font.boundingRect(glyph), point.y() - line.drawn.y() - line.ascent
            top, bottom = min(top, y + ink.top()), max(bottom, y + ink.bottom())
    line.rise = min(max(0.0, -top - line.ascent), 2.0 * size)
    line.below = min(max(bottom, line.below), 2.0 * size)
    line.overflows = -top - line.ascent > line.rise or bottom > line.below


def _option(rtl: bool, has_endless_word: bool) -> QTextOption:
    option = QTextOption()
    option.setTextDirection(_RIGHT_TO_LEFT if rtl else _LEFT_TO_RIGHT)
    # AlignLeft does not turn round in right-to-left text.
    option.setAlignment(Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
    # For each line of a word that has many Qt looks through the whole of it for a better place.
    anywhere, better = QTextOption.WrapMode.WrapAnywhere, QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    option.setWrapMode(anywhere if has_endless_word else better)
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
