"""The spans of the article as a list model, in reading order or grouped by label, that follows each step."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.model.annotation import Annotations, Change, Span, surface
from app.model.schema import Schema

ROW = Qt.ItemDataRole.UserRole
_BULK = 64
_NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
_Key = tuple[int, int, int, str, str]


class SpanRow(NamedTuple):
    """A span and what it covers."""

    span: Span
    surface: str


class Heading(NamedTuple):
    """The head of a group: its label's id and how many of its spans are shown."""

    label: str
    spans: int


class SpansModel(QAbstractListModel):
    """Costs follow what a step changes: a row is found by bisection, surfaces are read when a row is drawn."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._annotations = self._before = Annotations()
        self._ranks: dict[str, int] = {}
        self._labels: dict[int, str] = {}
        self._grouped = False
        self._wanted = ""
        self._keys: list[_Key] = []
        self._counts: dict[int, int] = {}

    @property
    def grouped(self) -> bool:
        """Whether spans stand under their labels."""
        return self._grouped

    @property
    def shown(self) -> int:
        """How many spans the filter lets through."""
        return len(self._keys)

    @property
    def total(self) -> int:
        """How many spans the article has."""
        return len(self._annotations.spans)

    def show(self, text: str, annotations: Annotations, schema: Schema) -> None:
        """Show the spans of another article."""
        self._text, self._annotations = text, annotations
        self._ranks = {label.id: n for n, label in enumerate(schema.labels)}
        self._rebuild()

    def set_grouped(self, grouped: bool) -> None:
        """Group by label, or not."""
        if grouped != self._grouped:
            self._grouped = grouped
            self._rebuild()

    def set_filter(self, wanted: str) -> None:
        """Show only spans whose text holds `wanted`."""
        self._wanted = wanted.strip()
        self._rebuild()

    def follow(self, annotations: Annotations, change: Change) -> None:
        """Show `annotations`, which `change` made of the value shown before."""
        self._before, self._annotations = self._annotations, annotations
        if self._stays_in_place(change):
            self._tell_changed([span.id for span in change.added])
            return
        if len(change.removed) + len(change.added) > _BULK:
            self._rebuild()
            return
        for span in change.removed:
            self._take_out(span)
        for span in change.added:
            self._put_in(span)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Spans, and headings where they are grouped."""
        return 0 if parent.isValid() else len(self._keys) + (len(self._counts) if self._grouped else 0)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of the span, or under `ROW` the `SpanRow` or `Heading`."""
        row = self.row(index.row())
        if role == ROW or row is None:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.label if isinstance(row, Heading) else row.surface
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if isinstance(self.row(index.row()), Heading):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def row(self, n: int) -> SpanRow | Heading | None:
        """What stands in row `n`, or None when there is no such row."""
        if n < 0:
            return None
        if not self._grouped:
            return self._span_row(n) if n < len(self._keys) else None
        before = 0
        for rank in sorted(self._counts):
            count = self._counts[rank]
            if n == before:
                return Heading(self._labels[rank], count)
            if n <= before + count:
                return self._span_row(self._first_of(rank) + n - before - 1)
            before += count + 1
        return None

    def row_of(self, span_id: str) -> int:
        """The row of a span, or -1 when there is none or it is hidden by the filter."""
        span = self._annotations.spans.get(span_id)
        if span is None:
            return -1
        key = self._key(span)
        place = bisect_left(self._keys, key)
        if place >= len(self._keys) or self._keys[place] != key:
            return -1
        return self._row_at(place, key[0])

    def _stays_in_place(self, change: Change) -> bool:
        """Whether the same spans go and come, where they were: their rows stay, and with them what is selected."""
        if len(change.removed) != len(change.added):
            return False
        before = {span.id: span for span in change.removed}
        return all(
            span.id in before and before[span.id].fragments == span.fragments and before[span.id].label == span.label
            for span in change.added
        )

    def _tell_changed(self, ids: list[str]) -> None:
        rows = [row for row in map(self.row_of, ids) if row >= 0]
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))

    def _span_row(self, place: int) -> SpanRow:
        id = self._keys[place][4]
        span = self._annotations.spans.get(id) or self._before.spans[id]  # a view may look between two removals
        return SpanRow(span, surface(self._text, span))

    def _key(self, span: Span) -> _Key:
        rank = self._rank(span.label) if self._grouped else 0
        return rank, span.start, -span.end, span.label, span.id

    def _rank(self, label: str) -> int:
        rank = self._ranks.setdefault(label, len(self._ranks))
        self._labels[rank] = label
        return rank

    def _fits(self, span: Span) -> bool:
        return not self._wanted or self._wanted in surface(self._text, span)

    def _first_of(self, rank: int) -> int:
        return bisect_left(self._keys, (rank, -1, 0, "", ""))

    def _row_at(self, place: int, rank: int) -> int:
        return place + sum(1 for other in self._counts if other <= rank) if self._grouped else place

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._labels = {}
        self._keys = sorted(self._key(span) for span in self._annotations.spans.values() if self._fits(span))
        self._counts = {}
        for key in self._keys:
            self._counts[key[0]] = self._counts.get(key[0], 0) + 1
        self.endResetModel()

    def _take_out(self, span: Span) -> None:
        key = self._key(span)
        place = bisect_left(self._keys, key)
        if place >= len(self._keys) or self._keys[place] != key:
            return
        row, last = self._row_at(place, key[0]), self._counts[key[0]] == 1
        self.beginRemoveRows(_NOWHERE, row - int(last and self._grouped), row)
        del self._keys[place]
        self._counts[key[0]] -= 1
        if last:
            del self._counts[key[0]]
        self.endRemoveRows()
        self._heading_changed(key[0])

    def _put_in(self, span: Span) -> None:
        if not self._fits(span):
            return
        key = self._key(span)
        new = key[0] not in self._counts
        row = self._row_at(bisect_left(self._keys, key), key[0])
        self.beginInsertRows(_NOWHERE, row, row + int(new and self._grouped))
        insort(self._keys, key)
        self._counts[key[0]] = self._counts.get(key[0], 0) + 1
        self.endInsertRows()
        self._heading_changed(key[0])

    def _heading_changed(self, rank: int) -> None:
        if self._grouped and rank in self._counts:
            heading = self.index(self._row_at(self._first_of(rank), rank) - 1)
            self.dataChanged.emit(heading, heading)
