"""UIMA CAS as XMI: a folder with `NAME.xmi` for each article and the `TypeSystem.xml` that they share.

XML has no NUL, no vertical tab and no U+FFFE: an article that holds such a character is left out and told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from app.errors import Fault
from app.formats.cas import CARRIES, to_cas, type_system
from app.formats.cas_files import TYPE_SYSTEM, CasNames, read_cases
from app.formats.losses import all_but_annotator, note_uncarried
from app.formats.registry import Files, Format, ReadOptions, WriteOptions
from app.formats.sources import open_source
from app.formats.written_lines import MAX_FILE_BYTES
from app.model.annotation import Annotations, Attribute
from app.model.record import Record
from app.sentences import N_

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)")


class _Refused(ValueError):
    """A file that is not given to the parser."""


def write(records: Iterable[Record], files: Files, options: WriteOptions) -> None:
    """Write a file for each record. Raises ImportError where dkpro-cassis is missing."""
    types, names = type_system(), CasNames(".xmi", options.lost)
    with files.open(TYPE_SYSTEM) as stream:
        stream.write(types.to_xml().encode())
    for record in records:
        note_uncarried(record, CARRIES, all_but_annotator(options.lost))
        if any(map(_NOT_IN_XML.search, _texts(record))):
            names.leave_out(record, "not-in-xml")
            continue
        with files.open(names.name_for(record)) as stream:
            stream.write(to_cas(record, types).to_xmi(pretty_print=False).encode())


def _texts(record: Record) -> Iterator[str]:
    """Every text of `record` that is written."""
    document, annotations = record.document, record.annotations or Annotations()
    yield from (document.id, document.text, document.title, document.language, record.annotator, annotations.state.note)
    for pair in document.meta:
        yield from pair
    for span in annotations.spans.values():
        yield from (span.id, span.label, span.note, *_said(span.attributes))
    for relation in annotations.relations.values():
        yield from (relation.id, relation.label, *_said(relation.attributes))


def _said(attributes: tuple[Attribute, ...]) -> list[str]:
    return [text for attribute in attributes for text in attribute[:2]]


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The articles of a folder of XMI, or of one file, with the `TypeSystem.xml` beside it."""
    folder = path if path.is_dir() else path.parent
    if not (folder / TYPE_SYSTEM).resolve().is_relative_to(folder.resolve()):
        yield Fault(str(folder / TYPE_SYSTEM), 0, "", "outside-folder")
    elif not (folder / TYPE_SYSTEM).is_file():
        yield Fault(str(path), 0, "", "type-system-missing", {"value": TYPE_SYSTEM})
    else:
        yield from read_cases(path, ".xmi", _load)


def _load(content: bytes, file: Path) -> Any:
    cassis = import_module("cassis")
    with open_source(file.parent / TYPE_SYSTEM) as stream:
        declared = stream.read(MAX_FILE_BYTES)
    types = cassis.load_typesystem(BytesIO(_harmless(declared)))
    return cassis.load_cas_from_xmi(BytesIO(_harmless(content)), typesystem=types, lenient=True)


def _harmless(content: bytes) -> bytes:
    """`content`, unless it declares entities, which may grow without end, or hides them in another encoding."""
    encoding = _ENCODING.match(content)
    if _DECLARES.search(content) or b"\0" in content or (encoding and encoding[1].lower() not in (b"utf-8", b"utf8")):
        raise _Refused("it declares entities, or is not UTF-8")
    return content


def sniff(path: Path, head: bytes) -> bool:
    """Whether it is a folder with an `.xmi` in it, or such a file."""
    return next(path.glob("*.xmi"), None) is not None if path.is_dir() else path.suffix.lower() == ".xmi"


FORMAT = Format("cas-xmi", N_("UIMA CAS (XMI, folder)"), (".xmi",), CARRIES, read, write, sniff, True, "cassis")
