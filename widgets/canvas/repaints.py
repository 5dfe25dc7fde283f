"""Asks for a repaint of what changed on the page, as far as it is on the screen, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from app.model.annotation import Change, Fragment
from widgets.canvas.overlay import Hits, Overlay

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

    def sees(self, offset: int, height: int = 0) -> bool:
        """Whether the letters at `offset` are on the screen, though their lanes may not be; or were at `height`."""
        page, scrolling = self._view.page, self._scrolling
        end = max(scrolling.bottom, scrolling.top + height)
        if page is None or offset > len(page.text):
            return False
        number = page.number_of(offset)
        if page.top_of(number) >= end or page.top_of(number + 1) <= scrolling.top:
            return False
        top, bottom = page.letters(page.placed(offset, True))
        return scrolling.top <= top and bottom <= end

    def spans(self, *ids: str) -> None:
        """Paint the lines of some spans anew."""
        page = self._view.page
        for id in ids:
            span = page.spans.get(id) if page else None
            if span:
                self.offsets(span.start, span.end)

    def relations(self, change: Change) -> None:
        """Paint the spans anew that a step has linked, or links no more."""
        for relation in (*change.removed_relations, *change.added_relations):
            self.spans(relation.head, relation.child)

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

    def ranges(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Paint the lines on the screen anew that any of `ranges` touches."""
        page, scrolling = self._view.page, self._scrolling
        seen = list(page.lines_between(scrolling.top, scrolling.bottom)) if page else []
        if page is None or not seen:
            return
        first, last = seen[0].line.start, seen[-1].line.end
        near = [(start, end) for start, end in ranges if start < last and end > first]
        for placed in seen:
            line = placed.line
            if any(start < line.end and end > line.start for start, end in near):
                self.band(*page.painted(placed))

    def overlay(self, before: Overlay, after: Overlay) -> None:
        """Paint anew where another overlay looks different."""
        if before.stretch != after.stretch:
            self._stretch(before.stretch, after.stretch)
        if before.chosen != after.chosen:
            self.spans(before.chosen, after.chosen)
        if before.numbered != after.numbered:
            self.spans(*before.numbered, *after.numbered)
        if before.suggested != after.suggested:
            self._suggested(before.suggested, after.suggested)
        for link in set(before.links) ^ set(after.links):
            self.offsets(*sorted((link.head_start, link.child_start)))
        if before.rubber != after.rubber:
            for x, y, to_x, to_y in filter(None, (before.rubber, after.rubber)):
                self.area(QRectF(QPointF(x, y), QPointF(to_x, to_y)).normalized().adjusted(-6, -6, 6, 6))
        if before.hits is not after.hits:
            self._hits(before.hits, after.hits)

    def _stretch(self, before: Sequence[Fragment], after: Sequence[Fragment]) -> None:
        if before and after:
            self.offsets(*sorted((before[0].start, after[0].start)))
            self.offsets(*sorted((before[-1].end, after[-1].end)))
        else:
            shown = before or after
            self.offsets(shown[0].start, shown[-1].end)

    def _suggested(self, *ids: str) -> None:
        page = self._view.page
        found = [page.suggested.get(id) for id in ids] if page else []
        self.ranges((span.start, span.end) for span in found if span)

    def _hits(self, before: Hits, after: Hits) -> None:
        if before.places != after.places:
            self.all()
            return
        for place in filter(None, (before.current, after.current)):
            self.offsets(*place)

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
