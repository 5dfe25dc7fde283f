"""An article for a terminal that neither joins letters nor turns lines round: what is seen, with its spans below.

Each line is followed by as many rows as its spans overlap: a bracket under the letters of each span, and in it, or
beside it, the name of its label. So no colour is needed, and nothing stands between the letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from rich.cells import cell_len

from app.cli.output import plain
from app.cli.rows import LETTERS, LINE, TAG, Row, Strip, Title, covers, shortest, spans_by_paragraph
from app.cli.wrap import wrapped
from app.model.annotation import Span
from app.text.arabic import visual_cells, visual_lines
from app.text.direction import page_direction, paragraph_direction
from app.text.offsets import paragraphs


class _Cell(NamedTuple):
    """What stands at `column` for the code points `[start, end)` of the article."""

    shown: str
    start: int
    end: int
    column: int


class _Line(NamedTuple):
    start: int
    end: int
    cells: list[_Cell]
    width: int
    rtl: bool


class _Mark(NamedTuple):
    """A span on a line: the stretches of columns it covers, and whether it starts and ends here."""

    span: Span
    pieces: list[tuple[int, int]]
    first: bool
    last: bool


class _Bracket(NamedTuple):
    """What is drawn in a lane, from `left` to `right`."""

    left: int
    right: int
    strips: list[tuple[int, Strip]]


def rows(text: str, spans: Iterable[Span], width: int, title: Title) -> Iterator[Row]:
    """The rows of an article on `width` columns, from the top."""
    page = page_direction(text)
    for start, end, near in spans_by_paragraph(spans, paragraphs(text)):
        inner = shortest(near)
        bounds = {offset - start for span in near for piece in span.fragments for offset in piece}
        rtl = (paragraph_direction(text[start:end]) or page) == "rtl"
        for line in _lines(text[start:end], start, bounds, width, rtl):
            marks = [*_marks(line, inner)]
            yield _letters(line, marks)
            yield from _lanes(line, marks, title)


def shown(text: str) -> str:
    """A few words in visual order, by their own direction."""
    return "".join(cell for cell, _ in visual_cells(plain(text), paragraph_direction(text) or "ltr"))


def _lines(text: str, base: int, bounds: set[int], width: int, rtl: bool) -> Iterator[_Line]:
    broken = wrapped(text, width)
    for (start, end), line in zip(broken, visual_lines(text, "rtl" if rtl else "ltr", broken, bounds), strict=True):
        line = [(_printed(shown), offset) for shown, offset in line]
        order = sorted(offset for _, offset in line)
        beyond = dict(pairwise([*order, end]))
        column = max(0, width - sum(cell_len(shown) for shown, _ in line)) if rtl else 0
        cells = []
        for shown, offset in line:
            cells.append(_Cell(shown, base + offset, base + beyond[offset], column))
            column += cell_len(shown)
        yield _Line(base + start, base + end, cells, width, rtl)


def _printed(shown: str) -> str:
    """A cell that takes the room it is given: a mark without a letter stands on a circle, a joiner joins nothing."""
    shown = shown.rstrip("\u200c\u200d")
    return shown if cell_len(shown) else f"◌{shown}"


def _marks(line: _Line, spans: list[Span]) -> Iterator[_Mark]:
    for span in spans:
        if span.start < line.end and span.end > line.start:
            pieces: list[tuple[int, int]] = []
            for cell in line.cells:
                right = cell.column + cell_len(cell.shown)
                if not covers(span, cell.start, cell.end):
                    continue
                if pieces and pieces[-1][1] == cell.column:
                    pieces[-1] = (pieces[-1][0], right)
                else:
                    pieces.append((cell.column, right))
            if pieces:
                yield _Mark(span, pieces, span.start >= line.start, span.end <= line.end)


def _letters(line: _Line, marks: list[_Mark]) -> Row:
    """The line itself; letters belong to the shortest span around them."""

    def label(cell: _Cell) -> str:
        return next((mark.span.label for mark in marks if covers(mark.span, cell.start, cell.end)), "")

    indent = line.cells[0].column if line.cells else 0
    row = [Strip(" " * indent)] if indent else []
    for name, cells in groupby(line.cells, label):
        row.append(Strip("".join(cell.shown for cell in cells), name, LETTERS if name else ""))
    return row


def _lanes(line: _Line, marks: list[_Mark], title: Title) -> Iterator[Row]:
    """The brackets of a line, each in the first lane with room for it; shorter spans lie nearer to the letters."""
    lanes: list[list[_Bracket]] = []
    for mark in marks:
        ways = _brackets(line, mark, shown(title(mark.span.label)) if mark.first else "")
        lane, bracket = next(
            ((lane, way) for lane in lanes for way in ways if _has_room(lane, way)), (list[_Bracket](), ways[0])
        )
        if not lane:
            lanes.append(lane)
        lane.append(bracket)
    for lane in lanes:
        row: Row = []
        column = 0
        for left, strip in sorted(strip for bracket in lane for strip in bracket.strips):
            row += [Strip(" " * (left - column)), strip]
            column = left + cell_len(strip.text)
        yield row


def _has_room(lane: list[_Bracket], bracket: _Bracket) -> bool:
    return all(bracket.right <= other.left or bracket.left >= other.right for other in lane)


def _brackets(line: _Line, mark: _Mark, tag: str) -> list[_Bracket]:
    """The ways to draw a mark: with its tag in it, else behind it as the line is read, else in front of it."""
    label, pieces = mark.span.label, mark.pieces
    left, right = pieces[0][0], pieces[-1][1]
    opening, closing = (not mark.last, not mark.first) if line.rtl else (not mark.first, not mark.last)
    strips = [(gap, Strip("┄" * (beyond - gap), label, LINE)) for (_, gap), (beyond, _) in pairwise(pieces)]
    for start, end in pieces:
        drawn = _drawn(end - start, opening and start == left, closing and end == right)
        strips.append((start, Strip(drawn, label, LINE)))
    bracket = _Bracket(left, right, strips)
    if not tag:
        return [bracket]
    first, last = pieces[-1] if line.rtl else pieces[0]
    if last - first >= cell_len(tag) + 4:
        return [_around(bracket, first, last - cell_len(tag) - 2 if line.rtl else first + 2, tag)]
    return _beside(line, bracket, Strip(tag, label, TAG))


def _drawn(width: int, opening: bool, closing: bool) -> str:
    """A bracket under `width` columns, without the corner on a side where the span goes on."""
    if width == 1:
        return "─" if opening and closing else "╰" if closing else "╯" if opening else "┴"
    return ("─" if opening else "╰") + "─" * (width - 2) + ("─" if closing else "╯")


def _around(bracket: _Bracket, piece: int, column: int, tag: str) -> _Bracket:
    """The bracket with its tag at `column`, in the piece that begins at column `piece`."""
    strips = dict(bracket.strips)
    text, label, _ = strips[piece]
    before, after = column - piece - 1, column - piece + cell_len(tag) + 1
    strips[piece] = Strip(text[:before], label, LINE)
    strips[column] = Strip(tag, label, TAG)
    strips[piece + after] = Strip(text[after:], label, LINE)
    return bracket._replace(strips=list(strips.items()))


def _beside(line: _Line, bracket: _Bracket, tag: Strip) -> list[_Bracket]:
    """The bracket with its tag on either side, if there is room; on the wider one, and shortened, if on neither."""
    rooms = (bracket.left - 1, line.width - bracket.right - 1)
    if max(rooms) < cell_len(tag.text):
        tag = tag._replace(text=f"{tag.text[: max(rooms) - 1]}…" if max(rooms) > 1 else "")
    width = cell_len(tag.text)
    if not width:
        return [bracket]
    ways = []
    for room, column in zip(rooms, (bracket.left - 1 - width, bracket.right + 1), strict=True):
        if room >= width:
            # Two blanks to the next bracket: a tag must not seem to be that one's.
            left, right = min(bracket.left, column - 2), max(bracket.right, column + width + 2)
            ways.append(_Bracket(left, right, [*bracket.strips, (column, tag)]))
    return ways if line.rtl else ways[::-1]
