"""Formats written and read without a project: what the writer made, what it lost, and what comes back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from app.errors import Fault
from app.formats.registry import Format, Loss, ReadOptions, WriteOptions
from app.model.record import Record


class Written(NamedTuple):
    """The files that a writer made, by name ("" is the one file), and what it told of as lost."""

    files: dict[str, bytes]
    losses: list[Loss]


class MemoryFiles:
    """Takes files in memory; a name that leads outside is refused."""

    def __init__(self) -> None:
        self.made: dict[str, bytes] = {}

    @contextmanager
    def open(self, name: str = "") -> Iterator[BinaryIO]:
        assert name not in self.made and not name.startswith("/") and ".." not in name.split("/")
        stream = io.BytesIO()
        yield stream
        self.made[name] = stream.getvalue()


def write(format: Format, records: Iterable[Record], options: WriteOptions | None = None) -> Written:
    """What `format` makes of `records`, which it gets one by one and may not go over twice."""
    assert format.write is not None
    files, losses = MemoryFiles(), list[Loss]()
    format.write(iter(records), files, (options or WriteOptions())._replace(lost=losses.append))
    return Written(files.made, losses)


def read(format: Format, content: bytes, folder: Path) -> tuple[list[Record], list[Fault]]:
    """The records and the faults that `format` reads out of a file with this content."""
    assert format.read is not None
    path = folder / f"corpus{format.suffixes[0]}"
    path.write_bytes(content)
    found = list(format.read(path, ReadOptions()))
    return [one for one in found if isinstance(one, Record)], [one for one in found if isinstance(one, Fault)]
