"""Ctrl+C in the terminal and a polite kill close the window as its button does: Qt alone would not let Python hear."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


class Interrupts(QObject):
    """Calls `close` in the event loop when the process is asked to end; a second Ctrl+C ends it at once."""

    def __init__(self, close: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._close = close
        self._heard, self._told = socket.socketpair()
        for end in (self._heard, self._told):
            end.setblocking(False)
        signal.set_wakeup_fd(self._told.fileno())
        asked = (signal.SIGINT, signal.SIGTERM)
        self._before = {number: signal.signal(number, lambda _number, _frame: None) for number in asked}
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._asked)

    def end(self) -> None:
        """Hear of nothing any more, and leave signals as they were."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._heard.close()
        self._told.close()

    def _asked(self) -> None:
        self._heard.recv(64)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        self._close()
