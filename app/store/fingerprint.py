"""How a file is known again: by its name and content, without reading it while size and time are the same."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import orjson


class Fingerprint(NamedTuple):
    """One file as it was: its name in its folder, the SHA-256 of its bytes, its size and time of change."""

    name: str
    sha256: str
    size: int
    mtime_ns: int

    def fits(self, path: Path) -> bool:
        """Whether `path` is that file, byte for byte. Raises OSError when it cannot be read."""
        now = path.stat()
        if path.name != self.name or now.st_size != self.size:
            return False
        return now.st_mtime_ns == self.mtime_ns or sha256_of(path) == self.sha256

    def stored(self) -> str:
        """What `parse` reads."""
        return orjson.dumps(list(self)).decode()


def take(path: Path) -> Fingerprint:
    """The fingerprint of `path` as it is now. Raises OSError when it cannot be read."""
    now = path.stat()
    return Fingerprint(path.name, sha256_of(path), now.st_size, now.st_mtime_ns)


def parse(stored: str) -> Fingerprint | None:
    """The fingerprint that was stored; None for ""."""
    return Fingerprint(*orjson.loads(stored)) if stored else None


def sha256_of(path: Path) -> str:
    """Hex SHA-256 of the bytes of `path`."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
