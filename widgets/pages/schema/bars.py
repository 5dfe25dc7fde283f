"""The buttons above and below the page of a schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout

from app.wording import N_, _
from widgets.fonts import interface_font
from widgets.pages.schema.outline import FIELD, LABEL, QUESTION, RELATION

if TYPE_CHECKING:
    from widgets.pages.schema.page import SchemaPage

_ADDED = {LABEL: N_("Label"), QUESTION: N_("Attribute"), RELATION: N_("Relation"), FIELD: N_("Field")}


class Bars:
    """The buttons above and below."""

    def __init__(self, page: SchemaPage) -> None:
        self.title = QLabel(_("Labels and questions"), page)
        self.title.setFont(interface_font(18, bold=True))
        self.shipped = QComboBox(page)
        self.shipped.addItem(_("Begin from\u2026"), "")
        self.shipped.activated.connect(lambda _n: self._begin(page))
        self._in, self._out = QPushButton(_("Import\u2026"), page), QPushButton(_("Export\u2026"), page)
        self._in.clicked.connect(page.import_asked)
        self._out.clicked.connect(page.export_asked)
        self._cancel, self.apply = QPushButton(_("Cancel"), page), QPushButton(_("Use this schema"), page)
        self.apply.setProperty("primary", True)
        self._cancel.clicked.connect(page.cancelled)
        self.apply.clicked.connect(lambda: page.applied.emit(page.draft))
        self._adders = [self._button(page, said, kind) for kind, said in _ADDED.items()]
        self.question = self._adders[1]
        self.up, self.down, self.remove = QToolButton(page), QToolButton(page), QToolButton(page)
        for button, said, sign in (
            (self.up, _("Move up"), "\u2191"),
            (self.down, _("Move down"), "\u2193"),
            (self.remove, _("Take out"), "\u00d7"),
        ):
            button.setText(sign)
            button.setToolTip(said)
            button.setAccessibleName(said)
        self.up.clicked.connect(lambda: page.shift(-1))
        self.down.clicked.connect(lambda: page.shift(1))
        self.remove.clicked.connect(page.take_out)

    def above(self) -> QHBoxLayout:
        """The title, where a schema may come from, and the two ways out."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addStretch(1)
        for part in (self.shipped, self._in, self._out):
            row.addWidget(part)
        row.addSpacing(24)
        row.addWidget(self._cancel)
        row.addWidget(self.apply)
        return row

    def below(self) -> QVBoxLayout:
        """What can be added, and what can be done with what is in hand."""
        rows = QVBoxLayout()
        rows.setSpacing(4)
        for pair in (self._adders[:2], self._adders[2:]):
            row = QHBoxLayout()
            row.setSpacing(4)
            for button in pair:
                row.addWidget(button, 1)
            rows.addLayout(row)
        row = QHBoxLayout()
        for tool in (self.up, self.down, self.remove):
            row.addWidget(tool)
        row.addStretch(1)
        rows.addLayout(row)
        return rows

    def _button(self, page: SchemaPage, said: str, kind: str) -> QPushButton:
        button = QPushButton(f"+ {_(said)}", page)
        button.clicked.connect(lambda: page.add(kind))
        return button

    def _begin(self, page: SchemaPage) -> None:
        name = self.shipped.currentData()
        self.shipped.setCurrentIndex(0)
        if name:
            page.shipped_asked.emit(name)
