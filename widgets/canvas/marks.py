"""What is drawn for the spans of one line, as plain values: the painter and the hit test read the same list."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt

from app.model.annotation import Span
from app.wording import RIGHT_TO_LEFT
from widgets.canvas.boxes import Box, pieces
from widgets.canvas.lanes import lanes
from widgets.canvas.look import Look

if TYPE_CHECKING:
    from widgets.canvas.layout import Line

Ranges = tuple[tuple[int, int], ...]
"""Ranges of the text."""
Stretches = tuple[tuple[float, float], ...]
"""Their pieces on a line: pairs of abscissas."""
_GAP = 5
_BAR = 12
_LEAST_VALUE = 3
_ISOLATES, _POP_ISOLATE = ("\u2066", "\u2067"), "\u2069"
"""A label and a value of two directions stand in the order of the language that the tags are written in."""


class Tag(NamedTuple):
    """The name of a label under the reading start of its span: abscissas of its two ends, and what it says.

    Where there is no room for a name, `text` is empty and the tag is a bar in the label's colour.
    """

    left: float
    right: float
    text: str


class Room(NamedTuple):
    """How wide the line is, and how far a tag may reach beyond its end."""

    measure: float
    beyond: float


class SpanMark(NamedTuple):
    """What one span looks like on one line: `pieces` from left to right, the lane of its underline, its tag.

    `bridges` are the stretches between its fragments, which its lane connects; `value` is what its tag says beside
    the label, where there is room.
    """

    span: str
    label: str
    lane: int
    pieces: tuple[tuple[float, float], ...]
    bridges: tuple[tuple[float, float], ...]
    first: bool
    last: bool
    value: str
    tag: Tag | None


class LineMarks(NamedTuple):
    """The marks of one line, the longest span first, so that shorter ones are painted over it."""

    spans: tuple[SpanMark, ...]


def line_marks(line: Line, boxes: Sequence[Box], spans: Sequence[Span], look: Look, room: Room) -> LineMarks:
    """The marks of `spans`, those that overlap `line`, whose graphemes lie at `boxes`."""
    lane_of = line.lane_of if line.lane_of is not None else lanes(spans, line.start, line.visible_end)
    made = [_span_mark(line, boxes, span, lane_of[span.id], look) for span in spans]
    drawn = sorted((mark for mark in made if mark.pieces or mark.bridges), key=lambda mark: -mark.lane)
    tagged = {mark.span: tag for lane in {m.lane for m in drawn} for mark, tag in _tags(line, drawn, lane, look, room)}
    return LineMarks(tuple(mark._replace(tag=tagged.get(mark.span)) for mark in drawn))


def lanes_needed(line: Line, spans: Sequence[Span]) -> int:
    """How many lanes a line with these spans has; one is always kept, so that a first mark moves nothing."""
    line.lane_of = lanes(spans, line.start, line.visible_end)
    return max(line.lane_of.values(), default=0) + 1


def _span_mark(line: Line, boxes: Sequence[Box], span: Span, lane: int, look: Look) -> SpanMark:
    found = stretches(line, boxes, span.fragments)
    between = tuple((before.end, after.start) for before, after in pairwise(span.fragments))
    first, last = span.start >= line.start, span.end <= line.end
    value = look.value_of(span) if first and look.on_tags else ""
    return SpanMark(span.id, span.label, lane, found, stretches(line, boxes, between), first, last, value, None)


def stretches(line: Line, boxes: Sequence[Box], ranges: Ranges) -> Stretches:
    """Where `ranges` lie on the line, from left to right."""
    if not ranges:
        return ()
    known = line.stretches.get(ranges)
    if known is not None:
        return known
    found: list[tuple[float, float]] = []
    for start, end in ranges:
        if start < line.visible_end and end > line.start:
            found += pieces(boxes, max(start, line.start), min(end, line.visible_end))
    line.stretches[ranges] = made = tuple(sorted(found))
    return made


def _tags(line: Line, marks: Sequence[SpanMark], lane: int, look: Look, room: Room) -> list[tuple[SpanMark, Tag]]:
    """Tags of one lane, in reading order; each has the room up to the next one's start."""
    begun = [(reading_start(line, m.pieces), m) for m in marks if m.lane == lane and m.first and m.pieces]
    begun.sort(key=itemgetter(0))
    tags = []
    for k, (at, mark) in enumerate(begun):
        start = abs(at)
        following = abs(begun[k + 1][0]) if k + 1 < len(begun) else None
        free = room.beyond + (start if line.rtl else room.measure - start)
        if following is not None:
            free = min(free, abs(following - start) - _GAP * look.zoom)
        text = _fitting(look, mark, free)
        width = look.width_of(text) if text else max(1.0, min(_BAR * look.zoom, free))
        tags.append((mark, Tag(start - width, start, text) if line.rtl else Tag(start, start + width, text)))
    return tags


def reading_start(line: Line, pieces: Stretches) -> float:
    """The abscissa at which a reader meets a mark, negative in right-to-left lines so that it sorts as it reads."""
    return -max(right for _, right in pieces) if line.rtl else pieces[0][0]


def _fitting(look: Look, mark: SpanMark, room: float) -> str:
    """The label's name with the value, shortened to `room`, or the name alone, or a part of it, or nothing.

    Where nothing fits, the underline's colour stands alone.
    """
    title = look.title_of(mark.label)
    if look.width_of(title) > room:
        short = look.tag_metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
        return short if len(short) > 2 else ""
    if mark.value:
        whole = f"{title} · {mark.value}"
        short = look.tag_metrics.elidedText(whole, Qt.TextElideMode.ElideRight, room)
        if short == whole or len(short) > len(title) + len(" · ") + _LEAST_VALUE:
            return f"{_ISOLATES[look.language in RIGHT_TO_LEFT]}{short}{_POP_ISOLATE}"
    return title
