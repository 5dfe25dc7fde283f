"""Plain text over several lines. QLabel's own wrapping leaves the space at a line's end on the wrong side of Arabic."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_RTL = Qt.LayoutDirection.RightToLeft


class TextBlock(QLabel):
    """Text that wraps, in the direction of the interface unless `set_direction` says otherwise; never HTML."""

    def __init__(self, parent: QWidget | None = None, quiet: bool = False, lines: int = 0) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if quiet:
            self.setObjectName("quiet")
        self._lines = lines
        self._direction: Qt.LayoutDirection | None = None
        self._ink = ""
        self._cache: dict[object, list[tuple[QTextLayout, float]]] = {}  # asked for many times by layouts
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_direction(self, right_to_left: bool) -> None:
        """Write from right to left, or from left to right, whatever the interface does."""
        self._direction = _RTL if right_to_left else Qt.LayoutDirection.LeftToRight
        self.update()

    def set_ink(self, colour: str) -> None:
        """Write in this colour (`#RRGGBB`), or in that of the style sheet again ("")."""
        if colour != self._ink:
            self._ink = colour
            self.update()

    def hasHeightForWidth(self) -> bool:
        """Yes: the narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the text in lines of `width`."""
        margins = self.contentsMargins()
        laid = self._laid(max(1, width - margins.left() - margins.right()))
        return sum(round(height) for _layout, height in laid) + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        """About 40 letters wide."""
        width = min(self.fontMetrics().horizontalAdvance(self.text()) + 4, self.fontMetrics().averageCharWidth() * 40)
        return QSize(width, self.heightForWidth(max(1, width)))

    def minimumSizeHint(self) -> QSize:
        """A word wide, a line high."""
        return QSize(self.fontMetrics().averageCharWidth() * 8, self.fontMetrics().lineSpacing())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines from the top."""
        painter = QPainter(self)
        painter.setPen(QColor(self._ink) if self._ink else self.palette().color(self.foregroundRole()))
        area = self.contentsRect()
        y = float(area.top())
        for layout, height in self._laid(area.width()):
            layout.draw(painter, QPointF(area.left(), y))
            y += round(height)

    def _laid(self, width: int) -> list[tuple[QTextLayout, float]]:
        wanted = (self.text(), width, self.font().key(), self._direction or self.layoutDirection())
        if wanted not in self._cache:
            self._cache = dict(list(self._cache.items())[-3:]) | {wanted: self._lay_out(width)}
        return self._cache[wanted]

    def _lay_out(self, width: int) -> list[tuple[QTextLayout, float]]:
        laid, room = [], self._lines or 10_000
        for paragraph in self.text().split("\n"):
            layout, height, taken = self._paragraph(paragraph, width, room)
            laid.append((layout, height))
            room -= taken
            if room <= 0:
                break
        return laid

    def _paragraph(self, text: str, width: int, room: int) -> tuple[QTextLayout, float, int]:
        layout = QTextLayout(text, self.font())
        option = QTextOption()
        direction = self._direction if self._direction is not None else self.layoutDirection()
        option.setTextDirection(direction)
        start = Qt.AlignmentFlag.AlignRight if direction == _RTL else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(start | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        height, taken = 0.0, 0
        while taken < room and (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += max(line.height(), QFontMetricsF(self.font()).height())
            taken += 1
        layout.endLayout()
        return layout, height or QFontMetricsF(self.font()).height(), taken


def whole_words(text: str, metrics: QFontMetricsF | QFontMetrics, width: int) -> str:
    """As many words of `text` as fit into `width`, with … where more follow: of a number never a part.

    Only a first word that is itself too long is cut inside.
    """
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    if shown == text:
        return text
    kept = shown.rstrip("\u2026\u200d\u2069")
    cut_inside = not text[len(kept) : len(kept) + 1].isspace()
    words = kept.rpartition(" ")[0] if cut_inside else kept
    return (words or kept).rstrip() + "\u2026"
