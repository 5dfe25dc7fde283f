"""Spans, relations, states and steps as the columns and the JSON that a project keeps.

In the log a value is the array of its fields in their order: fields may be added at the end, never moved or removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from app.edit.steps import Step
from app.model.annotation import Attribute, Change, Fragment, Relation, Span, State, surface
from app.model.decision import Decision
from app.model.document import NameValue
from app.model.place import Place

Row = Sequence[Any]


def span_row(layer: int, text: str, span: Span) -> dict[str, object]:
    """The row that holds `span` of a document with this `text`."""
    return {
        "layer": layer,
        "id": span.id,
        "start": span.start,
        "end": span.end,
        "label": span.label,
        "surface": surface(text, span),
        "fragments": stored(span.fragments) if len(span.fragments) > 1 else "",
        "attributes": stored(span.attributes) if span.attributes else "",
        "status": span.status,
        "source": span.source,
        "source_name": span.source_name,
        "score": span.score,
        "edited": int(span.edited),
        "note": span.note,
        "created_at": span.created_at,
        "updated_at": span.updated_at,
        "extra": span.extra,
    }


def relation_row(layer: int, relation: Relation) -> dict[str, object]:
    """The row that holds `relation`."""
    row: dict[str, object] = relation._asdict()
    row["layer"] = layer
    row["attributes"] = stored(relation.attributes) if relation.attributes else ""
    return row


def state_columns(state: State) -> dict[str, object]:
    """The columns of a layer that hold `state`."""
    return {
        "status": state.status,
        "flagged": int(state.flagged),
        "note": state.note,
        "fields": stored(state.fields) if state.fields else "",
        "role": state.role,
        "is_gold": int(state.is_gold),
        "extra": state.extra,
    }


def stored(values: object) -> str:
    """Named tuples, however nested, as JSON arrays."""
    return orjson.dumps(values, default=tuple).decode()


def attributes(text: str) -> tuple[Attribute, ...]:
    """What `stored` made of attributes; "" holds none."""
    return _attributes(orjson.loads(text)) if text else ()


def fragments(text: str) -> tuple[Fragment, ...]:
    """What `stored` made of fragments."""
    return tuple(Fragment(*row) for row in orjson.loads(text))


def pairs(text: str) -> tuple[NameValue, ...]:
    """What `stored` made of names and values; "" holds none."""
    return tuple(NameValue(*row) for row in orjson.loads(text)) if text else ()


def step(text: str) -> Step:
    """What `stored` made of a step."""
    command, changes, before, after = orjson.loads(text)
    return Step(command, tuple(_change(row) for row in changes), Place(*before), Place(*after))


def _change(row: Row) -> Change:
    document, removed, added, removed_relations, added_relations, before, after, *decisions = row
    return Change(
        document,
        _spans(removed),
        _spans(added),
        _relations(removed_relations),
        _relations(added_relations),
        _state(before),
        _state(after),
        *(tuple(Decision(*one) for one in of_a_kind) for of_a_kind in decisions),
    )


def _spans(rows: Iterable[Row]) -> tuple[Span, ...]:
    return tuple(
        Span(id, label, tuple(Fragment(*pair) for pair in pieces), _attributes(named), *rest)
        for id, label, pieces, named, *rest in rows
    )


def _relations(rows: Iterable[Row]) -> tuple[Relation, ...]:
    return tuple(
        Relation(id, label, head, child, _attributes(named), *rest) for id, label, head, child, named, *rest in rows
    )


def _attributes(rows: Iterable[Row]) -> tuple[Attribute, ...]:
    return tuple(Attribute(*row) for row in rows)


def _state(row: Row | None) -> State | None:
    if row is None:
        return None
    status, flagged, note, named, *rest = row
    return State(status, flagged, note, tuple(NameValue(*pair) for pair in named), *rest)
