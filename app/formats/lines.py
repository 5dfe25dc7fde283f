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
from app.formats.findings import Finding, to_fault
from app.formats.native_read import decode_value, is_native
from app.formats.sources import BOM, MAX_LINE_BYTES, MAX_TEXT_BYTES, RawLine, open_source, raw_lines
from app.formats.strict_json import JsonFault, parse
from app.model.document import Document, NameValue, text_sha256
from app.model.record import Record

SUFFIXES = (".jsonl", ".ndjson", ".json")

_MARKS = ("spans", "entities", "label", "labels", "annotations", "relations")
_OWN = ("id", "text", "title", "language", "meta")


def read(path: Path) -> Iterator[Record | Fault]:
    """The articles of a JSON Lines file and what was refused of it. Raises SourceError when it cannot be opened."""
    with open_source(path) as stream:
        yield from read_lines(raw_lines(stream), str(path), path.stem)


def read_lines(lines: Iterable[RawLine], file: str, stem: str) -> Iterator[Record | Fault]:
    """The articles of `lines`; of two with the same id and annotator the second is refused."""
    seen: set[tuple[str, str]] = set()
    empty = True
    for line in lines:
        if line.content is None:
            yield Fault(file, line.number, "", "line-too-long", {"limit": MAX_LINE_BYTES // 2**20})
        elif content := _content(line):
            record, faults = _read_line(content, file, line.number, stem, seen)
            yield from faults
            if record is not None:
                yield record
        else:
            continue
        empty = False
    if empty:
        yield Fault(file, 0, "", "file-empty")


def _content(line: RawLine) -> bytes:
    content = line.content or b""
    return (content.removeprefix(BOM) if line.number == 1 else content).strip(b" \t\r")


def _read_line(
    content: bytes, file: str, number: int, stem: str, seen: set[tuple[str, str]]
) -> tuple[Record | None, list[Fault]]:
    try:
        value = parse(content)
    except JsonFault as fault:
        return None, [to_fault(file, number, Finding(fault.path, fault.code, fault.values))]
    if is_native(value):
        record, faults = decode_value(value, file, number)
    else:
        record, faults = _foreign(value, file, number)
    if record is None:
        return None, faults
    if not record.document.id:
        record = _named(record, stem, seen)
    identity = (record.document.id, record.annotator)
    if identity in seen:
        return None, [
            *faults,
            Fault(file, number, "id", "line-twice", {"value": identity[0], "annotator": identity[1]}),
        ]
    seen.add(identity)
    return record, faults


def _named(record: Record, stem: str, seen: set[tuple[str, str]]) -> Record:
    document = record.document
    name = wanted = f"{stem}-{text_sha256(document.text)[:12]}"
    copies = 1
    while (name, record.annotator) in seen:
        copies += 1
        name = f"{wanted}-{copies}"
    return record._replace(document=replace(document, id=name))


def _foreign(value: object, file: str, number: int) -> tuple[Record | None, list[Fault]]:
    findings = list(_refusals(value))
    if findings or not isinstance(value, dict):
        return None, [to_fault(file, number, finding) for finding in findings]
    marks = next((name for name in _MARKS if isinstance(value.get(name), list) and value[name]), "")
    faults = [Fault(file, number, marks, "marks-not-read")] if marks else []
    document = Document(
        str(value.get("id") or ""),
        value["text"],
        _string(value, "title"),
        _string(value, "language"),
        tuple(_meta(value)),
    )
    return Record(document), faults


def _refusals(value: object) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield Finding((), "not-an-object")
        return
    text = value.get("text")
    if "text" not in value:
        yield Finding(("text",), "key-required")
    elif not isinstance(text, str):
        yield Finding(("text",), "not-a-string")
    elif not text:
        yield Finding(("text",), "text-empty")
    elif len(text) * 4 > MAX_TEXT_BYTES and len(text.encode()) > MAX_TEXT_BYTES:
        yield Finding(("text",), "text-too-large", {"limit": MAX_TEXT_BYTES // 2**20})
    if isinstance(value.get("id"), bool | float | list | dict):
        yield Finding(("id",), "bad-id")


def _string(value: dict[str, object], name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""


def _meta(value: dict[str, object]) -> Iterator[NameValue]:
    meta = value.get("meta")
    if isinstance(meta, dict):
        yield from (NameValue(name, as_text(item)) for name, item in meta.items())
    elif meta is not None:
        yield NameValue("meta", as_text(meta))
    for name, item in value.items():
        kept_elsewhere = name in ("id", "text", "meta") or (name in _OWN and isinstance(item, str))
        if not kept_elsewhere:
            yield NameValue(name, as_text(item))


def as_text(item: object) -> str:
    """A JSON value as the string that `meta` holds."""
    if isinstance(item, str):
        return item
    if isinstance(item, bool):
        return "yes" if item else "no"
    return "" if item is None else orjson.dumps(item).decode()
