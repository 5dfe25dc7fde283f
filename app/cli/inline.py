"""An article in the order in which it is written, its spans in brackets: for a terminal that turns lines round itself.

⟦ opens a span, ⟧ closes it and is followed by the name of its label. Where spans cross, so that it could not be seen
which bracket closes which, both ends carry a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from app.cli.output import plain
from app.cli.rows import LETTERS, LINE, TAG, Row, Strip, Title, covers, shortest, spans_by_paragraph
from app.cli.wrap import wrapped
from app.model.annotation import Fragment, Span
from app.text.offsets import paragraphs

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def rows(text: str, spans: Iterable[Span], width: int, title: Title) -> Iterator[Row]:
    """The rows of an article, wrapped to `width` cells; unwrapped if that is 0."""
    kept = list(spans)
    numbers = _numbers(kept)
    for start, end, near in spans_by_paragraph(kept, paragraphs(text)):
        yield from _broken(_strips(text, start, end, near, numbers, title), width)


def _numbers(spans: list[Span]) -> dict[str, str]:
    """The number of each span that crosses another, or comes in fragments."""
    crossing: dict[str, None] = {}
    near: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        near = [other for other in near if other.end > span.start]
        for other in near:
            if other.start < span.start < other.end < span.end:
                crossing |= {other.id: None, span.id: None}
        if len(span.fragments) > 1:
            crossing[span.id] = None
        near.append(span)
    return {id: str(number).translate(_RAISED) for number, id in enumerate(crossing, 1)}


def _strips(text: str, start: int, end: int, spans: list[Span], numbers: dict[str, str], title: Title) -> Row:
    pieces = [(piece, span) for span in spans for piece in span.fragments if piece.start < end and piece.end > start]
    edges = sorted({start, end, *(edge for piece, _ in pieces for edge in piece if start < edge < end)})
    inner = shortest(spans)
    row: Row = []
    for first, last in pairwise(edges):
        row += _closings(pieces, first, numbers, title)
        row += _openings(pieces, first, numbers)
        label = next((span.label for span in inner if covers(span, first, last)), "")
        row.append(Strip(plain(text[first:last]), label, LETTERS if label else ""))
    return [*row, *_closings(pieces, end, numbers, title)]


def _openings(pieces: list[tuple[Fragment, Span]], here: int, numbers: dict[str, str]) -> Iterator[Strip]:
    """The brackets that open at `here`, the longest first."""
    for _, span in sorted((each for each in pieces if each[0].start == here), key=lambda each: -each[0].end):
        yield Strip(f"⟦{numbers.get(span.id, '')}", span.label, LINE)


def _closings(pieces: list[tuple[Fragment, Span]], here: int, numbers: dict[str, str], title: Title) -> Iterator[Strip]:
    """The brackets that close at `here`, the shortest first; the last of a span says its label."""
    for piece, span in sorted((each for each in pieces if each[0].end == here), key=lambda each: -each[0].start):
        yield Strip(f"{numbers.get(span.id, '')}⟧", span.label, LINE)
        if piece.end == span.end:
            yield Strip(plain(title(span.label)), span.label, TAG)


def _broken(row: Row, width: int) -> Iterator[Row]:
    """The row on lines of at most `width` cells."""
    text = "".join(strip.text for strip in row)
    if not width:
        yield row
        return
    ends = [0]
    for strip in row:
        ends.append(ends[-1] + len(strip.text))
    for start, end in wrapped(text, width):
        yield [
            strip._replace(text=text[max(first, start) : min(last, end)])
            for strip, (first, last) in zip(row, pairwise(ends), strict=True)
            if first < end and last > start
        ]
