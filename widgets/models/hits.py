"""Places that were found, as rows: a heading for each article where there are several, then its hits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.wording import _

if TYPE_CHECKING:
    from app.search import Hit

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
HIT = Role.UserRole
_NOWHERE = QModelIndex()


class HitModel(QAbstractListModel):
    """With `tickable`, each hit has a tick of its own, but for those that are marked already."""

    def __init__(self, parent: QObject | None = None, tickable: bool = False) -> None:
        super().__init__(parent)
        self._tickable = tickable
        self._rows: list[Hit | str] = []
        self._row_of: list[int] = []
        self._unticked: set[int] = set()
        self._marked = 0
        self._grouped = False
        self._key: int | None = None

    @property
    def hits(self) -> int:
        """How many hits there are."""
        return len(self._row_of)

    def clear(self, grouped: bool) -> None:
        """No rows; `grouped`: those to come have headings."""
        self.beginResetModel()
        self._rows, self._row_of, self._unticked, self._marked = [], [], set(), 0
        self._grouped, self._key = grouped, None
        self.endResetModel()

    def add(self, hits: Iterable[Hit]) -> None:
        """More hits, each ticked unless it is marked already."""
        rows: list[Hit | str] = []
        first = len(self._rows)
        for hit in hits:
            if self._grouped and hit.key != self._key:
                rows.append(hit.heading)
                self._key = hit.key
            self._row_of.append(first + len(rows))
            rows.append(hit)
            self._marked += hit.marked
        if rows:
            self.beginInsertRows(_NOWHERE, first, first + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def index_of(self, hit: int) -> QModelIndex:
        """The row of the hit number `hit`."""
        return self.index(self._row_of[hit], 0)

    def number_of(self, index: Index) -> int:
        """The number of the hit in a row; -1 for a heading."""
        place = bisect_left(self._row_of, index.row())
        return place if place < len(self._row_of) and self._row_of[place] == index.row() else -1

    def hit(self, number: int) -> Hit:
        """The hit number `number`."""
        row = self._rows[self._row_of[number]]
        assert not isinstance(row, str)
        return row

    def ticked(self) -> list[Hit]:
        """The hits that are ticked, in order."""
        rows = (row for row in self._row_of if row not in self._unticked)
        return [hit for row in rows if not isinstance(hit := self._rows[row], str) and not hit.marked]

    def ticked_count(self) -> int:
        """How many hits are ticked."""
        return len(self._row_of) - self._marked - len(self._unticked)

    def marked_count(self) -> int:
        """How many hits are marked already."""
        return self._marked

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Headings and hits."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """What a row says, its Hit (None for a heading), and its tick."""
        row = self._rows[index.row()]
        if role == HIT:
            return None if isinstance(row, str) else row
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return row if isinstance(row, str) else self._said(row, role)
        if role == Role.CheckStateRole and self._tickable and not isinstance(row, str):
            ticked = not row.marked and index.row() not in self._unticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """Tick, or take the tick away."""
        if role != Role.CheckStateRole or not self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._unticked.discard(index.row())
        else:
            self._unticked.add(index.row())
        self.dataChanged.emit(index, index, [Role.CheckStateRole])
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen, what is marked already cannot be ticked."""
        row = self._rows[index.row()] if index.isValid() else ""
        if isinstance(row, str):
            return Qt.ItemFlag.ItemIsEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self._tickable and not row.marked else flags

    def _said(self, hit: Hit, role: int) -> str:
        said = f"{hit.before}{hit.inside}{hit.after}"
        told = hit.marked and self._tickable and role == Role.AccessibleTextRole
        return _("Marked already: {text}").format(text=said) if told else said
