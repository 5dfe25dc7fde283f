"""How training data is to be exported, as fields: which articles and labels, in what parts, and to which file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from app.delivery.parts import MOST_SHARDS, Cut, cut_of
from app.errors import CallError
from app.formats.registry import Format
from app.model.schema import Schema
from app.outlook import Outlook
from app.wording import N_, _, language
from widgets.i18n import number
from widgets.panels.toggles import Toggles

_STATUSES = {"in_progress": N_("In progress"), "complete": N_("Done"), "skipped": N_("Skipped")}
_SPLITS = ("", "80/10/10", "90/10", "70/15/15")
_COMPRESSIONS = {"": N_("Not compressed"), "gz": "gzip (.gz)", "zst": "Zstandard (.zst)"}
_ALIGNMENTS = {
    "split": N_("Divide the word"),
    "expand": N_("Take the whole word"),
    "refuse": N_("Leave the span out"),
}
_NARROW = 110


class ExportWish(NamedTuple):
    """What is to be exported, and how: as `app.export.export` wants it said. Of each choice () is all."""

    format: str
    out: Path
    statuses: tuple[str, ...] = ()
    annotators: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    cut: Cut = Cut()
    compress: str = ""
    alignment: str = "split"
    licence: str = ""


class ExportForm(QWidget):
    """`edited` whenever another wish is written; `place_asked` when a file or folder is to be chosen."""

    edited = Signal()
    place_asked = Signal()

    def __init__(self, project: Path, schema: Schema, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project, self._schema = project, schema
        self._format: Format | None = None
        self._own_place = False
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setVerticalSpacing(10)
        self._rows.setHorizontalSpacing(14)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.place = self._line()
        self.place.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.place.textEdited.connect(self._place_edited)
        self._place_row = self._beside(self.place, _("Choose…"))
        self.statuses, self.annotators, self.labels = Toggles(self), Toggles(self), Toggles(self)
        self.split = self._combo((title or _("One file"), title) for title in _SPLITS)
        self.split.setEditable(True)
        self.seed, self.shards = self._line("0", _NARROW), self._line("1", _NARROW)
        self.compression = self._combo((_(title), id) for id, title in _COMPRESSIONS.items())
        self.alignment = self._combo((_(title), id) for id, title in _ALIGNMENTS.items())
        self.licence = self._line()
        self._arrange()
        self._show_seed()
        self.show_outlook(Outlook())

    def show_format(self, format: Format) -> None:
        """Ask what this format needs to know."""
        self._format = format
        self._rows.setRowVisible(self.alignment, format.tokens)
        self._rows.setRowVisible(self.compression, not format.folder)
        if not self._own_place:
            suffix = "" if format.folder else format.suffixes[0]
            self.place.setText(str(self._project.with_name(f"{self._project.stem}-{format.name}{suffix}")))

    def show_outlook(self, outlook: Outlook) -> None:
        """Offer what there is to choose among, all of it chosen."""
        offered = {id: self._counted(_(title), outlook.statuses.get(id)) for id, title in _STATUSES.items()}
        self.statuses.offer(offered, self.statuses.chosen() if self.statuses.count() else None)
        people = {id: self._counted(id or _("Nobody by name"), count) for id, count in outlook.annotators.items()}
        self.annotators.offer(people)
        self._rows.setRowVisible(self.annotators, len(people) > 1)
        titles = {label.id: label.title(language()) for label in self._schema.labels}
        titles |= {label: label for label in outlook.labels if label not in titles}
        self.labels.offer(titles)

    def be_like(self, other: ExportForm) -> None:
        """Take over what is chosen and written in another form on the same project."""
        for field, before in ((self.statuses, other.statuses), (self.annotators, other.annotators)):
            field.choose(before.chosen())
        self.labels.choose(other.labels.chosen())
        self._own_place = other._own_place
        for line, written in (
            (self.place, other.place),
            (self.seed, other.seed),
            (self.shards, other.shards),
            (self.licence, other.licence),
        ):
            line.setText(written.text())
        if other.split.currentText().strip() != other.split.itemText(0):
            self.split.setCurrentText(other.split.currentText())
        self.compression.setCurrentIndex(other.compression.currentIndex())
        self.alignment.setCurrentIndex(other.alignment.currentIndex())
        self.edited.emit()

    def set_place(self, place: Path) -> None:
        """Export to this file or folder."""
        self._own_place = True
        self.place.setText(str(place))
        self.edited.emit()

    def wish(self) -> ExportWish | None:
        """What is written; None where nothing is chosen to be exported. Raises CallError for parts that cannot be."""
        statuses, annotators, labels = (_chosen(field) for field in (self.statuses, self.annotators, self.labels))
        if self._format is None or None in (statuses, annotators, labels) or not self.place.text().strip():
            return None
        split = self.split.currentText().strip()
        cut = cut_of("" if split == _("One file") else split, _whole(self.seed), _whole(self.shards))
        folder = self._format.folder
        return ExportWish(
            self._format.name,
            self._project.parent / Path(self.place.text().strip()).expanduser(),
            statuses or (),
            annotators or (),
            labels or (),
            cut,
            "" if folder else str(self.compression.currentData()),
            str(self.alignment.currentData()),
            self.licence.text().strip(),
        )

    def _arrange(self) -> None:
        for title, field in (
            (_("Write to"), self._place_row),
            (_("Articles"), self.statuses),
            (_("Annotators"), self.annotators),
            (_("Labels"), self.labels),
            (_("Parts"), self.split),
            (_("Seed"), self.seed),
            (_("Files in each part"), self.shards),
            (_("Compression"), self.compression),
            (_("A span that cuts a word"), self.alignment),
            (_("Licence"), self.licence),
        ):
            name = QLabel(title, self)
            name.setObjectName("quiet")
            name.setBuddy(self.place if field is self._place_row else field)
            (self.place if field is self._place_row else field).setAccessibleName(title)
            self._rows.addRow(name, field)
        self.split.setToolTip(_("Training, validation and test articles in parts of a hundred, like 80/10/10"))
        self.seed.setToolTip(_("Another number divides the articles otherwise; the same one always alike"))
        for field in (self.statuses, self.annotators, self.labels):
            field.edited.connect(self.edited)
        for box in (self.split, self.compression, self.alignment):
            box.currentTextChanged.connect(lambda _text: self.edited.emit())
        self.split.currentTextChanged.connect(lambda _text: self._show_seed())
        for line in (self.place, self.seed, self.shards, self.licence):
            line.textEdited.connect(lambda _text: self.edited.emit())

    def _beside(self, line: QLineEdit, title: str) -> QWidget:
        whole = QWidget(self)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(line, 1)
        self.choose = QPushButton(title, whole)
        self.choose.clicked.connect(self.place_asked)
        row.addWidget(self.choose)
        return whole

    def _line(self, text: str = "", width: int = 0) -> QLineEdit:
        field = QLineEdit(text, self)
        if width:
            field.setMaximumWidth(width)
        return field

    def _combo(self, items: Iterable[tuple[str, str]]) -> QComboBox:
        box = QComboBox(self)
        for title, id in items:
            box.addItem(title, id)
        return box

    def _show_seed(self) -> None:
        """Ask for a seed where articles are divided by it."""
        self._rows.setRowVisible(self.seed, self.split.currentText().strip() not in ("", _("One file")))

    def _counted(self, title: str, count: int | None) -> str:
        return title if count is None else f"{title} · {number(count)}"

    def _place_edited(self, text: str) -> None:
        self._own_place = bool(text.strip())


def _chosen(field: Toggles) -> tuple[str, ...] | None:
    """Those that are down; () for all, None for none of those that are offered."""
    chosen = field.chosen()
    if len(chosen) == field.count():
        return ()
    return chosen or None


def _whole(line: QLineEdit) -> int:
    """The number that is written, in any digits. Raises CallError for none."""
    text = line.text().strip()
    if not text.isdecimal() or len(text) > 9:
        raise CallError("shards-malformed", value=text, limit=MOST_SHARDS)
    return int(text)
