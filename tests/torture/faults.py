"""What `faults.c` does, for Python: built when needed, steered from inside the program under proof, read after."""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

SOURCE: Final = Path(__file__).with_name("faults.c")
HALF: Final = -1
"""The error of a call that writes half of what it was given."""
_HEAD: Final = struct.Struct("<cqIII")


class Call(NamedTuple):
    """One line of the record: `kind` as faults.c writes it, two paths, an offset and what was written there."""

    kind: str
    path: str
    other: str
    offset: int
    content: bytes


def missing() -> str:
    """Why faults cannot be injected here; "" when they can."""
    if not sys.platform.startswith("linux"):
        return "calls are intercepted on Linux only"
    return "" if shutil.which("gcc") else "there is no C compiler (gcc)"


def build(folder: Path) -> Path:
    """The library to be loaded before all others, made in `folder`."""
    made = folder / "faults.so"
    subprocess.run(["gcc", "-O1", "-shared", "-fPIC", "-o", made, SOURCE, "-ldl"], check=True)
    return made


def environment(library: Path, root: Path, record: Path | None = None) -> dict[str, str]:
    """What a program under proof must find in its environment."""
    more = {"FAULTS_LOG": str(record)} if record else {}
    return {"LD_PRELOAD": str(library), "FAULTS_ROOT": str(root.resolve()), **more}


class Faults:
    """The library from inside the program."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(os.environ["LD_PRELOAD"])
        self._library.faults_disarm.restype = self._library.faults_failed.restype = ctypes.c_long

    def arm(self, at: int = 0, error: int = 0, stays: bool = False) -> None:
        """Count from now on, and let call `at` fail, with all after it if it `stays`."""
        self._library.faults_arm(ctypes.c_long(at), error, int(stays))

    def disarm(self) -> int:
        """How many calls there were; none fails any more."""
        return int(self._library.faults_disarm())

    @property
    def failed(self) -> int:
        """How many calls have failed since `arm`."""
        return int(self._library.faults_failed())

    def mark(self, said: str) -> None:
        """Write a line of one's own into the record."""
        self._library.faults_mark(said.encode())


def read_record(file: Path) -> Iterator[Call]:
    """The calls in the order in which they were made."""
    told, at = file.read_bytes(), 0
    while at < len(told):
        kind, offset, first, second, length = _HEAD.unpack_from(told, at)
        at += _HEAD.size
        path, other = told[at : at + first].decode(), told[at + first : at + first + second].decode()
        at += first + second
        yield Call(kind.decode(), path, other, offset, told[at : at + length])
        at += length
