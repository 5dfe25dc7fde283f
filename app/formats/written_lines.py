"""Text files of other programs read line by line, or whole, in the encoding that the user named."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from app.errors import Fault
from app.formats.sources import BOM, MAX_LINE_BYTES, looks_utf16, open_source, raw_lines

MAX_FILE_BYTES = 256 * 1024 * 1024
"""The largest file that is read at once, of a format that cannot be read line by line."""

_UTF8 = ("", "utf-8", "utf8", "utf-8-sig")


class WrittenLine(NamedTuple):
    """One line without its `\\n`, and without a `\\r` before it; `number` from 1."""

    number: int
    text: str


def written_lines(path: Path, encoding: str = "") -> Iterator[WrittenLine | Fault]:
    """The lines of a file, split on `\\n` alone; a line that cannot be read costs itself. Raises SourceError."""
    file = str(path)
    with open_source(path) as stream:
        if not (head := stream.peek(4096) if isinstance(stream, io.BufferedReader) else b"").removeprefix(BOM):
            yield Fault(file, 0, "", "file-empty")
        elif encoding.lower() not in _UTF8:
            yield from _decoded_lines(stream, file, encoding)
        elif looks_utf16(head):
            yield Fault(file, 0, "", "not-utf8-but-utf16")
        else:
            yield from _utf8_lines(stream, file)


def whole_text(path: Path, encoding: str = "", *, limit: int = MAX_FILE_BYTES) -> str | Fault:
    """The text of a file as it stands, line ends, byte order mark and all. Raises SourceError."""
    file = str(path)
    with open_source(path) as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        return Fault(file, 0, "", "text-too-large", {"limit": limit // 2**20})
    utf8 = encoding.lower() in _UTF8
    if utf8 and looks_utf16(content[:4096]):
        return Fault(file, 0, "", "not-utf8-but-utf16")
    try:
        return content.decode("utf-8" if utf8 else encoding)
    except UnicodeDecodeError as error:
        place = error.start
        line = content.count(b"\n", 0, place) + 1
        return _undecodable(file, line, place - content.rfind(b"\n", 0, place), content[place], encoding)
    except LookupError:
        return Fault(file, 0, "", "encoding-unknown", {"value": encoding})


def _utf8_lines(stream: BinaryIO, file: str) -> Iterator[WrittenLine | Fault]:
    for line in raw_lines(stream):
        if line.content is None:
            yield Fault(file, line.number, "", "line-too-long", {"limit": MAX_LINE_BYTES // 2**20})
            continue
        content = line.content.removeprefix(BOM) if line.number == 1 else line.content
        try:
            yield WrittenLine(line.number, content.decode("utf-8").removesuffix("\r"))
        except UnicodeDecodeError as error:
            yield _undecodable(file, line.number, error.start + 1, content[error.start], "")


def _decoded_lines(stream: BinaryIO, file: str, encoding: str) -> Iterator[WrittenLine | Fault]:
    number = 0
    try:
        with decoded(stream, encoding, "\n") as reader:
            while line := reader.readline(MAX_LINE_BYTES):
                number += 1
                text = line.removesuffix("\n").removesuffix("\r")
                yield WrittenLine(number, text.removeprefix("\ufeff") if number == 1 else text)
    except LookupError:
        yield Fault(file, 0, "", "encoding-unknown", {"value": encoding})
    except UnicodeDecodeError as error:
        yield _undecodable(file, number + 1, error.start + 1, error.object[error.start], encoding)


@contextmanager
def decoded(stream: BinaryIO, encoding: str, newline: str) -> Iterator[io.TextIOWrapper]:
    """`stream` as text; it stays open afterwards. Raises LookupError for an encoding that is not known."""
    text = io.TextIOWrapper(stream, encoding or "utf-8", newline=newline)
    try:
        yield text
    finally:
        text.detach()


def _undecodable(file: str, line: int, byte: int, value: int, encoding: str) -> Fault:
    values: dict[str, object] = {"byte": byte, "value": f"{value:02X}"}
    if not encoding:
        return Fault(file, line, "", "not-utf8", values)
    return Fault(file, line, "", "not-in-encoding", {**values, "encoding": encoding})
