"""The edges of the suggestion in focus, moved before it is accepted: by keys, or by its handles."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.edit.edges import Edge, Unit, past_clitics, with_moved_edge
from app.errors import EditRefused
from app.text.boundaries import trim
from widgets.actions import SHAPING
from widgets.bridge import Bridge
from widgets.canvas.view import ArticleView


class SuggestionBounds(QObject):
    """`wanted` is what the one in focus would mark now, None while that is what was suggested; `changed` tells.

    `does` is what the actions that move edges do to it.
    """

    changed = Signal()

    def __init__(self, canvas: ArticleView, bridge: Bridge) -> None:
        super().__init__(canvas)
        self._canvas, self._bridge = canvas, bridge
        self.wanted: tuple[int, int] | None = None
        self.does: dict[str, Callable[[], object]] = {
            "clitics": lambda: self._cycle_clitics(back=False),
            "clitics-back": lambda: self._cycle_clitics(back=True),
        }
        self.does |= {id: self._mover(id) for id in SHAPING if id not in self.does}
        canvas.suggested_focus_changed.connect(lambda _id: self._forget())
        canvas.suggested_bounds_changed.connect(self._take)

    def _mover(self, id: str) -> Callable[[], object]:
        way, which, *letter = id.split("-")
        edge: Edge = "start" if which == "start" else "end"
        unit: Unit = "grapheme" if letter else "word"
        return lambda: self._reshape(with_moved_edge(self._canvas.text, *self._now(), edge, unit, way == "grow"))

    def _cycle_clitics(self, back: bool) -> None:
        start, end = self._now()
        found = past_clitics(self._canvas.text, start, end, self._bridge.session.lexicon, back)
        if found is None:
            self._bridge.refused.emit(EditRefused("no-clitic", span=""))
        else:
            self._reshape((found, end))

    def _now(self) -> tuple[int, int]:
        if self.wanted:
            return self.wanted
        id = self._canvas.suggested_focus
        one = next(one.suggestion for one in self._bridge.session.suggestions if one.id == id)
        return one.start, one.end

    def _reshape(self, wanted: tuple[int, int]) -> None:
        start, end = trim(self._canvas.text, *wanted) if wanted[0] < wanted[1] else (0, 0)
        if start >= end:
            self._bridge.refused.emit(EditRefused("nothing-left", span=""))
            return
        id = self._canvas.suggested_focus
        self._canvas.set_suggested_bounds(id, start, end)
        self._take(id, start, end)

    def _take(self, id: str, start: int, end: int) -> None:
        if id == self._canvas.suggested_focus:
            self.wanted = (start, end)
            self.changed.emit()

    def _forget(self) -> None:
        self.wanted = None
