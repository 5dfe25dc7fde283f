"""Files that commands write: whole, or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from app.errors import SourceError


def making_of(out: Path) -> Path:
    """A name beside `out` for what is not finished yet."""
    return out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")


def write(path: Path, content: bytes) -> None:
    """Write the new file `path`; it is on the disk when this returns. Raises OSError."""
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def replace(out: Path, content: bytes) -> None:
    """Put a file with this content in the place of `out`, in one move. Raises SourceError; then `out` is as it was."""
    with replacing(out) as stream:
        stream.write(content)


@contextmanager
def replacing(out: Path) -> Iterator[BinaryIO]:
    """A file that comes in the place of `out`, in one move, when all of it was written.

    Raises SourceError where the system refuses; whatever is raised, `out` is as it was then.
    """
    making = making_of(out)
    with named(out):
        try:
            with making.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            making.replace(out)
        finally:
            with suppress(OSError):
                making.unlink()


@contextmanager
def named(out: Path) -> Iterator[None]:
    """What the system refuses below is told of the file `out`, as a SourceError."""
    try:
        yield
    except OSError as error:
        raise SourceError("output-unwritable", file=str(out), reason=error.strerror or type(error).__name__) from error
