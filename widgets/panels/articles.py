"""The articles of the project: a field to search in, chips that filter by status, a form for more, and the list."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.model.wish import EVERYTHING, Wish
from app.wording import N_, _, plural
from widgets.i18n import isolate, number
from widgets.models.articles import ArticlesModel, Shelf
from widgets.models.filters import Part, parts, without, without_all
from widgets.models.tally import Tally
from widgets.panels.article_filter import ArticleFilter
from widgets.panels.article_list import ArticleList
from widgets.panels.article_row import ArticleDelegate
from widgets.panels.filter_chips import FilterChips
from widgets.panels.flow import FlowLayout
from widgets.panels.roomy import LowPane
from widgets.panels.text_block import TextBlock
from widgets.theme import Theme

_TYPING_PAUSE_MS = 150
_SEEKING_SECONDS = 0.1
"""No part of a filter is tried any more after it: that part is not named then."""
_LEAST_LIST = 96
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
    "address": N_("By address"),
    "status": N_("Those to do first"),
    "spans": N_("Most spans first"),
}


class ArticlesPanel(LowPane):
    """`chosen` carries the key of the article that was picked, `delete_asked` the positions of those to go.

    `menu_opening` carries the menu of the chosen articles, for what can be done to them; `filtered` the Wish that the
    list was asked for.
    """

    chosen = Signal(int)
    delete_asked = Signal(list)
    menu_opening = Signal(QMenu)
    filtered = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("articles-panel")
        self.model = ArticlesModel(self)
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self._kinds = QButtonGroup(self)
        self._buttons = {id: self._kind_button() for id in _KINDS}
        self._wish = EVERYTHING
        self._waits_for = ""
        self.filter = QToolButton(self)
        self.order = QToolButton(self)
        self.form = ArticleFilter(self.model.annotators, self.model.sources, self)
        self.chips = FilterChips(self)
        self._nothing = TextBlock(self, quiet=True)
        self.mend = QPushButton(self)
        self._culprit: Part | None = None
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
        self.search.setAccessibleName(self.search.placeholderText())

    def set_current(self, position: int) -> None:
        """Light the article at `position` in the project and bring it into sight."""
        self._current = position
        row = self.model.follow(position) if position >= 0 else -1
        selection = self.list.selectionModel()
        if row < 0:
            selection.clear()
            return
        index = self.model.index(row)
        selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.list.scrollTo(index)

    def set_shelf(self, shelf: Shelf | None) -> None:
        """Show the articles of `shelf`, all of them and as they come."""
        self._pause.stop()
        self._forget_filter(EVERYTHING)
        self.model.set_shelf(shelf)
        self._after_filter()

    def set_labels(self, labels: dict[str, str]) -> None:
        """Offer these labels to filter by: by their ids, what they are called."""
        self.form.set_labels(labels)
        self._tell()

    def ask(self, fields: Mapping[str, Any]) -> None:
        """Ask for articles otherwise in these fields of the Wish."""
        self._wish = self._wish._replace(**fields)
        self.look_again()

    def clear_filter(self) -> None:
        """Ask for every article, in the order there is."""
        self._forget_filter(without_all(self._wish))
        self.look_again()

    def tell_progress(self, said: str) -> None:
        """Say how far that is which the filter waits for; "" when it waits no longer."""
        self._waits_for = said
        self._tell()

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
        self._wish = self._wanted()
        self.model.set_wish(self._wish)
        self._after_filter()
        self.filtered.emit(self._wish)

    def fill_up(self) -> None:
        """Apply the filter again while it is found out what it lets through; the list stays where it is."""
        place = self.list.verticalScrollBar().value()
        self.model.set_wish(self._wish)
        self._after_filter()
        self.list.verticalScrollBar().setValue(place)

    def retranslate(self) -> None:
        """Words in the language in use."""
        self.setAccessibleName(_("Articles"))
        self.list.setAccessibleName(_("Articles"))
        for button, said in ((self.order, _("Order")), (self.filter, _("Filter"))):
            button.setToolTip(said)
            button.setAccessibleName(said)
        self._tell()
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
        self.list.setMinimumHeight(_LEAST_LIST)
        self.list.setItemDelegate(self._delegate)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
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
        head.addWidget(self.filter)
        head.addWidget(self.order)
        column.addLayout(head)
        for widget in (pills, self.form, self.chips, self._nothing):
            column.addWidget(widget)
        column.addWidget(self.mend, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.list, 1)
        for hidden in (self.form, self._nothing, self.mend):
            hidden.hide()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self.look_again)
        for button in (self.filter, self.order):
            button.setProperty("flat", True)
        self.filter.setCheckable(True)
        self.filter.toggled.connect(self._show_form)
        self.form.asked.connect(self.ask)
        self.form.left.connect(self._leave_form)
        self.chips.removed.connect(self._forget_part)
        self.chips.cleared.connect(self.clear_filter)
        self.mend.clicked.connect(self._mend)
        self.order.setCheckable(True)
        self.order.clicked.connect(self._show_orders)
        self._kinds.buttonClicked.connect(self.look_again)
        self.list.clicked.connect(self._clicked)
        self.list.delete_asked.connect(lambda: self.delete_asked.emit(self.chosen_positions()))
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.activated.connect(self._choose)

    def _show_form(self, shown: bool) -> None:
        self.form.setVisible(shown)
        self._tell()
        if shown:
            self.form.enter()

    def _leave_form(self) -> None:
        self.filter.setChecked(False)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_orders(self) -> None:
        self._tell()
        menu = self.orders()
        corner = self.order.rect().bottomRight() if self.isRightToLeft() else self.order.rect().bottomLeft()
        menu.popup(self.order.mapToGlobal(corner) - QPoint(menu.sizeHint().width() if self.isRightToLeft() else 0, 0))

    def orders(self) -> QMenu:
        """The orders to choose from."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for sort, title in _ORDERS.items():
            action = menu.addAction(_(title))
            action.setCheckable(True)
            action.setChecked(sort == self._wish.sort)
            action.triggered.connect(lambda _on=False, sort=sort: self.ask({"sort": sort}))
        return menu

    def _forget_part(self, part: Part) -> None:
        self.ask(without(self._wish, part)._asdict())

    def _forget_filter(self, wish: Wish) -> None:
        """Show `wish`, which asks for no text, status or flag."""
        self._wish = wish
        self.search.clear()
        self._pause.stop()
        self.form.clear()
        self._buttons["all"].setChecked(True)

    def _tell(self) -> None:
        """Show what is asked for, and how many articles that leaves."""
        wish = self.model.wish
        asked = parts(wish, self.form.title)
        self.form.show_wish(wish)
        self.chips.show_parts(asked, told_elsewhere=self.form.isVisibleTo(self))
        told = [_(_ORDERS[wish.sort])] if wish.sort else []
        if asked or wish.text:
            count = self.model.rowCount()
            said = plural("{count} article of {total}", "{count} articles of {total}", count)
            told.insert(0, said.format(count=number(count), total=number(self._tally.total)))
        self.chips.tell(" · ".join([*told, *([self._waits_for] if self._waits_for else [])]))
        self.order.setChecked(bool(wish.sort))

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

    def _wanted(self) -> Wish:
        kind = next(kind for id, kind in _KINDS.items() if self._buttons[id].isChecked())
        return self._wish._replace(text=self.search.text().strip(), statuses=kind.statuses, flagged=kind.flagged)

    def _after_filter(self) -> None:
        self._tell()
        empty = self.model.rowCount() == 0 and self._tally.total > 0 and not self._waits_for
        for widget in (self._nothing, self.mend):
            widget.setVisible(empty)
        if empty:
            self._tell_why_empty()
        self.set_current(self._current)

    def _tell_why_empty(self) -> None:
        """Name the part of the filter without which there would be something, and offer to drop it."""
        wish = self.model.wish
        asked = parts(wish, self.form.title)
        if wish.text:
            asked.append(Part("text", "", isolate(wish.text)))
        if wish.statuses or wish.flagged:
            title = next(_(_KINDS[id].title) for id, button in self._buttons.items() if button.isChecked())
            asked.append(Part("statuses", "", title))
        until = time.monotonic() + _SEEKING_SECONDS
        found = ((part, self.model.count_of(_eased(wish, part))) for part in asked if time.monotonic() < until)
        self._culprit, count = next(((part, count) for part, count in found if count), (None, 0))
        if self._culprit is None or len(asked) == 1:
            self._nothing.setText(_("No article fits."))
        else:
            said = plural(
                "No article fits. Without “{filter}” there is {count}.",
                "No article fits. Without “{filter}” there are {count}.",
                count,
            )
            self._nothing.setText(said.format(filter=self._culprit.said, count=number(count)))
        single = self._culprit is not None and len(asked) > 1
        self.mend.setText(_("Do not filter by this") if single else _("Clear all filters"))

    def _mend(self) -> None:
        part = self._culprit
        if part is None:
            self.clear_filter()
        elif part.field == "text":
            self.search.clear()
            self.look_again()
        elif part.field == "statuses":
            self._buttons["all"].setChecked(True)
            self.look_again()
        else:
            self._forget_part(part)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)


def _eased(wish: Wish, part: Part) -> Wish:
    return without(wish._replace(flagged=False) if part.field == "statuses" else wish, part)
