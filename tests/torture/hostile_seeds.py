"""Where changed inputs begin: small sound files of every format, old findings, and words that have hurt readers."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from app.errors import HashiyaError
from app.formats.registry import Format, WriteOptions, every_format, read_file
from app.model.annotation import Annotations
from app.model.record import Record
from resources import resource

KEPT: Final = Path(__file__).parent / "seeds"
"""A folder for each target: what was found once, and is tried first for ever."""
CUT: Final = b"\n=====\n"
"""What stands between the files of a format of several."""
LONGEST: Final = 4_000
"""Larger ones take long to read, and changes of them change little."""

WORDS: Final = [
    *(b"-1", b"99999999999999999999", b"1e999", b"null", b"[]", b"{}", b"\x00", b"\xff\xfe", b"\n", b"\t", b"NaN"),
    *(b"../", b"/etc/passwd", b"file:///etc/passwd", b"\\\\host\\a", b"CON", b"a.txt", b"=1+1", b"<b>", b"&amp;"),
    *(b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>', b"&a;", b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'),
    *(b"[" * 400, b'{"a":' * 200, b"(" * 300, b"<a>" * 200, b"\xed\xa0\x80", b"\\ud800", b"(a+)+$", b"{1000}{1000}"),
    *("(ا+)+$".encode(), "\u202e".encode(), "\ufdfa".encode(), "ـ".encode() * 50, "مليار ".encode() * 30),
]

_TEXT_END: Final = 160
_DOCUMENT: Final = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b"<w:body><w:p><w:r><w:t>a</w:t></w:r></w:p></w:body></w:document>"
)
_PAGE: Final = (
    '<html lang="ar"><head><meta charset="windows-1256"><title>ن</title></head><body><nav>أ</nav><article><h1>خبر</h1>'
    "<p>قال <b>زيد</b></p><table><tr><td>1<td>2</table></article></body></html>"
)
_PDF: Final = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 5 0 R /Resources <</Font <</F 4 0 R>>>>>> endobj
4 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj
5 0 obj <</Length 36>> stream
BT /F 9 Tf 9 9 Td (five killed) Tj ET
endstream endobj
trailer <</Root 1 0 R /Info <</Title (news)>>>>
%%EOF
"""
_BY_HAND: Final[dict[str, list[str | bytes]]] = {
    "settings": [
        '{"format": "hashiya-settings", "version": "1.0", "settings": {"theme": "dark", "keys": {"find": []}}}'
    ],
    "count": ["ثلاثة آلاف وخمسمئة قتيل", "نحو 12-15 جريحا", "١٢٬٣٤٥ شخصا", "مليونا دولار و٣٫٥ مليارات"],
    "search": ["(ا+)+$\nاااااااااااااااااااااااااااا", "\\bقال\\b\nقال الرئيس", "كتاب\nكتابه"],
    "html": [_PAGE],
    "docx-inside": [_DOCUMENT, b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + _DOCUMENT],
    "text-encodings": ["نص\nسطر", b"\xc7\xe1\xe3", "نص".encode("utf-16")],
    "text": ["نص\nسطر"],
    "folder": [b"a.txt\n" + "نص".encode() + CUT + b"b/../c.html\n<p>a" + CUT + b"d.jsonl\n{}"],
    "pdf": [_PDF],
    "packed": [gzip.compress(b'{"text": "a"}'), b"\x28\xb5\x2f\xfd\x04\x00\x09\x00\x00a"],
}


class Kept:
    """The files of a writer, in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    @contextmanager
    def open(self, name: str = "") -> Iterator[BinaryIO]:
        """The file called `name`, kept when it is closed."""
        stream = io.BytesIO()
        yield stream
        self.files[name] = stream.getvalue()


def seeds(name: str) -> list[bytes]:
    """Inputs for `name` to begin with: old findings, what our writer makes of short samples, and a few by hand."""
    folder = KEPT / name
    found = [file.read_bytes() for file in sorted(folder.glob("*"))] if folder.is_dir() else []
    sound = [one.encode() if isinstance(one, str) else one for one in _BY_HAND.get(name, [])]
    if name == "schema":
        sound += [file.read_bytes() for file in sorted(Path(str(resource("schemas"))).glob("*.json"))]
        sound += [_SCHEMA.encode()]
    if name == "docx":
        sound += [_packed(_DOCUMENT)]
    source = "native" if name in ("native-check", "jsonl") else name
    for one in every_format():
        if one.name == source and one.write is not None:
            sound += _written(one)
    small = [one for one in sound if len(one) <= LONGEST]
    return found + (small or sorted(sound, key=len)[:1])


_SCHEMA: Final = """{"format": "hashiya-schema", "format_version": "1.1", "name": "n", "version": "1",
"titles": {"ar": "أ"}, "labels": [{"id": "A", "titles": {"en": "a"}, "key": "1", "guidelines": {"ar": "<b>"},
"colour": {"light": {"ink": "#AE3411", "ground": "#FBDDCD"}, "dark": {"ink": "#FF9B73", "ground": "#4F2A1C"}},
"attributes": [{"id": "n", "kind": "choice", "titles": {"ar": "ج"},
"choices": [{"id": "x", "titles": {"ar": "ب"}, "key": "k"}]},
{"id": "c", "kind": "text", "titles": {"ar": "د"},
"pattern": "[a-z]+"}]}], "relations": [{"id": "r", "titles": {"ar": "ه"},
"heads": ["A"], "children": ["A"]}],
"fields": [{"id": "source", "kind": "text", "titles": {"ar": "م"}, "key": "s"}]}"""


def _packed(document: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", document)
    return made.getvalue()


def _written(one: Format) -> list[bytes]:
    """What the writer of a format makes of one short article, and of two."""
    assert one.write is not None
    found = []
    for number in (1, 2):
        kept = Kept()
        try:
            one.write(_short(number), kept, WriteOptions())
        except (HashiyaError, ImportError):
            return []
        files = [name.encode() + b"\n" + said for name, said in kept.files.items()]
        found.append(CUT.join(files) if one.folder else kept.files[""])
    return found


def _short(number: int) -> Iterator[Record]:
    """The beginnings of so many samples, with what is marked in them."""
    for record in islice(read_file(Path(str(resource("samples", "annotated.jsonl"))), "native"), number):
        assert isinstance(record, Record)
        assert record.annotations is not None
        spans = [one for one in record.annotations.ordered() if one.fragments[-1].end <= _TEXT_END][:2]
        known = {span.id for span in spans}
        relations = [one for one in record.annotations.relations.values() if one.head in known and one.child in known]
        document = replace(record.document, text=record.document.text[:_TEXT_END])
        yield record._replace(document=document, annotations=Annotations.of(spans, relations))
