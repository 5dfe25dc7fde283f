"""One window for a user on a screen: a second start hands its files to the first, which comes to the front.

No network and no port: the first holds a lock in the user's own cache folder and watches the folder beside it, the
second leaves a message there and waits until it was taken. A lock whose owner crashed is Qt's to recognise.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, QSysInfo, QTimer, Signal

PATIENCE = 5.0
"""How many seconds the second start waits for the first to take its message; then it opens a window of its own."""
_PAUSE = 0.02
_SUFFIX, _TOKEN = ".open", "XDG_ACTIVATION_TOKEN"


class OneWindow(QObject):
    """`handed` carries the files, as absolute paths, of a start that came later; the window is to come to the front."""

    handed = Signal(list)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._lock = QLockFile(str(folder.with_suffix(".lock")))
        self._lock.setStaleLockTime(0)  # a window may be open for weeks
        self._watcher: QFileSystemWatcher | None = None

    def claim(self) -> bool:
        """Be the first window; False where another one is there. What cannot be locked is no reason not to open."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return True
        if self._lock.tryLock(0):
            self._forget_old()
            return True
        return self._lock.error() != QLockFile.LockError.LockFailedError

    def hand(self, files: Sequence[Path], patience: float = PATIENCE) -> bool:
        """Have the first window open `files`, or only come to the front; False where it does not answer or is gone."""
        self._let_come_forward()
        message = {"files": [str(file.absolute()) for file in files], "token": os.environ.get(_TOKEN, "")}
        letter = self._folder / f"{time.time_ns()}-{os.getpid()}{_SUFFIX}"
        try:
            written = letter.with_suffix(".new")
            written.write_text(json.dumps(message), encoding="utf-8", errors="surrogateescape")
            written.replace(letter)
        except OSError:
            return False
        end = time.monotonic() + patience
        while letter.exists():
            if time.monotonic() > end or self._lock.tryLock(0):
                with suppress(FileNotFoundError):  # taken in this very moment
                    letter.unlink()
                    return False
            time.sleep(_PAUSE)
        return True

    def listen(self) -> None:
        """Hear of later starts from now on, and of those that came meanwhile."""
        if self._lock.isLocked():
            self._watcher = QFileSystemWatcher([str(self._folder)], self)
            self._watcher.directoryChanged.connect(self._look)
            QTimer.singleShot(0, self, self._look)

    def end(self) -> None:
        """Let the next start be the first."""
        if self._watcher:
            self._watcher.deleteLater()
            self._watcher = None
        self._lock.unlock()

    def _look(self) -> None:
        for letter in sorted(self._folder.glob(f"*{_SUFFIX}")):
            try:
                message = json.loads(letter.read_text(encoding="utf-8", errors="surrogateescape"))
                letter.unlink()  # who takes it away has it: the sender may be about to give up
                files, token = [Path(file) for file in message["files"]], str(message["token"])
            except (OSError, ValueError, TypeError, KeyError):
                continue
            if token:
                os.environ[_TOKEN] = token  # Qt asks Wayland for the focus with it
            self.handed.emit(files)

    def _forget_old(self) -> None:
        """What was left for a window that crashed is not opened days later."""
        for letter in self._folder.glob("*.*"):
            with suppress(OSError):
                if letter.stat().st_mtime < time.time() - 2 * PATIENCE:
                    letter.unlink()

    def _let_come_forward(self) -> None:
        """Windows lets a program come to the front only when the one in front allows it."""
        if sys.platform == "win32":
            import ctypes

            owner = self._lock.getLockInfo()
            ctypes.windll.user32.AllowSetForegroundWindow(int(owner[0]) if owner else -1)


def meeting_place() -> Path:
    """The folder where the windows of this user on this computer and this screen find each other."""
    from platformdirs import user_cache_path

    screen = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""
    where = f"{QSysInfo.machineHostName()} {screen}".encode("utf-8", "surrogateescape")
    return user_cache_path("hashiya", appauthor=False) / "windows" / hashlib.sha256(where).hexdigest()[:16]
