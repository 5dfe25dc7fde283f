"""Ticks on the scroll bar where a search has found something: a glass over the bar that lets the mouse through."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

if TYPE_CHECKING:
    from widgets.canvas.overlays import Overlays
    from widgets.canvas.view import ArticleView

_HEIGHT, _WIDTH = 2, 4
_REST_MS = 120


class HitTicks:
    """Keeps the ticks of a view where its hits are, also as heights that were estimated become real."""

    def __init__(self, view: ArticleView, overlays: Overlays) -> None:
        self._view = view
        self._overlays = overlays
        self._known: tuple[list[tuple[int, int]], float, list[float]] = [], 0.0, []
        self.ticks = Ticks(view.verticalScrollBar())
        self._soon = QTimer(view, singleShot=True, interval=_REST_MS)
        self._soon.timeout.connect(self.refresh)
        view.verticalScrollBar().rangeChanged.connect(self._heights_changed)

    def refresh(self) -> None:
        """Put the ticks where the hits are now."""
        page, hits = self._view.page, self._overlays.now.hits
        if page is None or not hits.places:
            self._known = [], 0.0, []
            self.ticks.show_at((), None, "#000000")
            return
        height = max(1.0, page.height)
        current = page.height_of(hits.current[0]) / height if hits.current else None
        if self._known[:2] != (hits.places, height):
            self._known = hits.places, height, [page.height_of(start) / height for start, _ in hits.places]
        self.ticks.show_at(self._known[2], current, page.look.found)

    def _heights_changed(self) -> None:
        if self._overlays.now.hits.places:
            self._soon.start()


class Ticks(QWidget):
    """Painted once for each pixel of the bar, however many there are."""

    def __init__(self, bar: QScrollBar) -> None:
        super().__init__(bar)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._shares: list[float] = []
        self._current: float | None = None
        self._colour = QColor()
        bar.installEventFilter(self)
        self.setGeometry(bar.rect())
        self.hide()

    def show_at(self, shares: Iterable[float], current: float | None, colour: str) -> None:
        """Put ticks at these shares of the bar's length (0 to 1); that of `current` is longer and thicker."""
        shown = list(shares), current, QColor(colour)
        if shown == (self._shares, self._current, self._colour):
            return
        self._shares, self._current, self._colour = shown
        self.setVisible(bool(self._shares))
        self.update()

    def rows(self) -> list[int]:
        """The rows of pixels at which ticks are painted, from the top."""
        return sorted({self._row(share) for share in self._shares})

    def eventFilter(self, bar: QObject, event: QEvent) -> bool:
        """Keep the size of the bar."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(QRect(0, 0, *event.size().toTuple()))
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ticks along the outer edge: however many there are, the bar's handle stays in sight beside them."""
        painter, width = QPainter(self), self.width()
        left = 0 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else width - _WIDTH
        for row in self.rows():
            painter.fillRect(left, row, _WIDTH, _HEIGHT, self._colour)
        if self._current is not None:
            painter.fillRect(0, self._row(self._current) - 1, width, _HEIGHT + 2, self._colour)

    def _row(self, share: float) -> int:
        return round(share * max(0, self.height() - _HEIGHT))
