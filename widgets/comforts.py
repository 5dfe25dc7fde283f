"""What serves the person and not the article: settings, everything by its name, the sheet of keys, and reports."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from widgets.bridge import Bridge
from widgets.by_name import ByName
from widgets.commands import Commands
from widgets.key_sheet import KeySheet
from widgets.main_window import MainWindow
from widgets.preferences import Preferences
from widgets.reports import Reports
from widgets.settings import Settings


class Comforts(QObject):
    """`does` is what the actions of all of them ask for."""

    def __init__(self, window: MainWindow, bridge: Bridge, commands: Commands, settings: Settings) -> None:
        super().__init__(window)
        self.preferences = Preferences(window, settings, commands.label_titles)
        self.by_name = ByName(window, bridge, commands, self.preferences, settings)
        self.key_sheet = KeySheet(window, commands.label_titles)
        self.reports = Reports(window, bridge, settings)
        self.does: dict[str, Callable[[], object]] = {
            **self.preferences.does,
            **self.by_name.does,
            **self.key_sheet.does,
            **self.reports.does,
        }

    def dress(self) -> None:
        """The colours are others now."""
        self.key_sheet.dress()
        self.by_name.dress()

    def look_back(self) -> None:
        """Tell, after a start, what went wrong before it."""
        self.preferences.tell_trouble()
        self.reports.look_back()
