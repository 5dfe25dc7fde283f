"""Asks for a repaint of what changed on the page, as far as it is on the screen, and of nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

if TYPE_CHECKING:
    from widgets.canvas.scrolling import Scrolling
    from widgets.canvas.view import ArticleView


class Repaints:
    """What a view must paint anew. All that is asked for costs what is on the screen, not what is in the article."""

    def __init__(self, view: ArticleView, scrolling: Scrolling) -> None:
        self._view = view
        self._scrolling = scrolling

    def shows(self, first: int, last: int) -> bool:
        """Whether anything of the paragraphs from `first` to `last` is on the screen."""
        page, scrolling = self._view.page, self._scrolling
        return bool(page) and page.top_of(first) < scrolling.bottom and page.top_of(last + 1) > scrolling.top

    def spans(self, *ids: str) -> None:
        """Paint the lines of some spans anew."""
        page = self._view.page
        for id in ids:
            span = page.spans.get(id) if page else None
            if span:
                self.offsets(span.start, span.end)

    def offsets(self, start: int, end: int) -> None:
        """Paint the lines from `start` to `end` anew, with the room below their paragraphs."""
        page = self._view.page
        if page is None:
            return
        first, last = page.number_of(start), page.number_of(end)
        if not self.shows(first, last):
            return
        top = page.painted(page.placed(start, True))[0] if self.shows(first, first) else self._scrolling.top
        bottom = page.painted(page.placed(end, False))[1] if self.shows(last, last) else self._scrolling.bottom
        self.band(top, bottom)

    def band(self, top: float, bottom: float) -> None:
        """Paint the page from `top` to `bottom` anew."""
        page = self._view.page
        self.area(QRectF(0, top, page.width if page else 0, bottom - top))

    def area(self, area: QRectF) -> None:
        """Paint an area of the page anew."""
        if self._view.page:
            self._view.viewport().update(area.translated(self._view.origin()).toAlignedRect())

    def all(self) -> None:
        """Paint the whole screen anew."""
        self._view.viewport().update()
