"""One file that is to be imported: what it is, what has to be said of it, and how its first articles will look."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.formats.encodings import NOT_UTF8
from app.intake import KEEP, REPLACE, SKIP, Wishes
from app.model.annotation import Annotations
from app.model.schema import Schema
from app.sampling import ROLES, Near, Sample
from app.text.direction import paragraph_direction
from app.wording import N_, _, describe_fault, is_right_to_left, language, plural
from widgets.canvas.view import ArticleView
from widgets.fonts import interface_font
from widgets.i18n import isolate, left_to_right, number, percent
from widgets.panels.text_block import TextBlock
from widgets.panels.toggles import Tick
from widgets.panels.turning_row import TurningRow
from widgets.theme import Theme
from widgets.typesetting import look_of, source_of

_ROOM = 400
_ENCODINGS = {
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "windows-1256": "Windows-1256",
    "iso-8859-6": "ISO-8859-6",
}
_COLUMNS = {
    "text": N_("Text"),
    "id": N_("Id"),
    "title": N_("Title"),
    "source": N_("Source"),
    "date": N_("Date"),
    "address": N_("Address"),
}
_DUPLICATES = {
    SKIP: N_("Leave them out"),
    REPLACE: N_("Replace what nobody has annotated"),
    KEEP: N_("Keep both"),
}
_SHOWN, _FAULTS, _LINE, _NEAR = 1_500, 4, 60, 3


class ImportForm(QWidget):
    """`edited` when it is to be read otherwise, `wished` when it is only to be taken otherwise."""

    edited = Signal()
    wished = Signal()

    def __init__(self, theme: Theme, schema: Schema, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._schema = schema
        self._sample: Sample | None = None
        self._place = 0
        self._title, self._facts, self._there = TextBlock(self), TextBlock(self, quiet=True), TextBlock(self)
        self._title.setFont(interface_font(15, bold=True))
        self._faults = TextBlock(self)
        self._faults.setObjectName("fault")
        self.encoding, self.duplicates = QComboBox(self), QComboBox(self)
        self.columns = {role: QComboBox(self) for role in ROLES}
        self.repair = Tick(_("Write their presentation forms as letters"), self)
        self.alike = Tick(_("Point out texts that are nearly the same"), self)
        for id, title in _DUPLICATES.items():
            self.duplicates.addItem(_(title), id)
        self._rows = QFormLayout()
        self._readings = TextBlock(self)
        self._count = QLabel(self)
        self._count.setObjectName("quiet")
        self._back, self._on = QToolButton(self), QToolButton(self)
        self.view = ArticleView(self)
        self.view.set_look(look_of(theme, 80, language()))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._below = QWidget(self)
        self._arrange()
        self._connect()

    def show_sample(self, sample: Sample, wishes: Wishes) -> None:
        """Show what is known of a file, and how it is to be taken."""
        self._sample, self._place = sample, 0
        self._title.setText(isolate(sample.path.name))
        self._facts.setText(_facts(sample, wishes.options.encoding))
        self._there.setText(_there(sample))
        self._there.setVisible(bool(self._there.text()))
        # Of an encoding that is not chosen yet the field below says it better.
        faults = [fault for fault in sample.faults if not (sample.encodings and fault.code in NOT_UTF8)]
        said = [describe_fault(fault) for fault in faults[:_FAULTS]]
        more = sample.refused - len(said) - (len(sample.faults) - len(faults))
        if len(faults) < len(sample.faults) and sample.articles:
            said.insert(0, _("Parts of it are not UTF-8. Choose below how they read right."))
        if faults and more > 0:
            said.append(plural("and {count} more", "and {count} more", more).format(count=number(more)))
        self._faults.setText("\n".join(said))
        self._faults.setVisible(bool(said))
        self._fill_encodings(sample, wishes.options.encoding)
        for role, box in self.columns.items():
            box.clear()
            box.addItem(_("None"), "")
            for name in sample.columns:
                box.addItem(name, name)
            box.setCurrentIndex(max(0, box.findData(sample.chosen.get(role, ""))))
            self._rows.setRowVisible(box, bool(sample.columns))
        self.duplicates.setCurrentIndex(max(0, self.duplicates.findData(wishes.duplicates or SKIP)))
        self._rows.setRowVisible(self.duplicates, bool(sample.other_text or sample.other_id))
        self.repair.setChecked(wishes.repair)
        self._rows.setRowVisible(self.repair, bool(sample.forms))
        self.alike.setChecked(wishes.alike)
        self._show_article()

    def wishes(self, before: Wishes) -> Wishes:
        """How the file is to be taken, as it is written here."""
        encoding = str(self.encoding.currentData() or "")
        columns = {role: str(box.currentData() or "") for role, box in self.columns.items()} if self._is_table() else {}
        options = before.options._replace(encoding=encoding, columns=columns)
        kept, repair = str(self.duplicates.currentData()), self.repair.isChecked()
        return before._replace(options=options, duplicates=kept, repair=repair, alike=self.alike.isChecked())

    def _is_table(self) -> bool:
        return bool(self._sample and self._sample.columns)

    def _fill_encodings(self, sample: Sample, chosen: str) -> None:
        self.encoding.clear()
        self.encoding.addItem(_("Choose how it reads right"), "")
        for one in sample.encodings:
            title = left_to_right(_ENCODINGS.get(one.encoding, one.encoding))
            self.encoding.addItem(f"{title}  {isolate(one.first_line[:_LINE])}", one.encoding)
        self.encoding.setCurrentIndex(max(0, self.encoding.findData(chosen)))
        self._rows.setRowVisible(self.encoding, bool(sample.encodings))
        lines = (f"{left_to_right(_ENCODINGS[one.encoding])}: {isolate(one.first_line)}" for one in sample.encodings)
        self._readings.setText("" if chosen else "\n".join(lines))
        self._readings.setVisible(bool(self._readings.text()))

    def _show_article(self) -> None:
        first = self._sample.first if self._sample else ()
        self.view.setVisible(bool(first))
        self._below.setVisible(not first)
        for part in (self._back, self._on):
            part.setVisible(len(first) > 1)
        self._count.setVisible(bool(first))
        if not first:
            return
        record = first[self._place]
        self._back.setEnabled(self._place > 0)
        self._on.setEnabled(self._place < len(first) - 1)
        self._count.setText(_("Article {place}").format(place=number(self._place + 1)))
        text, given = record.document.text[:_SHOWN], record.annotations or Annotations()
        spans = [span for span in given.spans.values() if span.end <= len(text)]
        there = {span.id for span in spans}
        links = [link for link in given.relations.values() if {link.head, link.child} <= there]
        shown = Annotations.of(spans, links)
        self.view.show_document(text, record.document.title, shown, self._schema, source_of(record.document))

    def _walk(self, by: int) -> None:
        self._place += by
        self._show_article()

    def _connect(self) -> None:
        for box in (self.encoding, *self.columns.values()):
            box.activated.connect(lambda _n: self.edited.emit())
        self.duplicates.activated.connect(lambda _n: self.wished.emit())
        self.alike.clicked.connect(lambda _on: self.edited.emit())
        self.repair.clicked.connect(lambda _on: self.wished.emit())
        self._back.clicked.connect(lambda: self._walk(-1))
        self._on.clicked.connect(lambda: self._walk(1))

    def _arrange(self) -> None:
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setVerticalSpacing(8)
        self._rows.setHorizontalSpacing(14)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._add(_("Encoding"), self.encoding)
        for role, box in self.columns.items():
            self._add(_("Column of: {role}").format(role=_(_COLUMNS[role])), box)
        self._add(_("Those there otherwise"), self.duplicates)
        self._rows.addRow("", self.repair)
        signs = "→←" if is_right_to_left() else "←→"
        for button, sign, said in (
            (self._back, signs[0], _("Previous article")),
            (self._on, signs[1], _("Next article")),
        ):
            button.setText(sign)
            button.setToolTip(said)
            button.setAccessibleName(said)
        walk = QHBoxLayout()
        walk.setSpacing(4)
        for part in (self._count, self._back, self._on):
            walk.addWidget(part)
        walk.addStretch(1)
        below = TurningRow(_ROOM)
        below.setSpacing(4)
        below.addLayout(walk, 1)
        below.addWidget(self.alike)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for block in (self._title, self._facts, self._there, self._faults):
            column.addWidget(block)
        column.addLayout(self._rows)
        column.addWidget(self._readings)
        column.addLayout(below)
        column.addWidget(self.view, 1)
        column.addWidget(self._below, 1)

    def _add(self, title: str, field: QWidget) -> None:
        name = QLabel(title, self)
        name.setObjectName("quiet")
        name.setBuddy(field)
        field.setAccessibleName(title)
        self._rows.addRow(name, field)


def articles_said(sample: Sample) -> str:
    """How many articles a file holds, as far as it was looked at."""
    if not sample.whole:
        said = plural("more than {count} article", "more than {count} articles", sample.articles)
    else:
        said = plural("{count} article", "{count} articles", sample.articles)
    return said.format(count=number(sample.articles))


def _facts(sample: Sample, encoding: str) -> str:
    facts = [_(sample.format.title)] if sample.format else []
    facts.append(_ENCODINGS.get(encoding, "UTF-8") if encoding or not sample.encodings else _("not UTF-8"))
    if sample.first:
        rtl = paragraph_direction(sample.first[0].document.text[:_SHOWN]) == "rtl"
        facts.append(_("from right to left") if rtl else _("from left to right"))
    facts.append(articles_said(sample))
    if sample.spans:
        facts.append(plural("{count} span", "{count} spans", sample.spans).format(count=number(sample.spans)))
    return " · ".join(isolate(fact) for fact in facts)


def _there(sample: Sample) -> str:
    told: Mapping[str, int] = {
        _("The project has already, and they stay as they are: {count}"): sample.there,
        _("There already under the same id, with another text: {count}"): sample.other_text,
        _("There already under another id, with the same text: {count}"): sample.other_id,
    }
    lines = [said.format(count=number(count)) for said, count in told.items() if count]
    lines += [_like(near) for near in sample.near[:_NEAR]]
    if more := len(sample.near[_NEAR:]):
        lines.append(plural("and {count} more", "and {count} more", more).format(count=number(more)))
    return "\n".join(lines)


def _like(near: Near) -> str:
    said = _("{article} is nearly the same as {other}: {share}")
    return said.format(article=isolate(near.id), other=isolate(near.other), share=percent(round(100 * near.share)))
