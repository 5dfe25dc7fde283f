"""What is drawn for the spans of one line, as plain values: the painter and the hit test read the same list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt

from app.model.annotation import Span
from widgets.canvas.boxes import Box, pieces
from widgets.canvas.lanes import lanes
from widgets.canvas.look import Look

if TYPE_CHECKING:
    from widgets.canvas.layout import Line

_GAP = 5
_BAR = 12


class Tag(NamedTuple):
    """The name of a label under the reading start of its span: abscissas of its two ends, and what it says.

    Where there is no room for a name, `text` is empty and the tag is a bar in the label's colour.
    """

    left: float
    right: float
    text: str


class _Room(NamedTuple):
    """How wide the line is, and how far a tag may reach beyond its end."""

    measure: float
    beyond: float


class SpanMark(NamedTuple):
    """What one span looks like on one line: `pieces` from left to right, the lane of its underline, its tag.

    `bridges` are the stretches between its fragments, which its lane connects.
    """

    span: str
    label: str
    lane: int
    pieces: tuple[tuple[float, float], ...]
    bridges: tuple[tuple[float, float], ...]
    first: bool
    last: bool
    tag: Tag | None


class LineMarks(NamedTuple):
    """The marks of one line, the longest span first, so that shorter ones are painted over it."""

    spans: tuple[SpanMark, ...]


def line_marks(
    line: Line, boxes: Sequence[Box], spans: Sequence[Span], look: Look, measure: float, margin: float
) -> LineMarks:
    """The marks of `spans`, those that overlap `line`, whose graphemes lie at `boxes`.

    The line is `measure` wide, and a tag may reach into the `margin` beyond its end.
    """
    room = _Room(measure, margin * 0.8)
    lane_of = lanes(spans, line.start, line.visible_end)
    made = [_span_mark(line, boxes, span, lane_of[span.id]) for span in spans]
    drawn = sorted((mark for mark in made if mark.pieces or mark.bridges), key=lambda mark: -mark.lane)
    tagged = {mark.span: tag for lane in {m.lane for m in drawn} for mark, tag in _tags(line, drawn, lane, look, room)}
    return LineMarks(tuple(mark._replace(tag=tagged.get(mark.span)) for mark in drawn))


def lanes_needed(line: Line, spans: Sequence[Span]) -> int:
    """How many lanes a line with these spans has; one is always kept, so that a first mark moves nothing."""
    if len(spans) < 2:
        return 1
    return max(lanes(spans, line.start, line.visible_end).values()) + 1


def _span_mark(line: Line, boxes: Sequence[Box], span: Span, lane: int) -> SpanMark:
    found = _stretches(line, boxes, span.fragments)
    between = [(before.end, after.start) for before, after in pairwise(span.fragments)]
    first, last = span.start >= line.start, span.end <= line.end
    return SpanMark(span.id, span.label, lane, found, _stretches(line, boxes, between), first, last, None)


def _stretches(line: Line, boxes: Sequence[Box], ranges: Iterable[tuple[int, int]]) -> tuple[tuple[float, float], ...]:
    """Where `ranges` lie on the line, from left to right."""
    found: list[tuple[float, float]] = []
    for start, end in ranges:
        if start < line.visible_end and end > line.start:
            found += pieces(boxes, max(start, line.start), min(end, line.visible_end))
    return tuple(sorted(found))


def _tags(line: Line, marks: Sequence[SpanMark], lane: int, look: Look, room: _Room) -> list[tuple[SpanMark, Tag]]:
    """Tags of one lane, in reading order; each has the room up to the next one's start."""
    first = sorted((m for m in marks if m.lane == lane and m.first and m.pieces), key=lambda m: _reading_start(line, m))
    tags = []
    for k, mark in enumerate(first):
        start = abs(_reading_start(line, mark))
        following = abs(_reading_start(line, first[k + 1])) if k + 1 < len(first) else None
        free = room.beyond + (start if line.rtl else room.measure - start)
        if following is not None:
            free = min(free, abs(following - start) - _GAP * look.zoom)
        text = _fitting(look, mark.label, free)
        width = look.tag_metrics.horizontalAdvance(text) if text else max(1.0, min(_BAR * look.zoom, free))
        tags.append((mark, Tag(start - width, start, text) if line.rtl else Tag(start, start + width, text)))
    return tags


def _reading_start(line: Line, mark: SpanMark) -> float:
    """The abscissa at which a reader meets the mark, negative in right-to-left lines so that it sorts as it reads."""
    return -max(right for _, right in mark.pieces) if line.rtl else min(left for left, _ in mark.pieces)


def _fitting(look: Look, label: str, room: float) -> str:
    """The label's name, shortened to `room`, or nothing: the underline's colour then stands alone."""
    title = look.title_of(label)
    if look.tag_metrics.horizontalAdvance(title) <= room:
        return title
    short = look.tag_metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
    return short if len(short) > 2 else ""
