"""A window that is open for days holds what it needs, not what it once needed."""

from __future__ import annotations

import ctypes
import platform
import subprocess
import sys

import pytest

_SCRIPT = """
import ctypes
from widgets.heap import keep_heap_small
keep_heap_small()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
class Told(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in "arena a b c apart d e f g h".split()]
libc.mallinfo2.restype = Told
large = libc.malloc(8 << 20)
libc.free(large)  # from here on glibc would take such blocks from its heap
before = libc.mallinfo2().apart
large = libc.malloc(1 << 20)
print(libc.mallinfo2().apart - before >= 1 << 20)
"""


_GLIBC = platform.libc_ver()[0] == "glibc"


@pytest.mark.skipif(not _GLIBC or not hasattr(ctypes.CDLL(None), "mallinfo2"), reason="only glibc has such heaps")
def test_a_large_block_stands_apart_however_often_such_were_freed() -> None:
    """Blocks that stand apart go back to the system, and leave no holes."""
    said = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "True"
