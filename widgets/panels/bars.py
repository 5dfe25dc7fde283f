"""The bars over or under the article: below each other, each with air around it, scrolling where a window is low."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets.panels.roomy import Roomy

_LEAST = 72


class Bars(Roomy):
    """Nothing while all its bars are hidden. `above` and `below` are the air around each bar."""

    def __init__(self, above: int, below: int, parent: QWidget) -> None:
        inside = QWidget(parent)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._air = above, below
        inside.setMinimumHeight(1)  # its room is what its bars need at their width, not what they might at another
        super().__init__(inside, _LEAST, parent)

    def add(self, bar: QWidget) -> None:
        """Have `bar` after the others."""
        self._column.addLayout(_Inset(bar, *self._air))

    def settle(self) -> None:
        """Have the bars ask now for the room they need."""
        self._column.activate()
        self.updateGeometry()


class _Inset(QVBoxLayout):
    """A bar with air around it, which goes when the bar is hidden (the margins of a layout would stay)."""

    def __init__(self, bar: QWidget, above: int, below: int) -> None:
        super().__init__()
        self.setContentsMargins(24, above, 24, below)
        self.addWidget(bar)

    def sizeHint(self) -> QSize:
        """Nothing while the bar is hidden."""
        return QSize(0, 0) if self.isEmpty() else super().sizeHint()

    def minimumSize(self) -> QSize:
        """Nothing while the bar is hidden."""
        return QSize(0, 0) if self.isEmpty() else super().minimumSize()

    def heightForWidth(self, width: int) -> int:
        """Nothing while the bar is hidden."""
        return 0 if self.isEmpty() else super().heightForWidth(width)

    def minimumHeightForWidth(self, width: int) -> int:
        """Nothing while the bar is hidden."""
        return 0 if self.isEmpty() else super().minimumHeightForWidth(width)
