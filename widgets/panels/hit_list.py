"""A list of places that were found, each in its context, set in the direction of its own letters."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.text.direction import paragraph_direction
from app.text.offsets import Utf16Index
from widgets.fonts import interface_font
from widgets.models.hits import HIT, HitModel
from widgets.theme import Theme

_ROW = 26
_BEFORE = 30
_ROWS_SHOWN = 8
_PADDING = 8
_BOX = 14.0
_TICK = QPointF(3.5, 7.5), QPointF(6.0, 10.0), QPointF(10.5, 4.5)
_TICKABLE = QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator


class _HitDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget, before: int) -> None:
        super().__init__(parent)
        self.theme = theme
        self.before = before

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        view: QWidget = option.widget  # type: ignore[attr-defined]
        option.text = ""  # type: ignore[attr-defined]
        style = view.style()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            self._paint_ground(painter, option.rect)  # type: ignore[attr-defined]
        if option.features & _TICKABLE:  # type: ignore[attr-defined]
            box = style.subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, view)
            option.features &= ~_TICKABLE  # type: ignore[attr-defined]
            style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, view)
            option.features |= _TICKABLE  # type: ignore[attr-defined]
            state = option.checkState  # type: ignore[attr-defined]
            self._paint_tick(painter, box, state == Qt.CheckState.Checked, index.data(HIT).marked)
        else:
            style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, view)
        area = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, view).adjusted(4, 0, -4, 0)
        area &= option.rect.adjusted(_PADDING, 0, -_PADDING, 0)  # type: ignore[attr-defined]
        area.setTop(option.rect.top())  # type: ignore[attr-defined]
        area.setBottom(option.rect.bottom())  # type: ignore[attr-defined]
        hit = index.data(HIT)
        if hit is None:
            self._paint(painter, area, str(index.data()), None)
            return
        room = self.before
        before = hit.before if len(hit.before) <= room else "\u2026" + hit.before[-room:].partition(" ")[2]
        inside = hit.inside.replace("\n", " ")
        self._paint(painter, area, before + inside + hit.after, (len(before), len(before) + len(inside)))

    def _paint_ground(self, painter: QPainter, row: QRect) -> None:
        """The row that the hand is on."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.accent_ground))
        painter.drawRoundedRect(row, 6, 6)
        painter.restore()

    def _paint_tick(self, painter: QPainter, room: QRect, ticked: bool, marked: bool) -> None:
        """A box with or without its tick; a tick without a box where there is nothing left to tick."""
        box = QRectF(0.0, 0.0, _BOX, _BOX)
        box.moveCenter(QRectF(room).center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not marked:
            painter.setPen(QPen(QColor(self.theme.accent if ticked else self.theme.edge), 1.5))
            painter.setBrush(QColor(self.theme.accent if ticked else self.theme.page))
            painter.drawRoundedRect(box, 4, 4)
        if ticked or marked:
            ink = QColor(self.theme.muted if marked else self.theme.on_accent)
            painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.drawPolyline([box.topLeft() + corner for corner in _TICK])
        painter.restore()

    def _paint(self, painter: QPainter, area: QRect, said: str, marked: tuple[int, int] | None) -> None:
        layout = QTextLayout(said, interface_font(bold=marked is None))
        right = paragraph_direction(said) == "rtl"
        option = QTextOption(Qt.AlignmentFlag.AlignAbsolute | _side(right))
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        if marked:
            layout.setFormats([self._marked(said, *marked)])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(area.width())
        layout.endLayout()
        painter.save()
        painter.setClipRect(area)
        painter.setPen(QColor(self.theme.text if marked else self.theme.muted))
        layout.draw(painter, QPointF(area.left(), area.center().y() + 1 - line.height() / 2))
        painter.restore()

    def _marked(self, said: str, start: int, end: int) -> QTextLayout.FormatRange:
        units = Utf16Index(said)
        made = QTextLayout.FormatRange()
        made.start = units.to_utf16(start)  # type: ignore[attr-defined]
        made.length = units.to_utf16(end) - made.start  # type: ignore[attr-defined]
        look = QTextCharFormat()
        look.setBackground(QColor(self.theme.selection))
        look.setFontWeight(QFont.Weight.DemiBold)
        made.format = look  # type: ignore[attr-defined]
        return made


class HitList(QListView):
    """`visited` carries the number of the hit that the hand came to, `entered` of the one Enter or a click chose."""

    visited = Signal(int)
    chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget, tickable: bool = False, before: int = _BEFORE) -> None:
        super().__init__(parent)
        self.hits = HitModel(self, tickable)
        self._delegate = _HitDelegate(theme, self, before)
        self.setItemDelegate(self._delegate)
        self.setModel(self.hits)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.rowsInserted.connect(self._fit)
        self.hits.modelReset.connect(self._fit)
        self.clicked.connect(self._clicked)
        self._fit()

    def show_current(self, hit: int) -> None:
        """Put the hand on a hit, without telling."""
        if 0 <= hit < self.hits.hits:
            self.blockSignals(True)
            self.setCurrentIndex(self.hits.index_of(hit))
            self.blockSignals(False)

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self._delegate.theme = theme
        self.viewport().update()

    def currentChanged(self, now: QModelIndex, before: QModelIndex) -> None:
        """Tell where the hand is."""
        super().currentChanged(now, before)
        number = self.hits.number_of(now) if now.isValid() else -1
        if number >= 0:
            self.visited.emit(number)

    def _clicked(self, index: QModelIndex) -> None:
        number = self.hits.number_of(index)
        if number >= 0:
            self.chosen.emit(number)

    def _fit(self) -> None:
        rows = min(self.hits.rowCount(), _ROWS_SHOWN)
        self.setFixedHeight(rows * _ROW + 2 if rows else 0)


def _side(right: bool) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
