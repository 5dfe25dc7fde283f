"""How far long work is, told on a terminal while it goes on, and nowhere else."""

from __future__ import annotations

import time
from typing import Final, TextIO

EVERY_SECONDS: Final = 0.2


class Counting:
    """Shows the number that it is called with in one line of `stream`, if that is a terminal and some time is gone."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream if stream.isatty() else None
        self._told = time.monotonic()
        self._shown = False

    def __call__(self, count: int) -> None:
        now = time.monotonic()
        if self._stream is not None and now - self._told >= EVERY_SECONDS:
            self._told, self._shown = now, True
            self._stream.write(f"\r{count}")
            self._stream.flush()

    def clear(self) -> None:
        """Take the number away again, so that what follows begins a line."""
        if self._stream is not None and self._shown:
            self._shown = False
            self._stream.write("\r\x1b[K")
            self._stream.flush()
