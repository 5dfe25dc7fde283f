"""WebAnno TSV 3.3, as INCEpTION has it: a folder with `NAME.tsv` for each article, a token a row.

Offsets count in UTF-16. A span that lies on part of a token stands on a sub-token (`1-3.1`); spans on one token are
stacked with `|`, and those of several tokens or in a stack have a number in brackets. A relation stands where its
child begins. A sentence reaches to the next one, so that the text comes back; before the first there are spaces alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from app.errors import Fault
from app.formats.losses import note_uncarried
from app.formats.registry import Files, Format, Loss, ReadOptions, WriteOptions
from app.formats.safe_names import IDENTIFIER, FileNames, file_name, safe_name
from app.formats.token_lines import Laid, Stretch, lay, words_of
from app.formats.webanno_read import FORMAT_LINE, OURS, RELATION, SPAN, read_tsv
from app.model.annotation import Annotations, Relation, Span
from app.model.record import Record
from app.sentences import N_
from app.text.offsets import Utf16Index

_RESERVED: Final = re.compile(r"->|[\\\[\]|_;\t\n*]")
_READABLE: Final = {"\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "\b": "\\b", "\\": "\\\\"}
_BREAKS_LINES: Final = re.compile(r"(?:\r|_(?=u))+")


def write(records: Iterable[Record], files: Files, options: WriteOptions) -> None:
    """Write a file for each record that holds a word."""
    names = FileNames()
    for record in records:
        note_uncarried(record, FORMAT.carries, options.lost)
        laid = lay(record, options)
        if not laid.tokens:
            if record.document.text:
                options.lost(Loss(record.document.id, what="empty-text"))
            continue
        if record.document.text[: laid.tokens[0][0]].strip(" "):
            options.lost(Loss(record.document.id, what="white-space"))
        if record.annotations and (note := record.annotations.state.note):
            options.lost(Loss(record.document.id, what="notes", values=(("note", note),)))
        sheet = _Sheet(record, laid)
        _note_left_out(record, laid, options)
        with files.open(f"{file_name(record.document.id, names, options.lost)}.tsv") as stream:
            stream.write("".join(f"{line}\n" for line in sheet.lines()).encode())


def _note_left_out(record: Record, laid: Laid, options: WriteOptions) -> None:
    kept = {span.id for span, _places in laid.spans}
    for relation in record.annotations.relations.values() if record.annotations else ():
        if not {relation.head, relation.child} <= kept:
            options.lost(Loss(record.document.id, "", relation.id, "relation-without-span"))


Unit = tuple[int, int, int]
"""A token, by its number, and the stretch of the text: all of the token, or a part of it."""


class _Mark(NamedTuple):
    """One piece of a span: its `number` in brackets, 0 for none, and the units that it stands on."""

    span: Span
    number: int
    units: list[Unit]


class _Sheet:
    """One article."""

    def __init__(self, record: Record, laid: Laid) -> None:
        self._text = record.document.text
        self._units16 = Utf16Index(self._text)
        self._tokens, self._sentences = _whole(self._text, laid)
        self._starts = [start for start, _end in self._tokens]
        found = [self._pieces(span, laid.tokens, place) for span, places in laid.spans for place in places]
        self._stacks: dict[Unit, list[_Mark]] = {}
        for mark in _numbered(found):
            for unit in mark.units:
                self._stacks.setdefault(unit, []).append(mark)
        self._parts: dict[int, list[Unit]] = {}
        for unit in sorted(self._stacks):
            if unit[1:] != self._tokens[unit[0]]:
                self._parts.setdefault(unit[0], []).append(unit)
        self._first: dict[str, _Mark] = {}
        for mark in sorted((mark for marks in self._stacks.values() for mark in marks), key=lambda one: one.units):
            self._first.setdefault(mark.span.id, mark)
        self._links: dict[Unit, list[Relation]] = {}
        annotations = record.annotations or Annotations()
        for link in sorted(annotations.relations.values(), key=lambda relation: (relation.label, relation.id)):
            if link.head in self._first and link.child in self._first:
                self._links.setdefault(self._first[link.child].units[0], []).append(link)
        self._columns = _columns([mark.span for mark in self._first.values()])
        self._noted = any(mark.span.note for mark in self._first.values())

    def _pieces(self, span: Span, tokens: list[Stretch], place: Stretch) -> tuple[Span, list[Unit]]:
        start, end = tokens[place[0]][0], tokens[place[1] - 1][1]
        first, last = bisect_right(self._starts, start) - 1, bisect_right(self._starts, end - 1)
        return span, [(k, max(start, self._tokens[k][0]), min(end, self._tokens[k][1])) for k in range(first, last)]

    def lines(self) -> Iterator[str]:
        """Its lines, without their ends."""
        yield FORMAT_LINE
        features = ["label", *(["note"] if self._noted else []), *(column for column, _name, _k in self._columns)]
        yield f"#T_SP={SPAN}|{'|'.join(features)}"
        if self._links:
            yield f"#T_RL={RELATION}|label|BT_{SPAN}"
        yield ""
        for number, (first, last) in enumerate(self._sentences, 1):
            yield ""
            following = self._sentences[number][0] if number < len(self._sentences) else None
            yield from self._head(first, following)
            for token in range(first, last):
                yield from self._rows(token, f"{number}-{token - first + 1}")

    def _head(self, first: int, following: int | None) -> Iterator[str]:
        end = len(self._text) if following is None else self._tokens[following][0]
        covered = self._text[self._tokens[first][0] : end]
        for line in (covered if following is None else covered.removesuffix("\n")).split("\n"):
            yield f"#Text={_escaped(line)}"

    def _rows(self, token: int, id: str) -> Iterator[str]:
        start, end = self._tokens[token]
        yield self._row(id, (token, start, end))
        for place, unit in enumerate(self._parts.get(token, ()), 1):
            yield self._row(f"{id}.{place}", unit)

    def _row(self, id: str, unit: Unit) -> str:
        _token, start, end = unit
        place = f"{self._units16.to_utf16(start)}-{self._units16.to_utf16(end)}"
        return "\t".join((id, place, self._text[start:end], *self._cells(unit), ""))

    def _cells(self, unit: Unit) -> Iterator[str]:
        stack = self._stacks.get(unit, [])
        yield "|".join(_valued(mark.span.label, mark) for mark in stack) or "_"
        if self._noted:
            yield "|".join(_valued(mark.span.note or None, mark) for mark in stack) or "_"
        for _column, name, k in self._columns:
            yield "|".join(_valued(_value(mark.span, name, k), mark) for mark in stack) or "_"
        if self._links:
            links = self._links.get(unit, [])
            yield "|".join(_safe(link.label) for link in links) or "_"
            yield "|".join(map(self._source, links)) or "_"

    def _source(self, link: Relation) -> str:
        head, child = self._first[link.head], self._first[link.child]
        said = f"[{head.number}_{child.number}]" if head.number or child.number else ""
        return f"{self._id(head.units[0])}{said}"

    def _id(self, unit: Unit) -> str:
        token = unit[0]
        sentence = bisect_right([first for first, _last in self._sentences], token)
        parts = self._parts.get(token, [])
        part = f".{parts.index(unit) + 1}" if unit in parts else ""
        return f"{sentence}-{token - self._sentences[sentence - 1][0] + 1}{part}"


def _whole(text: str, laid: Laid) -> tuple[list[Stretch], list[Stretch]]:
    """The tokens of `laid` as they were before spans split them, and the sentences of these."""
    words = dict(words_of(text, laid.tokens))
    tokens: list[Stretch] = []
    numbers: list[int] = []
    beyond = 0
    for place, (start, _end) in enumerate(laid.tokens):
        if place >= beyond:
            beyond = words.get(place, place + 1)
            tokens.append((start, laid.tokens[beyond - 1][1]))
        numbers.append(len(tokens))
    return tokens, [(numbers[first] - 1, numbers[last - 1]) for first, last in laid.sentences]


def _numbered(found: list[tuple[Span, list[Unit]]]) -> Iterator[_Mark]:
    """Marks with a number where they stand on several units, or with others on one."""
    stacked: dict[Unit, int] = {}
    for _span, units in found:
        for unit in units:
            stacked[unit] = stacked.get(unit, 0) + 1
    number = 0
    for span, units in found:
        needed = len(units) > 1 or stacked[units[0]] > 1
        number += needed
        yield _Mark(span, number if needed else 0, units)


def _columns(spans: list[Span]) -> list[tuple[str, str, int]]:
    """The columns for attributes: what each is called, for which name, and for which of its values."""
    most: dict[str, int] = {}
    for span in spans:
        for name in {attribute.name for attribute in span.attributes}:
            most[name] = max(most.get(name, 0), sum(attribute.name == name for attribute in span.attributes))
    names = [(name, k) for name in sorted(most) for k in range(most[name])]
    return [(f"{OURS}{safe_name(name, IDENTIFIER)}{'_u_' * k}", name, k) for name, k in names]


def _value(span: Span, name: str, k: int) -> str | None:
    values = [attribute.value for attribute in sorted(span.attributes) if attribute.name == name]
    return values[k] if k < len(values) else None


def _valued(value: str | None, mark: _Mark) -> str:
    number = f"[{mark.number}]" if mark.number else ""
    return f"{'*' if value is None else _safe(value)}{number}"


def _safe(value: str) -> str:
    written = safe_name(value, _BREAKS_LINES)
    return _RESERVED.sub(lambda found: {"\t": "\\t", "\n": "\\n"}.get(found[0], f"\\{found[0]}"), written)


def _escaped(line: str) -> str:
    return "".join(_READABLE.get(ch) or (f"\\{ch}" if ch < " " and ch != "\x0b" else ch) for ch in line)


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The articles of a folder of `.tsv`, or the one of a file."""
    return read_tsv(path, options.encoding)


def sniff(path: Path, head: bytes) -> bool:
    """Whether it is such a file, or a folder whose first table is one."""
    if path.is_dir():
        first = next(iter(sorted(path.glob("*.tsv"))), None)
        if first is None or not first.is_file():
            return False
        with first.open("rb") as stream:
            head = stream.read(64)
    return head.removeprefix(b"\xef\xbb\xbf").startswith(b"#FORMAT=WebAnno TSV 3")


FORMAT = Format(
    "webanno-tsv",
    N_("WebAnno TSV 3.3 (folder)"),
    (".tsv",),
    frozenset(
        {
            *("overlap", "nested", "crossing", "same-label-nested", "sub-word", "multi-line"),
            *("attributes", "relations", "notes"),
        }
    ),
    read,
    write,
    sniff,
    folder=True,
    tokens=True,
)
