"""A row that becomes a column where there is no room for it: of a bar in a narrow window, or with large text."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QBoxLayout, QWidget


class TurningRow(QBoxLayout):
    """Items side by side from `least` pixels on, below each other where there are fewer; never lower than its text."""

    def __init__(self, least: int, parent: QWidget | None = None) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight, parent)
        self._least = least

    def hasHeightForWidth(self) -> bool:
        """Yes: the narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all items at `width`."""
        self._turn(width)
        return super().heightForWidth(width) if super().hasHeightForWidth() else super().sizeHint().height()

    def minimumHeightForWidth(self, width: int) -> int:
        """As high as at its best: a line that is half seen cannot be read."""
        return self.heightForWidth(width)

    def minimumSize(self) -> QSize:
        """The widest item, alone."""
        items = (self.itemAt(n) for n in range(self.count()))
        sizes = [item.minimumSize() for item in items if item is not None and not item.isEmpty()]
        margins = self.contentsMargins()
        width = max((size.width() for size in sizes), default=0) + margins.left() + margins.right()
        return QSize(width, max((size.height() for size in sizes), default=0) + margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        """Put the items into `rect`."""
        self._turn(rect.width())
        super().setGeometry(rect)

    def _turn(self, width: int) -> None:
        sideways, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        wanted = sideways if width >= self._least else down
        if self.direction() != wanted:
            self.setDirection(wanted)
