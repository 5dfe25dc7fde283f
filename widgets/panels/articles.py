"""The articles of the project: a field to search in, chips that filter by status, and the list."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.wording import N_, _, plural
from widgets.i18n import isolate, number
from widgets.keys import chord_name
from widgets.models.articles import ArticlesModel, Filter, Shelf
from widgets.models.tally import Tally
from widgets.panels.article_row import ArticleDelegate
from widgets.panels.flow import FlowLayout
from widgets.panels.text_block import TextBlock
from widgets.theme import Theme

_TYPING_PAUSE_MS = 150
_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class _Kind(NamedTuple):
    title: str
    statuses: tuple[str, ...] = ()
    flagged: bool = False


_KINDS = {
    "all": _Kind(N_("All")),
    "open": _Kind(N_("To do"), ("new", "in_progress")),
    "done": _Kind(N_("Done"), ("complete",)),
    "skipped": _Kind(N_("Skipped"), ("skipped",)),
    "flagged": _Kind(N_("Flagged"), (), True),
}


_ORDERS = {
    "": N_("As they come"),
    "date": N_("The newest first"),
    "source": N_("By source"),
    "status": N_("Those to do first"),
    "spans": N_("Most spans first"),
}


class ArticleList(QListView):
    """The list itself: letters and digits stay commands instead of searching in it. Delete is `delete_asked`.

    Ctrl+A, wherever the layout has its A, chooses every article that is listed.
    """

    delete_asked = Signal()

    def dataChanged(self, first: QModelIndex, last: QModelIndex, roles: list[int] | None = None) -> None:
        """Paint the rows that changed. Every row is as high as another, but Qt's list would lay out and paint all."""
        QAbstractItemView.dataChanged(self, first, last, roles or [])

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """All that is in sight: Qt would ask for the place of every row that is chosen, of a hundred thousand too."""
        return QRegion(self.viewport().rect())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows; leave what would be typed to the window."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            event.accept()
        elif chord_name(event) == "Ctrl+A":
            self.selectAll()
            event.accept()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
            event.accept()
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)


class ArticlesPanel(QFrame):
    """`chosen` carries the key of the article that was picked, `delete_asked` the positions of those to go.

    `menu_opening` carries the menu of the chosen articles, for what can be done to them.
    """

    chosen = Signal(int)
    delete_asked = Signal(list)
    menu_opening = Signal(QMenu)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("articles-panel")
        self.model = ArticlesModel(self)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self._kinds = QButtonGroup(self)
        self._buttons = {id: self._kind_button() for id in _KINDS}
        self._source, self._sort = "", ""
        self.order = QToolButton(self)
        self._told = TextBlock(self, quiet=True)
        self._nothing = TextBlock(self, quiet=True)
        self.list = ArticleList(self)
        self._delegate = ArticleDelegate(theme, self.list)
        self._tally = Tally()
        self._current = -1
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._arrange()
        self._connect()
        self.retranslate()

    def filter_button(self, id: str) -> QToolButton:
        """The button of a filter: "all", "open", "done", "skipped" or "flagged"."""
        return self._buttons[id]

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self._delegate.set_theme(theme)
        self.list.viewport().update()

    def set_tally(self, tally: Tally) -> None:
        """Show how many articles each filter would let through."""
        self._tally = tally
        numbers = (tally.total, tally.open, tally.done, tally.skipped, tally.flagged)
        for (id, kind), count in zip(_KINDS.items(), numbers, strict=True):
            button = self._buttons[id]
            button.setText(f"{_(kind.title)} {number(count)}")
            button.setVisible(count > 0 or id == "all" or button.isChecked())
        self.search.setPlaceholderText(
            plural("Search {count} article", "Search {count} articles", tally.total).format(count=number(tally.total))
        )

    def set_current(self, position: int) -> None:
        """Light the article at `position` in the project and bring it into sight."""
        self._current = position
        row = self.model.row_of(position) if position >= 0 else -1
        selection = self.list.selectionModel()
        if row < 0:
            selection.clear()
            return
        index = self.model.index(row)
        selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.list.scrollTo(index)

    def set_shelf(self, shelf: Shelf | None) -> None:
        """Show the articles of `shelf`, all of them and as they come."""
        self._source, self._sort = "", ""
        self.model.set_shelf(shelf)
        self._tell_order()

    def set_order(self, sort: str, source: str) -> None:
        """Show the articles in the order `sort`, those of one `source` only ("": of any)."""
        self._sort, self._source = sort, source
        self._tell_order()
        self.look_again()

    def chosen_positions(self) -> list[int]:
        """Positions of the articles that are lit: the current one, or those chosen with Shift, Ctrl or Ctrl+A."""
        lit = self.list.selectionModel().selection()
        rows = sorted(row for one in lit for row in range(one.top(), one.bottom() + 1))
        return [self.model.position_of(row) for row in rows]

    def choose_all(self) -> None:
        """Light every article that the filter lets through."""
        self.list.selectAll()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_again(self) -> None:
        """Apply the filter to the articles as they are now."""
        self.model.set_filter(self._wanted())
        self._after_filter()

    def retranslate(self) -> None:
        """Words in the language in use."""
        self.setAccessibleName(_("Articles"))
        self.list.setAccessibleName(_("Articles"))
        self.order.setToolTip(_("Order and source"))
        self.order.setAccessibleName(_("Order and source"))
        self._tell_order()
        self._nothing.setText(_("No article fits. Clear the search or choose another filter."))
        self.set_tally(self._tally)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _kind_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setProperty("pill", True)
        self._kinds.addButton(button)
        return button

    def _arrange(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setMouseTracking(True)
        pills = QWidget(self)
        flow = FlowLayout(pills, gap=6)
        for button in self._buttons.values():
            flow.addWidget(button)
        self._buttons["all"].setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.search, 1)
        head.addWidget(self.order)
        column.addLayout(head)
        for widget in (pills, self._told, self._nothing):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self._nothing.hide()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self.look_again)
        self.order.setCheckable(True)
        self.order.clicked.connect(self._show_orders)
        self._kinds.buttonClicked.connect(self.look_again)
        self.list.clicked.connect(self._clicked)
        self.list.delete_asked.connect(lambda: self.delete_asked.emit(self.chosen_positions()))
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.activated.connect(self._choose)

    def _show_orders(self) -> None:
        self._tell_order()
        menu = self.orders()
        corner = self.order.rect().bottomRight() if self.isRightToLeft() else self.order.rect().bottomLeft()
        menu.popup(self.order.mapToGlobal(corner) - QPoint(menu.sizeHint().width() if self.isRightToLeft() else 0, 0))

    def orders(self) -> QMenu:
        """The orders and the sources to choose from."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSection(_("Order"))
        for sort, title in _ORDERS.items():
            self._choice(menu, _(title), sort == self._sort, sort, self._source)
        sources = self.model.sources()
        if sources:
            menu.addSection(_("Source"))
            self._choice(menu, _("All sources"), not self._source, self._sort, "")
            for source, count in sources:
                said = f"{isolate(source)}  {number(count)}".replace("&", "&&")
                self._choice(menu, said, source == self._source, self._sort, source)
        return menu

    def _choice(self, menu: QMenu, title: str, chosen: bool, sort: str, source: str) -> None:
        action = menu.addAction(title)
        action.setCheckable(True)
        action.setChecked(chosen)
        action.triggered.connect(lambda: self.set_order(sort, source))

    def _tell_order(self) -> None:
        told = [isolate(self._source)] if self._source else []
        told += [_(_ORDERS[self._sort])] if self._sort else []
        self._told.setText(" · ".join(told))
        self._told.setVisible(bool(told))
        self.order.setChecked(bool(told))

    def _clicked(self, index: QModelIndex) -> None:
        """Open what is clicked; with Shift or Ctrl articles are only chosen."""
        if not QGuiApplication.keyboardModifiers() & (_SHIFT | _CONTROL):
            self._choose(index)

    def _show_menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        if not index.isValid():
            return
        positions = self.chosen_positions()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Open")).triggered.connect(lambda: self._choose(index))
        menu.addSeparator()
        self.menu_opening.emit(menu)
        count = len(positions)
        said = plural("Delete {count} article…", "Delete {count} articles…", count).format(count=number(count))
        menu.addAction(said).triggered.connect(lambda: self.delete_asked.emit(positions))
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _choose(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        if row is not None:
            self.chosen.emit(row.key)

    def _wanted(self) -> Filter:
        kind = next(kind for id, kind in _KINDS.items() if self._buttons[id].isChecked())
        return Filter(self.search.text().strip(), kind.statuses, kind.flagged, self._source, self._sort)

    def _after_filter(self) -> None:
        empty = self.model.rowCount() == 0
        self._nothing.setVisible(empty and self._tally.total > 0)
        self.set_current(self._current)
