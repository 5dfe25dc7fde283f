"""What the window remembers of a person: the values of the table of settings, in one JSON file."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.errors import Fault, FaultyFile, SourceError
from widgets.settings_table import SETTINGS, SHOWN, Value

FORMAT = "hashiya-settings"
_LARGEST = 256 * 1024
log = logging.getLogger(__name__)


class Settings(QObject):
    """The values of `SETTINGS`. A damaged file means defaults, never a fault; `problem` tells of it, if there is one.

    `changed` carries the name of a setting that is another now.
    """

    changed = Signal(str)

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file
        self.problem: SourceError | None = None
        self._values: dict[str, object] = self._read()
        self._changed: set[str] = set()

    def get(self, name: str) -> Value:
        """The value of `name`, or its default where none that makes sense was kept."""
        setting = SETTINGS[name]
        value = self._values.get(name)
        return value if setting.takes(value) else setting.default  # type: ignore[return-value]

    def text(self, name: str) -> str:
        """The value of a setting that is a text."""
        return str(self.get(name))

    def number(self, name: str) -> int:
        """The value of a setting that is a number."""
        value = self.get(name)
        return value if isinstance(value, int) else 0

    def number_of(self, name: str) -> int:
        """The number that is chosen by a setting whose choices are numbers."""
        return int(self.text(name))

    def texts(self, name: str) -> list[str]:
        """The value of a setting that is a list, each entry as text."""
        value = self.get(name)
        return [str(entry) for entry in value] if isinstance(value, list) else []

    def lists(self, name: str) -> dict[str, list[str]]:
        """The value of a setting that holds lists by their names."""
        value = self.get(name)
        return dict(value) if isinstance(value, dict) else {}

    def is_default(self, name: str) -> bool:
        """Whether the setting has the value it came with."""
        return self.get(name) == SETTINGS[name].default

    def set(self, name: str, value: Value) -> None:
        """Keep `value`; it is on disk after `save`."""
        if type(value) is not type(SETTINGS[name].default):
            raise TypeError(f"{name} takes {type(SETTINGS[name].default).__name__}")
        before = self.get(name)
        self._values[name] = value
        self._changed.add(name)
        if self.get(name) != before:
            self.changed.emit(name)

    def chosen(self) -> dict[str, Value]:
        """What a person has set otherwise than it came, by name: what a file of settings holds."""
        return {setting.name: self.get(setting.name) for setting in SHOWN if not self.is_default(setting.name)}

    def choose(self, values: Mapping[str, Value]) -> None:
        """Set what a person can set to `values`, and whatever is not among them to what it came with."""
        for setting in SHOWN:
            self.set(setting.name, values.get(setting.name, setting.default))

    def read_again(self) -> None:
        """Know what other windows have saved meanwhile; what was set here and is not saved yet stays as it is."""
        own = {name: self._values[name] for name in self._changed}
        self._values = {**self._values, **self._read(), **own}

    def save(self) -> None:
        """Write what was set here into the file, whole or not at all; a folder that refuses is told by `problem`."""
        self.read_again()
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            _replace(self.file, self._values)
        except OSError as error:
            log.warning("settings were not saved: %s", error)
            self.problem = SourceError("settings-unsaved", file=str(self.file), reason=error.strerror or "")
        else:
            self._changed.clear()

    def _read(self) -> dict[str, object]:
        try:
            return _object(self.file)
        except FileNotFoundError:
            return {}
        except OSError as error:
            log.warning("settings were not read: %s", type(error).__name__)
            self.problem = SourceError("settings-unread", file=str(self.file), reason=error.strerror or "")
        except (ValueError, RecursionError) as error:
            log.warning("settings were not read: %s", type(error).__name__)
            aside = self.file.with_suffix(".damaged")
            with contextlib.suppress(OSError):
                self.file.replace(aside)
            self.problem = SourceError("settings-damaged", file=str(self.file), kept=aside.name)
        return {}


def write_settings(settings: Settings, out: Path) -> None:
    """Write what a person has set into the file `out`, in place of what is there. Raises SourceError."""
    try:
        _replace(out, {"format": FORMAT, "version": 1, "settings": settings.chosen()})
    except OSError as error:
        raise SourceError("output-unwritable", file=str(out), reason=error.strerror or "") from error


def read_settings(file: Path) -> tuple[dict[str, Value], list[Fault]]:
    """The settings that the file holds, and a fault for each that is unknown or makes no sense; those are left out.

    Raises SourceError when the file cannot be read or holds no settings.
    """
    try:
        told = _object(file)
    except OSError as error:
        raise SourceError("source-unreadable", file=str(file), reason=error.strerror or "") from error
    except (ValueError, RecursionError):
        told = {}
    given = told.get("settings")
    if told.get("format") != FORMAT or not isinstance(given, dict):
        raise FaultyFile("settings-foreign", (), file=str(file))
    known = {setting.name: setting for setting in SHOWN}
    taken: dict[str, Value] = {}
    faults = []
    for name, value in given.items():
        if name not in known:
            faults.append(Fault(file.name, 0, name[:60], "setting-unknown"))
        elif not known[name].takes(value):
            shown = json.dumps(value, ensure_ascii=False)[:40]
            faults.append(Fault(file.name, 0, name, "setting-wrong", {"value": shown}))
        else:
            taken[name] = value
    return taken, faults


def _object(file: Path) -> dict[str, object]:
    """The JSON object in `file`. Raises OSError, or ValueError for anything else."""
    with file.open("rb") as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise ValueError("too large")
    values = json.loads(content.decode("utf-8"))
    if not isinstance(values, dict):
        raise ValueError("no object")
    return values


def _replace(file: Path, values: Mapping[str, object]) -> None:
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=file.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(values, stream, ensure_ascii=False, indent=1, sort_keys=True)
            # A name that is on the disk before its content would leave an empty file where the power fails.
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(file)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
