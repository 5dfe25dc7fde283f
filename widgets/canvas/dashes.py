"""What is drawn for the suggestions of one line, as plain values: the painter and the hit test read the same list.

Suggestions take what room the spans of the line leave and never ask for more, so no line grows when they come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt

from app.model.annotation import Span
from app.wording import _
from widgets.canvas.boxes import Box
from widgets.canvas.look import Look
from widgets.canvas.marks import LineMarks, Room, Stretches, Tag, reading_start, stretches

if TYPE_CHECKING:
    from widgets.canvas.layout import Line

_GAP = 7
_LEAST = 3
_MOST_ABOVE = 3
_TOUCHING = 0.5
_FAR = float("inf")


class DashMark(NamedTuple):
    """What one suggestion looks like on one line: `pieces` from left to right, each with a dashed line.

    That is the underline of `lane`, or, where spans and shorter suggestions have taken every lane, the `above`-th line
    over the letters, counted from 1. The tag may then stand in any lane; where none has room there is no tag.
    """

    id: str
    label: str
    lane: int
    above: int
    pieces: Stretches
    first: bool
    last: bool
    tag: Tag | None


class _Lanes:
    """What is taken in the lanes of a line: by underlines from left to right, by tags in the order of reading."""

    def __init__(self, line: Line, marked: LineMarks) -> None:
        self._lines: list[list[tuple[float, float]]] = [[] for _ in range(line.lanes)]
        self._above: list[list[tuple[float, float]]] = [[] for _ in range(_MOST_ABOVE)]
        self.tags: list[list[tuple[float, float]]] = [[] for _ in range(line.lanes)]
        for mark in marked.spans:
            self._lines[mark.lane] += (*mark.pieces, *mark.bridges)
            if mark.tag:
                self.tags[mark.lane].append(_in_reading_order(line, mark.tag.left, mark.tag.right))

    def take(self, pieces: Stretches) -> tuple[int, int]:
        """The lowest lane that is free for `pieces`, and 0; or 0 and the lowest place over the letters.

        What finds none shares the highest place with others.
        """
        for lane, taken in enumerate(self._lines):
            if _are_apart(taken, pieces):
                taken += pieces
                return lane, 0
        above = next((k for k, taken in enumerate(self._above) if _are_apart(taken, pieces)), len(self._above) - 1)
        self._above[above] += pieces
        return 0, above + 1


def line_dashes(
    line: Line, boxes: Sequence[Box], suggested: Sequence[Span], marked: LineMarks, look: Look, room: Room
) -> tuple[DashMark, ...]:
    """The marks of `suggested`, those that overlap `line`, beside what is `marked` there; the longest first."""
    lanes = _Lanes(line, marked)
    made = []
    for span in sorted(suggested, key=_length):
        pieces = stretches(line, boxes, span.fragments)
        if pieces:
            lane, above = lanes.take(pieces)
            first, last = span.start >= line.start, span.end <= line.end
            made.append(DashMark(span.id, span.label, lane, above, pieces, first, last, None))
    tags = dict(_tags(line, made, lanes, look, room))
    return tuple(_with_tag(mark, *tags[mark.id]) if mark.id in tags else mark for mark in reversed(made))


def asked(look: Look, label: str) -> str:
    """What the tag of a suggestion says: its label, with a question mark."""
    return _("{label}?").format(label=look.title_of(label))


def _with_tag(mark: DashMark, lane: int, tag: Tag) -> DashMark:
    return mark._replace(lane=lane, tag=tag)


def _tags(
    line: Line, made: Sequence[DashMark], lanes: _Lanes, look: Look, room: Room
) -> Iterator[tuple[str, tuple[int, Tag]]]:
    """The tags that find room: first those under their own underlines, in reading order, then those of the others."""
    begun = sorted(((reading_start(line, mark.pieces), mark) for mark in made if mark.first), key=_under_first)
    for k, (at, mark) in enumerate(begun):
        own = [mark.lane] if not mark.above else range(len(lanes.tags))
        beside = begun[k + 1] if k + 1 < len(begun) and not mark.above else None
        following = beside[0] if beside and (beside[1].lane, beside[1].above) == (mark.lane, 0) else _FAR
        for lane in own:
            end = min(following, (0.0 if line.rtl else room.measure) + room.beyond + _GAP * look.zoom)
            tag = _tag(lanes.tags[lane], mark.label, look, at, _reading_end(line, mark.pieces), end)
            if tag:
                start, width, text = tag
                lanes.tags[lane].append((start, start + width))
                left = -start - width if line.rtl else start
                yield mark.id, (lane, Tag(left, left + width, text))
                break


def _tag(
    taken: list[tuple[float, float]], label: str, look: Look, start: float, last: float, end: float
) -> tuple[float, float, str] | None:
    """Where a tag begins, its width and its words; it begins under its own letters, between `start` and `last`."""
    gap = _GAP * look.zoom
    for first, beyond in sorted(taken):
        if first > start:
            end = min(end, first)
            break
        start = max(start, beyond + gap)
    text = _fitting(look, label, end - gap - start) if start < last else ""
    return (start, look.quiet_width_of(text), text) if text else None


def _fitting(look: Look, label: str, room: float) -> str:
    """The question, or the label's name or a part of it, or nothing."""
    question = asked(look, label)
    if look.quiet_width_of(question) <= room:
        return question
    short = look.quiet_metrics.elidedText(look.title_of(label), Qt.TextElideMode.ElideRight, room)
    return short if len(short) >= _LEAST else ""


def _are_apart(taken: Sequence[tuple[float, float]], pieces: Stretches) -> bool:
    return all(
        left >= other_right - _TOUCHING or right <= other_left + _TOUCHING
        for other_left, other_right in taken
        for left, right in pieces
    )


def _in_reading_order(line: Line, left: float, right: float) -> tuple[float, float]:
    return (-right, -left) if line.rtl else (left, right)


def _reading_end(line: Line, pieces: Stretches) -> float:
    return -pieces[0][0] if line.rtl else max(right for _, right in pieces)


def _under_first(begun: tuple[float, DashMark]) -> tuple[bool, int, float]:
    at, mark = begun
    return mark.above > 0, mark.lane, at


def _length(span: Span) -> tuple[int, int, str]:
    return span.end - span.start, span.start, span.label
