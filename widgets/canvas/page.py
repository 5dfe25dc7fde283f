"""The article as a page: paragraphs laid out where they are looked at, the spans on them, and where everything is.

Coordinates are pixels with the page's top left corner as origin; offsets are code points of the article's text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtGui import QFontMetricsF

from app.model.annotation import Annotations, Change, Span
from app.text.direction import page_direction, paragraph_direction
from app.text.offsets import paragraphs
from widgets.canvas.heights import Heights
from widgets.canvas.layout import LaidParagraph, Line, lay_out
from widgets.canvas.look import Look
from widgets.canvas.marks import LineMarks, lanes_needed, line_marks
from widgets.canvas.spans import PlacedSpans

_KEPT = 600
_HEADLINE = 160
_NEAR = 12


class Placed(NamedTuple):
    """A line with its paragraph and the height of its top on the page."""

    paragraph: LaidParagraph
    line: Line
    top: float


class Repaint(NamedTuple):
    """What changed on the page: from `top` to `bottom`, and whether anything below moved."""

    top: float
    bottom: float
    moved: bool


class ArticlePage:
    """One article on a page of a given width."""

    def __init__(self, text: str, title: str, source: str, annotations: Annotations, look: Look, width: float) -> None:
        self.text = text
        self.title = title
        self.source = source
        self.spans = PlacedSpans(annotations.spans.values())
        self.rtl = page_direction(text) != "ltr"
        self._bounds = paragraphs(text)
        self._starts = [start for start, _ in self._bounds]
        self._headline = -1 if title else self._find_headline()
        self.set_look(look, width)

    def set_look(self, look: Look, width: float) -> None:
        """Another look or another width: everything is laid out anew where it is looked at."""
        self.look = look
        self.width = width
        self.measure = max(120.0, width - 2 * self.margin)
        self._laid: OrderedDict[int, LaidParagraph] = OrderedDict()
        self._above = self._lay_out_above()
        self._heights = Heights(self._estimates())

    @property
    def margin(self) -> float:
        """The empty border of the page; narrow pages have a narrow one."""
        return min(self.look.margin * self.look.zoom, self.width * 0.08)

    @property
    def height(self) -> float:
        """The height of the page, as far as it is known: paragraphs never looked at are estimated."""
        return self.first_top + self._heights.total + self.margin

    @property
    def first_top(self) -> float:
        """Where the first paragraph begins."""
        return self.margin + sum(paragraph.height for paragraph in self._above)

    @property
    def above(self) -> list[LaidParagraph]:
        """The title and the source, which are no part of the text."""
        return self._above

    def settle(self, top: float, height: float) -> float:
        """Lay out what lies within `height` pixels from `top`; returns where `top` is now.

        What was below an edge keeps its place on the screen while estimates above it become real.
        """
        for _ in range(8):
            grown = 0.0
            i = self._heights.find(max(0.0, top - self.first_top))
            while i < len(self._bounds) and self._top(i) < top + height:
                above = self._top(i) < top
                change = self._realise(i)
                if above and change:
                    grown += change
                    top += change
                i += 1
            if not grown:
                break
        return max(0.0, top)

    def paragraph(self, i: int) -> LaidParagraph:
        """Paragraph number `i`, laid out."""
        self._realise(i)
        return self._laid[i]

    def number_of(self, offset: int) -> int:
        """The number of the paragraph that holds `offset`; a separator belongs to what it ends."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def count(self) -> int:
        """How many paragraphs there are."""
        return len(self._bounds)

    def bounds(self, i: int) -> tuple[int, int]:
        """Where paragraph `i` lies in the text."""
        return self._bounds[i]

    def top_of(self, i: int) -> float:
        """Where paragraph `i` begins on the page."""
        return self._top(i)

    def lines_between(self, top: float, bottom: float) -> Iterator[Placed]:
        """The lines that cross the band from `top` to `bottom`, from the top down."""
        i = self._heights.find(max(0.0, top - self.first_top))
        while i < len(self._bounds) and self._top(i) < bottom:
            paragraph = self.paragraph(i)
            base = self._top(i)
            first = max(0, bisect_right(paragraph.tops, top - base) - 1)
            for k in range(first, len(paragraph.lines)):
                if base + paragraph.tops[k] >= bottom:
                    return
                yield Placed(paragraph, paragraph.lines[k], base + paragraph.tops[k])
            i += 1

    def placed(self, offset: int, after: bool) -> Placed:
        """The line that shows `offset`; at a line break the upper one if `after`."""
        i = self.number_of(offset)
        paragraph = self.paragraph(i)
        k = paragraph.line_of(min(offset, paragraph.end), after)
        return Placed(paragraph, paragraph.lines[k], self._top(i) + paragraph.tops[k])

    def line_height(self, line: Line) -> float:
        """The height of a line with its lanes."""
        return line.ascent + line.descent + self.look.lane * line.lanes + 4 * self.look.zoom

    def marks(self, placed: Placed) -> LineMarks:
        """What is drawn on a line for its spans; worked out once, until a step touches it."""
        paragraph, line = placed.paragraph, placed.line
        if line.marks is None:
            spans = self.spans.overlapping(line.start, line.visible_end)
            boxes = paragraph.boxes(line) if spans else ()
            line.marks = line_marks(line, boxes, spans, self.look)
        return line.marks

    def refresh(self, change: Change) -> Repaint:
        """Take over what a step did to the spans; returns what must be painted anew."""
        top, bottom, moved = float("inf"), float("-inf"), False
        self.spans.exchange(change.removed, change.added)
        for start, end in {(span.start, span.end) for span in (*change.removed, *change.added)}:
            for i in range(self.number_of(start), self.number_of(max(start, end - 1)) + 1):
                if i in self._laid:
                    first, last, grown = self._remark(i, start, end)
                    top, bottom, moved = min(top, first), max(bottom, last), moved or grown
        return Repaint(top, bottom, moved)

    def ordered_span(self, offset: int, focus: str, forwards: bool) -> Span | None:
        """The span that Tab goes to from the focused one, or from `offset`."""
        focused = self.spans.get(focus)
        if focused:
            key = (focused.start, -focused.end, focused.label, focused.id)
        else:
            key = (offset, -len(self.text) - 1, "", "") if forwards else (offset, 1, "", "")
        return self.spans.following(key, len(self.text)) if forwards else self.spans.preceding(key)

    def _top(self, i: int) -> float:
        return self.first_top + self._heights.top(i)

    def _realise(self, i: int) -> float:
        if i in self._laid:
            self._laid.move_to_end(i)
            return 0.0
        start, end = self._bounds[i]
        text = self.text[start:end]
        rtl = {"rtl": True, "ltr": False}.get(paragraph_direction(text), self.rtl)
        font = self.look.heading_font if i == self._headline else self.look.text_font
        laid = lay_out(text, start, rtl, font, self.measure)
        self._laid[i] = laid
        for line in laid.lines:
            line.lanes = lanes_needed(line, self.spans.overlapping(line.start, line.visible_end))
        self._stack(laid)
        while len(self._laid) > _KEPT:
            self._laid.popitem(last=False)
        return self._heights.set(i, laid.height)

    def _stack(self, laid: LaidParagraph) -> None:
        """Give each line of a paragraph its top, and the paragraph its height."""
        if laid.blank:
            laid.tops, laid.height = [0.0] * len(laid.lines), self.look.blank
            return
        laid.tops, height = [], 0.0
        for line in laid.lines:
            laid.tops.append(height)
            height += self.line_height(line)
        laid.height = height + self.look.after_paragraph

    def _remark(self, i: int, start: int, end: int) -> tuple[float, float, bool]:
        """Forget the marks of paragraph `i` in `[start, end)`; returns what to paint and whether it grew."""
        laid = self._laid[i]
        first = laid.line_of(max(start, laid.start), False)
        last = laid.line_of(min(max(end, start), laid.end), True)
        grown = False
        for line in laid.lines[first : last + 1]:
            line.marks = None
            lanes = lanes_needed(line, self.spans.overlapping(line.start, line.visible_end))
            grown = grown or lanes != line.lanes
            line.lanes = lanes
        base = self._top(i)
        if grown:
            self._stack(laid)
            self._heights.set(i, laid.height)
        return base + laid.tops[first], base + laid.tops[last] + self.line_height(laid.lines[last]), grown

    def _find_headline(self) -> int:
        """The number of the first paragraph if it reads like a headline, else -1."""
        written = [i for i, (start, end) in enumerate(self._bounds[:_NEAR]) if self.text[start:end].strip()]
        if len(written) < 2:
            return -1
        start, end = self._bounds[written[0]]
        return written[0] if end - start <= _HEADLINE else -1

    def _lay_out_above(self) -> list[LaidParagraph]:
        above = []
        for text, font, leading in (
            (self.title, self.look.heading_font, 1.0),
            (self.source, self.look.source_font, 16 * self.look.zoom),
        ):
            if text:
                rtl = {"rtl": True, "ltr": False}.get(paragraph_direction(text), self.rtl)
                laid = lay_out(text.replace("\n", " "), 0, rtl, font, self.measure)
                top = 0.0
                for line in laid.lines:
                    laid.tops.append(top)
                    top += line.ascent + line.descent
                laid.height = top + leading
                above.append(laid)
        return above

    def _estimates(self) -> list[float]:
        look = self.look
        metrics = QFontMetricsF(look.text_font)
        letters = max(1.0, self.measure / (look.text_size * look.zoom * 0.375))
        line = metrics.ascent() + metrics.descent() + look.lane + 4 * look.zoom
        blank, after = look.blank, look.after_paragraph
        return [
            blank if end == start else line * -int(-(end - start) // letters) + after for start, end in self._bounds
        ]
