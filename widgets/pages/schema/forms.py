"""One form for each kind of thing in a schema: shows a value, and gives the value that its fields say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.model.colours import alike
from app.model.schema import Ink, Label, RelationType, Rules, Schema
from app.wording import N_, _, is_right_to_left, language
from widgets.i18n import isolate
from widgets.pages.schema.fields import Form, Swatches, whole
from widgets.theme import is_legible

BLOCKING = {
    "attribute-missing": N_("An answer is missing"),
    "attribute-wrong": N_("An answer is wrong"),
    "count-order": N_("Minimum above maximum"),
    "relation-missing": N_("A relation is missing"),
    "relation-forbidden": N_("A relation is not allowed"),
    "relation-too-many": N_("Too many relations"),
    "label-unknown": N_("An unknown label"),
    "attribute-unknown": N_("An unknown attribute"),
    "relation-unknown": N_("An unknown relation"),
    "span-overlaps-own": N_("Overlap of its own kind"),
    "span-discontinuous": N_("Several pieces"),
    "span-too-long": N_("Too many words"),
    "field-missing": N_("A field of the article is missing"),
    "field-wrong": N_("A field of the article is wrong"),
    "field-unknown": N_("An unknown field of the article"),
}
"""What may stand against calling an article done, with a short name for each."""


class SchemaForm(Form):
    """What the schema as a whole is called, and what stands against calling an article done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: Schema | None = None
        self._name, self._version = self.line(_("Name in files")), self.line(_("Version"), 120)
        self._titles = self.texts(_("Title"))
        self._blocking = self.toggles(_("Not done before this is mended"))

    def show_value(self, schema: Schema) -> None:
        """Show `schema`."""
        self._value = schema
        self.fill(lambda: self._show(schema))

    def value(self) -> Schema:
        """The schema as the fields say it."""
        assert self._value
        titles, blocking = self._titles.texts(), self._blocking.chosen()
        return replace(
            self._value, name=self._name.text(), version=self._version.text(), titles=titles, blocking=blocking
        )

    def _show(self, schema: Schema) -> None:
        self._name.setText(schema.name)
        self._version.setText(schema.version)
        self._titles.show_texts(schema.titles)
        self._blocking.offer({code: _(said) for code, said in BLOCKING.items()}, schema.blocking)


class LabelForm(Form):
    """One label: how it is called and coloured, what marks with it, what it means, what its spans may do."""

    def __init__(self, inks: Iterable[Ink], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: Label | None = None
        self._id = self.line(_("Name in files"))
        self._titles = self.texts(_("Title"))
        self._key = self.line(_("Key"), 56)
        self._key.setMaxLength(1)
        self._colour = Swatches(inks, self)
        self._colour.edited.connect(self._tell)
        self.row(_("Colour"), self._colour)
        self._faint = self.remark(
            _("Hard to read as it is: it is shown darker on light pages, or lighter on dark ones.")
        )
        self._alike = self.remark("")
        self._overlap = self.tick(_("Spans may overlap others of this label"))
        self._pieces = self.tick(_("Spans may have several pieces"))
        self._longest = self.line(_("Longest, in words"), 90)
        self._longest.setPlaceholderText(_("any"))
        self._guideline = self.texts(_("Guideline, with examples"), long=True)

    def show_value(self, label: Label, labels: Iterable[Label] = ()) -> None:
        """Show `label`; which of `labels` look like it is said."""
        self._value = label
        self.fill(lambda: self._show(label))
        twins = [
            other.title(language()) for other in labels if other is not label and alike(other.colour, label.colour)
        ]
        said = _("Not everybody can tell this colour from that of {labels}. Tags and keys tell them apart.")
        listed = ("، " if is_right_to_left() else ", ").join(map(isolate, twins))
        self._alike.setText(said.format(labels=listed))
        self._alike.setVisible(bool(twins))

    def value(self) -> Label:
        """The label as the fields say it."""
        assert self._value
        longest = whole(self._longest.text())
        return replace(
            self._value,
            id=self._id.text().strip(),
            titles=self._titles.texts(),
            key=self._key.text().strip().lower(),
            colour=self._colour.ink() or self._value.colour,
            guidelines=self._guideline.texts() or None,
            rules=Rules(self._overlap.isChecked(), self._pieces.isChecked(), longest),
        )

    def _show(self, label: Label) -> None:
        self._id.setText(label.id)
        self._titles.show_texts(label.titles)
        self._key.setText(label.key)
        self._colour.show_ink(label.colour)
        self._faint.setVisible(not is_legible(label.colour))
        self._overlap.setChecked(label.rules.overlap_own)
        self._pieces.setChecked(label.rules.discontinuous)
        self._longest.setText("" if label.rules.longest_words is None else str(label.rules.longest_words))
        self._guideline.show_texts(label.guidelines)


class RelationForm(Form):
    """One type of relation: how it is called, and what it may link."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: RelationType | None = None
        self._id = self.line(_("Name in files"))
        self._titles = self.texts(_("Title"))
        self._key = self.line(_("Key"), 56)
        self._key.setMaxLength(1)
        self._heads, self._children = self.toggles(_("From (none: any label)")), self.toggles(_("To (none: any label)"))
        self._same = self.tick(_("Both ends carry the same label"))
        self._symmetric = self.tick(_("It reads the same from either end"))
        self._least, self._most = (
            self.line(_("At least, from one span"), 90),
            self.line(_("At most, from one span"), 90),
        )
        self._most.setPlaceholderText(_("any"))
        self._guideline = self.texts(_("Guideline, with examples"), long=True)

    def show_value(self, relation: RelationType, labels: tuple[Label, ...]) -> None:
        """Show `relation`, which may link any of `labels`."""
        self._value = relation
        titles = {label.id: label.title(language()) for label in labels}
        self.fill(lambda: self._show(relation, titles))

    def value(self) -> RelationType:
        """The relation type as the fields say it."""
        assert self._value
        return replace(
            self._value,
            id=self._id.text().strip(),
            titles=self._titles.texts(),
            key=self._key.text().strip().lower(),
            heads=self._heads.chosen(),
            children=self._children.chosen(),
            same_label=self._same.isChecked(),
            symmetric=self._symmetric.isChecked(),
            at_least=whole(self._least.text()) or 0,
            at_most=whole(self._most.text()),
            guidelines=self._guideline.texts() or None,
        )

    def _show(self, relation: RelationType, titles: Mapping[str, str]) -> None:
        self._id.setText(relation.id)
        self._titles.show_texts(relation.titles)
        self._key.setText(relation.key)
        self._heads.offer(titles, relation.heads)
        self._children.offer(titles, relation.children)
        self._same.setChecked(relation.same_label)
        self._symmetric.setChecked(relation.symmetric)
        self._least.setText(str(relation.at_least) if relation.at_least else "")
        self._most.setText("" if relation.at_most is None else str(relation.at_most))
        self._guideline.show_texts(relation.guidelines)
