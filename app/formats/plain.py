"""A text file: one article, its text exactly as it stands, line ends and all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.errors import Fault
from app.formats.sources import BOM, MAX_TEXT_BYTES, open_source
from app.model.document import Document, NameValue
from app.model.record import Record

SUFFIXES = (".txt", ".text", ".md")

BOM_NOTE = NameValue("byte_order_mark", "UTF-8")
"""What `meta` says of an article whose file began with a byte order mark."""

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE = 64 * 1024


def read(path: Path) -> Iterator[Record | Fault]:
    """The one article of a text file, or why it was refused. Raises SourceError when it cannot be opened."""
    with open_source(path) as stream:
        content = stream.read(MAX_TEXT_BYTES + len(BOM) + 1)
    yield read_text(content, str(path), path.stem)


def read_text(content: bytes, file: str, name: str) -> Record | Fault:
    """The article that `content` holds, called `name`; the byte order mark is taken off and remembered."""
    marked = content.startswith(BOM)
    text = content[len(BOM) :] if marked else content
    if refused := refusal(text, file):
        return refused
    meta = (BOM_NOTE,) if marked else ()
    return Record(Document(name, text.decode("utf-8"), meta=meta))


def refusal(text: bytes, file: str) -> Fault | None:
    """Why `text` is no article in UTF-8, or None."""
    if not text:
        return Fault(file, 0, "", "file-empty")
    if looks_utf16(text):
        return Fault(file, 0, "", "not-utf8-but-utf16")
    if len(text) > MAX_TEXT_BYTES:
        return Fault(file, 0, "", "text-too-large", {"limit": MAX_TEXT_BYTES // 2**20})
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(text, file, error.start)
    return None


def looks_utf16(text: bytes) -> bool:
    """Whether `text` has UTF-16's mark, or so many NUL bytes that it is no text in UTF-8."""
    sample = text[:_SAMPLE]
    return sample.startswith(_UTF16_MARKS) or sample.count(0) * 20 > len(sample)


def _not_utf8(text: bytes, file: str, place: int) -> Fault:
    line = text.count(b"\n", 0, place) + 1
    column = place - (text.rfind(b"\n", 0, place) + 1)
    return Fault(file, line, "", "not-utf8", {"byte": column, "value": f"{text[place]:02X}"})
