"""Files of JSON that are not in UTF-8, read as if they were, where the user has said what they are in."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, TypeVar

from app.errors import CallError, Fault
from app.formats.encodings import ENCODINGS, UTF8, UTF16, Undecodable, byte_order

_CHUNK: Final = 64 * 1024
_Found = TypeVar("_Found")


def recoded(stream: BinaryIO, encoding: str) -> BinaryIO:
    """`stream` in UTF-8; itself where `encoding` is "" or UTF-8.

    Raises CallError for an encoding that is none of `ENCODINGS`; reading raises Undecodable with the first line that
    does not fit.
    """
    encoding = encoding.lower() or UTF8
    if encoding not in ENCODINGS:
        raise CallError("encoding-unknown", value=encoding, encodings=", ".join(ENCODINGS))
    return stream if encoding == UTF8 else io.BufferedReader(_Recoding(stream, encoding), _CHUNK)


def beginning(content: bytes, encoding: str) -> bytes:
    """The beginning of a file in UTF-8, as far as it can be read so: to find out what format it is in."""
    with recoded(io.BytesIO(content), encoding) as stream:
        try:
            return stream.read(len(content))
        except Undecodable:
            return b""


def until_undecodable(found: Iterator[_Found], file: str) -> Iterator[_Found | Fault]:
    """What is `found` in `file`, up to a place that is not in its encoding: that is told and ends it."""
    try:
        yield from found
    except Undecodable as fault:
        yield Fault(file, fault.line, "", fault.code, fault.values)


class _Recoding(io.RawIOBase):
    """Bytes of an encoding as bytes of UTF-8, its byte order mark taken off."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._ahead = stream.read(_CHUNK)
        self._encoding = byte_order(self._ahead) if encoding == UTF16 else encoding
        self._decoder = codecs.getincrementaldecoder(self._encoding)()
        self._ready = b""
        self._strange = ""
        self._line, self._bytes = 1, 0
        self._begun = self._at_end = False

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` as far as there is something. Raises Undecodable behind all that could be read."""
        while not self._ready and not self._at_end:
            self._more()
        if not self._ready and self._strange:
            values = {"byte": self._bytes + 1, "value": self._strange, "encoding": self._encoding}
            raise Undecodable("not-in-encoding", self._line, **values)
        content, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(content)] = content
        return len(content)

    def _more(self) -> None:
        content, self._ahead = self._ahead or self._stream.read(_CHUNK), b""
        self._at_end = not content
        try:
            text = self._decoder.decode(content, final=self._at_end)
        except UnicodeDecodeError as error:
            text = error.object[: error.start].decode(self._encoding)
            self._strange, self._at_end = f"{error.object[error.start]:02X}", True
        self._pass(text)
        if text and not self._begun:
            self._begun, text = True, text.removeprefix("\ufeff")
        self._ready = text.encode("utf-8")

    def _pass(self, text: str) -> None:
        """Count the lines of `text`, and the bytes that the last of them has so far."""
        _before, end, last = text.rpartition("\n")
        self._bytes = len(last.encode(self._encoding)) + (0 if end else self._bytes)
        self._line += text.count("\n")
