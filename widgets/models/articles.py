"""The articles of a project as a list model that holds only the rows near those that were looked at."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.model.wish import EVERYTHING, Wish
from app.text.direction import paragraph_direction
from app.wording import _, plural
from widgets.i18n import isolate, number, plain_tip

if TYPE_CHECKING:
    from app.articles import DocumentRow

ROW = Qt.ItemDataRole.UserRole
_PAGE = 64
_PAGES_KEPT = 24
_AHEAD = 64
_OPEN = ("new", "in_progress")
_NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class Shelf(Protocol):
    """What the model asks of a session."""

    @property
    def count(self) -> int: ...

    def rows(self, first: int, limit: int) -> list[DocumentRow]: ...

    def rows_at(self, positions: Sequence[int]) -> list[DocumentRow]: ...

    def find(self, wish: Wish) -> list[int]: ...

    def sources(self) -> list[tuple[str, int]]: ...

    def annotators(self) -> list[tuple[str, int]]: ...

    def is_whole(self) -> bool: ...


class ArticlesModel(QAbstractListModel):
    """Row n is the n-th article that the filter lets through, in the order wished for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf: Shelf | None = None
        self._wish = EVERYTHING
        self._positions: list[int] | None = None
        self._known = 0
        self._left = 0
        self._rows_of: dict[int, int] | None = None
        self._pages: OrderedDict[int, list[DocumentRow]] = OrderedDict()

    def sources(self) -> list[tuple[str, int]]:
        """The sources that articles of the project come from, and how many do."""
        return self._shelf.sources() if self._shelf else []

    def set_shelf(self, shelf: Shelf | None) -> None:
        """Show the articles of `shelf`, all of them."""
        self._reset(shelf, EVERYTHING)

    def set_wish(self, wish: Wish) -> None:
        """Show those that are wished for; asking again for the same looks again."""
        self._reset(self._shelf, wish)

    @property
    def wish(self) -> Wish:
        """Which articles are shown."""
        return self._wish

    def count_of(self, wish: Wish) -> int:
        """How many articles there are that somebody might wish for."""
        return len(self._shelf.find(wish)) if self._shelf else 0

    def annotators(self) -> list[tuple[str, int]]:
        """Whose annotations there are, and in how many articles."""
        return self._shelf.annotators() if self._shelf else []

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many articles are shown."""
        if parent.isValid() or self._shelf is None:
            return 0
        return self._shelf.count if self._positions is None else len(self._positions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The heading, what is told to a screen reader, or under `ROW` the DocumentRow itself."""
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.heading or row.id
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(said for said in (row.heading or row.id, origin(row)) if said))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(said for said in (row.heading or row.id, condition(row), origin(row)) if said)
        return None

    def row(self, n: int) -> DocumentRow | None:
        """The article in row `n`, or None when there is no such row."""
        if not 0 <= n < self.rowCount():
            return None
        page, place = divmod(n, _PAGE)
        rows = self._page(page)
        return rows[place] if place < len(rows) else None

    def position_of(self, n: int) -> int:
        """Where in the project the article of row `n` stands."""
        return n if self._positions is None else self._positions[n]

    def row_of(self, position: int) -> int:
        """The row of the article at `position` in the project, or -1 when the filter hides it."""
        if self._positions is None:
            return position
        if self._wish.sort:
            if self._rows_of is None:
                self._rows_of = {at: row for row, at in enumerate(self._positions)}
            return self._rows_of.get(position, -1)
        row = bisect_left(self._positions, position)
        return row if row < len(self._positions) and self._positions[row] == position else -1

    def follow(self, position: int) -> int:
        """`row_of` an article that is gone to, which is remembered: from there it goes on when that one is hidden."""
        row = self.row_of(position)
        self._left = row if row >= 0 else self._left
        return row

    def key_after(self, position: int) -> int | None:
        """The key of the article that is shown after the one at `position`; None at the end."""
        return self._key_in(self._row_after(position))

    def key_before(self, position: int) -> int | None:
        """The key of the article that is shown before the one at `position`; None at the start."""
        return self._key_in(self._row_after(position) - (1 if self.row_of(position) < 0 else 2))

    def _key_in(self, n: int) -> int | None:
        """The key of the article in row `n`; its page is not read for that."""
        if not 0 <= n < self.rowCount() or self._shelf is None:
            return None
        position = self.position_of(n)
        row = self.row_at(position) or next(iter(self._shelf.rows_at([position])), None)
        return row.key if row else None

    def open_key_after(self, position: int) -> int | None:
        """The key of the next other article shown that is not finished, going on from the start; None if none is."""
        if self._wish.statuses and not set(_OPEN).intersection(self._wish.statuses):
            return None
        after = self._row_after(position)
        for n in range(after, min(after + _AHEAD, self.rowCount())):
            row = self.row(n)
            if row and row.status in _OPEN:
                return row.key
        unfinished = set(self._shelf.find(Wish(statuses=_OPEN))) if self._shelf else set()
        for n in chain(range(after, self.rowCount()), range(min(after, self.rowCount()))):
            if self.position_of(n) in unfinished and self.position_of(n) != position and (row := self.row(n)):
                return row.key
        return None

    def _row_after(self, position: int) -> int:
        """The row that follows the article at `position`, also when the filter hides that one by now."""
        row = self.row_of(position)
        if row >= 0:
            return row + 1
        in_order = self._positions is not None and not self._wish.sort
        return bisect_left(self._positions, position) if self._positions and in_order else self._left

    def row_at(self, position: int) -> DocumentRow | None:
        """The row of the article at `position` in the project if it was read before; asks the project for nothing."""
        n = self.row_of(position)
        page, place = divmod(n, _PAGE)
        rows = self._pages.get(page) if n >= 0 else None
        return rows[place] if rows is not None and place < len(rows) else None

    def replace(self, position: int, row: DocumentRow) -> None:
        """Show `row` at `position` from now on; asks the project for nothing."""
        if self.row_at(position) in (None, row):
            return
        n = self.row_of(position)
        page, place = divmod(n, _PAGE)
        self._pages[page][place] = row
        self.dataChanged.emit(self.index(n), self.index(n))

    def _reset(self, shelf: Shelf | None, wish: Wish) -> None:
        as_they_stand = shelf is None or (wish == EVERYTHING and shelf.is_whole())
        positions = None if shelf is None or as_they_stand else shelf.find(wish)
        if self._shows_the_same(shelf, positions):
            self._wish = wish
            self._pages.clear()
            self.dataChanged.emit(self.index(0), self.index(self._known - 1))
            return
        self.beginResetModel()
        self._shelf, self._wish, self._positions = shelf, wish, positions
        self._rows_of = None
        self._pages.clear()
        self._known = self.rowCount()
        self.endResetModel()

    def _shows_the_same(self, shelf: Shelf | None, positions: list[int] | None) -> bool:
        """Whether the rows are those there are: then no list need be laid out anew, and what is lit stays so."""
        if shelf is None or shelf is not self._shelf or not self._known or positions != self._positions:
            return False
        return self._known == (shelf.count if positions is None else len(positions))

    def _page(self, page: int) -> list[DocumentRow]:
        rows = self._pages.get(page)
        if rows is None:
            rows = self._pages[page] = self._read(page * _PAGE)
            while len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        return rows

    def _read(self, first: int) -> list[DocumentRow]:
        if self._shelf is None:
            return []
        if self._positions is None:
            return self._shelf.rows(first, _PAGE)
        return self._shelf.rows_at(self._positions[first : first + _PAGE])


def origin(row: DocumentRow) -> str:
    """When the article is of and where it comes from; "" where nobody said."""
    return " · ".join(isolate(said) for said in (row.date, row.source) if said)


def condition(row: DocumentRow) -> str:
    """How far the article is, in words."""
    spans = plural("{count} span", "{count} spans", row.spans).format(count=number(row.spans))
    if row.status == "skipped":
        return _("skipped")
    if row.status == "complete":
        return _("done, {spans}").format(spans=spans)
    return spans if row.spans or row.status == "in_progress" else _("not started")


def is_right_to_left(heading: str, otherwise: bool) -> bool:
    """Whether a heading is written from right to left; `otherwise` decides for one without letters."""
    return {"rtl": True, "ltr": False}.get(paragraph_direction(heading), otherwise)
