"""How the article looks: colours, fonts and measures, already multiplied by the zoom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from PySide6.QtGui import QColor, QFont, QFontMetricsF

from app.model.schema import Schema
from app.wording import _
from resources import INTERFACE_FAMILIES, PAGE_FAMILIES


@dataclass(frozen=True)
class Look:
    """Colours (`#RRGGBB`) by their role, font families, and sizes in pixels at 100 %.

    With `outlines` letters are drawn as shapes, for a picture that must look the same where the fonts are missing.
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
    families: tuple[str, ...] = PAGE_FAMILIES
    interface_families: tuple[str, ...] = INTERFACE_FAMILIES
    zoom: float = 1.0
    text_size: float = 23
    measure: float = 650
    spacing: float = 1.0
    margin: float = 56
    language: str = "en"
    outlines: bool = False
    labels: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)  # id -> title, ink, ground
    relations: Mapping[str, str] = field(default_factory=dict)  # id -> title

    def zoomed(self, percent: int) -> Look:
        """The same look at another size."""
        return replace(self, zoom=percent / 100)

    def with_schema(self, schema: Schema, language: str) -> Look:
        """The same look with the titles (in `language`) and the colours of the labels of `schema`."""
        labels = {
            label.id: (
                label.title(language),
                label.colour.dark_ink if self.dark else label.colour.ink,
                label.colour.dark_ground if self.dark else label.colour.ground,
            )
            for label in schema.labels
        }
        relations = {relation.id: relation.title(language) for relation in schema.relations}
        return replace(self, labels=labels, relations=relations, language=language)

    def title_of(self, label: str) -> str:
        """What a tag says of `label`; an unknown label is called by its id."""
        known = self.labels.get(label)
        return known[0] if known else label

    def title_of_relation(self, label: str) -> str:
        """What a connector says of a relation; one that the schema does not know is called by its id."""
        return self.relations.get(label) or (_("Related") if label == "RELATED" else label)

    def ink_of(self, label: str) -> QColor:
        """The colour of lines and tags of `label`."""
        return self._colour(label, 1, self.muted)

    def ground_of(self, label: str) -> QColor:
        """The colour behind text that has `label`."""
        return self._colour(label, 2, self.line)

    def width_of(self, tag: str) -> float:
        """How wide the words of a tag are."""
        width = self._widths.get(tag)
        if width is None:
            width = self._widths[tag] = self.tag_metrics.horizontalAdvance(tag)
        return width

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
    def source_font(self) -> QFont:
        """The font of the line under the headline."""
        return self._font(self.interface_families, 12)

    @cached_property
    def tag_metrics(self) -> QFontMetricsF:
        """Measures of the tag font."""
        return QFontMetricsF(self.tag_font)

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
