"""A part of a column that is as high as what is in it needs, scrolls where that is too much, and shrinks no more."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

_AIR = 12


class Roomy(QScrollArea):
    """Shows `inside` from its top. Where what is below it must not jump, the room once taken can be held."""

    def __init__(self, inside: QWidget, least: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._least = least
        self._held = False
        self._taken = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidgetResizable(True)
        self.setWidget(inside)

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with what is inside."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)
