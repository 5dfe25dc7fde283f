"""A layout of a name and its field: side by side where there is room for both, else one under the other."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayoutItem, QWidget

from widgets.panels.items import ItemLayout

_GAP, _BELOW = 8, 3


class BesideLayout(ItemLayout):
    """The first item keeps to a column as wide as `name_width`, the second has the rest of the row, or the next row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.name_width = 72
        self._heights: dict[int, int] = {}  # asked for dozens of times each time a form is set

    def expandingDirections(self) -> Qt.Orientation:
        """Sideways alone."""
        return Qt.Orientation.Horizontal

    def heightForWidth(self, width: int) -> int:
        """The height of both at `width`."""
        if width not in self._heights:
            places = self._places(QRect(0, 0, width, 0))
            self._heights[width] = max((rect.bottom() + 1 for rect in places), default=0)
        return self._heights[width]

    def invalidate(self) -> None:
        """Ask the items anew how high they are."""
        self._heights = {}
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Move the items into `rect`."""
        super().setGeometry(rect)
        for item, place in zip(self._items, self._places(rect), strict=True):
            item.setGeometry(place)

    def sizeHint(self) -> QSize:
        """Side by side."""
        hints = [item.sizeHint() for item in self._items]
        width = self.name_width + _GAP + (hints[1].width() if len(hints) > 1 else 0)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """The field alone in its row."""
        width = max((item.minimumSize().width() for item in self._items), default=0)
        return QSize(width, max((item.minimumSize().height() for item in self._items), default=0))

    def _places(self, rect: QRect) -> list[QRect]:
        """Where the two go, the name first, mirrored where the window is."""
        if len(self._items) < 2:
            return [QRect(rect.topLeft(), QSize(rect.width(), _height(item, rect.width()))) for item in self._items]
        name, field = self._items
        room = rect.width() - self.name_width - _GAP
        if field.sizeHint().width() <= room:
            return self._beside(rect, name, field, room)
        wide = min(max(self.name_width, name.sizeHint().width()), rect.width())
        high = _height(name, wide)
        left = rect.right() + 1 - wide if self._is_mirrored() else rect.x()
        below = QRect(rect.x(), rect.y() + high + _BELOW, rect.width(), _height(field, rect.width()))
        return [QRect(left, rect.y(), wide, high), below]

    def _beside(self, rect: QRect, name: QLayoutItem, field: QLayoutItem, room: int) -> list[QRect]:
        names, fields = _height(name, self.name_width), _height(field, room)
        high = max(names, fields)
        at_name = QRect(0, rect.y() + (high - names) // 2, self.name_width, names)
        at_field = QRect(0, rect.y() + (high - fields) // 2, room, fields)
        if self._is_mirrored():
            at_name.moveRight(rect.right())
            at_field.moveLeft(rect.left())
        else:
            at_name.moveLeft(rect.left())
            at_field.moveRight(rect.right())
        return [at_name, at_field]

    def _is_mirrored(self) -> bool:
        parent = self.parentWidget()
        return parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
