"""What scrolls where a window is low, so that nothing in it is ever squeezed: a part of a column, or a whole pane."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

_AIR = 12
_BESIDE = 8


def beside_scroll_bar(inside: QWidget) -> QVBoxLayout:
    """A column for what is scrolled in `inside`, clear of the scroll bar on whichever side that is."""
    row, column = QHBoxLayout(inside), QVBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addLayout(column, 1)
    row.addSpacing(_BESIDE)  # the margins of a layout stay where they are when the language turns the window
    return column


class Roomy(QScrollArea):
    """Shows `inside` from its top. Where what is below it must not jump, the room once taken can be held."""

    def __init__(self, inside: QWidget, least: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._least = least
        self._held = False
        self._taken = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        _hold(self, inside)

    def hold(self, held: bool) -> None:
        """Take no less room than now from here on, or as little as is needed again."""
        if held != self._held:
            self._held = held
            self.updateGeometry()

    def bring_into_sight(self, part: QWidget) -> None:
        """Scroll to `part`, once it has its place."""
        QTimer.singleShot(0, part, lambda: self.ensureWidgetVisible(part, 0, _AIR))

    def sizeHint(self) -> QSize:
        """As high as what is inside at this width, or as it once was while it is held."""
        inside = self.widget()
        width = self.viewport().width()
        height = inside.heightForWidth(width) if inside.hasHeightForWidth() else inside.sizeHint().height()
        height = max(height, inside.minimumHeight())
        self._taken = max(self._taken, height) if self._held else height
        return QSize(inside.sizeHint().width(), self._taken)

    def minimumSizeHint(self) -> QSize:
        """A little of it."""
        return QSize(0, min(self._least, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The narrower, the higher."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with what is inside."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)


class LowPane(QFrame):
    """A pane to be put into `scrolled`: what asks how high it must be is told the least, for it takes what there is."""

    def heightForWidth(self, width: int) -> int:
        """The height below which its parts would be squeezed at `width`."""
        layout = self.layout()
        return layout.totalMinimumHeightForWidth(width) if layout else 0


def scrolled(pane: LowPane, parent: QWidget) -> QScrollArea:
    """`pane` as high as there is room, and scrolling as a whole where that is too little for its parts."""
    area = QScrollArea(parent)
    _hold(area, pane)
    return area


def _hold(area: QScrollArea, inside: QWidget) -> None:
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(inside)
