"""A document: a text that never changes, and what is known about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple


class NameValue(NamedTuple):
    """One entry of `meta` or `fields`; a name may come several times."""

    name: str
    value: str


class Origin(NamedTuple):
    """Where an article comes from, when it is of, and its address; "" where nobody said."""

    source: str = ""
    date: str = ""
    address: str = ""


ORIGIN_NAMES: Final = Origin("source publisher agency", "date published published_at", "address url link")
"""The names in `meta` that say each, the first one there counts; capital letters make no difference."""
ORIGIN_LENGTH: Final = 300
"""How many code points of each are sorted and filtered by."""


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

    @property
    def origin(self) -> Origin:
        """Where the article comes from, as far as its `meta` says so; each in one line."""
        return origin_of(self.meta)


@lru_cache(maxsize=2)
def origin_of(meta: tuple[NameValue, ...]) -> Origin:
    """Source, date and address among the entries of `meta`."""
    said: dict[str, str] = {}
    for name, value in meta:
        said.setdefault(name.strip().lower(), " ".join(value.split())[:ORIGIN_LENGTH])
    found = (next((said[name] for name in names.split() if said.get(name)), "") for names in ORIGIN_NAMES)
    return Origin(*found)


def with_origin(meta: tuple[NameValue, ...], origin: Origin) -> tuple[NameValue, ...]:
    """`meta` that says `origin`: where it said so before, else at its end; what `origin` leaves empty is said no more.

    `origin_of` what comes out is `origin`, its blanks made one and no longer than `ORIGIN_LENGTH`.
    """
    known = origin_of(meta)
    for value, before, names in zip(origin, known, ORIGIN_NAMES, strict=True):
        if value == before:
            continue
        of_this = [pair for pair in meta if pair.name.strip().lower() in names.split()]
        first = next((pair.name for pair in of_this if pair.value.strip()), names.split()[0])
        there = next((n for n, pair in enumerate(meta) if pair in of_this), len(meta))
        others = [pair for pair in meta if pair not in of_this]
        said = [NameValue(first, value)] if value.strip() else []
        meta = (*others[:there], *said, *others[there:])
    return meta


def first_line(text: str) -> str:
    """The first line of `text` that holds more than white space, stripped; at most 200 code points."""
    for line in text[:4096].split("\n"):
        if line.strip():
            return line.strip()[:200]
    return ""


@lru_cache(maxsize=2)
def text_sha256(text: str) -> str:
    """Hex SHA-256 over the UTF-8 bytes of `text`; who reads a text and who writes it ask one after the other."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
