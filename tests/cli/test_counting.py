from __future__ import annotations

from io import StringIO

import pytest

from app.cli import counting
from app.cli.counting import Counting


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_how_far_it_is_and_no_longer_when_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    moments = iter([0.0, 0.1, 0.3, 0.35, 0.9])
    monkeypatch.setattr(counting.time, "monotonic", lambda: next(moments))
    shown = Counting(stream)
    for count in (1, 50, 60, 100):
        shown(count)
    shown.clear()
    shown.clear()
    assert stream.getvalue() == "\r50\r100\r\x1b[K"


def test_a_file_or_a_pipe_is_spared_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "EVERY_SECONDS", 0.0)
    stream = StringIO()
    shown = Counting(stream)
    shown(1)
    shown.clear()
    assert stream.getvalue() == ""
