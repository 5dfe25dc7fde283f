"""Prodigy: JSON Lines of texts with their tokens, spans on tokens and relations between them.

The last token of a span is named by its number, not by the one after it. The ends of a relation are the last tokens
of its spans, as Prodigy draws them; which spans are meant stands beside. What Prodigy has no key for and may keep
stands in `meta`. A span of several pieces is several spans.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from app.errors import Fault
from app.formats.covering import Covered, cover
from app.formats.json_objects import Entry, articles_of, string
from app.formats.lines import as_text, own_meta
from app.formats.losses import all_but_annotator, note_uncarried
from app.formats.placing import Naming, Placing, text_or_fault
from app.formats.registry import Files, Format, Loss, Lost, ReadOptions, WriteOptions
from app.formats.sources import begins_with_an_object
from app.model.annotation import Annotations, Relation, Span, State
from app.model.document import Document, NameValue
from app.model.record import Record
from app.sentences import N_

_Object = dict[str, Any]
_ANSWERS = {"accept": "complete", "reject": "in_progress", "ignore": "skipped"}
_STATUSES = {"complete": "accept", "skipped": "ignore"}
_THEIRS = ("text", "tokens", "spans", "relations", "meta", "answer")
_MARKED = re.compile(
    rb'"(_input_hash|_task_hash|_view_id|token_start)"\s*:|"tokens"\s*:\s*\[\s*\{\s*"text"|"answer"\s*:\s*"(accept|reject|ignore)"'
)


def write(records: Iterable[Record], files: Files, options: WriteOptions) -> None:
    """Write `records`, those without text left out."""
    with files.open() as stream:
        for record in records:
            note_uncarried(record, FORMAT.carries, all_but_annotator(options.lost))
            if record.document.text:
                covered = cover(record, options.alignment, options.lost)
                stream.write(orjson.dumps(_task(record, covered, options.lost)) + b"\n")


def _task(record: Record, covered: Covered, lost: Lost) -> _Object:
    document, annotations = record.document, record.annotations or Annotations()
    spans = {
        span.id: [_span(span, place, covered) for place in covered.places[span.id]]
        for span in annotations.ordered()
        if span.id in covered.places
    }
    task: _Object = {
        "meta": _meta(record),
        "spans": [piece for pieces in spans.values() for piece in pieces],
        "relations": list(_relations(document.id, annotations, spans, lost)),
        "text": document.text,
        "tokens": [
            {"text": document.text[start:end], "start": start, "end": end, "id": number, "ws": spaced}
            for number, (start, end, spaced) in enumerate(covered.tokens)
        ],
    }
    if record.annotations is not None and annotations.state.status in _STATUSES:
        task["answer"] = _STATUSES[annotations.state.status]
    return task


def _span(span: Span, place: tuple[int, int], covered: Covered) -> _Object:
    first, last = place[0], place[1] - 1
    return {
        "start": covered.tokens[first].start,
        "end": covered.tokens[last].end,
        "token_start": first,
        "token_end": last,
        "label": span.label,
    }


def _relations(
    document: str, annotations: Annotations, spans: Mapping[str, list[_Object]], lost: Lost
) -> Iterator[_Object]:
    for relation in sorted(annotations.relations.values(), key=_by_label):
        if relation.head not in spans or relation.child not in spans:
            lost(Loss(document, "", relation.id, "relations", (("label", relation.label),)))
            continue
        head, child = spans[relation.head][0], spans[relation.child][0]
        ends = {"head": head["token_end"], "child": child["token_end"]}
        yield {**ends, "head_span": head, "child_span": child, "label": relation.label}


def _by_label(relation: Relation) -> tuple[str, str]:
    return relation.label, relation.id


def _meta(record: Record) -> _Object:
    """What Prodigy shows beside a task: names and simple values, ours below one name."""
    document = record.document
    return {
        "document": document.id,
        "title": document.title,
        "language": document.language,
        "annotator": record.annotator,
        "hashiya": [{"name": pair.name, "value": pair.value} for pair in document.meta],
    }


def sniff(path: Path, head: bytes) -> bool:
    """Whether the first object has keys as Prodigy writes them."""
    return begins_with_an_object(head) and bool(_MARKED.search(head))


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The articles of a data set of Prodigy with their spans and relations, as JSON Lines or as one array."""
    return articles_of(path, _article, options.encoding)


def _article(entry: Entry, file: str, naming: Naming) -> Iterator[Record | Fault]:
    task = entry.value
    text = text_or_fault(task.get("text"), file, entry.line)
    if isinstance(text, Fault):
        yield text
        return
    meta = task["meta"] if isinstance(task.get("meta"), dict) else {}
    annotator = string(meta.get("annotator")) or string(task.get("_annotator_id")) or string(task.get("_session_id"))
    id = naming.id_for(meta.get("document") or task.get("id"), text, annotator)
    placing = Placing(file, entry.line, id, text)
    answer = task.get("answer")
    if answer == "reject":
        placing.refuse("answer", "answer-rejected")
    else:
        _take_marks(task, placing)
    others = [NameValue(name, as_text(item)) for name, item in task.items() if name not in _THEIRS and name[:1] != "_"]
    document = Document(id, text, string(meta.get("title")), string(meta.get("language")), (*_pairs(meta), *others))
    status = _ANSWERS.get(string(answer), "in_progress" if task.get("spans") else "new")
    record = Record(document, placing.annotations(State(status, role="import")), annotator, line=entry.line)
    yield naming.once(record)
    yield from placing.faults


def _take_marks(task: _Object, placing: Placing) -> None:
    """Take the spans, and the relations between them and between single tokens."""
    tokens = placing.listed("tokens", task.get("tokens"))
    taken: dict[tuple[object, object, object], str] = {}
    last: dict[object, str] = {}
    for place, span in enumerate(placing.listed("spans", task.get("spans"))):
        if not isinstance(span, dict):
            placing.refuse(f"spans[{place}]", "not-an-object")
            continue
        start, end = span.get("start"), span.get("end")
        id = placing.span(f"spans[{place}]", span.get("label"), [(start, end)], surface=span.get("text"))
        if id:
            taken.setdefault((start, end, span.get("label")), id)
            last.setdefault(_token_that_ends(tokens, span), id)
    for place, relation in enumerate(placing.listed("relations", task.get("relations"))):
        if not isinstance(relation, dict):
            placing.refuse(f"relations[{place}]", "not-an-object")
            continue
        head, child = (_end(relation, name, taken, last) for name in ("head", "child"))
        placing.relation(f"relations[{place}]", relation.get("label"), head, child)


def _end(
    relation: _Object, name: str, taken: Mapping[tuple[object, object, object], str], last: Mapping[object, str]
) -> str:
    span, token = relation.get(f"{name}_span"), relation.get(name)
    if isinstance(span, dict):
        place = tuple(string(value) if not isinstance(value, int) else value for value in map(span.get, _PLACE))
        if len(place) == 3 and place in taken:
            return taken[place]
    return last.get(token, str(token)) if isinstance(token, int) else str(token)


_PLACE = ("start", "end", "label")


def _token_that_ends(tokens: list[Any], span: _Object) -> object:
    given = span.get("token_end")
    if isinstance(given, int):
        return given
    ends = (
        number for number, token in enumerate(tokens) if isinstance(token, dict) and token.get("end") == span["end"]
    )
    return next(ends, None)


def _pairs(meta: _Object) -> Iterator[NameValue]:
    yield from own_meta(meta.get("hashiya"))
    for name, item in meta.items():
        if name not in ("document", "title", "language", "annotator", "hashiya"):
            yield NameValue(name, as_text(item))


FORMAT = Format(
    "prodigy",
    N_("Prodigy"),
    (".jsonl", ".json"),
    frozenset(
        {"overlap", "nested", "crossing", "same-label-nested", "sub-word", "multi-line", "relations", "title", "meta"}
    ),
    read,
    write,
    sniff,
    tokens=True,
)
