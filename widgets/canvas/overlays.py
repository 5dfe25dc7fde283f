"""Keeps what lies over an article for a while, and paints anew where it changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from widgets.canvas.connectors import links_of
from widgets.canvas.linking import Linking
from widgets.canvas.overlay import Hits, Overlay
from widgets.canvas.suggested import Suggested
from widgets.canvas.ticks import HitTicks

if TYPE_CHECKING:
    from widgets.canvas.repaints import Repaints
    from widgets.canvas.view import ArticleView


class Overlays:
    """The overlay of a view, `now`; the mode in which spans are linked by keyboard; the suggestions.

    `walks` may go elsewhere than to the next span (forwards or back); it says whether it did.
    """

    def __init__(self, view: ArticleView, repaints: Repaints) -> None:
        self.now = Overlay()
        self.linking = Linking(view, self)
        self.ticks = HitTicks(view, self)
        self.suggested = Suggested(view, self, repaints)
        self.walks: Callable[[bool], bool] = lambda forwards: False
        self._view = view
        self._repaints = repaints

    def walk(self, forwards: bool) -> bool:
        """Go where a mode or `walks` wants; False: from span to span as ever."""
        if self.linking.active:
            self.linking.walk(forwards)
            return True
        return self.walks(forwards)

    def clear(self) -> None:
        """Another article is shown: nothing lies over it."""
        self.now = Overlay()
        self.ticks.refresh()

    def show(self, **parts: object) -> None:
        """Replace parts of the overlay."""
        before, self.now = self.now, self.now._replace(**parts)
        self._repaints.overlay(before, self.now)

    def show_links(self) -> None:
        """Draw the links of the focused span as they are now, and the one that is being made."""
        page, focus, proposed = self._view.page, self._view.focused_span(), self.linking.proposed()
        made = links_of(page, focus) if page and focus else ()
        self.show(links=(*made, proposed) if proposed else made)

    def show_hits(self, hits: Sequence[tuple[int, int]], current: int) -> None:
        """Show the matches of a search on the page and on the scroll bar."""
        self.show(hits=Hits(hits, current))
        self.ticks.refresh()
