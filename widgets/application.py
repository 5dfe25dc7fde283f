"""The application: fonts, language, theme and log, and the start of the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon, QPixmapCache
from PySide6.QtWidgets import QApplication

from resources import resource
from widgets.fonts import interface_font, load_fonts
from widgets.heap import keep_heap_small
from widgets.i18n import Interpreter
from widgets.log import end_log, start_log
from widgets.one_window import OneWindow, meeting_place
from widgets.settings import Settings
from widgets.theme import Theme

if TYPE_CHECKING:
    from widgets.rehearsal import Rehearsal
    from widgets.workbench import Workbench

APPLICATION_ID = "app.hashiya.Hashiya"
_PIXMAPS_KIB: Final = 2_048
"""How much memory Qt may use for icons that it drew before: it would fill 10 MiB in a week of work."""


class HashiyaApplication(QApplication):
    """`file_asked` carries a file that the system wants opened; `crashed` the class of an uncaught exception."""

    file_asked = Signal(str)
    crashed = Signal(str)

    def __init__(self, arguments: Sequence[str] = ("hashiya",)) -> None:
        _claim_taskbar()
        keep_heap_small()
        super().__init__(list(arguments))
        self.setApplicationName("hashiya")
        self.setApplicationDisplayName("Hashiya")
        self.setDesktopFileName(APPLICATION_ID)
        self.setStyle("Fusion")
        QPixmapCache.setCacheLimit(_PIXMAPS_KIB)
        load_fonts()
        self.setFont(interface_font())
        self.setWindowIcon(QIcon(str(resource("icons", "hashiya.svg"))))
        self.interpreter = Interpreter(self)
        self._worn = ""

    def wear(self, theme: Theme) -> None:
        """Palette and style sheet of `theme`."""
        if theme.name == self._worn:
            return
        self._worn = theme.name
        QPixmapCache.clear()  # of icons in the colours of before
        self.setPalette(theme.palette())
        self.setStyleSheet(theme.style_sheet())

    def event(self, event: QEvent) -> bool:
        """Hear of files that the system asks to open."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_asked.emit(event.file())
            return True
        return super().event(event)


def run(
    files: Sequence[str],
    sample: bool = False,
    language: str = "",
    theme: str = "",
    new_window: bool = False,
    rehearse: bool = False,
) -> int:
    """Open the window on `files`, on the sample articles, or on what was open last; returns when it is closed.

    A start that wishes nothing else hands its files to the window that is there already, and returns at once.
    `rehearse` does an annotator's first minute by itself: see `widgets.rehearsal`.
    """
    given = [Path(file) for file in files]
    apart = new_window or rehearse or sample or bool(language or theme) or not _seen()
    only = None if rehearse or not _seen() else OneWindow(meeting_place())
    if only and not only.claim() and not apart and only.hand(given):
        return 0
    settings = Settings(settings_file())
    use_scale(settings)
    application = HashiyaApplication()
    start_log(application.crashed.emit)
    application.interpreter.speak(language or settings.text("language"), settings.text("digits"))
    from widgets.interrupts import Interrupts
    from widgets.workbench import Workbench

    workbench = Workbench(application, settings, theme)
    workbench.show()
    interrupts = Interrupts(workbench.window.close, workbench)
    application.file_asked.connect(lambda file: workbench.handed([Path(file)]))
    if only:
        only.handed.connect(workbench.handed)
        only.listen()
    rehearsal = _rehearsal(workbench) if rehearse else None
    # After the first paint: an empty window at once is better than a full one later.
    QTimer.singleShot(0, lambda: workbench.begin(given, sample))
    status = application.exec()
    end_log()
    interrupts.end()
    if only:
        only.end()
    return rehearsal.report() if rehearsal else status


def use_scale(settings: Settings) -> None:
    """Draw everything as large as it is wished: Qt asks for this before its first word, and never again."""
    scale = settings.number_of("scale")
    if scale != 100:
        os.environ.setdefault("QT_SCALE_FACTOR", str(scale / 100))


def _seen() -> bool:
    """Whether anybody sees the window: one without a screen is a program's, and no other start belongs to it."""
    return os.environ.get("QT_QPA_PLATFORM", "") not in ("offscreen", "minimal")


def _rehearsal(workbench: Workbench) -> Rehearsal:
    from widgets.rehearsal import Rehearsal

    return Rehearsal(workbench)


def settings_file() -> Path:
    """Where the settings are, by the manners of this system."""
    from platformdirs import user_config_path

    return user_config_path("hashiya", appauthor=False) / "settings.json"


def _claim_taskbar() -> None:
    """On Windows, stand in the task bar as this program and not as Python."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(APPLICATION_ID)
