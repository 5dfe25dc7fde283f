"""How a key is shown: a small outlined cap with its engraving."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.fonts import number_font

_HEIGHT = 18
_PADDING = 5


def cap_size(engraving: str) -> QSize:
    """How large the cap with `engraving` is."""
    width = QFontMetrics(number_font(11)).horizontalAdvance(engraving) + 2 * _PADDING
    return QSize(max(width, _HEIGHT), _HEIGHT)


def paint_cap(painter: QPainter, rect: QRectF, engraving: str, colour: QColor) -> None:
    """Draw the cap into `rect`, line and letters in `colour`."""
    line = QColor(colour)
    line.setAlphaF(0.55 * colour.alphaF())
    painter.setPen(QPen(line, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(colour)
    painter.setFont(number_font(11))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, engraving)


class KeyCap(QWidget):
    """A key cap by itself, in the colour of the text around it."""

    def __init__(self, engraving: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._engraving = engraving
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Just the cap."""
        return cap_size(self._engraving)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cap."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_cap(painter, QRectF(self.rect()), self._engraving, self.palette().windowText().color())
