"""Annotations as values: spans, relations and the state of one document by one annotator.

Offsets are Unicode code points of the document's text, half-open, in logical order.
Values are named tuples because a long article holds ten thousand of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from app.model.decision import Decision
from app.model.document import NameValue

STATUSES = ("new", "in_progress", "complete", "skipped")
SPAN_STATUSES = ("accepted", "suggested")
SOURCES = ("manual", "rule", "gazetteer", "memory", "model", "import")
ATTRIBUTE_SOURCES = ("manual", "rule", "gazetteer", "model", "import")
ROLES = ("annotator", "adjudicator", "import")


class Fragment(NamedTuple):
    """One unbroken stretch `[start, end)` of a span."""

    start: int
    end: int


class Attribute(NamedTuple):
    """One value of a span or relation; several choices are several attributes of one name."""

    name: str
    value: str
    source: str = "manual"


class Span(NamedTuple):
    """A labelled stretch of text: fragments sorted and disjoint, at least one. `extra` is JSON of unknown keys."""

    id: str
    label: str
    fragments: tuple[Fragment, ...]
    attributes: tuple[Attribute, ...] = ()
    status: str = "accepted"
    source: str = "manual"
    source_name: str = ""
    score: float | None = None
    edited: bool = False
    note: str = ""
    created_at: str = ""
    updated_at: str = ""
    extra: str = ""

    @property
    def start(self) -> int:
        """Where the first fragment starts."""
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        """Where the last fragment ends."""
        return self.fragments[-1][1]


class Relation(NamedTuple):
    """A labelled link from span `head` to span `child`, both ids in the same document."""

    id: str
    label: str
    head: str
    child: str
    attributes: tuple[Attribute, ...] = ()
    source: str = "manual"
    score: float | None = None
    extra: str = ""


class State(NamedTuple):
    """What one annotator says of the whole document. `extra` is JSON of unknown keys of its line."""

    status: str = "new"
    flagged: bool = False
    note: str = ""
    fields: tuple[NameValue, ...] = ()
    role: str = "annotator"
    is_gold: bool = False
    extra: str = ""


class Change(NamedTuple):
    """What a step does to one document: values taken out and put in, and the state before and after if it changes.

    `decided` is what it decides about suggestions, `undecided` which decisions it takes back.
    """

    document: str
    removed: tuple[Span, ...] = ()
    added: tuple[Span, ...] = ()
    removed_relations: tuple[Relation, ...] = ()
    added_relations: tuple[Relation, ...] = ()
    state_before: State | None = None
    state_after: State | None = None
    decided: tuple[Decision, ...] = ()
    undecided: tuple[Decision, ...] = ()

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(
            self.document,
            self.added,
            self.removed,
            self.added_relations,
            self.removed_relations,
            self.state_after,
            self.state_before,
            self.undecided,
            self.decided,
        )


@dataclass(frozen=True, slots=True)
class Annotations:
    """Everything one annotator said about one document. Never changed: `apply` gives the next value."""

    spans: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}))
    relations: Mapping[str, Relation] = field(default_factory=lambda: MappingProxyType({}))
    state: State = State()  # noqa: RUF009 - a named tuple is immutable

    @staticmethod
    def of(spans: Iterable[Span] = (), relations: Iterable[Relation] = (), state: State | None = None) -> Annotations:
        """Annotations holding `spans` and `relations`, by their ids."""
        return Annotations(
            MappingProxyType({span.id: span for span in spans}),
            MappingProxyType({relation.id: relation for relation in relations}),
            state or State(),
        )

    def apply(self, change: Change) -> Annotations:
        """The value after `change`. Raises ValueError when it does not fit this value."""
        spans = _exchanged(self.spans, change.removed, change.added)
        relations = _exchanged(self.relations, change.removed_relations, change.added_relations)
        if change.state_after is None:
            return replace(self, spans=spans, relations=relations)
        if change.state_before != self.state:
            raise ValueError("the step starts from another state of the document")
        return Annotations(spans, relations, change.state_after)

    def ordered(self) -> list[Span]:
        """Spans sorted by (start, -end, label, id): the order of the training file."""
        return sorted(self.spans.values(), key=span_order)


def span_order(span: Span) -> tuple[int, int, str, str]:
    """The sort key of spans within a document."""
    return span.fragments[0][0], -span.fragments[-1][1], span.label, span.id


def surface(text: str, span: Span) -> str:
    """What the span covers; the surfaces of several fragments are joined by one space."""
    if len(span.fragments) == 1:
        start, end = span.fragments[0]
        return text[start:end]
    return " ".join(text[start:end] for start, end in span.fragments)


Item = TypeVar("Item", Span, Relation)


def _exchanged(items: Mapping[str, Item], removed: tuple[Item, ...], added: tuple[Item, ...]) -> Mapping[str, Item]:
    if not removed and not added:
        return items
    # Ten times quicker than dict(items): a proxy is copied as the dict behind it.
    after: dict[str, Item] = items.copy() if isinstance(items, MappingProxyType) else dict(items)
    for item in removed:
        if after.pop(item.id, None) != item:
            raise ValueError(f"the step removes {item.id}, which is not there as it says")
    for item in added:
        if after.setdefault(item.id, item) is not item:
            raise ValueError(f"the step adds {item.id}, which is there already")
    return MappingProxyType(after)
