"""What the two ways to show an article in a terminal have in common: rows of strips, and what a strip belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from app.model.annotation import Span

Title = Callable[[str], str]
"""What a label is called."""

LETTERS, LINE, TAG = "letters", "line", "tag"


class Strip(NamedTuple):
    """A piece of a row; `part` says what of a span with `label` it is: its letters, its line, its tag, or nothing."""

    text: str
    label: str = ""
    part: str = ""


Row = list[Strip]


def spans_by_paragraph(
    spans: Iterable[Span], paragraphs: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int, list[Span]]]:
    """Each paragraph (start, end) with the spans that reach into it, by their starts."""
    waiting = sorted(spans, key=lambda span: (span.start, -span.end))
    reached, near = 0, list[Span]()
    for start, end in paragraphs:
        while reached < len(waiting) and waiting[reached].start < end:
            near.append(waiting[reached])
            reached += 1
        near = [span for span in near if span.end > start]
        yield start, end, near


def shortest(spans: Iterable[Span]) -> list[Span]:
    """The same spans, a shorter one before those around it."""
    return sorted(spans, key=lambda span: (span.end - span.start, span.start))


def covers(span: Span, start: int, end: int) -> bool:
    """Whether a fragment of `span` shares a code point with `[start, end)`."""
    return any(first < end and last > start for first, last in span.fragments)
