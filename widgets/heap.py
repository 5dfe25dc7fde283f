"""The memory of a window that stays open for days: what is let go of goes back to the system. No Qt in it."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_ARENA_MAX: Final = -8
_MMAP_THRESHOLD: Final = -3
_LARGE_BYTES: Final = 256 * 1024
_ARENAS: Final = 2


def keep_heap_small() -> None:
    """Have glibc give large blocks a place of their own, and threads no heap of their own. Elsewhere, nothing.

    Left alone, glibc takes blocks of up to 32 MiB from its heaps once one such was freed; a search, a copy or a file
    for training then leaves holes between what is kept, and the window grows by a quarter in a week of work.
    """
    if not sys.platform.startswith("linux"):
        return
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:  # musl has none
        set_option(_MMAP_THRESHOLD, _LARGE_BYTES)
        set_option(_ARENA_MAX, _ARENAS)
