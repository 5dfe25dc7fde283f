"""The article as a page: paragraphs laid out where they are looked at, the spans on them, and where everything is.

Coordinates are pixels with the page's top left corner as origin; offsets are code points of the article's text. Heights
are whole pixels, so that what is scrolled looks as it did.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PySide6.QtGui import QFontMetricsF

from app.model.annotation import Annotations, Change, Span
from app.text.direction import page_direction, paragraph_direction
from app.text.offsets import paragraphs
from widgets.canvas.dashes import DashMark, line_dashes
from widgets.canvas.heading import lay_out_heading
from widgets.canvas.heights import Heights
from widgets.canvas.layout import LaidParagraph, Line, lay_out
from widgets.canvas.look import Look
from widgets.canvas.marks import LineMarks, Room, lanes_needed, line_marks
from widgets.canvas.relations import PlacedRelations
from widgets.canvas.spans import SUGGESTED, PlacedSpans

_KEPT = 600
_HEADLINE = 160
_NEAR = 12
_ABOVE_BASELINE = 1.02


class Placed(NamedTuple):
    """A line with its paragraph, its number in it, and the height of its top on the page."""

    paragraph: LaidParagraph
    line: Line
    top: float
    number: int


class Repaint(NamedTuple):
    """What changed on the page: from `top` to `bottom`, and by how much all that is below has moved down."""

    top: float
    bottom: float
    grown: float


class ArticlePage:
    """One article on a page of a given width."""

    def __init__(self, text: str, title: str, source: str, annotations: Annotations, look: Look, width: float) -> None:
        self.text = text
        self.title = title
        self.source = source
        self.spans = PlacedSpans(span for span in annotations.spans.values() if span.status != SUGGESTED)
        self.suggested = PlacedSpans()
        self._suggested_turn = 0
        self.relations = PlacedRelations(annotations.relations.values())
        self.rtl = page_direction(text) != "ltr"
        self._bounds = paragraphs(text)
        self._starts = [start for start, _ in self._bounds]
        self._headline = -1 if title else self._find_headline()
        self.set_look(look, width)

    def set_look(self, look: Look, width: float) -> None:
        """Another look or another width: everything is laid out anew where it is looked at."""
        self.look = look
        self.width = width
        self.margin = round(min(look.margin * look.zoom, width * look.margin_share))
        self.measure = max(120.0, width - 2 * self.margin)
        self.room = Room(self.measure, self.margin * 0.8)
        self._laid: OrderedDict[int, LaidParagraph] = OrderedDict()
        self.above = lay_out_heading(self.title, self.source, self.rtl, look, self.measure)
        self.first_top = self.margin + sum(paragraph.height for paragraph in self.above)
        self._heights = Heights(self._estimates())

    @property
    def height(self) -> float:
        """The height of the page, as far as it is known: paragraphs never looked at are estimated."""
        return self.first_top + self._heights.total + self.margin

    def settle(self, top: float, height: float) -> float:
        """Lay out what lies within `height` pixels from `top`; returns where `top` is now.

        Where a paragraph begins above `top`, what follows it is as far below `top` afterwards as it was.
        """
        for _ in range(8):
            grown = 0.0
            i = self.number_at(top)
            while i < len(self._bounds) and self.top_of(i) < top + height:
                above = self.top_of(i) < top
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

    def number_at(self, y: float) -> int:
        """The number of the paragraph at height `y`; the first above the text, the last below it."""
        return self._heights.find(max(0.0, y - self.first_top))

    def count(self) -> int:
        """How many paragraphs there are."""
        return len(self._bounds)

    def bounds(self, i: int) -> tuple[int, int]:
        """Where paragraph `i` lies in the text."""
        return self._bounds[i]

    def top_of(self, i: int) -> float:
        """Where paragraph `i` begins on the page; `count()` gives where the last one ends."""
        return self.first_top + self._heights.top(i)

    def height_of(self, offset: int) -> float:
        """About where `offset` is on the page, without laying anything out."""
        i = self.number_of(offset)
        start, end = self._bounds[i]
        share = min(1.0, (offset - start) / max(1, end - start))
        return self.top_of(i) + share * self._heights[i]

    def lines_between(self, top: float, bottom: float) -> Iterator[Placed]:
        """The lines that cross the band from `top` to `bottom`, from the top down."""
        i = self.number_at(top)
        while i < len(self._bounds) and self.top_of(i) < bottom:
            paragraph, base = self.paragraph(i), self.top_of(i)
            for number in range(paragraph.heights.find(top - base), len(paragraph.lines)):
                placed = self._placed(paragraph, base, number)
                if placed.top >= bottom:
                    return
                yield placed
            i += 1

    def placed(self, offset: int, after: bool) -> Placed:
        """The line that shows `offset`; at a line break the upper one if `after`."""
        i = self.number_of(offset)
        paragraph = self.paragraph(i)
        return self._placed(paragraph, self.top_of(i), paragraph.line_of(min(offset, paragraph.end), after))

    def line_below(self, placed: Placed) -> Placed | None:
        """The next line, or None at the text's end."""
        if placed.number + 1 < len(placed.paragraph.lines):
            return self._placed(placed.paragraph, self._base(placed), placed.number + 1)
        i = self.number_of(placed.paragraph.start) + 1
        return self._placed(self.paragraph(i), self.top_of(i), 0) if i < len(self._bounds) else None

    def line_above(self, placed: Placed) -> Placed | None:
        """The line before, or None at the text's start."""
        if placed.number:
            return self._placed(placed.paragraph, self._base(placed), placed.number - 1)
        i = self.number_of(placed.paragraph.start) - 1
        if i < 0:
            return None
        paragraph = self.paragraph(i)
        return self._placed(paragraph, self.top_of(i), len(paragraph.lines) - 1)

    def letters(self, placed: Placed) -> tuple[float, float]:
        """Top and bottom of the band behind the letters of a line: what a ground, a selection and the caret fill."""
        if placed.paragraph.blank:
            return placed.top - 2 * self.look.zoom, self.line_bottom(placed) + 2 * self.look.zoom
        baseline = placed.top + placed.line.baseline
        return baseline - _ABOVE_BASELINE * placed.paragraph.size, baseline + placed.line.below

    def lane_top(self, placed: Placed, lane: int) -> float:
        """Where lane number `lane` of a line begins: the top of its underline."""
        return self.letters(placed)[1] + lane * self.look.lane

    def line_height(self, line: Line) -> float:
        """The height of a line of letters with its lanes."""
        below = max(line.descent, line.below)
        return round(line.baseline + below + self.look.lane * line.lanes)

    def line_bottom(self, placed: Placed) -> float:
        """Where a line ends, its lanes included."""
        return placed.top + placed.paragraph.heights[placed.number]

    def painted(self, placed: Placed) -> tuple[float, float]:
        """Top and bottom of what a line may paint: itself, and a caret that is higher than a blank line."""
        top, bottom = self.letters(placed) if placed.paragraph.blank else (placed.top, placed.top)
        return min(top, placed.top), max(bottom, self.line_bottom(placed))

    def marks(self, placed: Placed) -> LineMarks:
        """What is drawn on a line for its spans; worked out once, until a step touches it."""
        paragraph, line = placed.paragraph, placed.line
        if line.marks is None:
            spans = self.spans.overlapping(line.start, line.visible_end)
            boxes = paragraph.boxes(line) if spans else ()
            line.marks = line_marks(line, boxes, spans, self.look, self.room)
        return line.marks

    def dashes(self, placed: Placed) -> tuple[DashMark, ...]:
        """What is drawn on a line for its suggestions; worked out once, until they change or its spans do."""
        if not self.suggested:
            return ()
        paragraph, line, marked = placed.paragraph, placed.line, self.marks(placed)
        if line.dashed is None or line.dashed[:2] != (self._suggested_turn, marked):
            spans = self.suggested.overlapping(line.start, line.visible_end)
            boxes = paragraph.boxes(line) if spans else ()
            made = line_dashes(line, boxes, spans, marked, self.look, self.room)
            line.dashed = self._suggested_turn, marked, made
        return line.dashed[2]

    def refresh(self, change: Change) -> Repaint:
        """Take over what a step did to the spans; returns what must be painted anew."""
        top, bottom, before = float("inf"), float("-inf"), self._heights.total
        self.spans.exchange(change.removed, change.added)
        self.relations.exchange(change.removed_relations, change.added_relations)
        for start, end in {(span.start, span.end) for span in (*change.removed, *change.added)}:
            for i in self._laid_between(self.number_of(start), self.number_of(max(start, end - 1))):
                first, last = self._remark(i, start, end)
                top, bottom = min(top, first), max(bottom, last)
        return Repaint(top, bottom, self._heights.total - before)

    def exchange_suggested(self, removed: Iterable[Span], added: Iterable[Span]) -> None:
        """Take suggestions out and put others in. They take up no room of their own."""
        self.suggested.exchange(removed, added)
        self._suggested_turn += 1

    def ordered_span(self, offset: int, focus: str, forwards: bool) -> Span | None:
        """The span that Tab goes to from the focused one, or from `offset`."""
        focused = self.spans.get(focus)
        if focused:
            key = (focused.start, -focused.end, focused.label, focused.id)
        else:
            key = (offset, -len(self.text) - 1, "", "") if forwards else (offset, 1, "", "")
        return self.spans.following(key, len(self.text)) if forwards else self.spans.preceding(key)

    def _placed(self, paragraph: LaidParagraph, base: float, number: int) -> Placed:
        return Placed(paragraph, paragraph.lines[number], base + paragraph.heights.top(number), number)

    def _base(self, placed: Placed) -> float:
        """Where the paragraph of a line begins."""
        return placed.top - placed.paragraph.heights.top(placed.number)

    def _laid_between(self, first: int, last: int) -> list[int]:
        """The numbers of the paragraphs from `first` to `last` that are laid out."""
        if last - first < len(self._laid):
            return [i for i in range(first, last + 1) if i in self._laid]
        return sorted(i for i in self._laid if first <= i <= last)

    def _realise(self, i: int) -> float:
        """Lay out paragraph `i` unless it is; returns by how much it is higher than was thought."""
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
            line.rise += self.look.lead
            line.lanes = lanes_needed(line, self.spans.overlapping(line.start, line.visible_end))
        laid.after = 0 if laid.blank else self.look.after_paragraph
        laid.heights = Heights([self.look.blank if laid.blank else self.line_height(line) for line in laid.lines])
        while len(self._laid) > _KEPT:
            self._laid.popitem(last=False)
        return self._heights.set(i, laid.height)

    def _remark(self, i: int, start: int, end: int) -> tuple[float, float]:
        """Forget the marks of paragraph `i` in `[start, end)`; returns the top and the bottom of what to paint."""
        laid = self._laid[i]
        first = laid.line_of(max(start, laid.start), False)
        last = laid.line_of(min(max(end, start), laid.end), True)
        for number in range(first, last + 1):
            line = laid.lines[number]
            line.marks = None
            line.lanes = lanes_needed(line, self.spans.overlapping(line.start, line.visible_end))
            if not laid.blank:
                laid.heights.set(number, self.line_height(line))
        self._heights.set(i, laid.height)
        base = self.top_of(i)
        return base + laid.heights.top(first), base + laid.heights.top(last + 1)

    def _find_headline(self) -> int:
        """The number of the first paragraph if it reads like a headline, else -1."""
        written = [i for i, (start, end) in enumerate(self._bounds[:_NEAR]) if self.text[start:end].strip()]
        if len(written) < 2:
            return -1
        start, end = self._bounds[written[0]]
        return written[0] if end - start <= _HEADLINE else -1

    def _estimates(self) -> list[float]:
        look = self.look
        metrics = QFontMetricsF(look.text_font)
        letters = max(1.0, self.measure / (look.text_size * look.zoom * 0.375))
        line = round(metrics.ascent() + metrics.descent() + look.lane + look.lead)
        blank, after = look.blank, look.after_paragraph
        return [
            blank if end == start else line * -int(-(end - start) // letters) + after for start, end in self._bounds
        ]
