"""All spans of the article: in reading order or under their labels, filtered by what they cover."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.model.annotation import Annotations, Change
from app.model.schema import Schema
from app.text.direction import paragraph_direction
from app.wording import _
from widgets.fonts import interface_font, number_font
from widgets.i18n import number, offsets
from widgets.keys import key_name
from widgets.models.spans import ROW, Heading, SpanRow, SpansModel
from widgets.panels.label_tag import paint_key_square
from widgets.panels.rows_view import RowsView
from widgets.panels.text_block import TextBlock, whole_words
from widgets.theme import Theme

_ROW_HEIGHT = 28
_SIDE = 8
_SQUARE = 18
_GAP = 8
_RTL = Qt.LayoutDirection.RightToLeft
Index = QModelIndex | QPersistentModelIndex


class SpanDelegate(QStyledItemDelegate):
    """Draws a span as: key of its label, what it covers in its own direction, its offsets."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for every row."""
        return QSize(120, _ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row of `index`."""
        row = index.data(ROW)
        rect: QRect = option.rect
        mirrored = option.direction == _RTL
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Heading):
            self._paint_heading(painter, rect, mirrored, row)
        elif isinstance(row, SpanRow):
            self._paint_ground(painter, option, rect)
            self._paint_span(painter, rect, mirrored, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, mirrored: bool, row: Heading) -> None:
        look = self._theme.look_of(row.label)
        start = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        painter.setFont(interface_font(12, bold=True))
        painter.setPen(QColor(look.ink))
        flags = start | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(_SIDE, 4, -_SIDE, 0), flags, f"{look.name}  {number(row.spans)}")

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
        state = option.state
        if not state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            return
        chosen = state & QStyle.StateFlag.State_Selected
        ring = chosen and state & QStyle.StateFlag.State_HasFocus
        painter.setPen(QPen(QColor(self._theme.focus), 1) if ring else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.accent_ground if chosen else self._theme.hover))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 1.5, -0.5, -1.5), 6, 6)

    def _paint_span(self, painter: QPainter, rect: QRect, mirrored: bool, row: SpanRow) -> None:
        look = self._theme.look_of(row.span.label)
        where = offsets(row.span.start, row.span.end)
        width = QFontMetrics(number_font()).horizontalAdvance(where)
        top = rect.center().y() - _SQUARE / 2 + 0.5
        square = QRectF(_placed(rect, _SIDE, _SQUARE, mirrored), top, _SQUARE, _SQUARE)
        paint_key_square(painter, square, look.key, look.ink, look.ground)
        before, after = _SIDE + _SQUARE + _GAP, width + _SIDE + 2 * _GAP
        self._paint_surface(painter, rect, mirrored, row.surface, before, after)
        painter.setFont(number_font())
        painter.setPen(QColor(self._theme.muted))
        left = _placed(rect, rect.width() - _SIDE - width, width, mirrored)
        painter.drawText(QRectF(left, rect.y(), width + 1, rect.height()), Qt.AlignmentFlag.AlignVCenter, where)

    def _paint_surface(
        self, painter: QPainter, rect: QRect, mirrored: bool, said: str, before: int, after: int
    ) -> None:
        room = rect.width() - before - after
        said = " ".join(said[:200].split())
        elided = whole_words(said, QFontMetrics(interface_font()), room)
        right_to_left = paragraph_direction(said) == "rtl"
        painter.setLayoutDirection(_RTL if right_to_left else Qt.LayoutDirection.LeftToRight)
        painter.setFont(interface_font())
        painter.setPen(QColor(self._theme.text))
        start = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        flags = start | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(_placed(rect, before, room, mirrored), rect.y(), room, rect.height()), flags, elided)


def _placed(rect: QRect, before: int, width: int, mirrored: bool) -> int:
    return rect.right() + 1 - before - width if mirrored else rect.left() + before


class SpansView(RowsView):
    """The list itself: letters and digits stay commands instead of searching in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_ROW_HEIGHT, parent)

    def sizeHint(self) -> QSize:
        """A few rows: in a low window what is above has more to show."""
        return QSize(200, 3 * _ROW_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows; leave what would be typed, Enter and Delete to the window."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and key_name(event) == "A":
            self.selectAll()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)


class SpanList(QWidget):
    """`chosen` carries the id of the span that was picked; `grouping_changed` how they stand now.

    Several can be selected; `selection_changed` when others are.
    """

    chosen = Signal(str)
    selection_changed = Signal()
    grouping_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = SpansModel(self)
        self._title = QLabel(self)
        self._title.setObjectName("section")
        self.group = QToolButton(self)
        self.group.setCheckable(True)
        self.group.setProperty("flat", True)
        self.filter = QLineEdit(self)
        self.filter.setClearButtonEnabled(True)
        self._nothing = TextBlock(self, quiet=True)
        self.view = SpansView(self)
        self._delegate = SpanDelegate(theme, self.view)
        self._quiet = False
        self._counted = (-1, -1)
        self._arrange()
        self._connect()
        self.retranslate()

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self._delegate.set_theme(theme)
        self.view.viewport().update()

    def show_spans(self, text: str, annotations: Annotations, schema: Schema) -> None:
        """List the spans of another article, without telling anybody."""
        with self._unheard():
            self.model.show(text, annotations, schema)

    def follow(self, annotations: Annotations, change: Change) -> None:
        """List `annotations`, which `change` made of those before; a row that goes passes the focus to no other.

        Several that are selected stay so, also where their rows are others now.
        """
        with self._unheard():
            selected, current = self._selected(), self.view.currentIndex().row()
            row = self.model.row(current) if len(selected) > 1 else None
            self.model.follow(annotations, change)
            if isinstance(row, SpanRow):
                self._select_again(selected, row.span.id)

    def selected_with(self, span_id: str) -> list[str]:
        """The ids of the selected spans, as they stand in the list, if the hand is at this span; else its id alone."""
        selection = self.view.selectionModel()
        if not span_id or not selection.hasSelection() or selection.currentIndex().row() != self.model.row_of(span_id):
            return [span_id] if span_id else []
        return self._selected()

    def set_focus(self, span_id: str) -> None:
        """Light the row of the focused span, without telling anybody; where several are selected, they stay so."""
        row = self.model.row_of(span_id) if span_id else -1
        selection = self.view.selectionModel()
        if row >= 0 and selection.currentIndex().row() == row and selection.hasSelection():
            return
        with self._unheard():
            if row < 0:
                selection.clear()
            else:
                index = self.model.index(row)
                selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                self.view.scrollTo(index)

    def count_again(self) -> None:
        """Show how many spans there are now."""
        total, shown = self.model.total, self.model.shown
        if (total, shown) == self._counted:
            return
        self._counted = (total, shown)
        said = number(total) if shown == total else f"{number(shown)} / {number(total)}"
        self._title.setText(_("All spans") + f"  {said}")
        self.filter.setVisible(total > 0)
        self.group.setVisible(total > 0)
        self._nothing.setVisible(shown == 0)
        self._nothing.setText(
            _("Nothing is marked yet. Select words in the text, then press the key of a label.")
            if total == 0
            else _("No span holds that text.")
        )

    def retranslate(self) -> None:
        """Words in the language in use."""
        self.filter.setPlaceholderText(_("Filter by text"))
        self.filter.setAccessibleName(_("Filter by text"))
        self.group.setToolTip(_("Group by label"))
        self.group.setAccessibleName(_("Group by label"))
        self.view.setAccessibleName(_("All spans"))
        self._counted = (-1, -1)
        self.count_again()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _arrange(self) -> None:
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.group)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.filter)
        column.addWidget(self._nothing)
        column.addWidget(self.view, 1)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.group.toggled.connect(self._group)
        self.view.selectionModel().currentChanged.connect(self._choose)
        self.view.selectionModel().selectionChanged.connect(self._select)
        self.view.clicked.connect(self._choose)

    def _selected(self) -> list[str]:
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [row.span.id for row in map(self.model.row, rows) if isinstance(row, SpanRow)]

    def _select_again(self, ids: list[str], current: str) -> None:
        rows = {id: self.model.row_of(id) for id in ids}
        selected = QItemSelection()
        for row in rows.values():
            if row >= 0:
                selected.select(self.model.index(row), self.model.index(row))
        selection, flags = self.view.selectionModel(), QItemSelectionModel.SelectionFlag
        if rows.get(current, -1) >= 0:
            selection.setCurrentIndex(self.model.index(rows[current]), flags.NoUpdate)
        selection.select(selected, flags.ClearAndSelect)

    @contextmanager
    def _unheard(self) -> Iterator[None]:
        """Qt moves the current row to a neighbour when its own goes: that is no choice of anybody's."""
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False

    def _filter(self, wanted: str) -> None:
        with self._unheard():
            self.model.set_filter(wanted)
        self.count_again()

    def _group(self, grouped: bool) -> None:
        with self._unheard():
            self.model.set_grouped(grouped)
        self.grouping_changed.emit(grouped)

    def _select(self) -> None:
        if not self._quiet:
            self.selection_changed.emit()

    def _choose(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        if isinstance(row, SpanRow) and not self._quiet:
            self.chosen.emit(row.span.id)
