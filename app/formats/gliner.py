"""GLiNER: one JSON array of tokenised texts, with entities on tokens and relations between entities by their number.

An entity's last token is named, not the one after it. GLiNER reads 384 tokens of a text and drops the rest, so a
longer article is several examples, parted between paragraphs, else between sentences, and never within a span. What
stays beyond that, and entities of more than twelve tokens, stand in the file and are told of: a model takes them only
when its settings (`max_len`, `max_width`) are raised. Of entities at the very same place its span models learn the
last alone, which is told of too. The pieces of a discontinuous span are entities of their own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, Final

import orjson

from app.formats.losses import all_but_annotator, note_uncarried
from app.formats.registry import Files, Format, Loss, Lost, WriteOptions
from app.model.annotation import Annotations, Relation
from app.model.record import Record
from app.sentences import N_
from app.text.alignment import Aligned, Stretch, align

MAX_WIDTH: Final = 12
MAX_LENGTH: Final = 384
"""GLiNER's own settings: tokens in an entity, tokens in a text."""

_ENDS: Final = frozenset(".!?؟…")

_Entity = tuple[int, int, str]


def write(records: Iterable[Record], files: Files, options: WriteOptions) -> None:
    """Write `records`, those without text left out."""
    separator = b"[\n"
    with files.open() as stream:
        for record in records:
            note_uncarried(record, FORMAT.carries, all_but_annotator(options.lost))
            if record.document.text:
                for example in _examples(record, options):
                    stream.write(separator + orjson.dumps(example))
                    separator = b",\n"
        stream.write(b"\n]\n" if separator == b",\n" else b"[]\n")


def _examples(record: Record, options: WriteOptions) -> Iterator[dict[str, Any]]:
    document, annotations = record.document, record.annotations or Annotations()
    pieces = {span.id: [(start, end) for start, end in span.fragments] for span in annotations.ordered()}
    aligned = align(document.text, pieces, options.alignment)
    for id, why in aligned.changed:
        options.lost(Loss(document.id, id, "", why))
    parts = list(pairwise(_bounds(document.text, aligned)))
    linked: set[str] = set()
    for number, part in enumerate(parts):
        entities, first = _entities(annotations, aligned, part, document.id, options.lost)
        relations = [link for link in _ordered(annotations) if link.head in first and link.child in first]
        linked |= {link.id for link in relations}
        yield {
            "id": document.id if len(parts) == 1 else f"{document.id}#{number + 1}",
            "annotator": record.annotator,
            "tokenized_text": [document.text[start:end] for start, end in aligned.tokens[part[0] : part[1]]],
            "ner": entities,
            "relations": [(first[link.head], first[link.child], link.label) for link in relations],
        }
    for link in _ordered(annotations):
        if link.id not in linked:
            options.lost(Loss(document.id, "", link.id, "relations", (("label", link.label),)))


def _ordered(annotations: Annotations) -> list[Relation]:
    return sorted(annotations.relations.values(), key=lambda link: (link.label, link.id))


def _entities(
    annotations: Annotations, aligned: Aligned, part: Stretch, document: str, lost: Lost
) -> tuple[list[_Entity], dict[str, int]]:
    """The entities in a part of the tokens, and the number of the first of each span; tells of those out of reach."""
    entities: list[_Entity] = []
    taken: set[Stretch] = set()
    first: dict[str, int] = {}
    for span in annotations.ordered():
        for begin, end in aligned.places.get(span.id, ()):
            if not part[0] <= begin < part[1]:
                continue
            first.setdefault(span.id, len(entities))
            if (begin, end) in taken:
                lost(Loss(document, span.id, "", "overlap"))
            taken.add((begin, end))
            entities.append((begin - part[0], end - 1 - part[0], span.label))
            if end - begin > MAX_WIDTH:
                lost(Loss(document, span.id, "", "too-many-tokens", (("tokens", str(end - begin)),)))
            if end - part[0] > MAX_LENGTH:
                lost(Loss(document, span.id, "", "beyond-reach", (("token", str(end - part[0])),)))
    return entities, first


def _bounds(text: str, aligned: Aligned) -> list[int]:
    """Where parts begin and end, by the number of their tokens: as few as will do."""
    tokens, total = aligned.tokens, len(aligned.tokens)
    within = {k for places in aligned.places.values() for begin, end in places for k in range(begin + 1, end)}
    free = [k for k in range(1, total) if k not in within]
    lines = [k for k in free if "\n" in text[tokens[k - 1][1] : tokens[k][0]]]
    sentences = [k for k in free if text[tokens[k - 1][0] : tokens[k - 1][1]] in _ENDS]
    bounds = [0]
    while total - bounds[-1] > MAX_LENGTH:
        bound = _last_within(lines, bounds[-1]) or _last_within(sentences, bounds[-1])
        if not bound:
            after = [k for k in (*lines, *sentences) if k > bounds[-1]]
            if not after:
                break
            bound = min(after)
        bounds.append(bound)
    return [*bounds, total]


def _last_within(places: list[int], start: int) -> int:
    """The last of the sorted `places` that one part from `start` on reaches; 0 when there is none."""
    place = bisect_right(places, start + MAX_LENGTH)
    return places[place - 1] if place and places[place - 1] > start else 0


FORMAT = Format(
    "gliner",
    N_("GLiNER"),
    (".json",),
    frozenset({"nested", "crossing", "same-label-nested", "sub-word", "multi-line", "relations"}),
    write=write,
    tokens=True,
)
