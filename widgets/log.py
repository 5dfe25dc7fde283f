"""The log: a file in the system's place for such things, with what went wrong and never a word of an article."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from app.errors import HashiyaError

_BYTES = 512 * 1024
log = logging.getLogger("hashiya")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


@cache
def log_folder() -> Path:
    """Where the log is, by the manners of this system."""
    from platformdirs import user_log_path

    return user_log_path("hashiya", appauthor=False)


def start_log(on_crash: Callable[[str], object]) -> None:
    """Log from now on. `on_crash` hears the name of the class of each exception that nobody caught."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    with contextlib.suppress(OSError):  # a folder that cannot be written costs the log, not the day
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(_fresh(folder / "hashiya.log"), encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root.addHandler(handler)
        faulthandler.enable((folder / "crash.log").open("w", encoding="utf-8"))
    qInstallMessageHandler(_qt_said)

    def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("%s", told(error, trace))
        if sys.stderr:
            sys.stderr.write(f"hashiya: {kind.__name__}; the log is in {log_folder()}\n")
        on_crash(kind.__name__)

    sys.excepthook = uncaught
    threading.excepthook = lambda args: uncaught(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)


def _fresh(file: Path) -> Path:
    """`file`, after putting an old one aside that has grown long; logging.handlers would cost the start 30 ms."""
    if file.exists() and file.stat().st_size > _BYTES:
        file.replace(file.with_suffix(".old.log"))
    return file


def told(error: BaseException, trace: TracebackType | None) -> str:
    """Where `error` happened and of what class it is. Its message may quote an article and is left out."""
    frames = "".join(traceback.format_tb(trace))
    said = error.code if isinstance(error, HashiyaError) else ""
    if isinstance(error, OSError):
        said = f"{error.errno} {error.strerror}"
    return f"{type(error).__name__} {said}\n{frames}".rstrip()


def _qt_said(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", message)
