"""Everything a person can set, and what the window remembers by itself: each a row of one table.

The page of settings, the palette of commands, and files of settings are made from this table alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.wording import N_

Value = str | int | bool | list[str] | list[int] | dict[str, list[str]]

SECTIONS = {
    "looks": N_("Language and colours"),
    "article": N_("The article"),
    "window": N_("The window"),
    "keys": N_("Keys"),
}
"""Parts of the page, in their order."""

KEYS = "keys"
"""The setting that holds keys which are not those of the table of actions."""

THEMES = {
    "system": N_("As the system"),
    "light": N_("Light"),
    "dark": N_("Dark"),
    "contrast": N_("High contrast, light"),
    "contrast-dark": N_("High contrast, dark"),
}
LANGUAGES = {"": N_("As the system"), "ar": "العربية", "en": "English"}
DIGITS = {"": N_("As the language"), "arab": "٠١٢٣٤٥٦٧٨٩", "latn": "0123456789"}
SPACINGS = {"90": N_("Narrow"), "100": N_("Normal"), "125": N_("Wide"), "150": N_("Very wide")}
MEASURES = {"520": N_("Short"), "650": N_("Normal"), "820": N_("Long")}
SCALES = {"100": "100%", "125": "125%", "150": "150%", "175": "175%", "200": "200%"}


class Setting(NamedTuple):
    """One setting: a stable name, its default (whose type it keeps), its section ("": remembered, and never shown).

    `choices` are what may be chosen, with their titles; a text without choices is free. A number lies within `bounds`,
    and is set by `step`. With `restart` it counts from the next start on.
    """

    name: str
    default: Value
    section: str = ""
    title: str = ""
    help: str = ""
    choices: Mapping[str, str] = {}
    bounds: tuple[int, int] = (0, 0)
    step: int = 1
    restart: bool = False

    def takes(self, value: object) -> bool:
        """Whether `value` is one that this setting can have."""
        if type(value) is not type(self.default):
            return False
        if self.choices:
            return value in self.choices
        if isinstance(value, int) and self.bounds != (0, 0):
            return self.bounds[0] <= value <= self.bounds[1]
        return _holds_texts(value) if isinstance(value, dict) else True


SETTINGS = {
    setting.name: setting
    for setting in (
        Setting("language", "", "looks", N_("Language"), choices=LANGUAGES),
        Setting("digits", "", "looks", N_("Digits"), N_("In numbers, counts and times."), DIGITS),
        Setting("theme", "system", "looks", N_("Colours"), choices=THEMES),
        Setting(
            "scale",
            "100",
            "looks",
            N_("Size of everything"),
            N_("Menus, buttons and texts alike."),
            SCALES,
            restart=True,
        ),
        Setting("zoom", 100, "article", N_("Size of the text, in per cent"), bounds=(50, 300), step=10),
        Setting("article.font", "", "article", N_("Font of the article")),
        Setting("article.spacing", "100", "article", N_("Space between lines"), choices=SPACINGS),
        Setting("article.measure", "650", "article", N_("Length of lines"), choices=MEASURES),
        Setting(
            "article.cores",
            False,
            "article",
            N_("Double click takes words without clitics"),
            N_("The و of «وبغداد» is left out."),
        ),
        Setting(
            "article.values",
            True,
            "article",
            N_("Values on tags"),
            N_("Tags in the article tell what was answered of their spans."),
        ),
        Setting("panes.articles", True, "window", N_("List of articles")),
        Setting("panes.inspector", True, "window", N_("Inspector")),
        Setting("spans.grouped", False, "window", N_("Spans grouped by label")),
        Setting(KEYS, {}, "keys", N_("Keys")),
        Setting("panes.sizes", [248, 312]),
        Setting("window.geometry", ""),
        Setting("hint.done", False),
        Setting("recent", []),
        Setting("commands.recent", []),
    )
}

SHOWN = tuple(setting for setting in SETTINGS.values() if setting.section)
"""What a person can set: what is exported, imported and reset."""


def _holds_texts(value: Mapping[object, object]) -> bool:
    return all(
        isinstance(name, str) and isinstance(keys, list) and all(isinstance(key, str) for key in keys)
        for name, keys in value.items()
    )
