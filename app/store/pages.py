"""Rows read straight from the pages of a damaged project, without asking SQLite, which stops at the first bad page.

The formats of pages, records and the log are those of https://www.sqlite.org/fileformat2.html. Rows are known by their
shape: the tables of a project differ in the number and kinds of their columns. Nothing is written.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Container, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

_HEADER: Final = 100
_WAL_HEADER, _FRAME_HEADER = 32, 24
_TABLE_LEAF, _INDEX_INTERIOR, _INDEX_LEAF = 13, 2, 10
_USUAL_PAGE: Final = 4096
_WHOLE: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_TABLES: Final = {
    "project": "ss",
    "schemas": "nssss",
    "documents": "nissssisssss",
    "cards": "nissssss",
    "layers": "nisisisssisssssi{3,6}",
    "log": "nssssis",
    "decisions": "niisiissssss",
    "models": "nsbsss",
}
"""The kinds of the columns of each table with a row id: n for none, as the row id itself stands, and those of `_KINDS`.

`layers` grew with the versions.
"""
_KEYED: Final = {
    "spans": "isiisssssss[nir]issss",
    "relations": "issssss[nir]s",
    "parts": "iisi",
    "remembered": "sis",
    "owners": "isi",
}
"""Tables without one, and `owners`: the index of whose the layers of a document are."""
_KINDS: Final = {type(None): "n", int: "i", float: "r", str: "s", bytes: "b"}


@cache
def _table_of(kinds: str, with_row_id: bool) -> str:
    """The table whose rows have columns of these kinds, or ""."""
    tables = _TABLES if with_row_id else _KEYED
    return next((name for name, columns in tables.items() if re.fullmatch(columns, kinds)), "")


class Row(NamedTuple):
    """One row: its table, its row id (0 without one) and its columns in the order of the file."""

    table: str
    key: int
    values: tuple[Any, ...]


class Unreadable(ValueError):
    """Bytes that are no cell or record."""


class Pages:
    """The pages of the project at `path`, with what its log has committed. Raises OSError when it cannot be read."""

    def __init__(self, path: Path) -> None:
        content = path.read_bytes()
        said = int.from_bytes(content[16:18], "big")
        said = 65536 if said == 1 else said
        self._size = said if said >= 512 and said & (said - 1) == 0 else _USUAL_PAGE
        size = self._size
        self._pages = {
            at // size + 1: content[at : at + size].ljust(size, b"\0") for at in range(0, len(content), size)
        }
        log = path.with_name(path.name + "-wal")
        if log.exists():
            self._pages |= committed(log.read_bytes(), size)
        reserved = self._pages.get(1, bytes(_HEADER))[20]
        self._usable = size - reserved if reserved <= size - 480 and content[:6] == b"SQLite" else size

    def rows(self, among: Container[bytes] | None = None) -> Iterator[Row]:
        """Every row that can be read, of pages that are in use as far as the file still says which.

        `among` keeps to the pages with a content that is in it.
        """
        free = self._free()
        for number, page in self._pages.items():
            if number not in free and (among is None or page in among):
                yield from self._rows_of(page, _HEADER if number == 1 else 0)

    def _free(self) -> set[int]:
        """Pages that hold nothing any more: what stands on them was deleted."""
        found: set[int] = set()
        trunk = int.from_bytes(self._pages.get(1, bytes(_HEADER))[32:36], "big")
        while trunk in self._pages and trunk not in found:
            found.add(trunk)
            following, count = struct.unpack(">II", self._pages[trunk][:8])
            if count > self._size // 4 - 2:
                break
            found.update(struct.unpack(f">{count}I", self._pages[trunk][8 : 8 + 4 * count]))
            trunk = following
        return found

    def _rows_of(self, page: bytes, start: int) -> Iterator[Row]:
        kind = page[start]
        if kind not in (_TABLE_LEAF, _INDEX_INTERIOR, _INDEX_LEAF):
            return
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        begins = start + (12 if kind == _INDEX_INTERIOR else 8)
        if begins + 2 * count > self._size:
            return
        for (at,) in struct.iter_unpack(">H", page[begins : begins + 2 * count]):
            try:
                row = self._row(page, at, kind)
            except (Unreadable, IndexError, UnicodeDecodeError, struct.error):
                continue
            if row is not None:
                yield row

    def _row(self, page: bytes, at: int, kind: int) -> Row | None:
        if kind == _INDEX_INTERIOR:
            at += 4
        length, at = varint(page, at)
        key = 0
        if kind == _TABLE_LEAF:
            key, at = varint(page, at)
        values = record(self._payload(page, at, length, kind))
        table = _table_of("".join(_KINDS[type(value)] for value in values), kind == _TABLE_LEAF)
        return Row(table, key, values) if table else None

    def _payload(self, page: bytes, at: int, length: int, kind: int) -> bytes:
        usable = self._usable
        most = usable - 35 if kind == _TABLE_LEAF else (usable - 12) * 64 // 255 - 23
        if length <= most:
            if at + length > len(page):
                raise Unreadable
            return page[at : at + length]
        least = (usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (usable - 4)
        here = here if here <= most else least
        pieces, left = [page[at : at + here]], length - here
        following, seen = int.from_bytes(page[at + here : at + here + 4], "big"), set[int]()
        while left > 0:
            if following in seen or following not in self._pages:
                raise Unreadable
            seen.add(following)
            more = self._pages[following]
            pieces.append(more[4 : 4 + min(left, usable - 4)])
            left -= len(pieces[-1])
            following = int.from_bytes(more[:4], "big")
        return b"".join(pieces)


def varint(content: bytes, at: int) -> tuple[int, int]:
    """The number at `at` and what comes after it. Raises IndexError at the end."""
    value = 0
    for count in range(9):
        byte = content[at + count]
        if count == 8:
            value = value << 8 | byte
            break
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value - (value >> 63 << 64), at + count + 1


def record(content: bytes) -> tuple[Any, ...]:
    """The columns of a record. Raises Unreadable and the like when its parts do not fill it exactly."""
    length, at = varint(content, 0)
    if not 0 < length <= len(content):
        raise Unreadable
    kinds = []
    while at < length:
        kind, at = varint(content, at)
        kinds.append(kind)
    values, at = [], length
    for kind in kinds:
        value, at = _column(content, at, kind)
        values.append(value)
    if at != len(content):
        raise Unreadable
    return tuple(values)


def _column(content: bytes, at: int, kind: int) -> tuple[Any, int]:
    if kind in _WHOLE:
        return int.from_bytes(content[at : at + _WHOLE[kind]], "big", signed=True), at + _WHOLE[kind]
    if kind in (0, 8, 9):
        return {0: None, 8: 0, 9: 1}[kind], at
    if kind == 7:
        return struct.unpack(">d", content[at : at + 8])[0], at + 8
    if kind < 12 or at + (kind - 12) // 2 > len(content):
        raise Unreadable
    piece = content[at : at + (kind - 12) // 2]
    return (piece.decode("utf-8") if kind % 2 else piece), at + len(piece)


def committed(log: bytes, size: int) -> dict[int, bytes]:
    """The pages that a log holds, up to the last commit before its first frame that is not whole."""
    done: dict[int, bytes] = {}
    waiting: dict[int, bytes] = {}
    magic = int.from_bytes(log[:4], "big")
    if len(log) < _WAL_HEADER or magic not in (0x377F0682, 0x377F0683) or int.from_bytes(log[8:12], "big") != size:
        return done
    order = ">" if magic & 1 else "<"
    sums = summed(log[:24], order, (0, 0))
    if sums != struct.unpack(">II", log[24:32]):
        return done
    for at in range(_WAL_HEADER, len(log) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        frame = log[at : at + _FRAME_HEADER + size]
        sums = summed(frame[_FRAME_HEADER:], order, summed(frame[:8], order, sums))
        if frame[8:16] != log[16:24] or sums != struct.unpack(">II", frame[16:24]):
            break
        number, ends = struct.unpack(">II", frame[:8])
        waiting[number] = frame[_FRAME_HEADER:]
        if ends:
            done |= waiting
            waiting.clear()
    return done


def summed(content: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    """The checksum of the log, gone on with over `content`."""
    first, second = sums
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second
