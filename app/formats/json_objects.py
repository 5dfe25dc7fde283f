"""The objects of a JSON file, one at a time: the lines of JSON Lines, or the entries of the one array that it is.

Neither a file of many articles nor a hostile one is ever held whole: an entry may be as long as a line may be.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from app.errors import Fault
from app.formats.findings import Finding, to_fault
from app.formats.placing import Naming
from app.formats.recoded import beginning, recoded, until_undecodable
from app.formats.sources import BOM, MAX_LINE_BYTES, looks_utf16, name_of, open_source, raw_lines
from app.formats.strict_json import MAX_DEPTH, JsonFault, parse
from app.model.record import Record

_BLANK = " \t\r\n"
_HEAD = _CHUNK = 64 * 1024
_TOO_LONG: dict[str, object] = {"limit": MAX_LINE_BYTES // 2**20}


class Entry(NamedTuple):
    """One object of a file and the line, from 1, on which it begins."""

    line: int
    value: dict[str, Any]


def json_objects(path: Path, encoding: str = "") -> Iterator[Entry | Fault]:
    """The objects of the file, and what could not be read. Raises SourceError when it cannot be opened.

    A faulty line of JSON Lines costs itself; a fault in the writing of an array costs what follows it.
    """
    return until_undecodable(_objects(path, encoding), str(path))


def _objects(path: Path, encoding: str) -> Iterator[Entry | Fault]:
    with open_source(path) as source:
        head = beginning(source.read(_HEAD), encoding)
        source.seek(0)
        stream = recoded(source, encoding)
        bare = head.removeprefix(BOM).strip()
        if looks_utf16(head):
            yield Fault(str(path), 0, "", "not-utf8-but-utf16")
        elif not bare:
            yield Fault(str(path), 0, "", "file-empty")
        elif bare.startswith(b"["):
            yield from _Array(stream, str(path)).entries()
        else:
            yield from _lines(stream, str(path))


def articles_of(
    path: Path, take: Callable[[Entry, str, Naming], Iterator[Record | Fault]], encoding: str = ""
) -> Iterator[Record | Fault]:
    """What `take` makes of each object of the file, given the file's name and what names its articles.

    Raises SourceError when it cannot be opened.
    """
    naming = Naming(str(path), name_of(path))
    for entry in json_objects(path, encoding):
        if isinstance(entry, Fault):
            yield entry
        else:
            yield from take(entry, str(path), naming)


def string(value: object) -> str:
    """`value` when it is a string, else ""."""
    return value if isinstance(value, str) else ""


def _lines(stream: BinaryIO, file: str) -> Iterator[Entry | Fault]:
    first = True
    for line in raw_lines(stream, blank=False):
        if line.content is None:
            yield Fault(file, line.number, "", "line-too-long", _TOO_LONG)
            continue
        content = line.content.removeprefix(BOM) if line.number == 1 else line.content
        if not (content := content.strip(b" \t\r")):
            continue
        if first and content == b"{":
            yield Fault(file, line.number, "", "json-over-lines")
            return
        first = False
        yield _parsed(content, file, line.number)


def _parsed(content: bytes, file: str, number: int) -> Entry | Fault:
    try:
        value = parse(content)
    except JsonFault as fault:
        return to_fault(file, number, Finding(fault.path, fault.code, fault.values))
    return Entry(number, value) if isinstance(value, dict) else Fault(file, number, "", "not-an-object")


class _Broken(Exception):
    """The array cannot be read on; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


class _Array:
    """Reads the entries of one array. `_text` is what was read and not yet passed, from `_place` on."""

    def __init__(self, stream: BinaryIO, file: str) -> None:
        self._stream = stream
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._place = 0
        self._line = 1
        self._at_end = False

    def entries(self) -> Iterator[Entry | Fault]:
        """The entries in their order, then the fault that ends the reading early, if there is one."""
        try:
            self._take("[")
            if self._peek() != "]":
                yield self._entry()
                while self._take(",]") == ",":
                    yield self._entry()
            else:
                self._take("]")
            if self._peek():
                raise self._broken("not-json")
        except _Broken as broken:
            yield broken.fault

    def _entry(self) -> Entry | Fault:
        self._peek()
        end, line = self._end_of_entry(), self._line
        content = self._text[self._place : end]
        self._pass(end)
        return _parsed(content.encode("utf-8"), self._file, line)

    def _end_of_entry(self) -> int:
        size = _CHUNK
        while True:
            try:
                end = json.JSONDecoder().raw_decode(self._text, self._place)[1]
                if end < len(self._text) or self._at_end:
                    return end
            except json.JSONDecodeError as error:
                if self._at_end:
                    raise self._broken("not-json", error.pos) from None
            except RecursionError:
                raise self._broken("too-deep") from None
            except ValueError:
                raise self._broken("integer-too-wide") from None
            if len(self._text) - self._place > MAX_LINE_BYTES:
                raise self._broken("line-too-long")
            self._more(size)
            size *= 2

    def _take(self, wanted: str) -> str:
        found = self._peek()
        if not found or found not in wanted:
            raise self._broken("not-json")
        self._pass(self._place + 1)
        return found

    def _peek(self) -> str:
        """The next character that is not blank, which is passed over to; "" at the end of the file."""
        while True:
            place = self._place
            while place < len(self._text) and self._text[place] in _BLANK:
                place += 1
            self._pass(place)
            if place < len(self._text):
                return self._text[place]
            if self._at_end:
                return ""
            self._more(_CHUNK)

    def _pass(self, place: int) -> None:
        self._line += self._text.count("\n", self._place, place)
        self._place = place

    def _more(self, size: int) -> None:
        content = self._stream.read(size)
        self._at_end = not content
        try:
            read = self._decoder.decode(content, final=self._at_end)
        except UnicodeDecodeError as error:
            line = self._line + self._text.count("\n", self._place) + error.object.count(b"\n", 0, error.start)
            before = error.object.rfind(b"\n", 0, error.start)
            values: dict[str, object] = {"byte": error.start - before, "value": f"{error.object[error.start]:02X}"}
            raise _Broken(Fault(self._file, line, "", "not-utf8", values)) from None
        self._text = self._text[self._place :] + read
        self._place = 0

    def _broken(self, code: str, place: int | None = None) -> _Broken:
        place = self._place if place is None else place
        line = self._line + self._text.count("\n", self._place, place)
        values: dict[str, dict[str, object]] = {
            "not-json": {"column": place - self._text.rfind("\n", 0, place)},
            "too-deep": {"limit": MAX_DEPTH},
            "line-too-long": _TOO_LONG,
        }
        return _Broken(Fault(self._file, line, "", code, values.get(code, {})))
