"""W3C Web Annotation: one JSON-LD collection, for programs that know annotations of texts anywhere.

An article is the source `urn:hashiya:document:<id>`; its first annotation gives its text. A span is a target of that
source with a TextPositionSelector (code points, as the recommendation has it) and a TextQuoteSelector beside it;
several pieces are a Composite of such targets. Its label is a body that tags, each attribute one that classifies,
its name under `hashiya:name`. A relation is an annotation that links: it targets the annotation of its head, its body
is that of its child.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import quote

import orjson

from app.formats.losses import all_but_annotator, note_uncarried
from app.formats.registry import EVERYTHING, Files, Format, WriteOptions
from app.model.annotation import Annotations, Attribute, Relation, Span
from app.model.record import Record
from app.sentences import N_

CONTEXT: Final = ["http://www.w3.org/ns/anno.jsonld", {"hashiya": "urn:hashiya:"}]
AROUND: Final = 32
"""How many code points before and after a span its quote holds."""

_Object = dict[str, Any]


def write(records: Iterable[Record], files: Files, options: WriteOptions) -> None:
    """Write the annotations of `records` as the one page of a collection."""
    total = 0
    head = {"@context": CONTEXT, "id": "urn:hashiya:annotations", "type": "AnnotationCollection"}
    page = {"id": "urn:hashiya:annotations:1", "type": "AnnotationPage", "startIndex": 0}
    with files.open() as stream:
        stream.write(orjson.dumps(head)[:-1] + b',"first":' + orjson.dumps(page)[:-1] + b',"items":[')
        for record in records:
            note_uncarried(record, FORMAT.carries, all_but_annotator(options.lost))
            for annotation in _annotations(record):
                stream.write((b"," if total else b"") + b"\n" + orjson.dumps(annotation))
                total += 1
        stream.write(b'\n]},"total":%d}\n' % total)


def _annotations(record: Record) -> Iterator[_Object]:
    annotations = record.annotations or Annotations()
    source = f"urn:hashiya:document:{quote(record.document.id, safe='')}"
    home = f"{source}:{quote(record.annotator, safe='')}"
    creator = {"creator": {"type": "Person", "name": record.annotator}} if record.annotator else {}
    yield _text(record, source, home)
    for span in annotations.ordered():
        yield {**_begin(home, span.id, "tagging"), **creator, **_span(span, record.document.text, source)}
    for relation in sorted(annotations.relations.values(), key=lambda relation: (relation.label, relation.id)):
        yield {**_begin(home, relation.id, "linking"), **creator, **_relation(relation, home)}


def _begin(home: str, id: str, motivation: str) -> _Object:
    return {"id": f"{home}:{quote(id, safe='')}", "type": "Annotation", "motivation": motivation}


def _text(record: Record, source: str, home: str) -> _Object:
    """The annotation that gives the text of an article, its title and what was answered about it."""
    document, state = record.document, (record.annotations or Annotations()).state
    text = {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": document.text}
    if document.language:
        text["language"] = document.language
    pairs = [("meta", pair) for pair in document.meta] + [("field", pair) for pair in state.fields]
    told = [_named(f"{kind}:{pair.name}", pair.value) for kind, pair in pairs]
    title = [_named("title", document.title)] if document.title else []
    note = [_noted(state.note)] if state.note else []
    return {
        "id": f"{home}#text",
        "type": "Annotation",
        "motivation": "describing",
        "body": [text, *title, *told, *note],
        "target": source,
    }


def _span(span: Span, text: str, source: str) -> _Object:
    targets = [_target(text, start, end, source) for start, end in span.fragments]
    target = targets[0] if len(targets) == 1 else {"type": "Composite", "items": targets}
    label = {"type": "TextualBody", "purpose": "tagging", "value": span.label}
    note = [_noted(span.note)] if span.note else []
    return {"body": [label, *_said(span.attributes), *note], "target": target}


def _target(text: str, start: int, end: int, source: str) -> _Object:
    quoted = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    place = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"type": "SpecificResource", "source": source, "selector": [place, quoted]}


def _relation(relation: Relation, home: str) -> _Object:
    label = {"type": "TextualBody", "purpose": "tagging", "value": relation.label}
    child = {"type": "SpecificResource", "purpose": "linking", "source": f"{home}:{quote(relation.child, safe='')}"}
    return {"body": [label, child, *_said(relation.attributes)], "target": f"{home}:{quote(relation.head, safe='')}"}


def _said(attributes: tuple[Attribute, ...]) -> list[_Object]:
    return [_named(one.name, one.value) for one in attributes]


def _noted(note: str) -> _Object:
    return {"type": "TextualBody", "purpose": "commenting", "value": note}


def _named(name: str, value: str) -> _Object:
    return {"type": "TextualBody", "purpose": "classifying", "hashiya:name": name, "value": value}


FORMAT = Format(
    "w3c",
    N_("Web Annotation (W3C)"),
    (".jsonld", ".json"),
    EVERYTHING - {"status", "provenance", "unknown-keys"},
    write=write,
)
