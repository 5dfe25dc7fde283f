"""Moving the edges of a span: by hand, by word or grapheme, and past its attached clitics."""

from __future__ import annotations

from typing import Literal

from app.edit.commands import Command, Desk, reshape, span_of
from app.edit.steps import Step
from app.errors import EditRefused
from app.model.annotation import Fragment, Span
from app.text.boundaries import next_grapheme, next_word, previous_grapheme, previous_word, trim, word_at
from app.text.clitics import Lexicon, starts
from app.text.tokens import WORD_KINDS, kind_of

Edge = Literal["start", "end"]
Unit = Literal["word", "grapheme"]


def set_edges(span_id: str, start: int, end: int) -> Command:
    """Let the span reach from `start` to `end`, trimmed as a new span is; fragments outside that are dropped.

    Refuses to leave nothing ("nothing-left") and to make what is there already ("already-there").
    """

    def command(desk: Desk) -> Step | None:
        span = span_of(desk.annotations, span_id)
        return reshape(desk, "set_edges", span, _between(desk.document.text, span, start, end))

    return command


def move_edge(span_id: str, edge: Edge, by: Unit, outwards: bool) -> Command:
    """Grow (`outwards`) or shrink the span at one edge, by a word or a grapheme; nothing to do at the text's end.

    Refuses to shrink it to nothing ("nothing-left").
    """

    def command(desk: Desk) -> Step | None:
        span, text = span_of(desk.annotations, span_id), desk.document.text
        start, end = with_moved_edge(text, span.start, span.end, edge, by, outwards)
        return reshape(desk, "move_edge", span, _between(text, span, start, end))

    return command


def cycle_clitics(span_id: str, lexicon: Lexicon, back: bool = False) -> Command:
    """Let the span begin after the next of the clitics attached to its word, after the last with all of them again.

    With `back` the other way round. Refuses a word that has none, as far as is known ("no-clitic").
    """

    def command(desk: Desk) -> Step | None:
        span, text = span_of(desk.annotations, span_id), desk.document.text
        start = past_clitics(text, span.start, span.fragments[0].end, lexicon, back)
        if start is None:
            raise EditRefused("no-clitic", span=span_id)
        return reshape(desk, "cycle_clitics", span, _between(text, span, start, span.end))

    return command


def with_moved_edge(text: str, start: int, end: int, edge: Edge, by: Unit, outwards: bool) -> tuple[int, int]:
    """The stretch with one edge a word or a grapheme farther out, or in; it may come out empty."""
    if edge == "start":
        return _before(text, start, by) if outwards else _after_start(text, start, by), end
    return start, _after(text, end, by) if outwards else _before_end(text, end, by)


def past_clitics(text: str, start: int, end: int, lexicon: Lexicon, back: bool = False) -> int | None:
    """Where the stretch begins after the next clitic of its word, after the last with all again; None: it has none.

    With `back` the other way round.
    """
    choices = starts(text, start, end, lexicon)
    if len(choices) < 2 and choices[:1] == (start,):
        return None
    if back:
        return next((place for place in reversed(choices) if place < start), choices[-1])
    return next((place for place in choices if place > start), choices[0])


def _between(text: str, span: Span, start: int, end: int) -> tuple[Fragment, ...]:
    """The span's fragments as far as they lie in `[start, end)`, the outer ones drawn out to its ends."""
    start, end = trim(text, start, end)
    inside = [piece for piece in span.fragments if piece.end > start and piece.start < end]
    if start >= end:
        raise EditRefused("nothing-left", span=span.id)
    if not inside:
        return (Fragment(start, end),)
    inside[0] = Fragment(start if inside[0] == span.fragments[0] else max(start, inside[0].start), inside[0].end)
    last_end = end if inside[-1].end == span.end else min(end, inside[-1].end)
    inside[-1] = Fragment(inside[-1].start, last_end)
    return tuple(inside)


def _after(text: str, k: int, by: Unit) -> int:
    """Where the next word, or the next grapheme that is no blank, ends after `k`."""
    if by == "grapheme":
        end = next_grapheme(text, k)
        while end < len(text) and trim(text, k, end)[0] == trim(text, k, end)[1]:
            end = next_grapheme(text, end)
        return end
    at = k
    while at < len(text):
        start, end = word_at(text, at)
        if end > k and _is_word(text, start, end):
            return end
        at = max(end, next_grapheme(text, at))
    return len(text)


def _before(text: str, k: int, by: Unit) -> int:
    if by == "grapheme":
        start = previous_grapheme(text, k)
        while start > 0 and trim(text, start, k)[0] == trim(text, start, k)[1]:
            start = previous_grapheme(text, start)
        return start
    at = k
    while at > 0:
        at = previous_word(text, at)
        if _is_word(text, *word_at(text, at)):
            return at
    return 0


def _after_start(text: str, k: int, by: Unit) -> int:
    if by == "grapheme":
        return next_grapheme(text, k)
    at = next_word(text, k)
    while at < len(text) and not _is_word(text, *word_at(text, at)):
        at = next_word(text, at)
    return at


def _before_end(text: str, k: int, by: Unit) -> int:
    if by == "grapheme":
        return previous_grapheme(text, k)
    at = previous_word(text, k)
    while at > 0 and not _is_word(text, *word_at(text, at)):
        at = previous_word(text, at)
    while at > 0:
        start, end = word_at(text, previous_grapheme(text, at))
        if _is_word(text, start, end):
            return end
        at = start
    return 0


def _is_word(text: str, start: int, end: int) -> bool:
    return any(kind_of(ch) in WORD_KINDS for ch in text[start:end])
