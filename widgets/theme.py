"""Colours by what they mean, read from resources/themes, and what Qt is told of them: a palette and a style sheet."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from string import Template
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from app.model.colours import HIGH, READABLE, shown
from app.model.schema import Ink, Schema
from app.wording import _
from resources import resource

_Role = QPalette.ColorRole
_Group = QPalette.ColorGroup


class LabelLook(NamedTuple):
    """How a label is shown: its name in the language in use, its key, ink and ground as `#RRGGBB`."""

    name: str
    key: str
    ink: str
    ground: str


class RelationLook(NamedTuple):
    """How a relation is called, whether it reads the same from either end, and whether it makes chains of mentions."""

    name: str
    symmetric: bool
    chains: bool


class Veil(NamedTuple):
    """A colour laid over another one; `opacity` from 0 to 1."""

    colour: str
    opacity: float

    def paint(self) -> QColor:
        """The colour with its opacity."""
        colour = QColor(self.colour)
        colour.setAlphaF(self.opacity)
        return colour


class Shadow(NamedTuple):
    """The shadow under the page; lengths in device independent pixels."""

    colour: str
    opacity: float
    blur: float
    drop: float


@dataclass(frozen=True)
class Theme:
    """One theme: every role as `#RRGGBB` (resources/themes/light.toml says what each is for), and the labels' looks."""

    name: str
    dark: bool
    contrast: bool
    window: str
    panel: str
    page: str
    text: str
    muted: str
    disabled: str
    line: str
    edge: str
    accent: str
    on_accent: str
    accent_ground: str
    focus: str
    caret: str
    selection: str
    search_hit: str
    ok: str
    warning: str
    warning_ground: str
    danger: str
    danger_ground: str
    hover: str
    pressed: str
    key_ground: str
    key_line: str
    key_text: str
    inverse: str
    inverse_text: str
    inverse_muted: str
    scroll: str
    chip_hover: Veil
    chip_pressed: Veil
    shadow: Shadow
    labels: Mapping[str, LabelLook] = field(default_factory=dict)
    relations: Mapping[str, RelationLook] = field(default_factory=dict)

    @property
    def least_contrast(self) -> float:
        """The contrast that labels have at least, whatever their schema says."""
        return HIGH if self.contrast else READABLE

    def with_schema(self, schema: Schema, keys: Mapping[str, str], language: str) -> Theme:
        """The same theme, knowing the labels of `schema`, by their `keys`, called as `language` calls them."""
        labels = {
            label.id: LabelLook(
                label.title(language),
                keys.get(label.id, ""),
                *shown(label.colour, self.page, dark=self.dark, least=self.least_contrast),
            )
            for label in schema.labels
        }
        relations = {
            relation.id: RelationLook(relation.title(language), relation.symmetric, relation.same_label)
            for relation in schema.relations
        }
        return replace(self, labels=labels, relations=relations)

    def look_of(self, label: str) -> LabelLook:
        """How the label called `label` is shown; one that no schema knows is grey and called by its id."""
        return self.labels.get(label) or LabelLook(label, label[:1], self.muted, self.line)

    def look_of_relation(self, relation: str) -> RelationLook:
        """How a relation is called; one that no schema knows is called by its id."""
        if relation in self.relations:
            return self.relations[relation]
        return (
            RelationLook(_("Related"), True, False) if relation == "RELATED" else RelationLook(relation, False, False)
        )

    def palette(self) -> QPalette:
        """The colours for whatever the style sheet does not reach."""
        palette = QPalette()
        for role, colour in (
            (_Role.Window, self.panel),
            (_Role.WindowText, self.text),
            (_Role.Base, self.page),
            (_Role.AlternateBase, self.panel),
            (_Role.Text, self.text),
            (_Role.PlaceholderText, self.muted),
            (_Role.Button, self.panel),
            (_Role.ButtonText, self.text),
            (_Role.ToolTipBase, self.inverse),
            (_Role.ToolTipText, self.inverse_text),
            (_Role.Highlight, self.accent),
            (_Role.HighlightedText, self.on_accent),
            (_Role.Link, self.accent),
            (_Role.Accent, self.accent),
            (_Role.Mid, self.line),
            (_Role.Dark, self.edge),
        ):
            palette.setColor(role, QColor(colour))
        for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
            palette.setColor(_Group.Disabled, role, QColor(self.disabled))
        return palette

    def style_sheet(self) -> str:
        """The one style sheet of the application."""
        colours = {role.name: getattr(self, role.name) for role in fields(self)}
        sheet = Template(resource("themes", "window.qss").read_text(encoding="utf-8"))
        return sheet.substitute(colours, here=resource("themes").as_posix(), tick="dark" if self.dark else "light")


@cache
def read_theme(name: str) -> Theme:
    """The theme called `name`: that of a file in resources/themes."""
    told = tomllib.loads(resource("themes", f"{name}.toml").read_text(encoding="utf-8"))
    roles: dict[str, Any] = dict(told["colours"])
    roles |= {veil: Veil(said["colour"], said["opacity"]) for veil, said in told["veils"].items()}
    return Theme(
        name=told["name"], dark=told["dark"], contrast=told["contrast"], shadow=Shadow(**told["shadow"]), **roles
    )


def is_legible(colour: Ink) -> bool:
    """Whether a label is shown in the colours that its schema says, on the light page and on the dark one."""
    drawn = ((colour.ink, colour.ground), (colour.dark_ink, colour.dark_ground))
    return all(
        shown(colour, theme.page, dark=theme.dark) == told
        for theme, told in zip((read_theme("light"), read_theme("dark")), drawn, strict=True)
    )


def theme_name(wish: str) -> str:
    """The theme for a wish: its own name, or for "system" whichever of all suits how the system is set."""
    if wish != "system":
        return wish
    hints = QGuiApplication.styleHints()
    dark = hints.colorScheme() == Qt.ColorScheme.Dark
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast-dark" if dark else "contrast"
    return "dark" if dark else "light"
