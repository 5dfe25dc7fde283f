"""Files that come whole or not at all: written under other names, flushed, and moved when all of them are there."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from glob import escape
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final, NamedTuple

from app.delivery.parts import COMPRESSIONS
from app.errors import CallError, SourceError
from app.formats.packed import zstandard
from app.store import disk, fingerprint
from app.store.fingerprint import Fingerprint

FORGOTTEN_SECONDS: Final = 3600.0
"""After this long, what a delivery has left behind is nobody's any more."""

_ZSTD_LEVEL: Final = 10
_CHUNK: Final = 1024 * 1024
_LEFT: Final = re.compile(r"\.[0-9a-f]{8}\.(part|kept)")


class Made(NamedTuple):
    """One file or folder that was written: under its final name, with what it will be known by."""

    path: Path
    size: int
    fingerprint: Fingerprint


class Target:
    """One file, or one folder of files, that is being made: what a format writes to."""

    def __init__(self, path: Path, *, folder: bool = False, compression: str = "") -> None:
        self.path = path
        self.making = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        self._folder = folder
        self._compression = compression
        self._names: set[str] = set()

    @contextmanager
    def open(self, name: str = "") -> Iterator[BinaryIO]:
        """The file, or the one called `name` in the folder. Raises ValueError for a name that is there or leads out."""
        making = self._place(name)
        with ExitStack() as opened:
            stream: BinaryIO = opened.enter_context(making.open("xb", buffering=_CHUNK))
            if self._compression:
                yield opened.enter_context(_compressed(stream, self._compression))
            else:
                yield stream
        disk.flush_file(making)

    def begin(self) -> None:
        """Make the folder, which may stay empty."""
        if self._folder:
            self.making.mkdir()

    def finish(self) -> Made:
        """What was made, on the disk; a file that the format never opened is empty."""
        if not self._folder and not self.making.exists():
            with self.open():
                pass
        made = known_by(self.making)
        return Made(self.path, made.size, made._replace(name=self.path.name))

    def drop(self) -> None:
        """Leave nothing behind that has not got its name."""
        if self._folder:
            shutil.rmtree(self.making, ignore_errors=True)
        else:
            disk.discard(self.making)

    def _place(self, name: str) -> Path:
        if not self._folder:
            if name:
                raise ValueError(f"a format of one file writes no {name}")
            return self.making
        inside = PurePosixPath(name)
        if not name or inside.is_absolute() or ".." in inside.parts or {*name} & {"\\", ":"} or name in self._names:
            raise ValueError(f"no file of a folder can be called {name!r}, or one is")
        self._names.add(name)
        path = self.making.joinpath(*inside.parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def compression_of(path: Path) -> str:
    """The compression that the name of `path` asks for, or ""."""
    suffix = path.suffix.lower().removeprefix(".")
    return suffix if suffix in COMPRESSIONS else ""


def need_compression(compression: str) -> None:
    """Raises CallError when nothing here can compress so."""
    if compression == "zst" and not zstandard():
        raise CallError("package-missing", value="zst", package="zstandard")


def known_by(path: Path) -> Fingerprint:
    """What a file, or a folder with all it holds, is known by. Raises OSError when it cannot be read."""
    if not path.is_dir():
        return fingerprint.take(path)
    digest, size = hashlib.sha256(), 0
    for file in sorted(path.rglob("*")):
        if not file.is_dir():
            size += file.stat().st_size
            name = file.relative_to(path).as_posix().encode("utf-8", "surrogateescape")
            digest.update(name + b"\0" + fingerprint.sha256_of(file).encode() + b"\n")
    return Fingerprint(path.name, digest.hexdigest(), size, 0)


def is_still(known: Fingerprint, path: Path) -> bool:
    """Whether `path` is what was `known`. Raises OSError when it cannot be read."""
    if path.is_dir():
        return known == known_by(path)
    return known.fits(path)


def put_in_place(targets: list[Target], gone: list[Path], ready: Callable[[], None]) -> None:
    """Give every target its name, after `ready` was called, and take away what is `gone`.

    When one cannot get its name, those before it are as they were; where not even that can be done any more, they
    are whole, and what was there lies beside them.
    """
    kept: list[tuple[Path, Path]] = []
    placed: list[Path] = []
    try:
        ready()
        for path in [*(target.path for target in targets), *gone]:
            if os.path.lexists(path):
                kept.append((_kept(path, stays=path not in gone), path))
        for target in targets:
            target.making.replace(target.path)
            placed.append(target.path)
    except BaseException:
        _take_back(placed, kept)
        raise
    for keeping, _path in kept:
        _remove(keeping)
    for folder in {target.path.parent for target in targets}:
        disk.flush_folder(folder)


def _take_back(placed: list[Path], kept: list[tuple[Path, Path]]) -> None:
    """Have everything as it was. What replaces a file replaces it in one move: there is one at any moment."""
    was_there = {path for _keeping, path in kept}
    for path in placed:
        if path not in was_there or path.is_dir():
            _remove(path)
    for keeping, path in kept:
        with suppress(OSError):
            keeping.replace(path)
            # Of two names of one file the system leaves both.
            _remove(keeping)


def sweep(path: Path) -> None:
    """Remove what deliveries to `path` that were cut off have left beside it, once nobody has touched it for an hour.

    To be called when something whole is at `path`: until then what was kept may be all there is of the earlier one.
    """
    before = time.time() - FORGOTTEN_SECONDS
    for left in path.parent.glob(f".{escape(path.name)}.*"):
        # Another program may be quicker, or the folder closed to us: then they stay.
        with suppress(OSError):
            if _LEFT.fullmatch(left.name[len(path.name) + 1 :]) and _touched(left) < before:
                _remove(left)


def _touched(path: Path) -> float:
    """When `path`, or anything in it, was written or renamed last."""
    inside = path.rglob("*") if path.is_dir() and not path.is_symlink() else ()
    times = [(one.st_mtime, one.st_ctime) for one in map(Path.lstat, (path, *inside))]
    return max(map(max, times))


@contextmanager
def told_of(out: Path) -> Iterator[None]:
    """What the system refuses below is told of `out`, as a SourceError."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError("output-unwritable", file=str(out), reason=reason) from error


def _kept(path: Path, *, stays: bool) -> Path:
    """What is at `path`, under a name of its own; a file that another replaces stays there until then."""
    keeping = path.with_name(f".{path.name}.{secrets.token_hex(4)}.kept")
    if stays and path.is_file() and not path.is_symlink():
        with suppress(OSError):
            os.link(path, keeping)
            return keeping
    path.replace(keeping)
    return keeping


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        disk.discard(path)


@contextmanager
def _compressed(stream: BinaryIO, compression: str) -> Iterator[BinaryIO]:
    with _packer(stream, compression) as packed, io.BufferedWriter(_Packing(packed), _CHUNK) as writer:
        yield writer


def _packer(stream: BinaryIO, compression: str) -> Any:
    if compression == "gz":
        # No name and no time in the header: the same content gives the same bytes.
        return gzip.GzipFile("", "wb", 6, stream, mtime=0)
    module = import_module(zstandard())
    if module.__name__ == "zstandard":
        return module.ZstdCompressor(level=_ZSTD_LEVEL).stream_writer(stream, closefd=False)
    return module.ZstdFile(stream, "wb", level=_ZSTD_LEVEL)


class _Packing(io.RawIOBase):
    """What every packer understands: bytes to be written."""

    def __init__(self, packer: Any) -> None:
        self._packer = packer

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, content: Any) -> int:
        """Pack all of `content`."""
        self._packer.write(content)
        return len(content)
