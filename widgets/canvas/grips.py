"""The handles of a span: where its two edges are on the page, in text of either direction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.model.annotation import Fragment, Span
from widgets.canvas.hit import line_at
from widgets.canvas.page import ArticlePage, Placed

_REACH = 6


class Grip(NamedTuple):
    """One edge, "start" or "end": its abscissa from the text's left edge, in pixels."""

    edge: str
    x: float


def grips(placed: Placed, fragments: Sequence[Fragment]) -> list[Grip]:
    """The handles that a span of these fragments has on a line."""
    start, end, line = fragments[0].start, fragments[-1].end, placed.line
    found = []
    if line.start <= start < line.end:
        box = next((b for b in placed.paragraph.boxes(line) if b.end > start and b.right > b.left), None)
        if box:
            found.append(Grip("start", box.right if box.rtl else box.left))
    if line.start < end <= line.end:
        seen = (b for b in reversed(placed.paragraph.boxes(line)) if b.start < end and b.right > b.left)
        if box := next(seen, None):
            found.append(Grip("end", box.left if box.rtl else box.right))
    return found


def grip_at(page: ArticlePage, span: Span | None, x: float, y: float) -> str:
    """The edge of `span` whose handle is at (x, y) on the page, "start" or "end"; "" for none."""
    if span is None:
        return ""
    placed = line_at(page, y)
    top, bottom = page.letters(placed)
    if not top - _REACH <= y <= bottom:
        return ""
    near = [(abs(x - page.margin - grip.x), grip.edge) for grip in grips(placed, span.fragments)]
    distance, edge = min(near, default=(_REACH + 1.0, ""))
    return edge if distance <= _REACH else ""
