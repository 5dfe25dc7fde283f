"""Prompt and completion: JSON Lines of conversations for tuning a language model.

The system says what is wanted and which labels there are, the user gives the text as it stands, and the assistant
answers with one JSON object: the spans in their order, each with its number, and the relations between them by number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import orjson

from app.formats.losses import note_uncarried
from app.formats.registry import Files, Format, WriteOptions
from app.model.annotation import Annotations, Attribute, Relation, Span, surface
from app.model.document import NameValue
from app.model.record import Record
from app.model.schema import Schema
from app.sentences import N_

_ASKED: Final = (
    "Mark the spans of the text that the user gives. Answer with one JSON object and nothing else: "
    '{"spans": [{"id", "start", "end", "text", "label"}], "relations": [{"label", "head", "child"}]}. '
    "start and end count Unicode code points from 0, the end not included; text is what the span covers. "
    "Number the spans from 1 in the order in which they begin; head and child are such numbers. "
    'A span of several pieces has "pieces", a list of [start, end]; a span or relation that says more has '
    '"attributes", and an article that does "fields": objects of names and lists of values.'
)

_Object = dict[str, Any]


def write(records: Iterable[Record], files: Files, options: WriteOptions) -> None:
    """Write `records`, those without text left out."""
    system = {"role": "system", "content": _instructions(options.schema)}
    with files.open() as stream:
        for record in records:
            note_uncarried(record, FORMAT.carries, options.lost)
            if record.document.text:
                user = {"role": "user", "content": record.document.text}
                answer = {"role": "assistant", "content": orjson.dumps(_answer(record)).decode()}
                stream.write(orjson.dumps({"messages": [system, user, answer]}) + b"\n")


def _instructions(schema: Schema | None) -> str:
    if schema is None:
        return _ASKED
    labels = "; ".join(f"{label.id} ({label.title('en')})" for label in schema.labels)
    relations = "; ".join(f"{relation.id} ({relation.title('en')})" for relation in schema.relations)
    return "\n".join([_ASKED, f"Labels: {labels}", *([f"Relations: {relations}"] if relations else [])])


def _answer(record: Record) -> _Object:
    annotations = record.annotations or Annotations()
    numbers = {span.id: number for number, span in enumerate(annotations.ordered(), 1)}
    spans = [_span(span, numbers[span.id], record.document.text) for span in annotations.ordered()]
    relations = [_relation(relation, numbers) for relation in _sorted(annotations, numbers)]
    fields = _grouped(annotations.state.fields)
    return {"spans": spans, "relations": relations, **({"fields": fields} if fields else {})}


def _span(span: Span, number: int, text: str) -> _Object:
    made: _Object = {
        "id": number,
        "start": span.start,
        "end": span.end,
        "text": surface(text, span),
        "label": span.label,
    }
    if len(span.fragments) > 1:
        made["pieces"] = [[start, end] for start, end in span.fragments]
    return _with_attributes(made, span.attributes)


def _relation(relation: Relation, numbers: dict[str, int]) -> _Object:
    made = {"label": relation.label, "head": numbers[relation.head], "child": numbers[relation.child]}
    return _with_attributes(made, relation.attributes)


def _sorted(annotations: Annotations, numbers: dict[str, int]) -> Iterator[Relation]:
    yield from sorted(
        annotations.relations.values(),
        key=lambda link: (numbers[link.head], numbers[link.child], link.label, link.id),
    )


def _with_attributes(made: _Object, attributes: tuple[Attribute, ...]) -> _Object:
    return {**made, "attributes": _grouped(attributes)} if attributes else made


def _grouped(pairs: Iterable[Attribute | NameValue]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for pair in pairs:
        values.setdefault(pair.name, []).append(pair.value)
    return values


FORMAT = Format(
    "prompt-completion",
    N_("Prompts and answers for language models"),
    (".jsonl",),
    frozenset(
        {"overlap", "nested", "crossing", "same-label-nested", "discontinuous", "sub-word", "multi-line"}
        | {"attributes", "relations", "relation-attributes", "fields"}
    ),
    write=write,
)
