"""Word documents (DOCX): their running text. Pictures, notes and text that was deleted are left out and told of.

Such a file is an archive of XML. It is read within bounds, without anything that it points to, and never as a tree.
"""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from app.errors import Fault
from app.formats.registry import Format, ReadOptions
from app.formats.sources import MAX_TEXT_BYTES, name_of, open_source
from app.model.document import Document
from app.model.record import Record
from app.sentences import N_

MAX_XML_BYTES: Final = 128 * 1024 * 1024
MAX_PARTS: Final = 20_000

_WORD: Final = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_TEXT_PART: Final = "word/document.xml"
_CORE_PART: Final = "docProps/core.xml"
_CHUNK: Final = 1024 * 1024
_MARKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\xad"}
_LEFT_OUT: Final = {
    **dict.fromkeys(("drawing", "pict", "object", "sym"), "pictures-left-out"),
    **dict.fromkeys(("footnoteReference", "endnoteReference", "commentReference"), "notes-left-out"),
    **dict.fromkeys(("del", "moveFrom"), "deletions-left-out"),
}
_UNSEEN: Final = frozenset({"pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "instrText", "delText", "sdtPr"})
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


class _Refused(Exception):
    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The article of a document, and what was left out of it. Raises SourceError when it cannot be opened."""
    file = str(path)
    with open_source(path) as stream:
        try:
            text, title = _Text(), _Title()
            with zipfile.ZipFile(stream) as archive:
                if len(archive.infolist()) > MAX_PARTS:
                    raise _Refused("archive-too-large", limit=MAX_XML_BYTES // 2**20)
                _parse(archive, _TEXT_PART, text)
                if _CORE_PART in archive.namelist():
                    _parse(archive, _CORE_PART, title)
        except _Refused as refused:
            yield Fault(file, 0, "", refused.code, refused.values)
            return
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, KeyError, ValueError):
            # Encrypted, packed in a way that is not known, cut off, or an archive of something else.
            yield Fault(file, 0, "", "not-docx")
            return
    written = text.close()
    if not written.strip():
        yield Fault(file, 0, "", "page-without-text")
        return
    if len(written.encode()) > MAX_TEXT_BYTES:
        yield Fault(file, 0, "", "text-too-large", {"limit": MAX_TEXT_BYTES // 2**20})
        return
    yield Record(Document(name_of(path), written, title.said.strip()))
    for code, count in sorted(text.left_out.items()):
        yield Fault(file, 0, "", code, {"count": count})


def _parse(archive: zipfile.ZipFile, part: str, target: Any) -> None:
    """Read one part into `target`; what it says of its own size is not believed."""
    from lxml import etree  # slow to import, and wanted for such documents only

    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True, huge_tree=False)
    with archive.open(part) as stream:
        try:
            for chunk in _bounded(stream):
                parser.feed(chunk)
            parser.close()
        except (etree.XMLSyntaxError, zlib.error):
            raise _Refused("not-docx") from None


def _bounded(stream: Any) -> Iterator[bytes]:
    read = 0
    while chunk := stream.read(_CHUNK):
        read += len(chunk)
        if read > MAX_XML_BYTES:
            raise _Refused("archive-too-large", limit=MAX_XML_BYTES // 2**20)
        yield chunk


class _NoDoctype:
    """What hears of the XML of a part; such a part declares no entities, so one that does is no such part."""

    def doctype(self, _name: str, _public: str, _system: str) -> None:
        raise _Refused("not-docx")

    def close(self) -> str:
        """Nothing more will come."""
        return ""


class _Title(_NoDoctype):
    """The title that stands in the properties of the document."""

    def __init__(self) -> None:
        self.said = ""
        self._within = False

    def start(self, tag: str, _attributes: Any) -> None:
        """An element opens."""
        self._within = tag == "{http://purl.org/dc/elements/1.1/}title"

    def data(self, text: str) -> None:
        """Characters between two tags."""
        if self._within and len(self.said) < 2000:
            self.said += text

    def end(self, _tag: str) -> None:
        """An element closes."""
        self._within = False


class _Text(_NoDoctype):
    """The running text: a paragraph is a line, and so is a row of a table, its cells parted by tabs."""

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        self._pieces: list[str] = []
        self._skipping = 0
        self._in_text = False
        self._tables = 0

    def start(self, tag: str, _attributes: Any) -> None:
        """An element opens."""
        name = _local(tag)
        if self._skipping:
            self._skipping += 1
        elif name in _UNSEEN or tag == _FALLBACK:
            self._skipping = 1
        elif name in _LEFT_OUT:
            self.left_out[_LEFT_OUT[name]] += 1
            self._skipping = 1
        elif name == "tbl":
            self._tables += 1
            self.left_out["tables-flattened"] += 1
        elif name == "t":
            self._in_text = True
        elif name in _MARKS:
            self._pieces.append(_MARKS[name])

    def data(self, text: str) -> None:
        """Characters between two tags."""
        if self._in_text and not self._skipping:
            self._pieces.append(text)

    def end(self, tag: str) -> None:
        """An element closes."""
        if self._skipping:
            self._skipping -= 1
            return
        name = _local(tag)
        if name == "t":
            self._in_text = False
        elif name == "p":
            self._pieces.append(" " if self._tables else "\n")
        elif name == "tc":
            self._end_with("\t")
        elif name == "tr":
            self._end_with("\n")
        elif name == "tbl":
            self._tables -= 1

    def close(self) -> str:
        """The whole text, without the blank lines at its end."""
        return "".join(self._pieces).rstrip("\n")

    def _end_with(self, mark: str) -> None:
        if self._pieces and self._pieces[-1] in (" ", "\t"):
            self._pieces.pop()
        self._pieces.append(mark)


def _local(tag: str) -> str:
    """The name of an element of a text; "" of one that is none of its own."""
    space = next((space for space in _WORD if tag.startswith(space)), "")
    return tag[len(space) :] if space else ""


FORMAT = Format("docx", N_("Word documents (DOCX)"), (".docx",), frozenset({"title"}), read=read)
