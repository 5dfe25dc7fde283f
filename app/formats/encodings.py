"""The encodings that texts come in. UTF-8 is taken at once; any other only when the user has said that it is that.

Windows-1256 and ISO-8859-6 read each other's texts without an error and give nonsense, and Arabic in UTF-16 without its
mark may even be valid UTF-8. So which of them a file is in is never decided here: candidates are offered, best first,
by how often the words are met that each of them gives.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import BinaryIO, Final, NamedTuple

from app.errors import CallError
from app.formats.sources import BOM, looks_utf16
from app.model.document import NameValue, first_line
from app.text.folding import Folded

UTF8: Final = "utf-8"
UTF16: Final = "utf-16"
ENCODINGS: Final = (UTF8, UTF16, "utf-16-le", "utf-16-be", "windows-1256", "iso-8859-6")
"""What a user may say; "utf-16" finds out by itself which byte comes first."""

BOM_NOTE: Final = NameValue("byte_order_mark", "UTF-8")
"""What `meta` says of an article whose file began with a byte order mark."""

NOT_UTF8: Final = frozenset({"not-utf8", "not-utf8-but-utf16"})
"""The faults of a text that may be sound in another encoding."""

_GUESSED: Final = ("windows-1256", "iso-8859-6", "utf-16-le", "utf-16-be")
_UTF16_MARKS: Final = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
_SAMPLE: Final = 64 * 1024
_WORDS_READ: Final = 2000
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_USUAL: Final = re.compile("[\t\n\r -~\xa0«»“”‘’–—…\u060c-\u06ff\u05d0-\u05ea]")
_ENOUGH_USUAL: Final = 0.8


class Decoded(NamedTuple):
    """A text, and what `meta` is to remember of how it was written."""

    text: str
    notes: tuple[NameValue, ...] = ()


class Undecodable(ValueError):
    """Bytes that are not in their encoding: the `code` of a fault, its `line` (0: the whole file) and its values."""

    def __init__(self, code: str, line: int = 0, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.values = values


class Candidate(NamedTuple):
    """An encoding that a file may be in, and the first line as it reads then; `evidence` orders them."""

    encoding: str
    first_line: str
    evidence: float


def decode(content: bytes, encoding: str = "") -> Decoded:
    """The text of `content`, its byte order mark taken off once and remembered. `encoding` "" is UTF-8.

    Raises Undecodable with the first byte that does not fit, CallError for an encoding that is none of `ENCODINGS`.
    """
    encoding = encoding.lower() or UTF8
    if encoding not in ENCODINGS:
        raise CallError("encoding-unknown", value=encoding, encodings=", ".join(ENCODINGS))
    if encoding == UTF8:
        return _decode_utf8(content)
    if encoding == UTF16:
        encoding = byte_order(content)
    mark = _UTF16_MARKS.get(encoding, b"")
    notes = [NameValue("encoding", encoding)]
    if mark and content.startswith(mark):
        notes.append(NameValue(BOM_NOTE.name, encoding.upper()))
    else:
        mark = b""
    try:
        return Decoded(content[len(mark) :].decode(encoding), tuple(notes))
    except UnicodeDecodeError as error:
        before = content[len(mark) : len(mark) + error.start].decode(encoding)
        place = len(before.rpartition("\n")[2].encode(encoding)) + 1
        values = {"byte": place, "value": f"{error.object[error.start]:02X}", "encoding": encoding}
        raise Undecodable("not-in-encoding", before.count("\n") + 1, **values) from None


def own_encoding(stream: BinaryIO, encoding: str) -> str:
    """The encoding of one of many files of which the user said `encoding`: that is meant for those that need it.

    A file with UTF-16's mark is in UTF-16, one that reads as UTF-8 in UTF-8.
    """
    chunk = stream.read(_SAMPLE)
    if chunk.startswith(tuple(_UTF16_MARKS.values())):
        return UTF16
    if looks_utf16(chunk):
        return encoding
    decoder = codecs.getincrementaldecoder(UTF8)()
    try:
        while chunk:
            decoder.decode(chunk)
            chunk = stream.read(_SAMPLE)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return encoding
    return UTF8


def candidates(content: bytes, commonness: Callable[[str], float]) -> list[Candidate]:
    """The encodings that `content`, which is not UTF-8, may be in, best first; none when it is no text at all.

    `commonness` says of a folded word how often it is met (0.0: never).
    """
    found = []
    for encoding in _GUESSED:
        try:
            text = decode(content[: _SAMPLE - _SAMPLE % 2], encoding).text
        except Undecodable:
            continue
        usual = len(_USUAL.findall(text)) / max(len(text), 1)
        if usual >= _ENOUGH_USUAL:
            found.append(Candidate(encoding, first_line(text), _evidence(text, commonness) + usual))
    return sorted(found, key=lambda candidate: -candidate.evidence)


def _evidence(text: str, commonness: Callable[[str], float]) -> float:
    """How common the words of `text` are, on average."""
    words = _WORD.findall(Folded(text).text)[:_WORDS_READ]
    return sum(map(commonness, words)) / max(len(words), 1)


def _decode_utf8(content: bytes) -> Decoded:
    if looks_utf16(content):
        raise Undecodable("not-utf8-but-utf16")
    try:
        text = content.decode(UTF8)
    except UnicodeDecodeError as error:
        place = error.start
        line, before = content.count(b"\n", 0, place) + 1, content.rfind(b"\n", 0, place)
        raise Undecodable("not-utf8", line, byte=place - before, value=f"{content[place]:02X}") from None
    return Decoded(text[1:], (BOM_NOTE,)) if content.startswith(BOM) else Decoded(text)


def byte_order(content: bytes) -> str:
    """`utf-16-le` or `utf-16-be`: by its mark, else by where the bytes stand that say a letter's script."""
    for encoding, mark in _UTF16_MARKS.items():
        if content.startswith(mark):
            return encoding
    sample = content[:_SAMPLE]
    first, second = (half.count(0) + half.count(6) for half in (sample[::2], sample[1::2]))
    return "utf-16-be" if first > second else "utf-16-le"
