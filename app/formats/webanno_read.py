"""WebAnno TSV 3 read: the text put together from its sentences, and the spans and relations of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from app.errors import Fault
from app.formats.placing import Placing
from app.formats.safe_names import id_of, plain_name
from app.formats.sources import MAX_TEXT_BYTES, name_of
from app.formats.written_lines import WrittenLine, written_lines
from app.model.annotation import Attribute, State
from app.model.document import Document
from app.model.record import Record
from app.text.offsets import Utf16Index

FORMAT_LINE: Final = "#FORMAT=WebAnno TSV 3.3"
SPAN: Final = "webanno.custom.Span"
RELATION: Final = "webanno.custom.Relation"
OURS: Final = "a_"
"""What the columns of our attributes begin with."""

_KNOWN: Final = re.compile(r"\ufeff?#FORMAT=WebAnno TSV 3\.\d+\s*")
_UNIT: Final = re.compile(r"\d{1,9}-\d{1,9}(?:\.\d{1,9})?")
_PLACE: Final = re.compile(r"(\d{1,9})-(\d{1,9})")
_NUMBERED: Final = re.compile(r"((?:\\.|[^\\]|\\\Z)*?)(?:\[(\d{1,9})(?:_(\d{1,9}))?\])?", re.DOTALL)
_BAR: Final = re.compile(r"\\.|\|", re.DOTALL)
_IN_VALUES: Final = re.compile(r"\\(->|.)", re.DOTALL)
_READABLE: Final = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}
_MOST: Final = MAX_TEXT_BYTES // 4

Key = tuple[int, str]
Entry = tuple[str, int, int]


class Layer(NamedTuple):
    """The columns of one kind of annotation: `first` is the place of its first one, `base` is what it links, or ""."""

    type: str
    features: list[str]
    first: int
    base: str


def read_tsv(path: Path, encoding: str) -> Iterator[Record | Fault]:
    """The articles of a folder of `.tsv`, or of one file. Raises SourceError."""
    files = sorted(path.glob("*.tsv")) if path.is_dir() else [path]
    folder = path if path.is_dir() else path.parent
    if not files:
        yield Fault(str(path), 0, "", "folder-empty")
    for file in files:
        if not file.resolve().is_relative_to(folder.resolve()):
            yield Fault(str(file), 0, "", "outside-folder")
        else:
            yield from _Sheet(file).read(written_lines(file, encoding))


class _Span:
    """A span as it is gathered: from where to where, in UTF-16, and what it says."""

    def __init__(self, line: int, layer: Layer, values: list[str | None]) -> None:
        self.line, self.layer, self.values = line, layer, values
        self.start, self.end = 2**31, 0


class _Sheet:
    """The rows of one file."""

    def __init__(self, file: Path) -> None:
        self._file = str(file)
        self._id = id_of(name_of(file))
        self._layers: list[Layer] = []
        self._columns = 0
        self._pieces: list[str] = []
        self._length = 0
        self._sentence: list[str] = []
        self._spans: dict[Key, _Span] = {}
        self._at: dict[Key, Key] = {}
        self._links: list[tuple[int, Layer, list[str | None], Key, Key]] = []
        self._faults: list[Fault] = []

    def read(self, lines: Iterator[WrittenLine | Fault]) -> Iterator[Record | Fault]:
        """The article, and what was refused of it."""
        first = True
        for line in lines:
            if isinstance(line, Fault):
                yield line
                if line.line == 0:
                    return
            elif first:
                first = False
                if not _KNOWN.fullmatch(line.text):
                    yield Fault(self._file, 1, "", "not-webanno", {"value": line.text[:80]})
                    return
            else:
                self._line(line)
        if self._length > _MOST:
            yield Fault(self._file, 0, "", "text-too-large", {"limit": MAX_TEXT_BYTES // 2**20})
        elif self._pieces:
            yield from self._article()
        else:
            yield from self._faults
            yield Fault(self._file, 0, "", "text-missing")

    def _line(self, line: WrittenLine) -> None:
        text = line.text
        if text.startswith(("#T_SP=", "#T_RL=")):
            type, *features = text[6:].split("|")
            base = features.pop()[3:] if text[3] == "R" and features and features[-1].startswith("BT_") else ""
            self._layers.append(Layer(type, features, 3 + self._columns, base))
            self._columns += len(features) + bool(base)
        elif text.startswith("#Text="):
            self._sentence.append(_unescaped(text[6:]))
        elif text and not text.startswith("#") and self._length <= _MOST:
            self._row(line.number, text.split("\t"))

    def _row(self, number: int, cells: list[str]) -> None:
        place = _PLACE.fullmatch(cells[1]) if len(cells) >= 3 + self._columns and _UNIT.fullmatch(cells[0]) else None
        if place is None:
            self._faults.append(Fault(self._file, number, "", "line-malformed", {"value": "\t".join(cells)[:80]}))
            return
        start, end = int(place[1]), int(place[2])
        if self._sentence and "." not in cells[0]:
            self._begin_sentence(start)
        for order, layer in enumerate(self._layers):
            width = len(layer.features) + bool(layer.base)
            stacks = [_stack(cell) for cell in cells[layer.first : layer.first + width]]
            for k in range(max(map(len, stacks), default=0)):
                entry = [stack[k] if k < len(stack) else ("*", 0, 0) for stack in stacks]
                if layer.base:
                    self._link(number, layer, entry, cells[0])
                else:
                    self._mark(number, order, entry, (cells[0], k), (start, end))

    def _begin_sentence(self, start: int) -> None:
        """Take in the text of a sentence whose first token begins at `start`."""
        if self._pieces and self._length == start + 1:
            self._pieces.append(self._pieces.pop().removesuffix("\n"))
            self._length -= 1
        if self._length < start <= _MOST:
            self._pieces.append(" " * (start - self._length))
            self._length = start
        for line in self._sentence:
            self._pieces.append(f"{line}\n")
            self._length += len(line.encode("utf-16-le", "surrogatepass")) // 2 + 1
        self._sentence = []

    def _mark(self, line: int, order: int, entry: list[Entry], unit: tuple[str, int], place: tuple[int, int]) -> None:
        layer, id = self._layers[order], next((one[1] for one in entry if one[1]), 0)
        key = (order, str(id)) if id else (order, f"{unit[0]} {unit[1]}")
        values = [_value(one[0]) for one in entry]
        span = self._spans.setdefault(key, _Span(line, layer, values))
        span.start, span.end = min(span.start, place[0]), max(span.end, place[1])
        if not id:
            self._at[order, unit[0]] = key

    def _link(self, line: int, layer: Layer, entry: list[Entry], unit: str) -> None:
        order = next((place for place, other in enumerate(self._layers) if other.type == layer.base), -1)
        source, head, child = entry[-1]
        ends = (order, str(head) if head else f"@{source}"), (order, str(child) if child else f"@{unit}")
        self._links.append((line, layer, [_value(one[0]) for one in entry[:-1]], ends[0], ends[1]))

    def _article(self) -> Iterator[Record | Fault]:
        text = "".join(self._pieces).removesuffix("\n")
        index = Utf16Index(text)
        placing = Placing(self._file, 0, self._id, text)
        ids: dict[Key, str] = {}
        for key, span in self._spans.items():
            placing.line = span.line
            label, note, said = _said(span.layer, span.values)
            place = index.to_code_point(span.start), index.to_code_point(span.end)
            ids[key] = placing.span("", label, [place], attributes=said, note=note)
        for line, layer, values, head, child in self._links:
            placing.line = line
            label, _note, said = _said(layer, values)
            placing.relation("", label, self._found(head, ids), self._found(child, ids), attributes=said)
        yield Record(Document(self._id, text), placing.annotations(State("in_progress", role="import")))
        yield from self._faults
        yield from placing.faults

    def _found(self, key: Key, ids: dict[Key, str]) -> str:
        if key[1].startswith("@"):
            return ids.get(self._at.get((key[0], key[1][1:]), key), key[1])
        return ids.get(key, key[1])


def _said(layer: Layer, values: list[str | None]) -> tuple[str, str, list[Attribute]]:
    """The label, the note and the attributes of an annotation with these values."""
    given = [(name, value) for name, value in zip(layer.features, values, strict=False) if value is not None]
    by_name = dict(given)
    named = next((name for name in ("label", "value") if by_name.get(name)), "")
    own = ("note",) if layer.type == SPAN else ()
    said = [
        Attribute(plain_name(name.removeprefix(OURS) if layer.type == SPAN else name), value, "import")
        for name, value in given
        if name and name != named and name not in own
    ]
    return by_name.get(named) or layer.type.rpartition(".")[2], by_name.get("note", "") if own else "", said


def _stack(cell: str) -> list[Entry]:
    """The entries of a cell: each with its value as it is written and its numbers, 0 for none."""
    if cell in ("_", ""):
        return []
    found = []
    for part in _parts(cell):
        match = _NUMBERED.fullmatch(part)
        assert match is not None
        found.append((match[1], int(match[2] or 0), int(match[3] or 0)))
    return found


def _parts(cell: str) -> Iterator[str]:
    """What stands between the `|` of a cell that nothing escapes."""
    start = 0
    for found in _BAR.finditer(cell):
        if found[0] == "|":
            yield cell[start : found.start()]
            start = found.end()
    yield cell[start:]


def _value(written: str) -> str | None:
    if written == "*":
        return None
    return plain_name(_IN_VALUES.sub(lambda found: {"t": "\t", "n": "\n"}.get(found[1], found[1]), written))


def _unescaped(line: str) -> str:
    return re.sub(r"\\(.)", lambda found: _READABLE.get(found[1], found[1]), line, flags=re.DOTALL)
