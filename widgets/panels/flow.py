"""A layout that sets its items in rows, as words are set in a paragraph, from the reading start."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayoutItem, QWidget

from widgets.panels.items import ItemLayout


class FlowLayout(ItemLayout):
    """Items side by side in their preferred size, wrapped to the width there is; right to left where the parent is.

    `gap` lies between them, and between their rows; in a row the lower ones stand in the middle of its height.
    """

    def __init__(self, parent: QWidget, gap: int = 8) -> None:
        super().__init__(parent)
        self.gap = gap

    def expandingDirections(self) -> Qt.Orientation:
        """None: the items keep their size."""
        return Qt.Orientation(0)

    def heightForWidth(self, width: int) -> int:
        """The height of all rows at `width`."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Move the items into `rect`."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """All items in one row."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self.gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The widest item, alone."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, move: bool) -> int:
        y = 0
        for row in self._rows(rect.width()):
            height, x = max(size.height() for _item, size in row), 0
            for item, size in row if move else ():
                top = rect.y() + y + (height - size.height()) // 2
                item.setGeometry(QRect(QPoint(self._left(rect, x, size.width()), top), size))
                x += size.width() + self.gap
            y += height + self.gap
        return max(0, y - self.gap)

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """Which items are beside each other where there are `width` pixels."""
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        x = 0
        for item in self._shown():
            size = item.sizeHint()
            if not rows or x + size.width() > width:
                rows.append([])
                x = 0
            rows[-1].append((item, size))
            x += size.width() + self.gap
        return rows

    def _left(self, rect: QRect, x: int, width: int) -> int:
        parent = self.parentWidget()
        mirrored = parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return rect.right() + 1 - x - width if mirrored else rect.x() + x
