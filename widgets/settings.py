"""What the window remembers of a person, each setting declared once with its default and what it means."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from pathlib import Path
from typing import NamedTuple

from app.wording import N_

Value = str | int | bool | list[str] | list[int]
log = logging.getLogger(__name__)


class Setting(NamedTuple):
    """One setting: its stable name, its default (whose type it keeps), its help, and what may be chosen."""

    name: str
    default: Value
    help: str
    choices: tuple[str, ...] = ()


SETTINGS = {
    setting.name: setting
    for setting in (
        Setting("language", "", N_("Language of the interface; empty: the system's"), ("", "ar", "en")),
        Setting("theme", "system", N_("Colours of the window"), ("system", "light", "dark")),
        Setting("zoom", 100, N_("Size of the article's text, in per cent")),
        Setting("article.font", "", N_("Font of the article; empty: the one that ships with the program")),
        Setting(
            "article.spacing", "100", N_("Space between the article's lines, in per cent"), ("90", "100", "125", "150")
        ),
        Setting("article.measure", "650", N_("Length of the article's lines, in pixels"), ("520", "650", "820")),
        Setting("article.cores", False, N_("A double click leaves out clitics that are attached to the word")),
        Setting("article.values", True, N_("Tags in the article tell what their spans say")),
        Setting("panes.articles", True, N_("Show the list of articles")),
        Setting("panes.inspector", True, N_("Show the inspector")),
        Setting("panes.sizes", [248, 312], N_("Widths of the list of articles and of the inspector")),
        Setting("spans.grouped", False, N_("Group the spans of the inspector by label")),
        Setting("window.geometry", "", N_("Where the window was")),
        Setting("hint.done", False, N_("The first steps were followed or put away")),
        Setting("recent", [], N_("Projects opened last, the newest first")),
    )
}


class Settings:
    """The values of `SETTINGS`, kept in one JSON file. A damaged file means defaults, never a fault."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._values: dict[str, object] = _read(file)
        self._changed: set[str] = set()

    def get(self, name: str) -> Value:
        """The value of `name`, or its default where none (or none of its type) was kept."""
        setting = SETTINGS[name]
        value = self._values.get(name)
        if type(value) is not type(setting.default) or (setting.choices and value not in setting.choices):
            return setting.default
        return value

    def text(self, name: str) -> str:
        """The value of a setting that is a text."""
        return str(self.get(name))

    def number(self, name: str) -> int:
        """The value of a setting that is a number."""
        value = self.get(name)
        return value if isinstance(value, int) else 0

    def texts(self, name: str) -> list[str]:
        """The value of a setting that is a list, each entry as text."""
        value = self.get(name)
        return [str(entry) for entry in value] if isinstance(value, list) else []

    def set(self, name: str, value: Value) -> None:
        """Keep `value`; it is on disk after `save`."""
        if type(value) is not type(SETTINGS[name].default):
            raise TypeError(f"{name} takes {type(SETTINGS[name].default).__name__}")
        self._values[name] = value
        self._changed.add(name)

    def read_again(self) -> None:
        """Know what other windows have saved meanwhile; what was set here and is not saved yet stays as it is."""
        own = {name: self._values[name] for name in self._changed}
        self._values = {**self._values, **_read(self.file), **own}

    def save(self) -> None:
        """Write what was set here into the file, whole or not at all; a folder that refuses is logged, no more."""
        self.read_again()
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            _replace(self.file, json.dumps(self._values, ensure_ascii=False, indent=1, sort_keys=True))
        except OSError as error:
            log.warning("settings were not saved: %s", error)
        else:
            self._changed.clear()


def _read(file: Path) -> dict[str, object]:
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning("settings were not read: %s", error)
        return {}
    return values if isinstance(values, dict) else {}


def _replace(file: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=file.name)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    Path(temporary).replace(file)
