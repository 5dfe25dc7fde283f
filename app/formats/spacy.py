"""spaCy: a folder with JSON Lines of tokens and spans and the script that loads them; with spaCy here, DocBins too.

Tokens are words and marks, parted where spans begin and end: a tokenizer that takes a clitic and its word as one
would lose the spans that lie on either. Spans stand in `doc.spans`, since `doc.ents` takes no two that overlap. A
DocBin is held in memory until it is written, so there is one for each thousand articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from typing import Any, Final

import orjson

from app.formats.covering import cover
from app.formats.losses import all_but_annotator, note_uncarried
from app.formats.registry import Files, Format, Loss, Lost, WriteOptions
from app.model.annotation import Annotations, Attribute
from app.model.document import NameValue
from app.model.record import Record
from app.sentences import N_
from resources import resource

ROWS: Final = "documents.jsonl"
SCRIPT: Final = "load.py"

_AT_ONCE = 1000

_Row = dict[str, Any]


def write(records: Iterable[Record], files: Files, options: WriteOptions) -> None:
    """Write the rows of `records`, the script, and DocBins where spaCy is installed."""
    with files.open(SCRIPT) as script:
        script.write(_script())
    with files.open(ROWS) as stream:
        rows = _rows(records, options)
        number = 1
        while batch := list(islice(rows, _AT_ONCE)):
            stream.writelines(orjson.dumps(row) + b"\n" for row in batch)
            if has_spacy():
                with files.open(f"documents-{number:04}.spacy") as made:
                    made.write(_docbin(batch))
            number += 1


def has_spacy() -> bool:
    """Whether spaCy is installed."""
    return find_spec("spacy") is not None


def _script() -> bytes:
    return resource("loaders", "load_spacy.py").read_bytes()


def _docbin(rows: list[_Row]) -> bytes:
    spacy, loader = import_module("spacy"), import_module("resources.loaders.load_spacy")
    vocab = spacy.blank("xx").vocab
    docs = (loader.document(row, vocab) for row in rows)
    made: bytes = import_module("spacy.tokens").DocBin(store_user_data=True, docs=docs).to_bytes()
    return made


def _rows(records: Iterable[Record], options: WriteOptions) -> Iterator[_Row]:
    for record in records:
        note_uncarried(record, FORMAT.carries, all_but_annotator(options.lost))
        yield _row(record, options.alignment, options.lost)


def _row(record: Record, policy: str, lost: Lost) -> _Row:
    document, annotations = record.document, record.annotations or Annotations()
    covered, state = cover(record, policy, lost), annotations.state
    spans = [span for span in annotations.ordered() if span.id in covered.places]
    return {
        "id": document.id,
        "annotator": record.annotator,
        "title": document.title,
        "language": document.language,
        "status": state.status,
        "flagged": state.flagged,
        "note": state.note,
        "fields": _pairs(state.fields),
        "meta": _pairs(document.meta),
        "text": document.text,
        "words": [document.text[start:end] for start, end, _spaced in covered.tokens],
        "spaces": [spaced for _start, _end, spaced in covered.tokens],
        "spans": [
            {
                "id": span.id,
                "label": span.label,
                "start": covered.tokens[first].start,
                "end": covered.tokens[last - 1].end,
                "token_start": first,
                "token_end": last,
            }
            for span in spans
            for first, last in covered.places[span.id]
        ],
        "answers": [
            {"span": span.id, "note": span.note, "attributes": _pairs(span.attributes)}
            for span in spans
            if span.attributes or span.note
        ],
        "relations": list(_relations(document.id, annotations, {span.id for span in spans}, lost)),
    }


def _relations(document: str, annotations: Annotations, spans: set[str], lost: Lost) -> Iterator[_Row]:
    for relation in sorted(annotations.relations.values(), key=lambda relation: (relation.label, relation.id)):
        if relation.head in spans and relation.child in spans:
            ends = {"head": relation.head, "child": relation.child}
            yield {"id": relation.id, "label": relation.label, **ends, "attributes": _pairs(relation.attributes)}
        else:
            lost(Loss(document, "", relation.id, "relations", (("label", relation.label),)))


def _pairs(pairs: Iterable[NameValue | Attribute]) -> list[_Row]:
    return [{"name": pair.name, "value": pair.value} for pair in pairs]


FORMAT = Format(
    "spacy",
    N_("spaCy"),
    (".spacy",),
    frozenset(
        {"overlap", "nested", "crossing", "same-label-nested", "discontinuous", "sub-word", "multi-line", "empty-text"}
        | {"attributes", "relations", "relation-attributes", "fields", "title", "meta", "notes", "status"}
    ),
    write=write,
    folder=True,
    tokens=True,
)
