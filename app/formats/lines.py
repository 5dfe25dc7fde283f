"""JSON Lines: one article a line, ours or anybody's.

A line that says `"format": "hashiya-jsonl"` is a line of a training file. Any other is an object with `text` and,
if it likes, `id`, `title`, `language` and `meta`. Whatever else it holds becomes `meta` too, so that nothing is lost
and every exported line has the same columns: a string as it is, a number as decimal text, true and false as `yes` and
`no`, null as nothing, a list or an object as JSON text.

An article without an id is called after its file and its text (`corpus-` and twelve digits of the text's SHA-256), so
that it keeps its id when lines are added or moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import orjson

from app.errors import Fault
from app.formats.findings import Finding, shown, to_fault
from app.formats.native_read import decode_value, is_native
from app.formats.recoded import recoded, until_undecodable
from app.formats.registry import Format, ReadOptions
from app.formats.sources import (
    BOM,
    MAX_LINE_BYTES,
    MAX_TEXT_BYTES,
    RawLine,
    looks_utf16,
    name_of,
    open_source,
    raw_lines,
)
from app.formats.strict_json import JsonFault, parse
from app.model.document import Document, NameValue, text_sha256
from app.model.record import Record
from app.sentences import N_

SUFFIXES = (".jsonl", ".ndjson", ".json")

_MARKS = ("spans", "entities", "label", "labels", "annotations", "relations")
_OPENED = (b"{", b"[")

Outcome = tuple[Record | None, list[Fault]]


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The articles of a JSON Lines file and what was refused of it. Raises SourceError when it cannot be opened."""
    with open_source(path) as stream:
        lines = raw_lines(recoded(stream, options.encoding), blank=False)
        yield from until_undecodable(_Reader(str(path), name_of(path)).read(lines), str(path))


class _Reader:
    """Reads the lines of one file; of two with the same id and annotator the second is refused."""

    def __init__(self, file: str, name: str) -> None:
        self._file = file
        self._name = name
        self._seen: set[tuple[str, str]] = set()
        self._told_of_marks = False

    def read(self, lines: Iterable[RawLine]) -> Iterator[Record | Fault]:
        empty = True
        for line in lines:
            content = None if line.content is None else _content(line)
            bare = content and content.strip(b" \t\r")
            if bare == b"":
                continue
            if empty and bare is not None and (code := _no_json_lines(bare)):
                yield Fault(self._file, 0, "", code)
                return
            empty = False
            record, faults = self._line(content, line.number)
            yield from filter(self._is_news, faults)
            if record is not None:
                yield record
        if empty:
            yield Fault(self._file, 0, "", "file-empty")

    def _line(self, content: bytes | None, number: int) -> Outcome:
        if content is None:
            return None, [Fault(self._file, number, "", "line-too-long", {"limit": MAX_LINE_BYTES // 2**20})]
        try:
            value = parse(content)
        except JsonFault as fault:
            return None, [to_fault(self._file, number, Finding(fault.path, fault.code, fault.values))]
        record, faults = (decode_value if is_native(value) else foreign)(value, self._file, number)
        return (None, faults) if record is None else self._once(record, faults, number)

    def _once(self, record: Record, faults: list[Fault], number: int) -> Outcome:
        if not record.document.id:
            record = record._replace(document=replace(record.document, id=self._new_id(record)))
        id, annotator = record.document.id, record.annotator
        if (id, annotator) in self._seen:
            twice: dict[str, object] = {"value": id, "annotator": annotator}
            return None, [*faults, Fault(self._file, number, "id", "line-twice", twice)]
        self._seen.add((id, annotator))
        return record, faults

    def _is_news(self, fault: Fault) -> bool:
        """Whether to tell of `fault`: marks of another program stand in every line of its file, and once is enough."""
        if fault.code != "marks-not-read":
            return True
        told, self._told_of_marks = self._told_of_marks, True
        return not told

    def _new_id(self, record: Record) -> str:
        id = wanted = f"{self._name}-{text_sha256(record.document.text)[:12]}"
        copies = 1
        while (id, record.annotator) in self._seen:
            copies += 1
            id = f"{wanted}-{copies}"
        return id


def _content(line: RawLine) -> bytes:
    content = line.content or b""
    return content.removeprefix(BOM) if line.number == 1 else content


def _no_json_lines(first: bytes) -> str:
    """Why no line of a file that begins with `first` can be read, or ``""``."""
    if looks_utf16(first):
        return "not-utf8-but-utf16"
    return "json-over-lines" if first in _OPENED else ""


def foreign(value: object, file: str, number: int) -> Outcome:
    """The article of a line that is not of a training file; its id is empty when the line gives none."""
    refused = _refused(value)
    if refused or not isinstance(value, dict):
        return None, [to_fault(file, number, finding) for finding in refused]
    marks = next((name for name in _MARKS if isinstance(value.get(name), list) and value[name]), "")
    faults = [Fault(file, number, marks, "marks-not-read")] if marks else []
    given = value.get("id")
    document = Document(
        "" if given is None else str(given),
        value["text"],
        _string(value, "title"),
        _string(value, "language"),
        tuple(_meta(value)),
    )
    return Record(document, line=number), faults


def _refused(value: object) -> list[Finding]:
    if not isinstance(value, dict):
        return [Finding((), "not-an-object")]
    if "text" not in value:
        return [Finding(("text",), "key-required")]
    text = value["text"]
    if not isinstance(text, str):
        return [Finding(("text",), "not-a-string", shown(text))]
    if not text:
        return [Finding(("text",), "text-empty")]
    if len(text) * 4 > MAX_TEXT_BYTES and len(text.encode()) > MAX_TEXT_BYTES:
        return [Finding(("text",), "text-too-large", {"limit": MAX_TEXT_BYTES // 2**20})]
    if isinstance(value.get("id"), bool | float | list | dict):
        return [Finding(("id",), "bad-id", shown(value["id"]))]
    return []


def _string(value: dict[str, object], name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""


def _meta(value: dict[str, object]) -> Iterator[NameValue]:
    yield from own_meta(value.get("meta"))
    for name, item in value.items():
        if name in ("id", "text", "meta") or (name in ("title", "language") and isinstance(item, str | None)):
            continue
        yield NameValue(name, as_text(item))


def own_meta(meta: object) -> Iterator[NameValue]:
    """The value of a key `meta` as names and values: an object, such a list as Hashiya writes, or anything else."""
    if isinstance(meta, dict):
        yield from (NameValue(name, as_text(item)) for name, item in meta.items())
    elif isinstance(meta, list) and all(isinstance(entry, dict) and set(entry) == {"name", "value"} for entry in meta):
        yield from (NameValue(as_text(entry["name"]), as_text(entry["value"])) for entry in meta)
    elif meta is not None:
        yield NameValue("meta", as_text(meta))


def as_text(item: object) -> str:
    """A JSON value as the string that `meta` holds."""
    if isinstance(item, str):
        return item
    if isinstance(item, bool):
        return "yes" if item else "no"
    return "" if item is None else orjson.dumps(item).decode()


FORMAT = Format("jsonl", N_("JSON Lines of texts"), SUFFIXES, frozenset({"title", "meta"}), read=read)
