"""GLiNER: one JSON array of tokenised texts, with entities on tokens and relations between entities by their number.

An entity's last token is named, not the one after it. GLiNER is built for entities of at most twelve tokens in a
text of at most 384: what is beyond stands in the file, and is told of, since a model takes it only when its settings
(`max_width`, `max_len`) are raised. The pieces of a discontinuous span are entities of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import orjson

from app.formats.losses import all_but_annotator, note_uncarried
from app.formats.registry import Files, Format, Loss, Lost, WriteOptions
from app.model.annotation import Annotations
from app.model.record import Record
from app.sentences import N_
from app.text.alignment import Aligned, align

MAX_WIDTH: Final = 12
MAX_LENGTH: Final = 384
"""GLiNER's own settings: tokens in an entity, tokens in a text."""

_Entity = tuple[int, int, str]


def write(records: Iterable[Record], files: Files, options: WriteOptions) -> None:
    """Write `records`, those without text left out."""
    separator = b"[\n"
    with files.open() as stream:
        for record in records:
            note_uncarried(record, FORMAT.carries, all_but_annotator(options.lost))
            if record.document.text:
                stream.write(separator + orjson.dumps(_example(record, options)))
                separator = b",\n"
        stream.write(b"\n]\n" if separator == b",\n" else b"[]\n")


def _example(record: Record, options: WriteOptions) -> dict[str, Any]:
    document, annotations = record.document, record.annotations or Annotations()
    pieces = {span.id: [(start, end) for start, end in span.fragments] for span in annotations.ordered()}
    aligned = align(document.text, pieces, options.alignment)
    _tell(document.id, aligned, options.lost)
    entities: list[_Entity] = []
    first: dict[str, int] = {}
    for span in annotations.ordered():
        for begin, end in aligned.places.get(span.id, ()):
            first.setdefault(span.id, len(entities))
            entities.append((begin, end - 1, span.label))
    return {
        "id": document.id,
        "annotator": record.annotator,
        "tokenized_text": [document.text[start:end] for start, end in aligned.tokens],
        "ner": entities,
        "relations": list(_relations(document.id, annotations, first, options.lost)),
    }


def _relations(document: str, annotations: Annotations, first: dict[str, int], lost: Lost) -> Iterator[_Entity]:
    for relation in sorted(annotations.relations.values(), key=lambda relation: (relation.label, relation.id)):
        if relation.head in first and relation.child in first:
            yield first[relation.head], first[relation.child], relation.label
        else:
            lost(Loss(document, "", relation.id, "relations", (("label", relation.label),)))


def _tell(document: str, aligned: Aligned, lost: Lost) -> None:
    """Tell of what moved, and of what GLiNER leaves out by its own settings."""
    for id, why in aligned.changed:
        lost(Loss(document, id, "", why))
    for id, places in aligned.places.items():
        width = max(end - begin for begin, end in places)
        if width > MAX_WIDTH:
            lost(Loss(document, id, "", "too-many-tokens", (("tokens", str(width)),)))
        if places[-1][1] > MAX_LENGTH:
            lost(Loss(document, id, "", "beyond-reach", (("token", str(places[-1][1])),)))


FORMAT = Format(
    "gliner",
    N_("GLiNER"),
    (".json",),
    frozenset({"overlap", "nested", "crossing", "same-label-nested", "sub-word", "multi-line", "relations"}),
    write=write,
)
