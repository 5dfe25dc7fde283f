"""A label as a small tag: its name on its ground; or, where there is no room, its key in a square."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.fonts import interface_font, number_font

_HEIGHT = 22
_PADDING = 8


class LabelTag(QWidget):
    """The name of a label in its colours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._ink, self._ground = "", "", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_label(self, name: str, ink: str, ground: str) -> None:
        """Name and colours of another label."""
        self._name, self._ink, self._ground = name, ink, ground
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the name."""
        name = QFontMetrics(interface_font(12, bold=True)).horizontalAdvance(self._name)
        return QSize(name + 2 * _PADDING + 2, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._ground))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setPen(QColor(self._ink))
        painter.setFont(interface_font(12, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._name)


def paint_key_square(painter: QPainter, rect: QRectF, key: str, ink: str, ground: str) -> None:
    """The key of a label in `ink` on a square of `ground`: told apart by more than its colour."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(rect, 5, 5)
    painter.setPen(QColor(ink))
    painter.setFont(number_font(11))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)
