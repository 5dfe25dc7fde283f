"""What a schema holds, as a tree: labels with their attributes, relations, fields of articles."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from app.model.schema import Ink, Schema
from app.wording import _, language

SCHEMA, LABEL, QUESTION, RELATION, FIELD = "schema", "label", "question", "relation", "field"
_PATH = Qt.ItemDataRole.UserRole


class Path(NamedTuple):
    """Where in a schema: the kind of thing, its number, and for a label's attribute the attribute's number."""

    kind: str
    index: int = -1
    inner: int = -1


class Outline(QTreeWidget):
    """The tree. `visited` carries the path that the hand came to."""

    visited = Signal(object)

    def __init__(self, dark: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dark = dark
        self._shown: object = None
        self.setHeaderHidden(True)
        self.setRootIsDecorated(True)
        self.setIndentation(16)
        self.setUniformRowHeights(True)
        self.setAccessibleName(_("What the schema holds"))
        self.currentItemChanged.connect(self._visit)

    def show_schema(self, schema: Schema, path: Path) -> None:
        """Show what `schema` holds, with the hand at `path`; nobody is told."""
        shut = {self._path(item).index for item in self._labels() if not item.isExpanded()} if self._shown else None
        self._shown = schema
        self.blockSignals(True)
        self.clear()
        self.addTopLevelItem(self._item(schema.titles.get(language()) or schema.name, Path(SCHEMA)))
        labels = self._group(_("Labels"))
        for n, label in enumerate(schema.labels):
            item = self._item(label.title(language()), Path(LABEL, n), self._dot(label.colour))
            labels.addChild(item)
            for k, question in enumerate(label.attributes):
                item.addChild(self._item(question.title(language()), Path(QUESTION, n, k)))
            item.setExpanded(shut is not None and n not in shut)
        relations, fields = self._group(_("Relations")), self._group(_("Fields of the article"))
        for n, relation in enumerate(schema.relations):
            relations.addChild(self._item(relation.title(language()), Path(RELATION, n)))
        for n, field in enumerate(schema.fields):
            fields.addChild(self._item(field.title(language()), Path(FIELD, n)))
        for group in (labels, relations, fields):
            group.setExpanded(True)
        self._go_to(path)
        self.blockSignals(False)

    def _group(self, title: str) -> QTreeWidgetItem:
        group = QTreeWidgetItem([title])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.addTopLevelItem(group)
        return group

    def _item(self, title: str, path: Path, icon: QIcon | None = None) -> QTreeWidgetItem:
        item = QTreeWidgetItem([title])
        item.setData(0, _PATH, path)
        if icon:
            item.setIcon(0, icon)
        return item

    def _dot(self, colour: Ink) -> QIcon:
        ink = colour.dark_ink if self._dark else colour.ink
        square = QPixmap(10, 10)
        square.fill(QColor(ink))
        return QIcon(square)

    def _labels(self) -> list[QTreeWidgetItem]:
        group = self.topLevelItem(1)
        return [group.child(n) for n in range(group.childCount())] if group else []

    def _path(self, item: QTreeWidgetItem) -> Path:
        kept = item.data(0, _PATH)
        return Path(*kept) if kept else Path("")

    def _go_to(self, path: Path) -> None:
        for item in self.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive):
            if self._path(item) == path:
                self.setCurrentItem(item)
                return

    def _visit(self, now: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if now is not None and self._path(now).kind:
            self.visited.emit(self._path(now))
