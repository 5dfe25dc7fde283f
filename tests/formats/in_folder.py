"""Formats of several files, written to a real folder and read from it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.errors import Fault
from app.formats.registry import Format, ReadOptions
from app.model.record import Record

Found = tuple[list[Record], list[tuple[int, str]]]


def lay(folder: Path, files: Mapping[str, bytes | str]) -> Path:
    """`folder` with these files in it, those in folders of their own too."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def read_at(format: Format, path: Path, options: ReadOptions | None = None) -> Found:
    """The records at `path`, and of each fault its line and code."""
    assert format.read is not None
    found = list(format.read(path, options or ReadOptions()))
    records = [one for one in found if isinstance(one, Record)]
    return records, [(one.line, one.code) for one in found if isinstance(one, Fault)]
