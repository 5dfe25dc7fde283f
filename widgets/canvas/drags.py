"""What the mouse drags on the page besides a selection: an edge of what is in focus, or a link from tag to tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from app.model.annotation import Span
from widgets.canvas.overlay import stretched

if TYPE_CHECKING:
    from widgets.canvas.view import ArticleView


class EdgeDrag:
    """One edge of a span follows the mouse, letter by letter."""

    def __init__(self, view: ArticleView, span: Span, edge: str) -> None:
        self._view = view
        self._span = span
        self._edge = edge

    def move(self, point: QPointF) -> None:
        """Show where the span would reach."""
        offset = self._view.hit(point).offset
        self._view.overlays.show(stretch=stretched(self._view.text, self._span, self._edge, offset))

    def drop(self, point: QPointF) -> None:
        """Ask for the edges shown."""
        shown, span = self._view.overlays.now.stretch, self._span
        self.cancel()
        if shown and (shown[0].start, shown[-1].end) != (span.start, span.end):
            self._view.edges_asked.emit(span.id, shown[0].start, shown[-1].end)

    def cancel(self) -> None:
        """Leave the span as it is."""
        self._view.overlays.show(stretch=())


class BoundsDrag:
    """One edge of the suggestion in focus follows the mouse, letter by letter."""

    def __init__(self, view: ArticleView, suggestion: Span, edge: str) -> None:
        self._view = view
        self._before = suggestion
        self._now = suggestion
        self._edge = edge

    def move(self, point: QPointF) -> None:
        """Show where the suggestion would reach."""
        offset = self._view.hit(point).offset
        self._now = self._before._replace(fragments=stretched(self._view.text, self._before, self._edge, offset))
        self._show(self._now)

    def drop(self, point: QPointF) -> None:
        """Say where its bounds are now."""
        in_focus = self._view.suggested_focus == self._now.id
        if in_focus and self._now.fragments != self._before.fragments:
            self._view.suggested_bounds_changed.emit(self._now.id, self._now.start, self._now.end)

    def cancel(self) -> None:
        """Give it back the bounds that it had."""
        self._show(self._before)

    def _show(self, suggestion: Span) -> None:
        self._view.set_suggested_bounds(suggestion.id, suggestion.start, suggestion.end)


class LinkDrag:
    """A line from a tag to the mouse; on another tag it asks for a link."""

    def __init__(self, view: ArticleView, span: str, point: QPointF) -> None:
        self._view = view
        self._span = span
        self._start = point - view.origin()

    def move(self, point: QPointF) -> None:
        """Draw the line, and outline the span that it would link."""
        at = point - self._view.origin()
        rubber = (self._start.x(), self._start.y(), at.x(), at.y())
        self._view.overlays.show(rubber=rubber, chosen=self._target(point))

    def drop(self, point: QPointF) -> None:
        """Ask for the link."""
        target = self._target(point)
        self.cancel()
        if target:
            self._view.link_asked.emit(self._span, target)

    def cancel(self) -> None:
        """Link nothing."""
        self._view.overlays.show(rubber=None, chosen="")

    def _target(self, point: QPointF) -> str:
        found = self._view.hit(point)
        return found.span if found.tag and found.span != self._span else ""
