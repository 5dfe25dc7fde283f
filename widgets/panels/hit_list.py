"""A list of places that were found, each in its context, set in the direction of its own letters."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.text.direction import paragraph_direction
from app.text.offsets import Utf16Index
from widgets.fonts import interface_font
from widgets.models.hits import HIT, HitModel
from widgets.theme import Theme

_ROW = 26
_BEFORE = 30
_ROWS_SHOWN = 8


class _HitDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        view: QWidget = option.widget  # type: ignore[attr-defined]
        option.text = ""  # type: ignore[attr-defined]
        style = view.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, view)
        area = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, view).adjusted(4, 0, -4, 0)
        area.setTop(option.rect.top())  # type: ignore[attr-defined]
        area.setBottom(option.rect.bottom())  # type: ignore[attr-defined]
        hit = index.data(HIT)
        if hit is None:
            self._paint(painter, area, str(index.data()), None)
            return
        before = hit.before if len(hit.before) <= _BEFORE else "\u2026" + hit.before[-_BEFORE:].partition(" ")[2]
        inside = hit.inside.replace("\n", " ")
        self._paint(painter, area, before + inside + hit.after, (len(before), len(before) + len(inside)))

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

    def __init__(self, theme: Theme, parent: QWidget, tickable: bool = False) -> None:
        super().__init__(parent)
        self.hits = HitModel(self, tickable)
        self._delegate = _HitDelegate(theme, self)
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
        self.setFixedHeight(max(1, min(self.hits.rowCount(), _ROWS_SHOWN)) * _ROW + 2)


def _side(right: bool) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
