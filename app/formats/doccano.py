"""doccano: JSON Lines of texts with entities and relations, for projects that allow relations and overlaps.

Ids are whole numbers there, unique in the file, and every line has the same keys: doccano drops marks with other ids
without a word. It keeps columns it does not know and gives them back, so the article's own id, title and meta go in
such columns. An article without text it refuses. A span of several pieces is several entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import orjson

from app.errors import Fault
from app.formats.json_objects import Entry, articles_of, string
from app.formats.lines import as_text, own_meta
from app.formats.losses import all_but_annotator, note_uncarried
from app.formats.placing import Naming, Placing, text_or_fault
from app.formats.registry import Files, Format, ReadOptions, WriteOptions
from app.formats.sources import begins_with_an_object
from app.model.annotation import Annotations, State
from app.model.document import Document, NameValue
from app.model.record import Record
from app.sentences import N_

_OURS = ("document", "title", "language", "annotator", "meta")
_MARKED = re.compile(
    rb'"entities"\s*:\s*\[\s*(\]|\{[^}]*"start_offset")|"Comments"\s*:|"labels?"\s*:\s*\[\s*(\[\s*\d+\s*,|\])'
)
_THEIRS = ("id", "text", "data", "entities", "label", "labels", "relations", "Comments")


def write(records: Iterable[Record], files: Files, options: WriteOptions) -> None:
    """Write `records`, those without text left out."""
    ids, lost = count(1), all_but_annotator(options.lost)
    with files.open() as stream:
        for record in records:
            note_uncarried(record, FORMAT.carries, lost)
            if record.document.text:
                stream.write(orjson.dumps(_line(record, ids)) + b"\n")


def _line(record: Record, ids: Iterator[int]) -> dict[str, Any]:
    document, annotations = record.document, record.annotations or Annotations()
    first: dict[str, int] = {}
    entities = []
    for span in annotations.ordered():
        for start, end in span.fragments:
            id = next(ids)
            first.setdefault(span.id, id)
            entities.append({"id": id, "label": span.label, "start_offset": start, "end_offset": end})
    relations = [
        {"id": next(ids), "from_id": first[relation.head], "to_id": first[relation.child], "type": relation.label}
        for relation in sorted(annotations.relations.values(), key=lambda relation: (relation.label, relation.id))
    ]
    return {
        "document": document.id,
        "title": document.title,
        "entities": entities,
        "relations": relations,
        "text": document.text,
        "language": document.language,
        "annotator": record.annotator,
        "meta": [{"name": pair.name, "value": pair.value} for pair in document.meta],
    }


def sniff(path: Path, head: bytes) -> bool:
    """Whether the first object has marks as doccano writes them."""
    return begins_with_an_object(head) and bool(_MARKED.search(head))


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The articles of an export of doccano, with relations or without, as JSON Lines or as one array."""
    return articles_of(path, _article, options.encoding)


def _article(entry: Entry, file: str, naming: Naming) -> Iterator[Record | Fault]:
    line = entry.value
    text = text_or_fault(line.get("text", line.get("data")), file, entry.line)
    if isinstance(text, Fault):
        yield text
        return
    annotator = string(line.get("annotator"))
    id = naming.id_for(line.get("document") or line.get("id"), text, annotator)
    placing = Placing(file, entry.line, id, text)
    ids = _entities(line, placing)
    _relations(line, ids, placing)
    meta = (*own_meta(line.get("meta")), *_unknown(line))
    document = Document(id, text, string(line.get("title")), string(line.get("language")), meta)
    state = State("in_progress" if ids else "new", note=_comments(line), role="import")
    yield naming.once(Record(document, placing.annotations(state), annotator, line=entry.line))
    yield from placing.faults


def _entities(line: dict[str, Any], placing: Placing) -> dict[int, str]:
    """The ids of the spans that were taken, by those that the file gives."""
    ids: dict[int, str] = {}
    for key in ("entities", "label", "labels"):
        for place, entity in enumerate(placing.listed(key, line.get(key))):
            field = f"{key}[{place}]"
            if isinstance(entity, list) and len(entity) == 3:
                entity = dict(zip(("start_offset", "end_offset", "label"), entity, strict=True))
            if not isinstance(entity, dict):
                placing.refuse(field, "not-an-object")
                continue
            given = entity.get("id")
            stretch = entity.get("start_offset"), entity.get("end_offset")
            taken = placing.span(field, entity.get("label"), [stretch], given)
            if taken:
                ids[given if type(given) is int else -len(ids) - 1] = taken
    return ids


def _relations(line: dict[str, Any], ids: dict[int, str], placing: Placing) -> None:
    for place, relation in enumerate(placing.listed("relations", line.get("relations"))):
        field = f"relations[{place}]"
        if not isinstance(relation, dict):
            placing.refuse(field, "not-an-object")
            continue
        head, child = (_end(relation.get(end), ids) for end in ("from_id", "to_id"))
        given = relation.get("id")
        # doccano counts relations apart from entities.
        placing.relation(field, relation.get("type"), head, child, None if given is None else f"r{given}")


def _end(given: object, ids: dict[int, str]) -> object:
    return ids.get(given, given) if isinstance(given, int) else given


def _comments(line: dict[str, Any]) -> str:
    comments = line.get("Comments")
    return "\n".join(as_text(comment) for comment in comments) if isinstance(comments, list) else ""


def _unknown(line: dict[str, Any]) -> Iterator[NameValue]:
    """The columns of others, as `meta`."""
    for name, item in line.items():
        if name not in _OURS and name not in _THEIRS:
            yield NameValue(name, as_text(item))


FORMAT = Format(
    "doccano",
    N_("doccano"),
    (".jsonl", ".json"),
    frozenset(
        {"overlap", "nested", "crossing", "same-label-nested", "sub-word", "relations", "title", "meta", "multi-line"}
    ),
    read,
    write,
    sniff,
)
