"""What is wrong with the annotations of a document in the light of its schema, kept up with each step.

Only accepted spans are judged, and relations between them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

from app.model.annotation import Annotations, Change, Relation, Span, span_order
from app.model.overlaps import Overlaps
from app.model.schema import PROBLEMS, Schema
from app.review.judge import Judge, Link
from app.review.judge import Problem as Problem

CODES: Final = PROBLEMS
_Order = tuple[int, int, str, str]


def problems(text: str, annotations: Annotations, schema: Schema) -> list[Problem]:
    """Everything wrong, in reading order: span by span, a relation with its head, and the document's fields last."""
    return Watch(text, annotations, schema).problems


class Watch:
    """The problems of one document, whose `annotations` are watched.

    `follow` costs what a change touches, not what the document holds.
    """

    def __init__(self, text: str, annotations: Annotations, schema: Schema) -> None:
        self._text = text
        self.annotations = annotations
        self._judge = Judge(schema)
        self._links: dict[str, dict[str, Relation]] = {}
        self._apart = {label: Overlaps() for label in self._judge.apart}
        # One entry for each problem of a span: where the span stands, and the problem.
        self._orders: list[_Order] = []
        self._problems: list[Problem] = []
        self._found: dict[str, tuple[_Order, int]] = {}
        self._enter(annotations.spans.values(), annotations.relations.values())
        self._fields = tuple(self._judge.of_fields(annotations.state.fields))
        for span in annotations.ordered():
            self._add(len(self._orders), span)

    @property
    def problems(self) -> list[Problem]:
        """Everything wrong now, in the order of `problems()`; the caller's own list."""
        return [*self._problems, *self._fields]

    def follow(self, annotations: Annotations, change: Change) -> None:
        """Watch `annotations` from now on, which `change` has made of those that were watched."""
        touched = self._near(change.removed) | _ends(change.removed_relations)
        self._leave(change)
        self.annotations = annotations
        self._enter(change.added, change.added_relations)
        for id in touched | self._near(change.added) | _ends(change.added_relations):
            self._judge_anew(id)
        if change.state_after is not None:
            self._fields = tuple(self._judge.of_fields(annotations.state.fields))

    def _enter(self, spans: Iterable[Span], relations: Iterable[Relation]) -> None:
        for span in spans:
            if span.label in self._apart and span.status == "accepted":
                self._apart[span.label].add(span)
        for relation in relations:
            for end in (relation.head, relation.child):
                self._links.setdefault(end, {})[relation.id] = relation

    def _leave(self, change: Change) -> None:
        for span in change.removed:
            if span.label in self._apart and span.status == "accepted":
                self._apart[span.label].drop(span)
        for relation in change.removed_relations:
            for end in {relation.head, relation.child}:
                links = self._links[end]
                del links[relation.id]
                if not links:
                    del self._links[end]

    def _near(self, spans: Iterable[Span]) -> set[str]:
        """The ids of `spans`, of those that they overlap with one label, and of those that they are linked to."""
        near: set[str] = set()
        for span in spans:
            near.add(span.id)
            near |= _ends(self._links.get(span.id, {}).values())
            if span.label in self._apart:
                near |= self._apart[span.label].of(span.fragments)
        return near

    def _judge_anew(self, id: str) -> None:
        if id in self._found:
            order, count = self._found.pop(id)
            place = bisect_left(self._orders, order)
            del self._orders[place : place + count], self._problems[place : place + count]
        if (span := self.annotations.spans.get(id)) is not None:
            self._add(bisect_left(self._orders, span_order(span)), span)

    def _add(self, place: int, span: Span) -> None:
        """Note the problems of `span` from `place` on."""
        if found := self._judged(span):
            order = span_order(span)
            self._orders[place:place] = [order] * len(found)
            self._problems[place:place] = found
            self._found[span.id] = order, len(found)

    def _judged(self, span: Span) -> tuple[Problem, ...]:
        if span.status != "accepted":
            return ()
        overlapped = self._overlapped(span) if span.label in self._apart else ()
        links = sorted(self._linked(span), key=lambda link: (link.relation.label, link.relation.id))
        return (*self._judge.of_span(self._text, span, overlapped), *self._judge.of_links(span, links))

    def _overlapped(self, span: Span) -> Iterator[str]:
        """Those under the span that come before it: of two that overlap one is to blame, the later."""
        spans, order = self.annotations.spans, span_order(span)
        return (id for id in self._apart[span.label].of(span.fragments) if span_order(spans[id]) < order)

    def _linked(self, span: Span) -> Iterator[Link]:
        for relation in self._links.get(span.id, {}).values():
            other = self.annotations.spans.get(relation.child if relation.head == span.id else relation.head)
            if other is not None and other.status == "accepted":
                yield Link(relation, other.label)


def _ends(relations: Iterable[Relation]) -> set[str]:
    return {end for relation in relations for end in (relation.head, relation.child)}
