"""A disk that keeps only what it was told to keep."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from tests.torture.faults import Call

SECTOR: Final = 512
"""A write that the power cuts ends at a sector."""


@dataclass
class File:
    """What a file holds for sure, and the writes since it was synced last: offset and content, or a length."""

    sure: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def left(self, share: float, chance: random.Random) -> bytes:
        """What is found after the power failed: each write with the probability `share`; the last may be torn."""
        content = bytearray(self.sure)
        for offset, written in self.pending:
            if share < 1 and chance.random() >= share:
                continue
            if written is not None and share < 1 and chance.random() < 0.2:
                written = written[: chance.randrange(0, len(written) + 1, SECTOR)]
            apply(content, offset, written)
        return bytes(content)

    def sync(self) -> None:
        """Everything until now is sure."""
        for offset, written in self.pending:
            apply(self.sure, offset, written)
        self.pending.clear()


def apply(content: bytearray, offset: int, written: bytes | None) -> None:
    """One write, or a cut to a length, in what a file holds."""
    if written is None:
        del content[offset:]
        content.extend(bytes(offset - len(content)))
        return
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(written)] = written


Names = dict[str, File]
Change = tuple[str, str, str, File | None]
"""Sign, path, second path and the file that a name was given."""


class Disk:
    """Files below `root`: their content and their names, each of them sure or not yet."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._now: Names = {}
        self._sure: Names = {}
        self._pending: list[Change] = []

    def take(self, call: Call) -> None:
        """What the program did next."""
        kind, path = call.kind, call.path
        if kind == "w" and path in self._now:
            self._now[path].pending.append((call.offset, call.content))
        elif kind == "t" and path in self._now:
            self._now[path].pending.append((call.offset, None))
        elif kind == "c":
            self._change(("c", path, "", File()))
        elif kind == "r":
            self._change(("r", path, call.other, None))
        elif kind == "l":
            self._change(("l", path, call.other, None))
        elif kind == "u":
            self._change(("u", path, "", None))
        elif kind == "s":
            self._sync(path)

    def left(self, share: Callable[[int], float], chance: random.Random) -> dict[str, bytes]:
        """What is found below the root: as many of the changes of names as come first, and of each file's writes."""
        names = dict(self._sure)
        part = share(len(self._pending))
        for change in self._pending[: round(part * len(self._pending))]:
            rename(names, change)
        found = {path: file.left(share(len(file.pending)), chance) for path, file in names.items()}
        return {str(PurePosixPath(path).relative_to(self._root)): content for path, content in found.items()}

    def _change(self, change: Change) -> None:
        rename(self._now, change)
        self._pending.append(change)

    def _sync(self, path: str) -> None:
        if path in self._now:
            self._now[path].sync()
            return
        # A folder: a journal keeps the order, so what was named before in another folder is sure with it.
        last = max((at for at, change in enumerate(self._pending) if path in folders_of(change)), default=-1)
        for change in self._pending[: last + 1]:
            rename(self._sure, change)
        del self._pending[: last + 1]


def folders_of(change: Change) -> set[str]:
    """The folders in which a name changes."""
    return {str(PurePosixPath(path).parent) for path in change[1:3] if path}


def rename(names: Names, change: Change) -> None:
    """One change of names, of files and of folders with all that is in them."""
    sign, path, other, file = change
    if sign == "c" and file is not None:
        names[path] = file
    elif sign == "u":
        names.pop(path, None)
    elif sign == "l" and path in names:
        names[other] = names[path]
    elif sign == "r":
        names.pop(other, None)
        for known in [known for known in names if known == path or known.startswith(path + "/")]:
            names[other + known[len(path) :]] = names.pop(known)
