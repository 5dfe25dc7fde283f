"""How the article looks: colours, fonts and measures, already multiplied by the zoom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen, QStaticText

from app.model.annotation import Span
from app.model.colours import READABLE, shown
from app.model.schema import NO, NUMBER, YES, YES_NO, AttributeType, Schema
from app.wording import _
from resources import INTERFACE_FAMILIES, PAGE_FAMILIES
from widgets.i18n import in_local_digits

_DASH_AND_SPACE = (2.5, 1.75)
"""In widths of the line."""

_VALUE = 40
"""Letters of a value that a tag shows at most."""


class TagValue(NamedTuple):
    """An attribute that is told on tags: its name, what its values are called there, and whether they are numbers."""

    name: str
    titles: Mapping[str, str]
    numeric: bool


@dataclass(frozen=True)
class Look:
    """Colours (`#RRGGBB`) by their role, font families, and sizes in pixels at 100 %.

    With `outlines` letters are drawn as shapes, for a picture that must look the same where the fonts are missing.
    With `values` tags tell the values of the attributes that the schema wants told there.
    """

    window: str = "#F3F2EE"
    page: str = "#FFFFFF"
    text: str = "#1D2125"
    muted: str = "#6A6F76"
    line: str = "#E2DFD7"
    accent: str = "#0B6E69"
    shadow: str = "#D9D6CD"
    found: str = "#E0A100"
    dark: bool = False
    least_contrast: float = READABLE
    families: tuple[str, ...] = PAGE_FAMILIES
    interface_families: tuple[str, ...] = INTERFACE_FAMILIES
    zoom: float = 1.0
    text_size: float = 23
    measure: float = 650
    spacing: float = 1.0
    margin: float = 56
    margin_share: float = 0.08  # of the page's width that a margin takes at most
    language: str = "en"
    outlines: bool = False
    values: bool = True
    labels: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)  # id -> title, ink, ground
    on_tags: Mapping[str, tuple[TagValue, ...]] = field(default_factory=dict)  # by the label's id
    relations: Mapping[str, str] = field(default_factory=dict)  # id -> title

    def zoomed(self, percent: int) -> Look:
        """The same look at another size."""
        return replace(self, zoom=percent / 100)

    def with_schema(self, schema: Schema, language: str) -> Look:
        """The same look with the titles (in `language`) and the colours of the labels of `schema`."""
        labels = {
            label.id: (
                label.title(language),
                *shown(label.colour, self.page, dark=self.dark, least=self.least_contrast),
            )
            for label in schema.labels
        }
        relations = {relation.id: relation.title(language) for relation in schema.relations}
        told = {
            label.id: tuple(_tag_value(one, language) for one in label.attributes if one.on_tag)
            for label in schema.labels
            if self.values
        }
        on_tags = {id: values for id, values in told.items() if values}
        return replace(self, labels=labels, relations=relations, on_tags=on_tags, language=language)

    def title_of(self, label: str) -> str:
        """What a tag says of `label`; an unknown label is called by its id."""
        known = self.labels.get(label)
        return known[0] if known else label

    def value_of(self, span: Span) -> str:
        """What the tag of `span` says beside its label, in the language of the tags; mostly nothing."""
        told = self.on_tags.get(span.label) if span.attributes else None
        said = []
        for name, titles, numeric in told or ():
            for attribute in span.attributes:
                if attribute.name == name:
                    value = titles.get(attribute.value, attribute.value)
                    said.append(in_local_digits(value) if numeric else " ".join(value[:_VALUE].split()))
        return " · ".join(filter(None, said))

    def title_of_relation(self, label: str) -> str:
        """What a connector says of a relation; one that the schema does not know is called by its id."""
        return self.relations.get(label) or (_("Related") if label == "RELATED" else label)

    def ink_of(self, label: str) -> QColor:
        """The colour of lines and tags of `label`."""
        return self._colour(label, 1, self.muted)

    def ground_of(self, label: str) -> QColor:
        """The colour behind text that has `label`."""
        return self._colour(label, 2, self.line)

    def dash_pen(self, label: str) -> QPen:
        """The pen for what is suggested as `label`."""
        pen = self._dash_pens.get(label)
        if pen is None:
            pen = QPen(self.ink_of(label), self.stroke, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
            pen.setDashPattern(_DASH_AND_SPACE)
            self._dash_pens[label] = pen
        return pen

    def width_of(self, tag: str) -> float:
        """How wide the words of a tag are."""
        width = self._widths.get(tag)
        if width is None:
            width = self._widths[tag] = self.tag_metrics.horizontalAdvance(tag)
        return width

    def quiet_width_of(self, tag: str) -> float:
        """How wide the words of a suggestion's tag are."""
        width = self._quiet_widths.get(tag)
        if width is None:
            width = self._quiet_widths[tag] = self.quiet_metrics.horizontalAdvance(tag)
        return width

    def quiet_text(self, tag: str) -> QStaticText:
        """The words of a suggestion's tag, set once: three times as quick to paint."""
        text = self._quiet_texts.get(tag)
        if text is None:
            text = self._quiet_texts[tag] = QStaticText(tag)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.prepare(font=self.quiet_font)
        return text

    @cached_property
    def text_font(self) -> QFont:
        """The font of the article."""
        return self._font(self.families, self.text_size)

    @cached_property
    def heading_font(self) -> QFont:
        """The font of the headline."""
        font = self._font(self.families, self.text_size * 1.22)
        font.setBold(True)
        return font

    @cached_property
    def tag_font(self) -> QFont:
        """The font of tags."""
        font = self._font(self.interface_families, 11)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    @cached_property
    def quiet_font(self) -> QFont:
        """The font of the tags of suggestions."""
        return self._font(self.interface_families, 11)

    @cached_property
    def source_font(self) -> QFont:
        """The font of the line under the headline."""
        return self._font(self.interface_families, 12)

    @cached_property
    def tag_metrics(self) -> QFontMetricsF:
        """Measures of the tag font."""
        return QFontMetricsF(self.tag_font)

    @cached_property
    def quiet_metrics(self) -> QFontMetricsF:
        """Measures of the font of suggestions' tags."""
        return QFontMetricsF(self.quiet_font)

    @cached_property
    def _quiet_texts(self) -> dict[str, QStaticText]:
        return {}

    @cached_property
    def _quiet_widths(self) -> dict[str, float]:
        return {}

    @cached_property
    def _dash_pens(self) -> dict[str, QPen]:
        return {}

    @cached_property
    def _widths(self) -> dict[str, float]:
        return {}

    @cached_property
    def _colours(self) -> dict[tuple[str, int], QColor]:
        return {}

    def _colour(self, label: str, which: int, unknown: str) -> QColor:
        colour = self._colours.get((label, which))
        if colour is None:
            known = self.labels.get(label)
            colour = self._colours[label, which] = QColor(known[which] if known else unknown)
        return colour

    @cached_property
    def tag_ascent(self) -> float:
        """Where the letters of a tag stand below its top; less than the font's own, which leaves room for stacks."""
        return 11.5 * self.zoom

    @cached_property
    def lane(self) -> float:
        """How high one lane is: an underline and its tags."""
        return 19 * self.zoom

    @cached_property
    def lead(self) -> float:
        """The room above the letters of a line: enough for outlines, so that a line paints nothing into another."""
        return (5 + (self.spacing - 1) * self.text_size) * self.zoom

    @cached_property
    def stroke(self) -> float:
        """How thick an underline is."""
        return max(1.5, 2 * self.zoom)

    @cached_property
    def connector(self) -> int:
        """How thick a connector is."""
        return max(1, round(1.5 * self.zoom))

    @cached_property
    def arrow(self) -> float:
        """How long the head of an arrow is."""
        return 6 * self.zoom

    @cached_property
    def blank(self) -> int:
        """How high an empty paragraph is."""
        return round(self.text_size * self.zoom * 0.45)

    @cached_property
    def after_paragraph(self) -> int:
        """The room below a paragraph."""
        return round(self.text_size * self.zoom * 0.26)

    def _font(self, families: tuple[str, ...], pixels: float) -> QFont:
        font = QFont(list(families))
        font.setPixelSize(max(6, round(pixels * self.zoom)))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font


def _tag_value(one: AttributeType, language: str) -> TagValue:
    """A choice is told by its title; «yes» by that of its attribute, «no» not at all."""
    titles = {choice.id: choice.title(language) for choice in one.choices}
    if one.kind == YES_NO:
        titles = {YES: one.title(language), NO: ""}
    return TagValue(one.id, titles, one.kind == NUMBER)
