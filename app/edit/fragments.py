"""Spans of several fragments: a stretch added, a stretch taken away."""

from __future__ import annotations

from collections.abc import Iterable

from app.edit.commands import Command, Desk, reshape, span_of
from app.edit.steps import Step
from app.errors import EditRefused
from app.model.annotation import Fragment
from app.text.boundaries import trim


def add_fragment(span_id: str, start: int, end: int) -> Command:
    """Add `[start, end)`, trimmed as a new span is, to the span; it becomes one with what it touches.

    Nothing to do where the span reaches already. Refuses an empty stretch ("nothing-selected").
    """

    def command(desk: Desk) -> Step | None:
        span = span_of(desk.annotations, span_id)
        added = Fragment(*trim(desk.document.text, start, end))
        if added.start >= added.end:
            raise EditRefused("nothing-selected")
        return reshape(desk, "add_fragment", span, merged((*span.fragments, added)))

    return command


def remove_fragment(span_id: str, at: int) -> Command:
    """Take the fragment that holds position `at` out of the span; with one left it is a plain span again.

    Refuses the only fragment ("only-fragment") and a place where there is none ("no-fragment-here").
    """

    def command(desk: Desk) -> Step | None:
        span = span_of(desk.annotations, span_id)
        left = tuple(piece for piece in span.fragments if not piece.start <= at < piece.end)
        if len(left) == len(span.fragments):
            raise EditRefused("no-fragment-here", span=span_id)
        if not left:
            raise EditRefused("only-fragment", span=span_id)
        return reshape(desk, "remove_fragment", span, left)

    return command


def merged(fragments: Iterable[Fragment]) -> tuple[Fragment, ...]:
    """The same stretches in order, those that touch or overlap made one."""
    made: list[Fragment] = []
    for piece in sorted(fragments):
        if made and piece.start <= made[-1].end:
            made[-1] = Fragment(made[-1].start, max(made[-1].end, piece.end))
        else:
            made.append(piece)
    return tuple(made)
