"""Compressed files, read as what they hold: nothing is unpacked that is not read, and no bomb goes off."""

from __future__ import annotations

import io
import zlib
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO, Final

from app.errors import CallError, SourceError

SUFFIXES: Final = (".gz", ".zst")
MOST_UNPACKED: Final = 64 * 1024 * 1024
"""How many bytes may come out of a file of any size; of what is larger, `MOST_TIMES` its size."""
MOST_TIMES: Final = 200

_ZSTANDARD: Final = ("compression.zstd", "zstandard")
_DAMAGED: Final = ("BadGzipFile", "ZstdError")
_CHUNK: Final = 1024 * 1024
_FED: Final = 1024
"""How much is fed at a time where all that comes out comes at once: it can be 30,000 times as much."""


def zstandard() -> str:
    """The module that speaks Zstandard here, or ""."""
    for name in _ZSTANDARD:
        with suppress(ModuleNotFoundError):
            if find_spec(name):
                return name
    return ""


def bare(path: Path) -> Path:
    """`path` without the suffix of its compression."""
    return path.with_suffix("") if path.suffix.lower() in SUFFIXES and path.stem else path


def unpacked(path: Path, stream: BinaryIO, size: int) -> BinaryIO:
    """What `stream`, the file `path` of `size` bytes, holds; itself when it is not compressed.

    Raises CallError where nothing here can unpack it; reading raises SourceError for what is damaged, cut off or
    unpacks to far more than it is.
    """
    kind = path.suffix.lower()
    if kind not in SUFFIXES:
        return stream
    source = _gzip_reader(stream) if kind == ".gz" else _zstandard_reader(stream)
    return io.BufferedReader(_Unpacking(path, source, max(MOST_UNPACKED, MOST_TIMES * size)), _CHUNK)


def _gzip_reader(stream: BinaryIO) -> Any:
    from gzip import GzipFile  # no start waits for it

    return GzipFile(fileobj=stream, mode="rb")


def _zstandard_reader(stream: BinaryIO) -> Any:
    name = zstandard()
    if not name:
        raise CallError("package-missing", value="zst", package="zstandard")
    module = import_module(name)
    return _Frames(module, stream) if name == "zstandard" else module.ZstdFile(stream, "rb")


class _Frames:
    """Zstandard by the package `zstandard`, whose own reader takes the end of a file that was cut off for the end."""

    def __init__(self, module: Any, stream: BinaryIO) -> None:
        self._new = module.ZstdDecompressor().decompressobj
        self._frame: Any = None
        self._stream = stream
        self._packed = b""
        self._ready = b""

    def read(self, size: int) -> bytes:
        """At most `size` bytes, none at the end. Raises EOFError when the last frame is not whole."""
        while not self._ready:
            self._packed = self._packed or self._stream.read(_FED)
            if not self._packed:
                if self._frame is not None:
                    raise EOFError
                return b""
            self._frame = self._frame or self._new()
            self._ready = self._frame.decompress(self._packed)
            self._packed = self._frame.unused_data if self._frame.eof else b""
            if self._frame.eof:
                self._frame = None
        content, self._ready = self._ready[:size], self._ready[size:]
        return content


class _Unpacking(io.RawIOBase):
    """Bytes as they come out of a file, up to `most`."""

    def __init__(self, path: Path, source: Any, most: int) -> None:
        self._path = path
        self._source = source
        self._left = most

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` as far as there is something. Raises SourceError for what cannot be unpacked."""
        content = self._read(len(buffer))
        self._left -= len(content)
        if self._left < 0:
            raise SourceError("unpacks-too-large", file=str(self._path))
        buffer[: len(content)] = content
        return len(content)

    def _read(self, size: int) -> bytes:
        try:
            return bytes(self._source.read(size))
        except Exception as error:
            # Each library has an error of its own for this, and none is imported before it is needed.
            if isinstance(error, EOFError | zlib.error) or type(error).__name__ in _DAMAGED:
                raise SourceError("unpacks-damaged", file=str(self._path)) from error
            raise
