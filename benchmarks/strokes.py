"""Which keys lead from one place of an article to another, and from a caret to a span, by the fewest presses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import count
from typing import NamedTuple

from PySide6.QtCore import Qt

from app.edit.commands import Command, Desk
from app.edit.edges import Edge, cycle_clitics, move_edge
from app.edit.index import SpanIndex
from app.errors import EditRefused
from app.model.annotation import Annotations, Fragment, Span
from app.model.place import Place
from app.session import Session
from app.text.boundaries import trim
from widgets.canvas import caret as carets
from widgets.canvas.caret import Caret
from widgets.canvas.page import ArticlePage

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key
_LINES, _EARLY, _BEYOND = 6, 2, 150
"""How many lines are gone up or down, within the first how many presses; how far a way may lead astray."""
_TINKERING, _NEAR = 3, 60
"""How often an edge is moved at most, and from how many characters away."""
_TRIED = "tried"


class Stroke(NamedTuple):
    """A key and what is held with it. `name` is the engraving of a US keyboard where there is no `key` for it."""

    name: str
    held: Qt.KeyboardModifier = NONE
    key: int = 0

    def __str__(self) -> str:
        control = "Ctrl+" if self.held & CONTROL else ""
        return control + ("Shift+" if self.held & SHIFT else "") + self.name


class Wanted(NamedTuple):
    """A span to be made."""

    start: int
    end: int
    label: str


Strokes = tuple[Stroke, ...]
# The caret, and whether a key for lines brought it there: the next one would keep to where the first one began.
_At = tuple[Caret, bool]


class Steps:
    """Where the keys of the caret lead on a page that stays as wide as it is."""

    def __init__(self, page: ArticlePage) -> None:
        self._page = page
        self._known: dict[tuple[_At, bool], list[tuple[_At, Strokes]]] = {}
        self._below: dict[Caret, list[tuple[_At, Strokes]]] = {}

    def way(self, at: Caret, to: int) -> tuple[Caret, Strokes]:
        """The shortest way from one place to another."""
        return next(found for found in self.around(at, to, False) if found[0].offset == to)

    def around(self, at: Caret, to: int, extend: bool) -> Iterator[tuple[Caret, Strokes]]:
        """Places between the two and a little beyond, the nearest first; with `extend`, as a selection gets there."""
        first, last = min(at.offset, to) - _BEYOND, max(at.offset, to) + _BEYOND
        seen: set[_At] = set()
        rings: dict[int, list[tuple[_At, Strokes]]] = {0: [((at, False), ())]}
        for presses in count():
            if not rings:
                return
            for place, strokes in rings.pop(presses, ()):
                if place in seen:
                    continue
                seen.add(place)
                yield place[0], strokes
                for after, more in self._next(place, extend, presses < _EARLY):
                    if after not in seen and first <= after[0].offset <= last:
                        rings.setdefault(presses + len(more), []).append((after, strokes + more))

    def _next(self, at: _At, extend: bool, early: bool) -> list[tuple[_At, Strokes]]:
        if (at, extend) not in self._known:
            self._known[at, extend] = list(self._moves(at[0], extend))
        if at[1] or not early:
            return self._known[at, extend]
        if at[0] not in self._below:
            self._below[at[0]] = list(self._lines(at[0]))
        return self._known[at, extend] + self._below[at[0]]

    def _moves(self, at: Caret, extend: bool) -> Iterator[tuple[_At, Strokes]]:
        page = self._page
        for left, name, key in ((True, "Left", Key.Key_Left), (False, "Right", Key.Key_Right)):
            yield (carets.sideways(page, at, left), False), (Stroke(name, NONE, key),)
            yield (carets.by_word(page, at, left, extend), False), (Stroke(name, CONTROL, key),)
        for end, name, key in ((False, "Home", Key.Key_Home), (True, "End", Key.Key_End)):
            yield (carets.line_edge(page, at, end), False), (Stroke(name, NONE, key),)
        for down, name, key in ((False, "Up", Key.Key_Up), (True, "Down", Key.Key_Down)):
            yield (carets.by_paragraph(page, at, down), False), (Stroke(name, CONTROL, key),)

    def _lines(self, at: Caret) -> Iterator[tuple[_At, Strokes]]:
        goal = carets.shape(self._page, at).x
        for down, stroke in ((False, Stroke("Up", NONE, Key.Key_Up)), (True, Stroke("Down", NONE, Key.Key_Down))):
            there = at
            for lines in range(1, _LINES + 1):
                there = carets.by_line(self._page, there, goal, down)
                yield (there, True), (stroke,) * lines


class Making:
    """The keys that make one span: a selection, its label, and what its edges still lack."""

    def __init__(self, session: Session, wish: Wanted) -> None:
        self._session, self._wish = session, wish
        self._there = SpanIndex(session.annotations.spans.values())
        self._starts: dict[int, Strokes | None] = {}
        self._ends: dict[int, Strokes | None] = {}
        self._from_start = cache(lambda place: tuple(self._start_moves(place, wish.end)))
        self._from_end = cache(lambda place: tuple(self._end_moves(wish.start, place)))
        self._lexicon = session.lexicon

    def strokes(self, steps: Steps, at: Caret) -> Strokes:
        """The fewest keys from the caret standing at `at`."""
        best: Strokes | None = None
        text, label = self._session.document.text, self._session.schema.label(self._wish.label)
        assert label
        for caret, moves in steps.around(at, self._wish.end, True):
            if best is not None and len(moves) + 1 >= len(best):
                return best
            start, end = trim(text, *sorted((at.offset, caret.offset)))
            rest = self._rest(start, end) if start < end else None
            if rest is not None and (best is None or len(moves) + 1 + len(rest) < len(best)):
                held = tuple(move._replace(held=move.held | SHIFT) for move in moves)
                best = (*held, Stroke(label.key), *rest)
        raise LookupError(f"no keys lead to {self._wish}")

    def _rest(self, start: int, end: int) -> Strokes | None:
        """What is left to be done to a span `[start, end)`; None when that is too much."""
        wish = self._wish
        if (start, end) != wish[:2] and self._there.find((Fragment(start, end),), wish.label):
            return None
        if start not in self._starts:
            self._starts[start] = self._edge(start, wish.start, self._from_start)
        if end not in self._ends:
            self._ends[end] = self._edge(end, wish.end, self._from_end)
        before, after = self._starts[start], self._ends[end]
        return None if before is None or after is None else after + before

    def _edge(self, at: int, to: int, moves: Callable[[int], Iterable[tuple[int, Stroke]]]) -> Strokes | None:
        if abs(at - to) > _NEAR:
            return None
        ring: dict[int, Strokes] = {at: ()}
        seen = dict(ring)
        for _press in range(_TINKERING + 1):
            if to in ring:
                return ring[to]
            ring = {
                after: (*strokes, stroke)
                for place, strokes in ring.items()
                for after, stroke in moves(place)
                if after not in seen
            }
            seen |= ring
        return None

    def _start_moves(self, start: int, end: int) -> Iterator[tuple[int, Stroke]]:
        if start >= end:
            return
        for name, held, command in _moves_of("start"):
            yield self._tried(start, end, command)[0], Stroke(name, held)
        yield self._tried(start, end, cycle_clitics(_TRIED, self._lexicon))[0], Stroke("X")

    def _end_moves(self, start: int, end: int) -> Iterator[tuple[int, Stroke]]:
        if start < end:
            for name, held, command in _moves_of("end"):
                yield self._tried(start, end, command)[1], Stroke(name, held)

    def _tried(self, start: int, end: int, command: Command) -> tuple[int, int]:
        """What `command` makes of a span `[start, end)`."""
        session = self._session
        span = Span(_TRIED, self._wish.label, (Fragment(start, end),))
        desk = Desk(
            session.document, Annotations.of([span]), session.schema, Place(), "", lambda: "", SpanIndex([span])
        )
        try:
            step = command(desk)
        except EditRefused:
            return start, end
        return (step.changes[0].added[0].start, step.changes[0].added[0].end) if step else (start, end)


def _moves_of(edge: Edge) -> Iterator[tuple[str, Qt.KeyboardModifier, Command]]:
    name = "[" if edge == "start" else "]"
    for shift, outwards in ((NONE, True), (SHIFT, False)):
        yield name, shift, move_edge(_TRIED, edge, "word", outwards)
        yield name, shift | CONTROL, move_edge(_TRIED, edge, "grapheme", outwards)
