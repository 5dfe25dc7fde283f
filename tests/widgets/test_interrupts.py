"""Being asked to end from outside."""

from __future__ import annotations

import os
import signal
import sys

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from widgets.interrupts import Interrupts


@pytest.mark.skipif(sys.platform == "win32", reason="os.kill ends the process there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window_in_its_own_time(qtbot: QtBot, qapp: QObject, number: int) -> None:
    before, closed = signal.getsignal(number), []
    interrupts = Interrupts(lambda: closed.append(True), qapp)
    try:
        os.kill(os.getpid(), number)
        qtbot.waitUntil(lambda: closed == [True])
    finally:
        interrupts.end()
        interrupts.deleteLater()
    assert signal.getsignal(number) is before
