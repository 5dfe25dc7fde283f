"""The palette of commands: a line to write in and what it finds, over the window and never in its way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.wording import _
from widgets.announcing import announce
from widgets.fonts import interface_font
from widgets.models.entries import Entry
from widgets.panels.key_cap import cap_size, paint_cap
from widgets.theme import Theme

_WIDTH, _ROWS, _ROW, _TOP, _PADDING, _GAP, _DOT = 620, 10, 36, 56, 12, 10, 8
_ENTRY = Qt.ItemDataRole.UserRole
_RTL = Qt.LayoutDirection.RightToLeft


class _Model(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: Sequence[Entry] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.title, entry.kind, entry.key, entry.reason) if part)
        return entry if role == _ENTRY else None


class _Rows(QStyledItemDelegate):
    """A row: the title at the reading start, at the other end its key, and what it is or why it cannot be had."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(0, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        entry, theme, rect = index.data(_ENTRY), self.theme, option.rect.adjusted(4, 1, -4, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QColor(theme.focus) if chosen else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_ground if chosen else theme.hover))
            painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        row = _Row(painter, rect.adjusted(_PADDING, 0, -_PADDING, 0), option.direction == _RTL)
        if entry.ink:
            dot = row.first(_DOT)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(entry.ink))
            painter.drawRoundedRect(QRectF(dot.x(), dot.center().y() - _DOT / 2, _DOT, _DOT), 2.5, 2.5)
        if entry.key:
            size = cap_size(entry.key)
            cap = row.last(size.width())
            cap.setTop(cap.center().y() - size.height() // 2)
            paint_cap(painter, QRectF(cap.x(), cap.y(), size.width(), size.height()), entry.key, QColor(theme.muted))
        beside = entry.reason or entry.kind
        row.write_last(beside, QColor(theme.muted))
        row.write(entry.title, QColor(theme.text if not entry.reason else theme.muted))
        painter.restore()


class _Row:
    """What is left of a row, taken from its reading start and from its end."""

    def __init__(self, painter: QPainter, rect: QRect, mirrored: bool) -> None:
        self._painter, self._rect, self._mirrored = painter, QRect(rect), mirrored

    def first(self, width: int) -> QRect:
        return self._taken(width, from_left=not self._mirrored)

    def last(self, width: int) -> QRect:
        return self._taken(width, from_left=self._mirrored)

    def write_last(self, said: str, ink: QColor) -> None:
        if said:
            font = interface_font(12)
            metrics = QFontMetrics(font)
            width = min(metrics.horizontalAdvance(said) + 2, int(self._rect.width() * 0.55))
            self._write(self.last(width), said, font, ink, at_end=True)

    def write(self, said: str, ink: QColor) -> None:
        self._write(self._rect, said, interface_font(), ink, at_end=False)

    def _write(self, rect: QRect, said: str, font: Any, ink: QColor, at_end: bool) -> None:
        self._painter.setFont(font)
        self._painter.setPen(ink)
        shown = QFontMetrics(font).elidedText(said, Qt.TextElideMode.ElideRight, rect.width())
        left = self._mirrored if at_end else not self._mirrored
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        self._painter.drawText(rect, int(flags), shown)

    def _taken(self, width: int, from_left: bool) -> QRect:
        rect = self._rect
        taken = QRect(rect.left() if from_left else rect.right() - width + 1, rect.top(), width, rect.height())
        if from_left:
            rect.setLeft(rect.left() + width + _GAP)
        else:
            rect.setRight(rect.right() - width - _GAP)
        return taken


class Palette(QFrame):
    """`search` gives what is found for a text; `edited` tells that another text stands there; `chosen` an Entry.

    Esc, a click elsewhere and a choice close it; the keyboard is then again where it was.
    """

    edited = Signal(str)
    chosen = Signal(object)

    def __init__(self, theme: Theme, window: QWidget, search: Callable[[str], Sequence[Entry]]) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self._over, self._search = window, search
        self._focus: QWidget | None = None
        self.line = QLineEdit(self)
        self.line.setClearButtonEnabled(True)
        self.list = QListView(self)
        self._model = _Model(self)
        self._rows = _Rows(theme, self)
        self._nothing = QLabel(self)
        self._nothing.setObjectName("quiet")
        self._nothing.setContentsMargins(_PADDING, 6, _PADDING, 8)
        self._set_up()
        window.installEventFilter(self)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self._rows.theme = theme

    def open(self) -> None:
        """Show it, empty, with the keyboard in it."""
        self._focus = QApplication.focusWidget()
        self.line.setPlaceholderText(_("A command, a label, an article or a setting"))
        self.line.setAccessibleName(_("Every command by its name"))
        self.list.setAccessibleName(_("What was found"))
        self._nothing.setText(_("Nothing is called so."))
        self.line.setText("")
        self._find("")
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_up(self) -> None:
        """Put it away, and let the keyboard be where it was."""
        if self.isVisible():
            focus, self._focus = self._focus, None
            self.hide()
            (focus or self._over).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_found(self, entries: Sequence[Entry]) -> None:
        """Show these, the first in hand."""
        self._model.show(entries)
        if entries:
            self.list.setCurrentIndex(self._model.index(0))
        self._nothing.setVisible(not entries)
        self.list.setVisible(bool(entries))
        self._place()

    def found(self) -> Sequence[Entry]:
        """What is shown."""
        return self._model.entries

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay over the middle of the window; hear the keys of the line."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if watched is self.line and isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() == Qt.FocusReason.MouseFocusReason and not self.list.hasFocus():
                self._focus = None
                self.hide()
        elif watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key, row = event.key(), self.list.currentIndex().row()
        ways = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS, Qt.Key.Key_PageUp: -_ROWS}
        ways |= {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
        count = self._model.rowCount()
        if key == Qt.Key.Key_Escape:
            self.close_up()
        elif key in ways and count:
            step = ways[Qt.Key(key)]
            to = (row + step) % count if abs(step) == 1 else max(0, min(count - 1, row + step))
            self.list.setCurrentIndex(self._model.index(to))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex())
        else:
            return False
        return True

    def _choose(self, index: QModelIndex) -> None:
        entry = index.data(_ENTRY) if index.isValid() else None
        if entry and not entry.reason:
            self.close_up()
            self.chosen.emit(entry)

    def _announce(self, index: QModelIndex) -> None:
        """Say what is in hand: the keyboard stays in the line."""
        if self.isVisible() and index.isValid():
            announce(self.line, str(index.data(Qt.ItemDataRole.AccessibleTextRole)))

    def _find(self, text: str) -> None:
        self.show_found(self._search(text))
        self.edited.emit(text)

    def _place(self) -> None:
        over = self._over
        width = min(_WIDTH, over.width() - 32)
        rows = min(_ROWS, self._model.rowCount(), max(3, (over.height() - _TOP - 90) // _ROW))
        self.list.setFixedHeight(rows * _ROW + 2)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((over.width() - width) // 2, min(_TOP, over.height() // 10))

    def _set_up(self) -> None:
        view = self.list
        view.setModel(self._model)
        view.setItemDelegate(self._rows)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.clicked.connect(self._choose)
        view.selectionModel().currentChanged.connect(self._announce)
        self.line.textEdited.connect(self._find)
        self.line.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        for part in (self.line, self._nothing, view):
            column.addWidget(part)
