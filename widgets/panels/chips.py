"""The labels as chips: colour, name, key and how often the article has it. A click marks with the label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.model.schema import Label, Schema
from app.wording import _, language, plural
from widgets.fonts import interface_font
from widgets.i18n import number, plain_tip
from widgets.panels.flow import FlowLayout
from widgets.panels.key_cap import cap_size, paint_cap
from widgets.theme import Theme

_DOT = 8
_MANY = 9
"""So many labels have digits for keys; a schema of more has chips that are set closer."""


class _Measures(NamedTuple):
    """How a chip is set: its height, its padding, and what lies between its pieces and between chips."""

    height: int
    padding: int
    gap: int


_ROOMY, _CLOSE = _Measures(32, 12, 8), _Measures(26, 7, 5)


class Chip(QAbstractButton):
    """One label; `close` where there are many of them: without the dot, its ground has the colour too."""

    double_clicked = Signal()

    def __init__(self, label: Label, theme: Theme, parent: QWidget, close: bool = False) -> None:
        super().__init__(parent)
        self.label = label
        self._close, self._set = close, _CLOSE if close else _ROOMY
        self.armed = False
        self._count = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_theme(theme)

    @property
    def count(self) -> int:
        """How many spans of the article have this label."""
        return self._count

    def set_count(self, count: int) -> None:
        """Show `count`; the chip keeps its place while its width changes."""
        if count == self._count:
            return
        wider = len(number(count)) != len(number(self._count))
        self._count = count
        if wider:
            self.updateGeometry()
        self._describe()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme, and the name it has for the label."""
        self._theme = theme
        self._look = theme.look_of(self.label.id)
        self.setText(self._look.name.replace("&", "&&"))
        self._describe()
        self.updateGeometry()
        self.update()

    def set_armed(self, armed: bool) -> None:
        """Show whether the label is what every selection gets."""
        self.armed = armed
        self._describe()
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the label as a brush."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.double_clicked.emit()

    def sizeHint(self) -> QSize:
        """Dot, name, key and count in one row."""
        return QSize(sum(width for width, _draw in self._pieces()) + 2 * self._set.padding, self._set.height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pieces from the reading start."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        self._paint_ground(painter)
        x = float(self._set.padding)
        for width, draw in self._pieces():
            left = self.width() - x - width if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else x
            if draw:
                getattr(self, draw)(painter, QRectF(left, 0, width, self.height()))
            x += width

    def enterEvent(self, event: QEvent) -> None:
        """Show that it can be pressed."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Rest again."""
        self.update()

    def _describe(self) -> None:
        spans = plural("{count} span", "{count} spans", self._count).format(count=number(self._count))
        brush = [_("marks every selection")] if self.armed else []
        self.setAccessibleName(_(", ").join([self._look.name, spans, *brush]))
        guideline = (self.label.guidelines or {}).get(language(), "")
        tip = _("Mark the selection as {label}").format(label=self._look.name)
        self.setToolTip(plain_tip(f"{tip}\n\n{guideline}" if guideline else tip))

    def _pieces(self) -> list[tuple[int, str]]:
        name = QFontMetrics(self._font()).horizontalAdvance(self._look.name)
        count = QFontMetrics(interface_font()).horizontalAdvance(number(self._count))
        gap = (self._set.gap, "")
        pieces = [] if self._close else [(_DOT, "_draw_dot"), gap]
        pieces += [(name + 2, "_draw_name"), gap]
        if self._look.key:
            pieces += [(cap_size(self._look.key).width(), "_draw_key"), gap]
        return [*pieces, (count, "_draw_count")]

    def _font(self) -> QFont:
        return interface_font(bold=not self._close)

    def _ink(self) -> QColor:
        return QColor(self._look.ink)

    def _pen(self) -> QColor:
        """The colour of what is written: of an armed chip ink and ground are exchanged."""
        return QColor(self._look.ground) if self.armed else self._ink()

    def _paint_ground(self, painter: QPainter) -> None:
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        framed = self.hasFocus() or self.armed
        lined = framed or self._theme.contrast  # at high contrast whatever can be pressed has an edge
        painter.setPen(QPen(self._ink(), 2 if framed else 1) if lined else Qt.PenStyle.NoPen)
        painter.setBrush(self._ink() if self.armed else QColor(self._look.ground))
        painter.drawRoundedRect(rect, 8, 8)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            veil = self._theme.chip_pressed if self.isDown() else self._theme.chip_hover
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(veil.paint())
            painter.drawRoundedRect(rect, 8, 8)

    def _draw_dot(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._pen())
        painter.drawRoundedRect(QRectF(rect.x(), rect.center().y() - _DOT / 2, _DOT, _DOT), 2.5, 2.5)

    def _draw_name(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(self._pen())
        painter.setFont(self._font())
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._look.name)

    def _draw_key(self, painter: QPainter, rect: QRectF) -> None:
        size = cap_size(self._look.key)
        top = (self.height() - size.height()) / 2
        paint_cap(painter, QRectF(rect.x(), top, size.width(), size.height()), self._look.key, self._pen())

    def _draw_count(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(self._pen())
        painter.setFont(interface_font())
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, number(self._count))


class LabelChips(QWidget):
    """The chips of a schema in its order.

    `chosen` carries the id of the label that was clicked, `arm_asked` of the one that was clicked twice.
    """

    chosen = Signal(str)
    arm_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chips: dict[str, Chip] = {}
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def chip(self, label: str) -> Chip | None:
        """The chip of `label`, or None."""
        return self._chips.get(label)

    def set_schema(self, schema: Schema, theme: Theme) -> None:
        """One chip a label, with the name, key and colours that `theme` has for it."""
        self._theme = theme
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.deleteLater()
        close = len(schema.labels) > _MANY
        self._flow.gap = (_CLOSE if close else _ROOMY).gap
        self._chips = {label.id: self._made(label, close) for label in schema.labels}

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """How many spans of the article each label has; costs one step a label, whatever the article holds."""
        for id, chip in self._chips.items():
            chip.set_count(counts.get(id, 0))

    def set_armed(self, label: str) -> None:
        """Show the chip of `label` as the brush; "": none."""
        for id, chip in self._chips.items():
            if chip.armed != (id == label):
                chip.set_armed(id == label)

    def first(self) -> list[Chip]:
        """The first chip, if there is any: where the keyboard comes in."""
        return list(self._chips.values())[:1]

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self._theme = theme
        for chip in self._chips.values():
            chip.set_theme(theme)

    def _made(self, label: Label, close: bool) -> Chip:
        chip = Chip(label, self._theme, self, close)
        chip.clicked.connect(lambda: self.chosen.emit(label.id))
        chip.double_clicked.connect(lambda: self.arm_asked.emit(label.id))
        self._flow.addWidget(chip)
        chip.show()
        return chip
