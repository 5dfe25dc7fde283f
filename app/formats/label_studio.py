"""Label Studio: one JSON array of tasks, and beside it the labelling interface that they need.

Each record is one task with one annotation; suggested spans are its prediction. The answers about a span are regions
with the span's id, those about the article regions without a place. Label Studio says nothing of a label or a choice
that the interface does not know, so `interface.xml` holds all that the tasks use, the schema's first. A span of
several pieces is several regions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson

from app.errors import Fault
from app.formats.label_studio_interface import ATTRIBUTE, FIELD, LABELS, NOTE, OBJECT, Interface
from app.formats.losses import all_but_annotator, note_uncarried
from app.formats.registry import Files, Format, Loss, Lost, ReadOptions, WriteOptions
from app.formats.sources import begins_with_an_object
from app.model.annotation import Annotations, Attribute, Relation, Span, State
from app.model.document import NameValue
from app.model.record import Record
from app.sentences import N_

TASKS: Final = "tasks.json"
INTERFACE: Final = "interface.xml"

_Region = dict[str, Any]
_TASK = re.compile(rb'"data"\s*:\s*\{|"(annotations|predictions|completions)"\s*:\s*\[\s*\{[^\[]*"result"\s*:\s*\[')


def write(records: Iterable[Record], files: Files, options: WriteOptions) -> None:
    """Write the tasks of `records`, those without text left out, and the interface for them."""
    interface = Interface(options.schema)
    with files.open(TASKS) as stream:
        _write_tasks(records, stream, interface, options.lost)
    with files.open(INTERFACE) as stream:
        stream.write(interface.xml().encode())


def _write_tasks(records: Iterable[Record], stream: BinaryIO, interface: Interface, lost: Lost) -> None:
    written = 0
    for record in records:
        note_uncarried(record, FORMAT.carries, all_but_annotator(lost))
        if record.document.text:
            written += 1
            task = {"id": written, **_task(record, interface, lost)}
            stream.write((b",\n" if written > 1 else b"[\n") + orjson.dumps(task))
    stream.write(b"\n]\n" if written else b"[]\n")


def _task(record: Record, interface: Interface, lost: Lost) -> dict[str, Any]:
    document, annotations = record.document, record.annotations or Annotations()
    marks = _Marks(document.text, interface)
    for span in annotations.ordered():
        marks.span(span)
    for relation in sorted(annotations.relations.values(), key=lambda relation: (relation.label, relation.id)):
        if not marks.relation(relation):
            lost(Loss(document.id, "", relation.id, "relations", (("label", relation.label),)))
    return {
        "annotations": [] if record.annotations is None else [_annotation(marks, annotations.state)],
        "predictions": [{"model_version": "hashiya", "result": marks.suggested}] if marks.suggested else [],
        "data": {
            "document": document.id,
            "title": document.title,
            "language": document.language,
            "annotator": record.annotator,
            "meta": [{"name": pair.name, "value": pair.value} for pair in document.meta],
            "text": document.text,
        },
    }


def _annotation(marks: _Marks, state: State) -> dict[str, Any]:
    marks.of_article(FIELD, state.fields)
    if state.note:
        marks.of_article("", [NameValue(NOTE, state.note)])
    return {"was_cancelled": state.status == "skipped", "ground_truth": state.is_gold, "result": marks.accepted}


class _Marks:
    """The regions of one task."""

    def __init__(self, text: str, interface: Interface) -> None:
        self.accepted: list[_Region] = []
        self.suggested: list[_Region] = []
        self._text = text
        self._interface = interface
        self._homes: dict[str, list[_Region]] = {}

    def span(self, span: Span) -> None:
        """Add the regions of a span and of what it answers."""
        self._interface.label(span.label)
        home = self._homes[span.id] = self.suggested if span.status == "suggested" else self.accepted
        home += [self._piece(span, number) for number in range(len(span.fragments))]
        start, end = span.fragments[0]
        for control, values in _grouped(ATTRIBUTE, span.attributes):
            kind, value = self._interface.answer(control, values)
            place = {"start": start, "end": end}
            home.append(_region(span.id, control, kind, {**place, **value}))

    def relation(self, relation: Relation) -> bool:
        """Add a relation, and say whether it could be: not from what is marked to what is only suggested."""
        home = self._homes[relation.head]
        if home is not self._homes[relation.child]:
            return False
        self._interface.relation(relation.label)
        ends = {"from_id": relation.head, "to_id": relation.child}
        home.append({"type": "relation", **ends, "direction": "right", "labels": [relation.label]})
        return True

    def of_article(self, prefix: str, answers: Iterable[NameValue]) -> None:
        """Add answers about the whole article."""
        for control, values in _grouped(prefix, answers):
            kind, value = self._interface.answer(control, values)
            self.accepted.append(_region(control, control, kind, value))

    def _piece(self, span: Span, number: int) -> _Region:
        start, end = span.fragments[number]
        value = {"start": start, "end": end, "text": self._text[start:end], "labels": [span.label]}
        region = _region(f"{span.id}+{number}" if number else span.id, LABELS, "labels", value)
        if span.score is not None:
            region["score"] = span.score
        if span.note and not number:
            region["meta"] = {"text": [span.note]}
        return region


def _region(id: str, control: str, kind: str, value: dict[str, Any]) -> _Region:
    return {"id": id, "from_name": control, "to_name": OBJECT, "type": kind, "value": value}


def _grouped(prefix: str, answers: Iterable[Attribute | NameValue]) -> Iterator[tuple[str, list[str]]]:
    """The values of each name, names and values in the order in which they come."""
    values: dict[str, list[str]] = {}
    for answer in answers:
        values.setdefault(prefix + answer.name, []).append(answer.value)
    yield from values.items()


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The articles of an export of Label Studio (JSON, not JSON-MIN), one for each annotation of a task."""
    from app.formats.label_studio_read import read_tasks  # who writes tasks reads none

    yield from read_tasks(path / TASKS if path.is_dir() else path, options.encoding)


def sniff(path: Path, head: bytes) -> bool:
    """Whether it begins as tasks do, or is a folder with tasks as they are written here."""
    if path.is_dir():
        return (path / TASKS).is_file()
    return begins_with_an_object(head) and bool(_TASK.search(head) and b'"data"' in head)


FORMAT = Format(
    "label-studio",
    N_("Label Studio"),
    (".json",),
    frozenset(
        {"overlap", "nested", "crossing", "same-label-nested", "sub-word", "multi-line", "attributes", "relations"}
        | {"fields", "title", "meta", "notes"}
    ),
    read,
    write,
    sniff,
    folder=True,
)
