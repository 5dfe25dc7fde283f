"""Annotations that follow a schema whose names have changed: labels, attributes, choices, fields and relations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from app.model.annotation import Annotations, Attribute, Change, Relation, Span, State

MOVE: Final = "move"
"""The command of a step that carries out moves. It is nobody's work on the article, and does not count as such."""
FIELD: Final = ""
"""Stands for the label where an attribute is a field of the document."""


@dataclass(frozen=True, slots=True)
class Moves:
    """New ids by old ones, everything in the words of the schema before.

    `attributes` go by label and attribute, `choices` by label, attribute and choice; the label `FIELD` ("") says that
    it is a field of the document. A relation has no more than its label to move.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    choices: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    relations: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.labels or self.attributes or self.choices or self.relations)

    @property
    def span_labels(self) -> set[str]:
        """The labels whose spans they may touch."""
        asked = {label for label, *_rest in (*self.attributes, *self.choices)} - {FIELD}
        return asked | set(self.labels)

    @property
    def fields(self) -> bool:
        """Whether they may touch fields of documents."""
        return any(label == FIELD for label, *_rest in (*self.attributes, *self.choices))

    def answer(self, label: str, name: str, value: str) -> dict[str, str]:
        """The name and the value that an attribute of `label`, or a field, has afterwards."""
        return {
            "name": self.attributes.get((label, name), name),
            "value": self.choices.get((label, name, value), value),
        }


def moved(document: str, annotations: Annotations, moves: Moves, at: str) -> Change | None:
    """What `moves`, made at the time `at`, do to the annotations of `document`; None where they touch nothing.

    Only names change, and when a span was changed last: nobody looked at it again, so it is as edited as it was. Two
    values that become the same are one from then on.
    """
    spans = [(span, _span(span, moves, at)) for span in annotations.spans.values()]
    relations = [(one, _relation(one, moves)) for one in annotations.relations.values()]
    before, after = annotations.state, _state(annotations.state, moves)
    change = Change(
        document,
        tuple(old for old, new in spans if old != new),
        tuple(new for old, new in spans if old != new),
        tuple(old for old, new in relations if old != new),
        tuple(new for old, new in relations if old != new),
    )
    if after != before:
        change = change._replace(state_before=before, state_after=after)
    return None if change == Change(document) else change


def _span(span: Span, moves: Moves, at: str) -> Span:
    label = moves.labels.get(span.label, span.label)
    renamed = tuple(one._replace(**moves.answer(span.label, one.name, one.value)) for one in span.attributes)
    if (label, renamed) == (span.label, span.attributes):
        return span
    if renamed != span.attributes:
        kept: dict[tuple[str, str], Attribute] = {}
        for one in renamed:
            kept.setdefault((one.name, one.value), one)
        renamed = tuple(kept.values())
    # With its time another one, a span that has its old name again is not taken for the one before both moves.
    return span._replace(label=label, attributes=renamed, updated_at=at)


def _relation(relation: Relation, moves: Moves) -> Relation:
    return relation._replace(label=moves.relations.get(relation.label, relation.label))


def _state(state: State, moves: Moves) -> State:
    renamed = tuple(one._replace(**moves.answer(FIELD, one.name, one.value)) for one in state.fields)
    return state if renamed == state.fields else state._replace(fields=tuple(dict.fromkeys(renamed)))
