"""What becomes of the project's spans whose label leaves the schema, or is called otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.edit.drafts import Draft
from app.wording import _, language, plural
from widgets.i18n import isolate, number, plain_tip
from widgets.panels.items import empty
from widgets.panels.text_block import TextBlock


class Leaving(QWidget):
    """A row for each label in `use` that leaves or moves; `called` carries a label that leaves and what was chosen."""

    called = Signal(str, str)

    def __init__(self, use: Mapping[str, int], parent: QWidget) -> None:
        super().__init__(parent)
        self._use = use
        self._chosen: set[str] = set()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)

    def show_draft(self, draft: Draft) -> None:
        """Say what `draft` makes of the spans; nothing is shown where it touches none."""
        empty(self._rows)
        there = {label.id for label in draft.schema.labels}
        leaving = [old for old in draft.labels if old not in there and self._asks(draft, old)]
        for old in leaving:
            self._rows.addWidget(self._choice(draft, old))
        renamed = [self._renamed(old, new) for old, new in draft.moves().labels.items() if old not in leaving]
        for said in filter(None, renamed):
            self._rows.addWidget(self._told(said))
        self.setVisible(self._rows.count() > 0)

    def told(self) -> list[str]:
        """What is said of labels that are called otherwise."""
        rows = [self._rows.itemAt(n).widget() for n in range(self._rows.count())]
        return [row.text() for row in rows if isinstance(row, QLabel)]

    def _asks(self, draft: Draft, old: str) -> bool:
        """Whether a label that is gone was taken out, and not only renamed."""
        return bool(self._use.get(old)) and (not draft.labels[old] or old in self._chosen)

    def _renamed(self, old: str, new: str) -> str:
        """How many spans a label takes along that is called otherwise; "" where there are none."""
        count = self._use.get(old, 0)
        said = plural("{count} span of {old} becomes {new}.", "{count} spans of {old} become {new}.", count)
        return said.format(count=number(count), old=isolate(old), new=isolate(new)) if count else ""

    def _choice(self, draft: Draft, old: str) -> QWidget:
        count = self._use.get(old, 0)
        said = plural("{count} span is called {label}.", "{count} spans are called {label}.", count)
        row = QWidget(self)
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._told(said.format(count=number(count), label=isolate(old))), 1)
        choice = QComboBox(row)
        choice.addItem(_("Keep it on them, as an unknown label"), "")
        for label in draft.schema.labels:
            choice.addItem(_("Call them {label}").format(label=isolate(label.title(language()))), label.id)
        choice.setCurrentIndex(max(0, choice.findData(draft.labels[old])))
        choice.setAccessibleName(said.format(count=number(count), label=isolate(old)))
        choice.setToolTip(plain_tip(choice.currentText()))
        choice.activated.connect(lambda _n: self._call(old, choice.currentData()))
        inside.addWidget(choice, 1)
        return row

    def _told(self, said: str) -> TextBlock:
        block = TextBlock(self)
        block.setText(said)
        return block

    def _call(self, old: str, new: str) -> None:
        self._chosen.add(old)
        self.called.emit(old, new)
