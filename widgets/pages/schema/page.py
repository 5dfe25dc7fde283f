"""The page on which a schema is changed: what it holds, the form of what is chosen, and how it will look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.edit import drafts
from app.edit.drafts import Draft
from app.errors import Fault, FaultyFile
from app.model.schema import AttributeType, Ink, Schema
from app.model.schema_file import read_schema, schema_json
from app.wording import _, describe_fault
from widgets.pages.schema.bars import Bars
from widgets.pages.schema.fields import Form
from widgets.pages.schema.forms import LabelForm, RelationForm, SchemaForm
from widgets.pages.schema.leaving import Leaving
from widgets.pages.schema.outline import FIELD, LABEL, QUESTION, RELATION, SCHEMA, Outline, Path
from widgets.pages.schema.questions import QuestionForm
from widgets.panels.text_block import TextBlock

_FAULTS_SHOWN = 5
_WIDE = 900
_APART = 12
_ROOM_FOR_PREVIEW = 840


class SchemaPage(QFrame):
    """`drafted` carries the schema whenever it is another one, `visited` the label in hand.

    `applied` carries the draft; `cancelled`, `import_asked`, `export_asked` and `shipped_asked` (a name) are asked for.
    """

    drafted = Signal(object)
    visited = Signal(str)
    applied = Signal(object)
    cancelled = Signal()
    import_asked = Signal()
    export_asked = Signal()
    shipped_asked = Signal(str)

    def __init__(
        self, draft: Draft, use: Mapping[str, int], inks: Iterable[Ink], dark: bool, preview: QWidget, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("schema-page")
        self._draft, self._original = draft, draft.schema
        self._path = Path(SCHEMA)
        self._inks = tuple(dict.fromkeys((*inks, *(label.colour for label in draft.schema.labels))))
        self.outline = Outline(dark, self)
        self.forms: dict[str, Form] = {
            SCHEMA: SchemaForm(self),
            LABEL: LabelForm(self._inks, self),
            QUESTION: QuestionForm(self),
            RELATION: RelationForm(self),
        }
        self._stack = QStackedWidget(self)
        for form in self.forms.values():
            form.edited.connect(self._take)
            self._stack.addWidget(_scrolling(form))
        self._faults = TextBlock(self)
        self._faults.setObjectName("fault")
        self._leaving = Leaving(use, self)
        self._leaving.called.connect(self._call)
        self._bars = Bars(self)
        self._preview = preview
        self._arrange(preview)
        self.outline.visited.connect(self._visit)
        self._show()

    @property
    def draft(self) -> Draft:
        """The schema as it stands on the page, and what becomes of the project's spans."""
        return self._draft

    def set_draft(self, draft: Draft) -> None:
        """Show another draft."""
        self._draft = draft
        self._path = Path(SCHEMA)
        self._show()

    def offer(self, shipped: Sequence[tuple[str, str]]) -> None:
        """The schemas that can be begun from: name and title."""
        for name, title in shipped:
            self._bars.shipped.addItem(title, name)

    def add(self, kind: str) -> None:
        """One label, attribute, relation or field more; an attribute for the label in hand."""
        schema, path = self._draft.schema, self._path
        if kind == LABEL:
            self._set(drafts.add_label(self._draft, self._inks), Path(LABEL, len(schema.labels)))
        elif kind == RELATION:
            self._set(drafts.add_relation(self._draft), Path(RELATION, len(schema.relations)))
        elif kind == FIELD:
            fields = drafts.add_question(schema.fields)
            self._set(drafts.with_questions(self._draft, "", fields), Path(FIELD, len(fields) - 1))
        elif path.kind in (LABEL, QUESTION):
            label = schema.labels[path.index]
            asked = drafts.add_question(label.attributes)
            there = Path(QUESTION, path.index, len(asked) - 1)
            self._set(drafts.with_questions(self._draft, label.id, asked), there)
        if name := self._stack.currentWidget().findChild(QLineEdit):
            name.setFocus()
            name.selectAll()

    def take_out(self) -> None:
        """Take out what is in hand. Spans of a label that leaves are kept; the page asks what they are to be called."""
        schema, path = self._draft.schema, self._path
        if path.kind == LABEL:
            self._set(drafts.drop_label(self._draft, schema.labels[path.index].id), Path(SCHEMA))
        elif path.kind == RELATION:
            self._set(drafts.drop_relation(self._draft, schema.relations[path.index].id), Path(SCHEMA))
        elif path.kind in (QUESTION, FIELD):
            self._set(self._with_questions(_without(self._questions(), self._place())), _beside(path))

    def shift(self, by: int) -> None:
        """Move what is in hand up or down among its like."""
        schema, path, place = self._draft.schema, self._path, self._place()
        if path.kind == LABEL:
            count = len(schema.labels)
            moved = self._draft._replace(schema=replace(schema, labels=drafts.shifted(schema.labels, place, by)))
        elif path.kind == RELATION:
            count = len(schema.relations)
            moved = self._draft._replace(schema=replace(schema, relations=drafts.shifted(schema.relations, place, by)))
        elif path.kind in (QUESTION, FIELD):
            count = len(self._questions())
            moved = self._with_questions(drafts.shifted(self._questions(), place, by))
        else:
            return
        there = max(0, min(count - 1, place + by))
        self._set(moved, path._replace(inner=there) if path.kind == QUESTION else path._replace(index=there))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the title gives way to what can be done, and the preview to the forms."""
        super().resizeEvent(event)
        width = event.size().width()
        self._bars.title.setVisible(width >= _WIDE)
        self._preview.setVisible(width >= _ROOM_FOR_PREVIEW)

    def _visit(self, path: Path) -> None:
        self._path = path
        self._show_form()
        self._tell_label()

    def _take(self) -> None:
        """Take over what the form says now."""
        schema, path, form = self._draft.schema, self._path, self._form()
        if isinstance(form, SchemaForm):
            self._draft = self._draft._replace(schema=form.value())
        elif isinstance(form, LabelForm):
            self._draft = drafts.change_label(self._draft, schema.labels[path.index].id, form.value())
        elif isinstance(form, RelationForm):
            self._draft = drafts.change_relation(self._draft, schema.relations[path.index].id, form.value())
        elif isinstance(form, QuestionForm):
            self._draft = drafts.change_question(self._draft, self._owner(), self._place(), form.value())
        self._show_around()

    def _set(self, draft: Draft, path: Path) -> None:
        self._draft, self._path = draft, path
        self._show()

    def _show(self) -> None:
        self._show_form()
        self._show_around()
        self._tell_label()

    def _show_around(self) -> None:
        """What follows from the draft: the tree, what is wrong with it, what becomes of spans, the preview."""
        schema = self._draft.schema
        self.outline.show_schema(schema, self._path)
        faults = faults_of(schema)
        said = [describe_fault(fault) for fault in faults[:_FAULTS_SHOWN]]
        self._faults.setText("\n".join(said))
        self._faults.setVisible(bool(said))
        self._leaving.show_draft(self._draft)
        changed = schema != self._original or bool(self._draft.moves())
        self._bars.apply.setEnabled(changed and not faults)
        path = self._path
        self._bars.question.setEnabled(path.kind in (LABEL, QUESTION))
        for button in (self._bars.remove, self._bars.up, self._bars.down):
            button.setEnabled(path.kind != SCHEMA)
        if not faults:
            self.drafted.emit(schema)

    def _show_form(self) -> None:
        schema, path, form = self._draft.schema, self._path, self._form()
        if isinstance(form, SchemaForm):
            form.show_value(schema)
        elif isinstance(form, LabelForm):
            form.show_value(schema.labels[path.index], schema.labels)
        elif isinstance(form, RelationForm):
            form.show_value(schema.relations[path.index], schema.labels)
        elif isinstance(form, QuestionForm):
            asked = self._questions()
            form.show_value(asked[self._place()], asked)
        self._stack.setCurrentIndex(list(self.forms.values()).index(form))

    def _call(self, old: str, new: str) -> None:
        self._draft = drafts.call_spans(self._draft, old, new)
        self._show_around()

    def _tell_label(self) -> None:
        if self._path.kind in (LABEL, QUESTION):
            self.visited.emit(self._draft.schema.labels[self._path.index].id)

    def _form(self) -> Form:
        return self.forms[QUESTION if self._path.kind == FIELD else self._path.kind]

    def _place(self) -> int:
        return self._path.inner if self._path.kind == QUESTION else self._path.index

    def _questions(self) -> tuple[AttributeType, ...]:
        schema = self._draft.schema
        return schema.fields if self._path.kind == FIELD else schema.labels[self._path.index].attributes

    def _owner(self) -> str:
        """The label whose attributes are in hand; "" for the fields of articles."""
        return "" if self._path.kind == FIELD else self._draft.schema.labels[self._path.index].id

    def _with_questions(self, asked: tuple[AttributeType, ...]) -> Draft:
        return drafts.with_questions(self._draft, self._owner(), asked)

    def _arrange(self, preview: QWidget) -> None:
        bars = self._bars
        start = QWidget(self)
        row, column = QHBoxLayout(start), QVBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(column, 1)
        row.addSpacing(_APART)
        column.addWidget(self.outline, 1)
        column.addLayout(bars.below())
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(18, 0, 18, 0)
        column.addWidget(self._faults)
        column.addWidget(self._leaving)
        column.addWidget(self._stack, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        for part, stretch in ((start, 0), (middle, 3), (preview, 2)):
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, stretch)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.setSizes([272, 572, 436])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 14, 20, 14)
        whole.setSpacing(12)
        whole.addLayout(bars.above())
        whole.addWidget(split, 1)


def faults_of(schema: Schema) -> tuple[Fault, ...]:
    """What a reader of the schema's file would refuse."""
    try:
        read_schema(schema_json(schema), _("schema"))
    except FaultyFile as error:
        return error.faults
    return ()


def _without(items: tuple[AttributeType, ...], place: int) -> tuple[AttributeType, ...]:
    return (*items[:place], *items[place + 1 :])


def _beside(path: Path) -> Path:
    return Path(LABEL, path.index) if path.kind == QUESTION else Path(SCHEMA)


def _scrolling(form: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(form)
    return area
