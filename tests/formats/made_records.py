"""Documents with annotations as people and programs may make them: for the tests that must be true of any record."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from hypothesis import strategies as st

from app.model.annotation import (
    ATTRIBUTE_SOURCES,
    ROLES,
    SOURCES,
    SPAN_STATUSES,
    STATUSES,
    Annotations,
    Attribute,
    Fragment,
    Relation,
    Span,
    State,
)
from app.model.document import Document, NameValue
from app.model.record import Record
from tests.text.made_text import texts

MOMENT = "2026-01-31T10:00:00.000Z"
LATER = "2026-02-01T09:30:00.125Z"
TEXT = "اقتحمت القوات بلدة كركوك\r\nأمس 😀."

names = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=6)
moments = st.sampled_from([MOMENT, LATER])
unknown = st.dictionaries(
    names.map("x-".__add__),
    st.recursive(st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | texts, st.lists, max_leaves=3),
    max_size=2,
)
extras = unknown.map(lambda keys: json.dumps(keys, ensure_ascii=False, separators=(",", ":")) if keys else "")
attributes = st.lists(st.builds(Attribute, names, texts, st.sampled_from(ATTRIBUTE_SOURCES)), max_size=3).map(
    lambda made: tuple(sorted(made))
)
# A project keeps no sign of a zero: -0.0 is the number 0.0.
scores = st.none() | st.floats(allow_nan=False, allow_infinity=False).map(lambda score: score + 0.0)
pairs = st.lists(st.builds(NameValue, texts, texts), max_size=2).map(tuple)


@st.composite
def fragments(draw: st.DrawFn, length: int) -> tuple[Fragment, ...]:
    """One to three stretches within a text of `length` code points, sorted and disjoint."""
    edges = sorted(draw(st.sets(st.integers(0, length), min_size=2, max_size=min(6, length + 1))))
    return tuple(Fragment(*edges[place : place + 2]) for place in range(0, len(edges) - 1, 2))


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A record with everything a line can hold, its values in the order in which a line holds them."""
    text = draw(texts.filter(bool))
    ids = draw(st.lists(names, unique=True, max_size=6))
    spans = [draw(_span(id, len(text))) for id in ids[:4]]
    relations = [draw(_relation(id, [span.id for span in spans])) for id in ids[4:]]
    document = Document(draw(names), text, draw(texts), draw(st.sampled_from(["ar", "en", ""])), draw(pairs), MOMENT)
    state = State(
        draw(st.sampled_from(STATUSES)),
        draw(st.booleans()),
        draw(texts),
        draw(pairs),
        draw(st.sampled_from(ROLES)),
        draw(st.booleans()),
        draw(extras),
    )
    annotations = Annotations.of(spans, relations, state)
    return Record(document, annotations, draw(texts), draw(texts), draw(texts), LATER, 1)


def _span(id: str, length: int) -> st.SearchStrategy[Span]:
    return st.builds(
        Span,
        st.just(id),
        names,
        fragments(length),
        attributes,
        st.sampled_from(SPAN_STATUSES),
        st.sampled_from(SOURCES),
        texts,
        scores,
        st.booleans(),
        texts,
        moments,
        moments,
        extras,
    )


def _relation(id: str, spans: list[str]) -> st.SearchStrategy[Relation]:
    ends = st.sampled_from(spans)
    return st.builds(Relation, st.just(id), names, ends, ends, attributes, st.sampled_from(SOURCES), scores, extras)


def line(**changed: Any) -> dict[str, Any]:
    """A faultless line as an object, with two spans that are linked; `changed` replaces keys of it."""
    text = changed.get("text", TEXT)
    made = {
        "format": "hashiya-jsonl",
        "format_version": "1.0",
        "id": "report-1",
        "text": text,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "text_length": len(text),
        "offset_unit": "unicode_code_point",
        "offset_interval": "half_open",
        "language": "ar",
        "title": "",
        "schema": "conflict-news",
        "schema_version": "1",
        "annotator": "ليلى",
        "role": "annotator",
        "is_gold": False,
        "status": "complete",
        "flagged": False,
        "note": "",
        "created_at": MOMENT,
        "updated_at": LATER,
        "spans": [span("s1", 0, 13, "ACTOR"), span("s2", 19, 24)],
        "relations": [relation("r1", "s1", "s2")],
        "fields": [{"name": "topic", "value": "war"}],
        "meta": [{"name": "url", "value": ""}],
    }
    return {**made, **changed}


def span(id: str, start: int, end: int, label: str = "LOCATION", /, **changed: Any) -> dict[str, Any]:
    """A faultless span of `TEXT`."""
    made = {
        "id": id,
        "start": start,
        "end": end,
        "label": label,
        "text": TEXT[start:end],
        "fragments": [{"start": start, "end": end}],
        "attributes": [],
        "status": "accepted",
        "source": "manual",
        "source_name": "",
        "score": None,
        "edited": False,
        "note": "",
        "created_at": MOMENT,
        "updated_at": MOMENT,
    }
    return {**made, **changed}


def relation(id: str, head: str, child: str, label: str = "AT") -> dict[str, Any]:
    """A faultless relation."""
    ends = {"head": head, "child": child}
    return {"id": id, "label": label, **ends, "attributes": [], "source": "manual", "score": None}


def encoded(value: object) -> bytes:
    """`value` as a line of JSON, without its newline."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
