"""The log: a file in the system's place for such things, with what went wrong and never a word of an article."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from app import __version__
from app.errors import HashiyaError

_BYTES = 512 * 1024
_RUNNING, _CRASHED = "running-{}.log", "last-crash.log"
_HOME = Path(__file__).parent.parent
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
        _begin_run(folder)
    qInstallMessageHandler(_qt_said)

    def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("%s", told(error, trace))
        if _run:
            _run.write(f"{told(error, trace)}\n")
        if sys.stderr:
            sys.stderr.write(f"hashiya: {kind.__name__}; the log is in {log_folder()}\n")
        on_crash(kind.__name__)

    sys.excepthook = uncaught
    threading.excepthook = lambda args: uncaught(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)


_run: IO[str] | None = None
"""The file of this run: it is there while the program runs, and stays behind when that ends by itself."""


def _begin_run(folder: Path) -> None:
    global _run
    _keep_last(folder)
    _run = (folder / _RUNNING.format(os.getpid())).open("w", encoding="utf-8", buffering=1)
    _hold(_run)
    _run.write(f"Hashiya {__version__}, {time.strftime('%Y-%m-%d %H:%M')}\n")
    faulthandler.enable(_run)


def end_log() -> None:
    """The program ends as it should: nothing is left behind of this run."""
    global _run
    if _run:
        faulthandler.disable()
        _run.close()
        with contextlib.suppress(OSError):
            Path(_run.name).unlink()
        _run = None


def last_crash() -> list[str]:
    """What is known of a run that ended by itself since this was asked last, a line each: code, and no text of it."""
    file = log_folder() / _CRASHED
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        file.replace(file.with_suffix(".told.log"))
    except OSError:
        return []
    return [line.replace(str(_HOME), "…").replace(str(Path.home()), "~") for line in lines] or ["?"]


def _keep_last(folder: Path) -> None:
    """Put aside what a run has left behind that runs no more."""
    for left in folder.glob(_RUNNING.format("*")):
        with contextlib.suppress(OSError):
            if not _is_held(left):
                left.replace(folder / _CRASHED)


def _hold(stream: IO[str]) -> None:
    """Let others see that this file's program runs; Windows does so by itself."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_held(file: Path) -> bool:
    """Whether the program that opened `file` still runs."""
    if sys.platform == "win32":
        try:
            file.replace(file)
        except PermissionError:
            return True
        return False
    import fcntl

    with file.open("r+") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def _fresh(file: Path) -> Path:
    """`file`, after putting an old one aside that has grown long; logging.handlers would cost the start 30 ms."""
    if file.exists() and file.stat().st_size > _BYTES:
        file.replace(file.with_suffix(".old.log"))
    return file


def told(error: BaseException, trace: TracebackType | None) -> str:
    """Where `error` happened and of what class it is. Its message may quote an article and is left out."""
    frames = "".join(traceback.format_tb(trace)).replace(str(_HOME), "…")
    said = error.code if isinstance(error, HashiyaError) else ""
    if isinstance(error, OSError):
        said = f"{error.errno} {error.strerror}"
    return f"{type(error).__name__} {said}\n{frames}".rstrip()


def _qt_said(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", message)
