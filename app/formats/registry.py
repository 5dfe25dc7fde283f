"""Which formats there are, and which of them a file is in. A new format is one module and its line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from app.errors import Fault
from app.formats import lines, plain
from app.formats.sources import open_source
from app.model.record import Record


class Format(NamedTuple):
    """One way in: `read` gives the articles of a file, and a Fault for each thing it refused."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Path], Iterator[Record | Fault]]


FORMATS = {
    "jsonl": Format("jsonl", lines.SUFFIXES, lines.read),
    "text": Format("text", plain.SUFFIXES, plain.read),
}

_HEAD = 4096


def read_file(path: Path) -> Iterator[Record | Fault]:
    """The articles of `path` and what was refused of it. Raises SourceError when it cannot be opened."""
    return format_of(path).read(path)


def format_of(path: Path) -> Format:
    """The format of `path`: by its suffix, else by its first bytes. Raises SourceError when it cannot be opened."""
    suffix = path.suffix.lower()
    for known in FORMATS.values():
        if suffix in known.suffixes:
            return known
    with open_source(path) as stream:
        head = stream.read(_HEAD).lstrip(b"\xef\xbb\xbf \t\r\n")
    return FORMATS["jsonl" if head.startswith(b'{"') else "text"]
