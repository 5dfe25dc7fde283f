"""The mouse on the page: a drag selects, a click focuses, twice takes the word, three times the sentence."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QPointF
from PySide6.QtWidgets import QApplication

from app.text.boundaries import grapheme_end, grapheme_start, sentence_at, word_at
from widgets.canvas.caret import Caret
from widgets.canvas.hit import Hit

Grain = Callable[[str, int], tuple[int, int]]


def _letter_at(text: str, offset: int) -> tuple[int, int]:
    return grapheme_start(text, offset), grapheme_end(text, offset)


class Pointer:
    """What the mouse is doing, from the press to the release. Answers with selections; changes nothing by itself."""

    def __init__(self) -> None:
        self.word: Grain = word_at
        self._grain: Grain = _letter_at
        self._origin: tuple[int, int] = (0, 0)
        self._clickable: Hit | None = None
        self._press_point = QPointF()
        self._since_double = QElapsedTimer()
        self._held = False
        self._dragging = False

    def press(self, text: str, found: Hit, point: QPointF, anchor: int, extend: bool) -> tuple[int, Caret]:
        """A button went down on `found`; returns the selection's anchor and the caret."""
        if self._is_third(point):
            self._since_double.invalidate()
            return self._take(text, found, point, sentence_at)
        start = anchor if extend else found.offset
        self._begin(point, _letter_at, (start, start))
        self._clickable = None if extend else found
        return start, Caret(found.offset, found.after)

    def double(self, text: str, found: Hit, point: QPointF) -> tuple[int, Caret]:
        """The second press of two; takes the word, without its punctuation."""
        self._since_double.start()
        return self._take(text, found, point, self.word)

    def move(self, text: str, found: Hit, point: QPointF) -> tuple[int, Caret] | None:
        """The mouse moved with the button down; the selection now, or None while it is no drag."""
        if not self._held:
            return None
        if not self._dragging:
            far = (point - self._press_point).manhattanLength() >= min(4, QApplication.startDragDistance())
            if not far:
                return None
            self._dragging = True
        if self._grain is _letter_at:
            return self._origin[0], Caret(found.offset, found.after)
        start, end = self._grain(text, found.letter)
        if start < self._origin[0]:
            return self._origin[1], Caret(start)
        return self._origin[0], Caret(max(end, self._origin[1]), True)

    @property
    def dragging(self) -> bool:
        """Whether the mouse has moved far enough since the press."""
        return self._dragging

    def release(self) -> Hit | None:
        """The button went up; returns what was clicked, if this was a click."""
        clicked = None if self._dragging else self._clickable
        self._held, self._dragging, self._clickable = False, False, None
        return clicked

    def _take(self, text: str, found: Hit, point: QPointF, grain: Grain) -> tuple[int, Caret]:
        self._begin(point, grain, grain(text, found.letter))
        return self._origin[0], Caret(self._origin[1], True)

    def _begin(self, point: QPointF, grain: Grain, origin: tuple[int, int]) -> None:
        self._press_point, self._grain, self._origin = point, grain, origin
        self._held, self._dragging, self._clickable = True, False, None

    def _is_third(self, point: QPointF) -> bool:
        soon = self._since_double.isValid() and self._since_double.elapsed() < QApplication.doubleClickInterval()
        return soon and (point - self._press_point).manhattanLength() < 2 * QApplication.startDragDistance()
