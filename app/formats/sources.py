"""Files opened for reading: what cannot be read says so once, and a line has an upper bound."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, NamedTuple

from app.errors import SourceError
from app.formats.packed import bare, unpacked

MAX_LINE_BYTES = 64 * 1024 * 1024
MAX_TEXT_BYTES = 16 * 1024 * 1024
BOM = b"\xef\xbb\xbf"

_CHUNK = 1024 * 1024
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE = 64 * 1024


class RawLine(NamedTuple):
    """One line without its `\\n`: `number` from 1; `content` is None when the line is above the limit."""

    number: int
    content: bytes | None
    terminated: bool


@contextmanager
def open_source(path: Path, *, pipes: bool = False) -> Iterator[BinaryIO]:
    """`path` opened for reading bytes, unpacked where its name ends with .gz or .zst; a pipe only with `pipes`.

    Raises SourceError when it cannot be, and at the end when the file was changed while it was open.
    """
    try:
        _refuse_what_is_no_file(path, pipes)
        stream = path.open("rb", buffering=_CHUNK)
    except OSError as error:
        raise unreadable(path, error) from error
    with stream:
        try:
            before = os.fstat(stream.fileno())
            yield unpacked(path, stream, before.st_size)
            after = os.fstat(stream.fileno())
        except OSError as error:
            raise unreadable(path, error) from error
    if stat.S_ISREG(before.st_mode) and (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise SourceError("source-changed-while-read", file=str(path))


def name_of(path: Path) -> str:
    """The name of `path` without its suffix, in characters that UTF-8 can hold."""
    return bare(path).stem.encode("utf-8", "replace").decode("utf-8")


def _refuse_what_is_no_file(path: Path, pipes: bool) -> None:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise SourceError("source-is-directory", file=str(path))
    if not (stat.S_ISREG(mode) or (pipes and stat.S_ISFIFO(mode))):
        raise SourceError("source-is-no-file", file=str(path))


def unreadable(path: Path, error: OSError) -> SourceError:
    """The SourceError that says why the system did not give us `path`."""
    if isinstance(error, FileNotFoundError):
        return SourceError("source-missing", file=str(path))
    if isinstance(error, PermissionError):
        return SourceError("source-forbidden", file=str(path))
    return SourceError("source-unreadable", file=str(path), reason=error.strerror or type(error).__name__)


def looks_utf16(content: bytes) -> bool:
    """Whether `content` begins with UTF-16's mark, or holds so many control bytes that it is no text in UTF-8.

    Arabic in UTF-16 without its mark is a 6 in every second byte, which UTF-8 takes for a control character.
    """
    sample = content[:_SAMPLE]
    if sample.startswith(_UTF16_MARKS) or sample.count(0) * 20 > len(sample):
        return True
    halves = sorted(half.count(6) for half in (sample[::2], sample[1::2]))
    return len(sample) >= 4 and halves[1] * 4 > len(sample) and halves[0] * 20 < len(sample)


def begins_with_an_object(head: bytes) -> bool:
    """Whether a JSON file that begins with `head` holds objects: by themselves, or in an array."""
    return head.removeprefix(BOM).lstrip(b" \t\r\n[").startswith(b"{")


def raw_lines(stream: BinaryIO, limit: int = MAX_LINE_BYTES, *, blank: bool = True) -> Iterator[RawLine]:
    """The lines of `stream`, split on the byte `\\n` alone; never holds more than `limit` bytes and a little.

    Unless `blank`, of blank lines in a row not all are given: a small packed file can hold hundreds of millions.
    """
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if line.endswith(b"\n"):
            yield RawLine(number, line[:-1], True)
            if not blank and not line.strip():
                number += _skip_blank(stream)
        elif len(line) > limit:
            del line
            yield RawLine(number, None, _skip_line(stream))
        else:
            yield RawLine(number, line, False)


def _skip_blank(stream: BinaryIO) -> int:
    """How many blank lines were passed over, of those that come next."""
    passed = 0
    while isinstance(stream, BufferedReader) and (ahead := stream.peek()):
        run = ahead[: ahead.rfind(b"\n", 0, len(ahead) - len(ahead.lstrip(b" \t\r\n"))) + 1]
        if not run:
            break
        passed += stream.read(len(run)).count(b"\n")
    return passed


def _skip_line(stream: BinaryIO) -> bool:
    while rest := stream.readline(_CHUNK):
        if rest.endswith(b"\n"):
            return True
    return False
