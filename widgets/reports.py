"""What is told after the program has ended by itself, and the details that go into a report: never of an article."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QObject, QSysInfo, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication

from app import __version__
from app.wording import _, language
from widgets.bridge import Bridge
from widgets.log import last_crash, log_folder
from widgets.main_window import MainWindow
from widgets.settings import Settings

_LINES = 40
_NO_NEWS = ("Current thread", "Extension modules")
"""How lines begin that faulthandler writes for those who mend Python itself."""


class Reports(QObject):
    """Nothing is sent anywhere: a report is what a person copies."""

    def __init__(self, window: MainWindow, bridge: Bridge, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._bridge, self._settings = window, bridge, settings
        self._crash: list[str] = []
        self.does: dict[str, Callable[[], object]] = {
            "copy-details": self.copy_details,
            "show-log": lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder()))),
        }

    def look_back(self) -> None:
        """Say, in a notice, that the program ended by itself last time, and offer what is known of it."""
        self._crash = last_crash()
        if not self._crash:
            return
        said = _(
            "Hashiya did not end as it should last time. Every mark up to then is saved, and you are where you were."
        )
        notice = self._window.notices.tell(said)
        notice.without_copy()
        notice.offer(_("Show what happened"), lambda: self._show(notice))
        notice.offer(_("Copy details for a report"), self.copy_details)

    def details(self) -> str:
        """Versions, the system and how the window is set, and what is known of the last crash."""
        import platform  # the start does not wait for it

        screen = self._window.screen()
        size, ratio = screen.size(), self._window.devicePixelRatioF()
        set_otherwise = ", ".join(sorted(self._settings.chosen()))
        lines = [
            f"Hashiya {__version__}",
            f"Python {platform.python_version()}, PySide6 {pyside_version}, Qt {qVersion()}",
            f"{QSysInfo.prettyProductName()}, {platform.machine()}, {sys.platform}",
            f"Platform {QGuiApplication.platformName()}, screen {size.width()}x{size.height()} at {ratio:g}",
            f"Language {language()}, theme {self._window.theme.name}",
            f"Set by hand: {set_otherwise or 'nothing'}",
            f"Project open: {'yes' if self._bridge.is_open else 'no'}",
        ]
        return "\n".join([*lines, *(["", *self._crash[-_LINES:]] if self._crash else [])])

    def copy_details(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details())
        said = _("Versions and the system are in the clipboard: no text, no names of files.")
        self._window.notices.tell(said, (), "news").as_passing()

    def _show(self, notice: QObject) -> None:
        told = _("What is known of it; it stays on this computer:")
        lines = [line.strip() for line in self._crash if line.strip() and not line.startswith(_NO_NEWS)]
        shown = self._window.notices.tell(told, lines)
        shown.offer(_("Show the log folder"), self.does["show-log"])
        self._window.notices.drop(notice)  # type: ignore[arg-type]
