"""The suggestions of an article on the screen: which there are, and which one is in focus with which bounds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QRect, Signal
from PySide6.QtWidgets import QAbstractScrollArea

from app.model.annotation import Fragment, Span
from widgets.canvas.caret import Caret
from widgets.canvas.extents import extent, paragraphs_of
from widgets.canvas.spans import SUGGESTED

if TYPE_CHECKING:
    from widgets.canvas.overlays import Overlays
    from widgets.canvas.repaints import Repaints
    from widgets.canvas.view import ArticleView


class Dashed(NamedTuple):
    """A suggestion as the page shows it: it would mark `[start, end)`, in code points, as `label`."""

    id: str
    label: str
    start: int
    end: int


class SuggestedArea(QAbstractScrollArea):
    """What a view lets the window do with suggestions. They are not spans: nothing else of a view knows of them.

    One that is in focus has handles; it is so until the hand moves, another span or suggestion is focused, or the
    suggestion is gone.
    """

    suggested_clicked = Signal(str)
    suggested_hovered = Signal(str)  # "": the mouse has left it
    suggested_focus_changed = Signal(str)
    suggested_bounds_changed = Signal(str, int, int)  # a handle was let go of
    overlays: Overlays

    def set_suggested(self, marks: Sequence[Dashed], sure: Mapping[str, float] = MappingProxyType({})) -> None:
        """Show these suggestions, each with an id of its own, and no others; no line moves.

        What reaches beyond the text is left out. Bounds set for the one in focus stay if it does. `sure` says by id
        how sure they are, for who cannot see them.
        """
        self.overlays.suggested.sure = sure
        self.overlays.suggested.show(marks)

    def how_sure(self, id: str) -> float | None:
        """How sure a suggestion is, from 0 to 1, as far as that is known."""
        return self.overlays.suggested.sure.get(id)

    @property
    def suggested_focus(self) -> str:
        """The id of the suggestion in focus, or ``""``."""
        return self.overlays.now.suggested

    def set_suggested_focus(self, id: str) -> None:
        """Focus a suggestion that is shown (``""``: none) and scroll to it; no span is focused then.

        The caret goes to its start unless it is within it, as it is after a click.
        """
        self.overlays.suggested.focus(id)

    def set_suggested_bounds(self, id: str, start: int, end: int) -> None:
        """Show the suggestion in focus with other bounds, until another is focused; nothing for any other."""
        self.overlays.suggested.set_bounds(id, start, end)

    def suggested_rect(self, id: str) -> QRect:
        """Where a suggestion is in the viewport; of one out of sight, its paragraph. Empty if there is none."""
        return self.overlays.suggested.rect(id)

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse is over nothing any more."""
        super().leaveEvent(event)
        self.overlays.suggested.hover("")


class Suggested:
    """Keeps the suggestions of a view, and paints anew where they change."""

    def __init__(self, view: ArticleView, overlays: Overlays, repaints: Repaints) -> None:
        self._view = view
        self._overlays = overlays
        self._repaints = repaints
        self.sure: Mapping[str, float] = {}
        self._marks: set[Dashed] = set()
        self._own: Dashed | None = None  # the one in focus, with the bounds that it was suggested with
        self._hovered = ""
        self._is_moving_hand = False
        view.article_shown.connect(self._forget)
        view.hand_moved.connect(self._follow_hand)

    def show(self, marks: Sequence[Dashed]) -> None:
        """Show these and no others."""
        limit, before, after = len(self._view.text), self._marks, set(marks)
        gone = before - after
        if self._own in gone:
            self.focus("")
        self._marks = after
        new = marks if not before else [mark for mark in marks if mark not in before]
        self._exchange(gone, [mark for mark in new if 0 <= mark.start < mark.end <= limit])
        if not self.span(self._hovered):
            self.hover("")

    def focus(self, id: str) -> None:
        """Put a suggestion in focus; "" or one that is not shown: none."""
        found = self.span(id)
        if found:
            self._move_hand(found)
        now = found.id if found else ""
        if now != self._overlays.now.suggested:
            self._give_back_bounds()
            self._own = _dashed(found) if found else None
            self._overlays.show(suggested=now)
            self._view.suggested_focus_changed.emit(now)
        if found:
            self._view.reveal(found.start)

    def set_bounds(self, id: str, start: int, end: int) -> None:
        """Give the one in focus other bounds; a caret at its start stays there."""
        before, hand = self.span(id), self._view.place()
        if not before or id != self._overlays.now.suggested or not 0 <= start < end <= len(self._view.text):
            return
        self._exchange([_dashed(before)], [Dashed(id, before.label, start, end)])
        if hand.anchor == hand.caret == before.start:
            self._put_hand(start)

    def span(self, id: str) -> Span | None:
        """A suggestion as a span with the bounds that are shown, or None."""
        page = self._view.page
        return page.suggested.get(id) if page and id else None

    def rect(self, id: str) -> QRect:
        """Where a suggestion is in the viewport."""
        page, span = self._view.page, self.span(id)
        if page is None or span is None:
            return QRect()
        around = paragraphs_of(page, span).translated(self._view.origin()).toAlignedRect()
        if not around.intersects(self._view.viewport().rect()):
            return around
        return extent(page, span).translated(self._view.origin()).toAlignedRect()

    def hover(self, id: str) -> None:
        """The mouse is over a suggestion, or over none."""
        if id != self._hovered:
            self._hovered = id
            self._view.suggested_hovered.emit(id)

    def _move_hand(self, span: Span) -> None:
        hand = self._view.place()
        if hand.anchor == hand.caret and span.start <= hand.caret <= span.end and not hand.focus:
            return
        self._put_hand(span.start)

    def _put_hand(self, offset: int) -> None:
        self._is_moving_hand = True
        self._view.move_hand(offset, Caret(offset))
        self._is_moving_hand = False

    def _follow_hand(self) -> None:
        if not self._is_moving_hand:
            self.focus("")

    def _give_back_bounds(self) -> None:
        """Show what was in focus with its own bounds again."""
        span = self.span(self._own.id) if self._own else None
        if self._own and span and _dashed(span) != self._own:
            self._exchange([_dashed(span)], [self._own])

    def _exchange(self, gone: Collection[Dashed], new: Collection[Dashed]) -> None:
        page = self._view.page
        if page is None or not (gone or new):
            return
        removed = [span for mark in gone if (span := page.suggested.get(mark.id))]
        page.exchange_suggested(removed, [_span(mark) for mark in new])
        self._repaints.ranges((mark.start, mark.end) for mark in (*gone, *new))

    def _forget(self) -> None:
        """Another article is shown: its page has no suggestions yet."""
        self._marks, self._own = set(), None
        self.hover("")


def _span(mark: Dashed) -> Span:
    id, label, start, end = mark
    return Span(id, label, (Fragment(start, end),), (), SUGGESTED)


def _dashed(span: Span) -> Dashed:
    return Dashed(span.id, span.label, span.start, span.end)
