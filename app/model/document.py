"""A document: a text that never changes, and what is known about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import NamedTuple


class NameValue(NamedTuple):
    """One entry of `meta` or `fields`; a name may come several times."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """One article. `text` is what was imported, code point for code point; `extra` is JSON of unknown keys."""

    id: str
    text: str
    title: str = ""
    language: str = ""
    meta: tuple[NameValue, ...] = ()
    created_at: str = ""
    extra: str = ""

    @property
    def heading(self) -> str:
        """The title, or the first line that is not blank; may be empty."""
        return self.title.strip() or first_line(self.text)


def first_line(text: str) -> str:
    """The first line of `text` that holds more than white space, stripped; at most 200 code points."""
    for line in text[:4096].split("\n"):
        if line.strip():
            return line.strip()[:200]
    return ""


def text_sha256(text: str) -> str:
    """Hex SHA-256 over the UTF-8 bytes of `text`."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
