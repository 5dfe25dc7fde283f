"""A text file: one article, its text exactly as it stands, line ends and all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.errors import Fault
from app.formats.registry import Format, ReadOptions
from app.formats.sources import BOM, MAX_TEXT_BYTES, looks_utf16, name_of, open_source
from app.model.document import Document, NameValue
from app.model.record import Record
from app.sentences import N_

SUFFIXES = (".txt", ".text", ".md")

BOM_NOTE = NameValue("byte_order_mark", "UTF-8")
"""What `meta` says of an article whose file began with a byte order mark."""


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The one article of a text file, or why it was refused. Raises SourceError when it cannot be opened."""
    with open_source(path) as stream:
        content = stream.read(MAX_TEXT_BYTES + len(BOM) + 1)
    yield read_text(content, str(path), name_of(path))


def read_text(content: bytes, file: str, name: str) -> Record | Fault:
    """The article that `content` holds, called `name`; the byte order mark is taken off and remembered."""
    if content in (b"", BOM):
        return Fault(file, 0, "", "file-empty")
    if looks_utf16(content):
        return Fault(file, 0, "", "not-utf8-but-utf16")
    marked = content.startswith(BOM)
    if len(content) - len(BOM) * marked > MAX_TEXT_BYTES:
        return Fault(file, 0, "", "text-too-large", {"limit": MAX_TEXT_BYTES // 2**20})
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(content, file, error.start)
    return Record(Document(name, text[1:], meta=(BOM_NOTE,)) if marked else Document(name, text))


def _not_utf8(content: bytes, file: str, place: int) -> Fault:
    line = content.count(b"\n", 0, place) + 1
    before = content.rfind(b"\n", 0, place)
    return Fault(file, line, "", "not-utf8", {"byte": place - before, "value": f"{content[place]:02X}"})


FORMAT = Format("text", N_("Text"), SUFFIXES, frozenset(), read=read)
