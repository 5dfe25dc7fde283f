"""What a label means: its guideline, what is asked of its spans, and how it was used in this project."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from app.model.schema import AttributeType, Label, RelationType, Schema
from app.text.direction import paragraph_direction
from app.wording import _, language
from widgets.i18n import isolate
from widgets.panels.flow import FlowLayout
from widgets.panels.hit_list import HitList
from widgets.panels.items import empty
from widgets.panels.roomy import beside_scroll_bar
from widgets.panels.text_block import TextBlock
from widgets.theme import Theme

if TYPE_CHECKING:
    from app.search import Hit


class GuidePanel(QFrame):
    """`label_chosen` carries the label to be explained, `example_chosen` the number of an example, `closed`."""

    label_chosen = Signal(str)
    example_chosen = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("articles-panel")
        self._shown: tuple[Schema, str] | None = None
        self._labels: dict[str, QToolButton] = {}
        self._title = QLabel(self)
        self._title.setObjectName("section")
        self.close_button = QToolButton(self)
        self.close_button.setProperty("flat", True)
        self.close_button.setText("\u00d7")
        self.close_button.clicked.connect(self.closed)
        self._chips = QWidget(self)
        self._chip_flow = FlowLayout(self._chips, 6)
        self._said = TextBlock(self)
        self._asked_title, self._asked = _section(self), TextBlock(self)
        self._links_title, self._links = _section(self), TextBlock(self)
        self._examples_title = _section(self)
        self._no_examples = TextBlock(self, quiet=True)
        self.examples = HitList(theme, self, before=10)
        self.examples.chosen.connect(self.example_chosen)
        self._arrange()
        self.retranslate()

    @property
    def label(self) -> str:
        """The label that is explained."""
        return self._shown[1] if self._shown else ""

    def show_label(self, schema: Schema, label: str) -> None:
        """Explain `label` of `schema`; the examples are those of another label until `show_examples`."""
        if self._shown is None or self._shown[0] is not schema:
            self._make_chips(schema)
        self._shown = (schema, label)
        for id, chip in self._labels.items():
            chip.setChecked(id == label)
        known = schema.label(label)
        self._said.setText(_guideline(known))
        self._said.set_direction(paragraph_direction(self._said.text()) == "rtl")
        asked = [_said_of(attribute) for attribute in known.attributes] if known else []
        _fill(self._asked_title, self._asked, asked)
        _fill(self._links_title, self._links, _links_of(schema, label))

    def show_examples(self, hits: Iterable[Hit]) -> None:
        """How the label was used."""
        self.examples.hits.clear(grouped=False)
        self.examples.hits.add(hits)
        there = self.examples.hits.hits > 0
        self.examples.setVisible(there)
        self._no_examples.setVisible(not there)

    def set_theme(self, theme: Theme) -> None:
        """Colours of another theme."""
        self.examples.set_theme(theme)

    def retranslate(self) -> None:
        """Words in the language in use."""
        self._title.setText(_("Guideline"))
        self.setAccessibleName(_("Guideline"))
        self.area.setAccessibleName(_("Guideline"))
        self.close_button.setToolTip(_("Close"))
        self.close_button.setAccessibleName(_("Close"))
        self._asked_title.setText(_("What is asked"))
        self._links_title.setText(_("Relations"))
        self._examples_title.setText(_("In this project"))
        self._no_examples.setText(_("Nothing carries this label yet."))
        self.examples.setAccessibleName(_("Examples in this project"))
        if self._shown:
            self._make_chips(self._shown[0])
            self.show_label(*self._shown)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the example that the hand is on."""
        current = self.examples.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid():
            self.example_chosen.emit(self.examples.hits.number_of(current))
        else:
            super().keyPressEvent(event)

    def _make_chips(self, schema: Schema) -> None:
        empty(self._chip_flow)
        self._labels.clear()
        for label in schema.labels:
            chip = self._labels[label.id] = QToolButton(self._chips)
            chip.setProperty("pill", True)
            chip.setCheckable(True)
            chip.setText(label.title(language()).replace("&", "&&"))
            chip.clicked.connect(lambda _on=False, id=label.id: self.label_chosen.emit(id))
            self._chip_flow.addWidget(chip)
            chip.show()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button)
        inside = QWidget(self)
        column = beside_scroll_bar(inside)
        column.setSpacing(6)
        for part in (
            *(self._chips, self._said, self._asked_title, self._asked, self._links_title, self._links),
            *(self._examples_title, self._no_examples, self.examples),
        ):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setWidget(inside)
        self.area = area
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 14, 12, 12)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(area, 1)


def _section(parent: QWidget) -> QLabel:
    title = QLabel(parent)
    title.setObjectName("section")
    return title


def _fill(title: QLabel, block: TextBlock, lines: list[str]) -> None:
    block.setText("\n".join(lines))
    title.setVisible(bool(lines))
    block.setVisible(bool(lines))


def _guideline(label: Label | None) -> str:
    if label is None:
        return _("The schema does not know this label.")
    written = label.guidelines or {}
    said = written.get(language()) or written.get("en") or next(iter(written.values()), "")
    return said or _("The schema says nothing more about this label.")


def _said_of(attribute: AttributeType) -> str:
    title = attribute.title(language())
    choices = _(", ").join(choice.title(language()) for choice in attribute.choices)
    return f"\u2022 {isolate(title)}: {choices}" if choices else f"\u2022 {isolate(title)}"


def _links_of(schema: Schema, label: str) -> list[str]:
    return [_said_of_link(schema, type) for type in schema.relations if not type.heads or label in type.heads]


def _said_of_link(schema: Schema, type: RelationType) -> str:
    known = (schema.label(id) for id in type.children)
    ends = _(", ").join(label.title(language()) for label in known if label)
    title = isolate(type.title(language()))
    return f"\u2022 {title}: {ends}" if ends else f"\u2022 {title}"
