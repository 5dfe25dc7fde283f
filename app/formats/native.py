"""Hashiya's own training file, written: one record, one line, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from app.errors import Fault
from app.formats import native_form as form
from app.formats.native_read import decode as decode
from app.formats.native_read import is_native as is_native
from app.formats.registry import EVERYTHING, Files, Format, ReadOptions, WriteOptions
from app.model.annotation import Annotations, Attribute, Relation, Span, surface
from app.model.document import Document, NameValue, text_sha256
from app.model.plain_spans import PlainSpan, PlainSpans
from app.model.record import Record
from app.sentences import N_

_AT_ONCE = 64
_UNKNOWN_TIME = "1970-01-01T00:00:00.000Z"


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The articles of a training file and what was refused of it. Raises SourceError when it cannot be opened."""
    from app.formats.lines import read  # who writes a training file reads none

    return read(path, options)


def write(records: Iterable[Record], files: Files, options: WriteOptions) -> None:
    """Write each record as one line."""
    with files.open() as stream:
        for record in records:
            stream.writelines(_whole(record))


def sniff(path: Path, head: bytes) -> bool:
    """Whether the first line says of itself that it is Hashiya's."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:80].replace(b" ", b"")
    return first.startswith(b'{"format":"' + form.FORMAT.encode() + b'"')


def encode(record: Record) -> bytes:
    """`record` as one line with its `\\n`. Raises ValueError when a span does not lie within the text."""
    return b"".join(_whole(record))


def _whole(record: Record) -> Iterator[bytes]:
    spans = record.annotations.spans if record.annotations else {}
    if isinstance(spans, PlainSpans):
        updated = _updated(record)
        return _pieces(record, [[_plain(row, updated) for row in spans.rows]] if spans.rows else [])
    return encode_pieces(record, record.annotations.ordered() if record.annotations else ())


def encode_pieces(record: Record, spans: Iterable[Span]) -> Iterator[bytes]:
    """The line of `record` with these `spans`, which come in their order; each piece is the work of a moment.

    The spans of `record` itself are not looked at. Raises ValueError as `encode` does.
    """
    document = record.document
    updated = _updated(record)
    return _pieces(record, ([_span(span, document, updated) for span in batch] for batch in _batches(spans)))


def _updated(record: Record) -> str:
    return record.updated_at or record.document.created_at or _UNKNOWN_TIME


def _pieces(record: Record, spans: Iterable[list[dict[str, Any]]]) -> Iterator[bytes]:
    document, annotations = record.document, record.annotations or Annotations()
    state = annotations.state
    updated = _updated(record)
    extra: dict[str, Any] = {**_loaded(document.extra), **_loaded(state.extra)}
    head = {
        "format": form.FORMAT,
        "format_version": extra.get("format_version", form.VERSION),
        "id": document.id,
        "text": document.text,
        "text_sha256": text_sha256(document.text),
        "text_length": len(document.text),
        "offset_unit": form.OFFSET_UNIT,
        "offset_interval": form.OFFSET_INTERVAL,
        "language": document.language,
        "title": document.title,
        "schema": record.schema_name,
        "schema_version": record.schema_version,
        "annotator": record.annotator,
        "role": state.role,
        "is_gold": state.is_gold,
        "status": state.status,
        "flagged": state.flagged,
        "note": state.note,
        "created_at": document.created_at or updated,
        "updated_at": updated,
    }
    tail = {
        "relations": [_relation(relation) for relation in _ordered(annotations.relations.values())],
        "fields": _pairs(state.fields, extra.get("fields")),
        "meta": _pairs(document.meta, extra.get("meta")),
    }
    unknown = {key: value for key, value in extra.items() if key not in form.LINE.by_name}
    yield orjson.dumps(head)[:-1] + b',"spans":['
    separator = b""
    for batch in spans:
        yield separator + orjson.dumps(batch)[1:-1]
        separator = b","
    yield b"]," + orjson.dumps(_with_unknown(tail, unknown))[1:] + b"\n"


def _batches(spans: Iterable[Span]) -> Iterator[list[Span]]:
    waiting = iter(spans)
    while batch := list(islice(waiting, _AT_ONCE)):
        yield batch


def _span(span: Span, document: Document, moment: str) -> dict[str, Any]:
    id, label, fragments, attributes, status, source, source_name, score, edited, note, created, updated, extra = span
    text = document.text
    start, end = fragments[0][0], fragments[-1][1]
    if not 0 <= start < end <= len(text):
        raise ValueError(f"span {id} does not lie within the text of {document.id}")
    line = {
        "id": id,
        "start": start,
        "end": end,
        "label": label,
        "text": text[start:end] if len(fragments) == 1 else surface(text, span),
        "fragments": [{"start": first, "end": last} for first, last in fragments],
        "attributes": _attributes(attributes) if attributes else [],
        "status": status,
        "source": source,
        "source_name": source_name,
        "score": score,
        "edited": edited,
        "note": note,
        "created_at": created or moment,
        "updated_at": updated or created or moment,
    }
    return _with_span_extra(line, extra) if extra else line


def _plain(row: PlainSpan, moment: str) -> dict[str, Any]:
    """What `_span` gives for a plain span."""
    id, start, end, label, text, at = row
    at = at or moment
    return {
        "id": id,
        "start": start,
        "end": end,
        "label": label,
        "text": text,
        "fragments": [{"start": start, "end": end}],
        "attributes": [],
        "status": "accepted",
        "source": "manual",
        "source_name": "",
        "score": None,
        "edited": False,
        "note": "",
        "created_at": at,
        "updated_at": at,
    }


def _with_span_extra(line: dict[str, Any], extra: str) -> dict[str, Any]:
    unknown = _loaded(extra)
    _complete(line["fragments"], unknown.get("fragments"), form.FRAGMENT.names)
    _complete(line["attributes"], unknown.get("attributes"), form.ATTRIBUTE.names)
    return _with_unknown(line, unknown)


def _ordered(relations: Iterable[Relation]) -> list[Relation]:
    return sorted(relations, key=lambda relation: (relation.label, relation.id))


def _relation(relation: Relation) -> dict[str, Any]:
    line: dict[str, Any] = {
        "id": relation.id,
        "label": relation.label,
        "head": relation.head,
        "child": relation.child,
        "attributes": _attributes(relation.attributes),
        "source": relation.source,
        "score": relation.score,
    }
    extra = _loaded(relation.extra)
    _complete(line["attributes"], extra.get("attributes"), form.ATTRIBUTE.names)
    return _with_unknown(line, extra)


def _attributes(attributes: tuple[Attribute, ...]) -> list[dict[str, Any]]:
    return [{"name": name, "value": value, "source": source} for name, value, source in sorted(attributes)]


def _pairs(pairs: tuple[NameValue, ...], carried: object) -> list[dict[str, Any]]:
    entries = [{"name": pair.name, "value": pair.value} for pair in pairs]
    _complete(entries, carried, form.PAIR.names)
    return entries


def _loaded(extra: str) -> dict[str, Any]:
    return orjson.loads(extra) if extra else {}


def _with_unknown(line: dict[str, Any], extra: dict[str, Any]) -> dict[str, Any]:
    line.update((key, value) for key, value in extra.items() if key not in line)
    return line


def _complete(entries: object, carried: object, names: tuple[str, ...]) -> None:
    """Give entries back the unknown keys that `extra` carries for them; an entry changed since has lost its own."""
    if not isinstance(carried, list) or not isinstance(entries, list):
        return
    waiting = [(tuple(entry.get(name) for name in names), entry) for entry in carried if isinstance(entry, dict)]
    for entry in entries:
        identity = tuple(entry[name] for name in names)
        for place, (named, whole) in enumerate(waiting):
            if named == identity:
                _with_unknown(entry, whole)
                del waiting[place]
                break


FORMAT = Format(
    "native", N_("Hashiya JSONL"), (".jsonl", ".ndjson", ".json"), EVERYTHING, read=read, write=write, sniff=sniff
)
