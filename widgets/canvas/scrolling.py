"""Where the screen begins on the page, and how what is already on it is kept when it moves."""

from __future__ import annotations

from PySide6.QtCore import QRect, QTimer
from PySide6.QtWidgets import QAbstractScrollArea

from widgets.canvas.page import ArticlePage, Placed, Repaint

_SOON_MS = 30
AIR = 24
"""How much of the window is seen around the sheet, in pixels."""


class Scrolling:
    """Scrolls a page in a scroll area.

    The place is held by the paragraph at the screen's top, not by a number of pixels from the page's: so nothing moves
    on the screen while heights above it that were estimated become real.
    """

    def __init__(self, area: QAbstractScrollArea) -> None:
        self._viewport = area.viewport()
        self._bar = area.verticalScrollBar()
        self._page: ArticlePage | None = None
        self._paragraph = 0
        self._into = 0.0
        self._turned_to = 0
        self._turning = False
        self._moves = 0
        self._bar_follows = QTimer(area, singleShot=True, interval=_SOON_MS)
        self._bar_follows.timeout.connect(self._follow)
        self._bar.valueChanged.connect(self._turned)

    @property
    def top(self) -> float:
        """Where the screen begins on the page; negative above the sheet."""
        return self._page.top_of(self._paragraph) + self._into if self._page else 0.0

    @property
    def bottom(self) -> float:
        """Where the screen ends on the page."""
        return self.top + self._viewport.height()

    def show(self, page: ArticlePage | None) -> None:
        """Show a page from above its sheet; None: nothing."""
        self._page, self._paragraph, self._into = page, 0, 0.0
        if page is None:
            self._turn(-AIR, 0)
        else:
            self._into = -AIR - page.first_top
            self.to(-AIR)
        self._viewport.update()

    def to(self, top: float, bar_at_once: bool = True) -> None:
        """Begin the screen at `top` on the page, or as near as its ends allow, laying out what is seen.

        Without `bar_at_once` a scroll bar that is only a little longer or shorter follows a moment later.
        """
        page = self._page
        if page is None:
            return
        top = self._settled(page, top)
        moved = self.top - top  # in today's heights: what was on the screen has moved by this
        self._paragraph = page.number_at(top)
        self._into = top - page.top_of(self._paragraph)
        self._moves += 1
        move = self._moves
        if bar_at_once or not self._may_follow(top, page.height):
            self._turn(top, page.height)
        else:
            self._bar_follows.start()
        if move != self._moves:  # a bar that came or went changed the width, and all was shown anew
            return
        if abs(moved) < self._viewport.height():
            self._viewport.scroll(0, round(moved))
        else:
            self._viewport.update()

    def reveal(self, placed: Placed) -> None:
        """Scroll, if need be, so that a line can be read with something around it."""
        page = self._page
        if page is None:
            return
        top, bottom, seen = placed.top, page.line_bottom(placed), self._viewport.height()
        if top >= self.top + 8 and bottom <= self.bottom - 8:
            return
        if not self.top - seen / 2 < top < self.bottom + seen / 2:
            self.to(round(top - seen / 3))
        elif top < self.top + 8:
            self.to(round(top - 0.12 * seen))
        else:
            self.to(round(bottom - 0.88 * seen))

    def first_line(self) -> tuple[int, float]:
        """The offset of the first line that is seen from its top, and how far below the screen's top it is."""
        for placed in self._page.lines_between(self.top, self.bottom) if self._page else ():
            if placed.top >= self.top:
                return placed.line.start, placed.top - self.top
        return 0, 0.0

    def make_room(self, repaint: Repaint, line: tuple[int, float]) -> None:
        """Move what is below `repaint` by what it has grown, and keep `line`, the first that was seen, in its place.

        Where all that grew is on the screen, the rest of the picture is moved as it is.
        """
        before = self.top
        self.keep(line)
        start = round(repaint.bottom - repaint.grown - self.top)
        if self.top == before and repaint.top >= before and 0 <= start < self._viewport.height():
            self.to(before, bar_at_once=False)
            grown = round(repaint.grown)
            upper = min(start, start + grown)
            below = QRect(0, upper, self._viewport.width(), self._viewport.height() - upper)
            self._viewport.scroll(0, grown, below)
        elif repaint.top < self.bottom:
            self._viewport.update()

    def keep(self, line: tuple[int, float]) -> None:
        """Scroll so that the line is as far below the screen's top as it was; at the page's top nothing scrolls."""
        if self._page and self.top > -AIR:
            self.to(self._page.placed(line[0], False).top - line[1])

    def reading_position(self) -> str:
        """What is at the top of the screen, to be given to `restore` another day; ``"0:0"`` at the page's top.

        An offset, and how far its line is above the top of the screen, in pixels of a page at 100 %.
        """
        if self._page is None or self.top <= -AIR:
            return "0:0"
        top = max(self.top, self._page.first_top)
        placed = next(self._page.lines_between(top, top + 1), None)
        return f"{placed.line.start}:{round((self.top - placed.top) / self._page.look.zoom)}" if placed else "0:0"

    def restore(self, position: str) -> None:
        """Scroll to a remembered position; to the top if it makes no sense."""
        offset, _, pixels = position.partition(":")
        page = self._page
        if page is None:
            return
        if position == "0:0" or not (offset.isdecimal() and pixels.removeprefix("-").isdecimal()):
            self.to(-AIR)
            return
        start = min(int(offset), len(page.text))
        self.to(round(page.placed(start, False).top + int(pixels) * page.look.zoom))

    def _settled(self, page: ArticlePage, top: float) -> float:
        """The nearest place to `top` at which the screen can begin, once all that it shows is laid out.

        A short way is measured from what is on the screen, whatever is found between: a turn of the wheel moves each
        line by as much as every other.
        """
        seen = self._viewport.height()
        way = top - self.top
        is_short = abs(way) < 2 * seen
        for _ in range(8):
            settled = page.settle(max(0.0, top), seen + 1.0)
            wanted = self.top + way if is_short else settled if top > 0 else top
            end = max(0.0, page.height + 2 * AIR - seen) - AIR
            wanted = max(-AIR, min(wanted, end))
            if wanted == top:
                break
            top = wanted
        return top

    def _may_follow(self, top: float, height: float) -> bool:
        """Whether the scroll bar stays where it is, and there, on a page of this height."""
        there = self._bar.maximum() > 0 and self._bar.pageStep() == self._viewport.height()
        return there and 0 < self._end(height) >= self._bar.value() == round(top + AIR)

    def _follow(self) -> None:
        if self._page:
            self._turn(self.top, self._page.height)

    def _end(self, height: float) -> int:
        return max(0, round(height + 2 * AIR - self._viewport.height()))

    def _turn(self, top: float, height: float) -> None:
        """Turn the scroll bar to where the screen is."""
        self._bar_follows.stop()
        self._turning = True
        self._bar.setPageStep(self._viewport.height())
        self._bar.setRange(0, self._end(height) if self._page else 0)
        self._bar.setValue(round(top + AIR))
        self._turned_to = self._bar.value()
        self._turning = False

    def _turned(self, value: int) -> None:
        if not self._turning:
            self.to(self.top + value - self._turned_to)
