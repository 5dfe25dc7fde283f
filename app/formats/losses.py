"""What a record holds and a format does not carry, told thing by thing."""

from __future__ import annotations

from collections.abc import Iterator

from app.formats.registry import Loss, Lost
from app.model.annotation import Annotations, Attribute, Relation, Span
from app.model.record import Record

_OF_PEOPLE = ("manual", "import")

Values = tuple[tuple[str, str], ...]


def note_uncarried(record: Record, carries: frozenset[str], lost: Lost) -> None:
    """Tell `lost` of everything in `record` that a format which carries only `carries` leaves out.

    Of where spans lie it tells fragments (`discontinuous`) and line ends within them (`multi-line`). What becomes of
    overlapping spans, of tokens and of names is the format's to tell.
    """
    annotations = record.annotations or Annotations()
    id = record.document.id
    for what, values in _of_document(record, annotations):
        if what not in carries:
            lost(Loss(id, what=what, values=values))
    for span in annotations.ordered():
        for what, values in _of_span(span, record.document.text):
            if what not in carries:
                lost(Loss(id, span.id, "", what, values))
    for relation in sorted(annotations.relations.values(), key=lambda relation: (relation.label, relation.id)):
        for what, values in _of_relation(relation, carries):
            if what not in carries:
                lost(Loss(id, "", relation.id, what, values))


def all_but_annotator(lost: Lost) -> Lost:
    """`lost`, for a format that carries the annotator's name and nothing else of where marks come from."""
    return lambda loss: None if loss.what == "provenance" and not loss.span else lost(loss)


def _of_document(record: Record, annotations: Annotations) -> Iterator[tuple[str, Values]]:
    document, state = record.document, annotations.state
    if not document.text:
        yield "empty-text", ()
    if document.title:
        yield "title", (("title", document.title),)
    for pair in document.meta:
        yield "meta", ((pair.name, pair.value),)
    if record.annotations is None:
        return
    yield "status", (("status", state.status), *((("flagged", "yes"),) if state.flagged else ()))
    if state.note:
        yield "notes", (("note", state.note),)
    for pair in state.fields:
        yield "fields", ((pair.name, pair.value),)
    if record.annotator:
        yield "provenance", (("annotator", record.annotator), ("role", state.role))
    if document.extra or state.extra:
        yield "unknown-keys", (("keys", document.extra or state.extra),)


def _of_span(span: Span, text: str) -> Iterator[tuple[str, Values]]:
    if len(span.fragments) > 1:
        yield "discontinuous", (("fragments", " ".join(f"{start}-{end}" for start, end in span.fragments)),)
    if any("\n" in text[start:end] for start, end in span.fragments):
        yield "multi-line", (("start", str(span.start)), ("end", str(span.end)))
    for attribute in span.attributes:
        yield "attributes", _value(attribute)
    if span.note:
        yield "notes", (("note", span.note),)
    if span.source not in _OF_PEOPLE or span.source_name or span.score is not None:
        score = "" if span.score is None else repr(span.score)
        yield "provenance", (("source", span.source), ("source_name", span.source_name), ("score", score))
    if span.extra:
        yield "unknown-keys", (("keys", span.extra),)


def _of_relation(relation: Relation, carries: frozenset[str]) -> Iterator[tuple[str, Values]]:
    if "relations" not in carries:
        yield "relations", (("label", relation.label), ("head", relation.head), ("child", relation.child))
        return
    for attribute in relation.attributes:
        yield "relation-attributes", _value(attribute)
    if relation.extra:
        yield "unknown-keys", (("keys", relation.extra),)


def _value(attribute: Attribute) -> Values:
    return ((attribute.name, attribute.value),)
