"""A text file: one article, its text exactly as it stands, line ends and all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.errors import Fault
from app.formats.encodings import Undecodable, decode
from app.formats.registry import Format, ReadOptions
from app.formats.sources import BOM, MAX_TEXT_BYTES, name_of, open_source
from app.model.document import Document
from app.model.record import Record
from app.sentences import N_

SUFFIXES = (".txt", ".text", ".md")


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The one article of a text file, or why it was refused. Raises SourceError when it cannot be opened."""
    with open_source(path) as stream:
        content = stream.read(MAX_TEXT_BYTES + len(BOM) + 1)
    yield read_text(content, str(path), name_of(path), options.encoding)


def read_text(content: bytes, file: str, name: str, encoding: str = "") -> Record | Fault:
    """The article that `content` holds, called `name`; how it was written, if not in bare UTF-8, is remembered."""
    if content in (b"", BOM):
        return Fault(file, 0, "", "file-empty")
    if len(content) - len(BOM) * content.startswith(BOM) > MAX_TEXT_BYTES:
        return Fault(file, 0, "", "text-too-large", {"limit": MAX_TEXT_BYTES // 2**20})
    try:
        text, notes = decode(content, encoding)
    except Undecodable as error:
        return Fault(file, error.line, "", error.code, error.values)
    return Record(Document(name, text, meta=notes)) if text else Fault(file, 0, "", "file-empty")


FORMAT = Format("text", N_("Text"), SUFFIXES, frozenset(), read=read)
