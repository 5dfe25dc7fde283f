"""The form of one attribute or field: what is asked, how it is answered, and when."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.model.schema import CHOICE, CHOICES, KINDS, NUMBER, TEXT, YES_NO, AttributeType, Choice, Condition
from app.wording import N_, _, language
from widgets.pages.schema.fields import Form

KIND_TITLES = {
    CHOICE: N_("One of several choices"),
    CHOICES: N_("Any of several choices"),
    NUMBER: N_("A number"),
    TEXT: N_("A text"),
    YES_NO: N_("Yes or no"),
}
_ROW = 30


class QuestionForm(Form):
    """One attribute of a label, or one field of articles."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: AttributeType | None = None
        self._others: tuple[AttributeType, ...] = ()
        self._id = self.line(_("Name in files"))
        self._titles = self.texts(_("Title"))
        self._kind = QComboBox(self)
        for kind in KINDS:
            self._kind.addItem(_(KIND_TITLES[kind]), kind)
        self._kind.activated.connect(self._kind_chosen)
        self.row(_("Answered by"), self._kind)
        self._key = self.line(_("Key"), 56)
        self._key.setMaxLength(1)
        self._choices = ChoiceTable(self)
        self._choices.edited.connect(self._tell)
        self.row(_("Choices"), self._choices)
        self._default = self.line(_("Default"))
        self._default.setPlaceholderText(_("none"))
        self._minimum, self._maximum = self.line(_("Least"), 120), self.line(_("Greatest"), 120)
        self._pattern = self.line(_("Regular expression for the answer"))
        self._required = self.tick(_("An answer is required"))
        self._on_tag = self.tick(_("Shown on the tag of the span"))
        self._asked_when = QComboBox(self)
        self._asked_when.activated.connect(self._condition_chosen)
        self.row(_("Asked when there is an answer to"), self._asked_when)
        self._values = self.toggles(_("and it is one of (none: any)"))

    def show_value(self, one: AttributeType, others: tuple[AttributeType, ...]) -> None:
        """Show `one`; `others` are asked beside it, and it may depend on them."""
        self._value = one
        self._others = tuple(other for other in others if other.id != one.id)
        self.fill(lambda: self._show(one))

    def value(self) -> AttributeType:
        """The attribute as the fields say it; what means nothing for its kind is left out."""
        assert self._value
        kind = self._kind.currentData()
        is_number, chosen = kind == NUMBER, kind in (CHOICE, CHOICES)
        default = tuple(part.strip() for part in self._default.text().replace("\u060c", ",").split(",") if part.strip())
        return replace(
            self._value,
            id=self._id.text().strip(),
            kind=kind,
            titles=self._titles.texts(),
            key=self._key.text().strip().lower(),
            choices=self._choices.choices() if chosen else (),
            default=default if kind == CHOICES else default[:1],
            required=self._required.isChecked(),
            shown_when=self._condition(),
            on_tag=self._on_tag.isChecked(),
            minimum=self._minimum.text().strip() if is_number else "",
            maximum=self._maximum.text().strip() if is_number else "",
            pattern=self._pattern.text() if kind in (TEXT, NUMBER) else "",
        )

    def refresh(self) -> None:
        """Show only what has a meaning for the kind that is chosen."""
        kind = self._kind.currentData()
        for field, shown in (
            (self._choices, kind in (CHOICE, CHOICES)),
            (self._minimum, kind == NUMBER),
            (self._maximum, kind == NUMBER),
            (self._pattern, kind in (TEXT, NUMBER)),
            (self._values, bool(self._values_of(self._asked_when.currentData()))),
        ):
            self._rows.setRowVisible(field, shown)

    def _show(self, one: AttributeType) -> None:
        self._id.setText(one.id)
        self._titles.show_texts(one.titles)
        self._kind.setCurrentIndex(KINDS.index(one.kind) if one.kind in KINDS else 0)
        self._key.setText(one.key)
        self._choices.show_choices(one.choices)
        self._default.setText(", ".join(one.default))
        self._minimum.setText(one.minimum)
        self._maximum.setText(one.maximum)
        self._pattern.setText(one.pattern)
        self._required.setChecked(one.required)
        self._on_tag.setChecked(one.on_tag)
        self._asked_when.clear()
        self._asked_when.addItem(_("always asked"), "")
        for other in self._others:
            self._asked_when.addItem(other.title(language()), other.id)
        condition = one.shown_when
        at = self._asked_when.findData(condition.attribute) if condition else 0
        self._asked_when.setCurrentIndex(max(0, at))
        self._values.offer(
            self._values_of(condition.attribute if condition else ""), condition.values if condition else ()
        )
        self.refresh()

    def _values_of(self, attribute: str) -> dict[str, str]:
        other = next((other for other in self._others if other.id == attribute), None)
        if other is None:
            return {}
        if other.kind == YES_NO:
            return {"yes": _("Yes"), "no": _("No")}
        return {choice.id: choice.title(language()) for choice in other.choices}

    def _condition(self) -> Condition | None:
        attribute = self._asked_when.currentData()
        if not attribute:
            return None
        there = self._values_of(attribute)
        return Condition(attribute, tuple(value for value in self._values.chosen() if value in there))

    def _kind_chosen(self) -> None:
        if self._kind.currentData() in (CHOICE, CHOICES) and not self._choices.choices():
            self._choices.add()
        self.refresh()
        self._tell()

    def _condition_chosen(self) -> None:
        self._values.offer(self._values_of(self._asked_when.currentData()), ())
        self.refresh()
        self._tell()


class ChoiceTable(QWidget):
    """The choices of an attribute, a row each: their names in files, titles, and the keys that pick them."""

    edited = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._filling = False
        self._titles: list[dict[str, str]] = []
        self._table = QTableWidget(0, 4, self)
        self._table.setHorizontalHeaderLabels([_("Name in files"), _("Arabic"), _("English"), _("Key")])
        self._table.setAccessibleName(_("Choices"))
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(_ROW)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(3, 56)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setTabKeyNavigation(False)
        self._table.itemChanged.connect(self._changed)
        self._add, self._remove = QPushButton(_("Add a choice"), self), QPushButton(_("Take it out"), self)
        self._add.clicked.connect(self.add)
        self._remove.clicked.connect(self._take_out)
        buttons = QHBoxLayout()
        buttons.addWidget(self._add)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._table)
        column.addLayout(buttons)

    def show_choices(self, choices: tuple[Choice, ...]) -> None:
        """Show these choices."""
        if choices == self.choices():
            return
        self._filling = True
        self._table.setRowCount(0)
        self._titles = []
        for choice in choices:
            self._append(choice)
        self._filling = False
        self._fit()

    def choices(self) -> tuple[Choice, ...]:
        """The choices as the table says them."""
        return tuple(self._choice(row) for row in range(self._table.rowCount()))

    def add(self) -> None:
        """One choice more, ready to be named."""
        taken = {choice.id for choice in self.choices()}
        number = next(n for n in range(1, len(taken) + 2) if f"choice_{n}" not in taken)
        self._filling = True
        self._append(Choice(f"choice_{number}", {"en": f"choice_{number}"}))
        self._filling = False
        self._fit()
        self._table.setCurrentCell(self._table.rowCount() - 1, 0)
        self._changed()

    def _append(self, choice: Choice) -> None:
        row = self._table.rowCount()
        self._table.insertRow(row)
        self._titles.append(dict(choice.titles))
        for column, said in enumerate(
            (choice.id, choice.titles.get("ar", ""), choice.titles.get("en", ""), choice.key)
        ):
            self._table.setItem(row, column, QTableWidgetItem(said))

    def _choice(self, row: int) -> Choice:
        id, ar, en, key = (self._said(row, column) for column in range(4))
        titles = {**self._titles[row], "ar": ar, "en": en}
        return Choice(id, {code: text for code, text in titles.items() if text}, key.lower())

    def _said(self, row: int, column: int) -> str:
        item = self._table.item(row, column)
        return item.data(Qt.ItemDataRole.EditRole).strip() if item else ""

    def _take_out(self) -> None:
        row = self._table.currentRow()
        if row >= 0:
            self._filling = True
            self._table.removeRow(row)
            del self._titles[row]
            self._filling = False
            self._fit()
            self._changed()

    def _changed(self, *_what: object) -> None:
        if not self._filling:
            self.edited.emit()

    def _fit(self) -> None:
        rows = min(8, max(2, self._table.rowCount()))
        self._table.setFixedHeight(self._table.horizontalHeader().sizeHint().height() + rows * _ROW + 4)
