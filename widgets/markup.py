"""A stretch of an article as HTML that says what is marked in it: for documents, mails and slides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from app.model.annotation import Span
from app.text.direction import page_direction, paragraph_direction
from app.text.offsets import paragraphs
from widgets.theme import LabelLook, Theme


class _Piece(NamedTuple):
    """A piece of a span: where it lies, and whether the span ends with it."""

    start: int
    end: int
    label: str
    last: bool


def marked_html(text: str, spans: Iterable[Span], theme: Theme, start: int, end: int) -> str:
    """`[start, end)` of `text`, a paragraph each, with the ground of the innermost span and the names of all.

    Styles stand in the elements, so nothing is lost on the way through a clipboard. Nothing of the text is markup.
    """
    pieces = _pieces(text, spans, start, end)
    direction = "ltr" if page_direction(text) == "ltr" else "rtl"
    told = "".join(
        f'<p dir="{paragraph_direction(text[first:last]) or direction}">'
        f"{_paragraph(text, pieces, theme, max(first, start), min(last, end))}</p>\n"
        for first, last in paragraphs(text)
        if first < end and last > start
    )
    return f'<div dir="{direction}" style="color:{theme.text}">\n{told}</div>\n'


def _pieces(text: str, spans: Iterable[Span], start: int, end: int) -> list[_Piece]:
    pieces = [
        _Piece(
            fragment.start,
            fragment.start + len(text[fragment.start : fragment.end].rstrip("\r\n")),
            span.label,
            fragment is span.fragments[-1],
        )
        for span in spans
        for fragment in span.fragments
        if fragment.start < end and fragment.end > start
    ]
    return sorted(pieces, key=lambda piece: (piece.start, -piece.end, piece.label))


def _paragraph(text: str, pieces: Sequence[_Piece], theme: Theme, start: int, end: int) -> str:
    here = [piece for piece in pieces if piece.start < end and piece.end > start]
    bounds = {start, end, *(bound for piece in here for bound in piece[:2] if start < bound < end)}
    places = sorted(bounds)
    return "".join(
        _stretch(text[first:last], [piece for piece in here if piece.start <= first < piece.end], theme)
        + "".join(_names(here, theme, last))
        for first, last in pairwise(places)
    )


def _stretch(said: str, over: Sequence[_Piece], theme: Theme) -> str:
    """`said` on the ground of the shortest of the pieces over it."""
    if not over:
        return escape(said, quote=False)
    look = theme.look_of(min(over, key=lambda piece: piece.end - piece.start).label)
    style = f"background-color:{look.ground};border-bottom:2px solid {look.ink}"
    return f'<span style="{style}">{escape(said, quote=False)}</span>'


def _names(pieces: Iterable[_Piece], theme: Theme, at: int) -> Iterator[str]:
    """The names of the spans that end at `at`, the inner ones first."""
    for piece in sorted((piece for piece in pieces if piece.end == at and piece.last), key=lambda piece: -piece.start):
        look: LabelLook = theme.look_of(piece.label)
        yield f'<sub style="color:{look.ink};font-size:70%"> <bdi>{escape(look.name, quote=False)}</bdi> </sub>'
