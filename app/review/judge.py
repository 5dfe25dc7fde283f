"""One schema's judgement of one span, one relation, one document's fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from app.model.annotation import Attribute, Relation, Span
from app.model.answers import COUNT_BOUNDS, are_answers, number, says_a_count
from app.model.document import NameValue
from app.model.schema import AttributeType, Label, RelationType, Rules, Schema, shown
from app.text.tokens import count_words

Answers = Mapping[str, tuple[str, ...]]


class Problem(NamedTuple):
    """One thing wrong: `code` is one of `app.model.schema.PROBLEMS`, `span` and `relation` are ids or "".

    `name` is that of the attribute, field, label or type of relation concerned; `values` are what its sentence says
    besides, by name.
    """

    code: str
    span: str = ""
    relation: str = ""
    name: str = ""
    values: tuple[tuple[str, str], ...] = ()


class Link(NamedTuple):
    """A relation of a span, with the label of the span at its other end."""

    relation: Relation
    other: str


class _Asked(NamedTuple):
    """What is looked at in spans of one label."""

    label: Label
    by_id: Mapping[str, AttributeType]
    required: tuple[AttributeType, ...]
    counts: bool
    ruled: bool


class Judge:
    """A schema made ready for many judgements."""

    def __init__(self, schema: Schema) -> None:
        self.apart = frozenset(label.id for label in schema.labels if not label.rules.overlap_own)
        """The labels whose spans may not overlap each other."""
        self._asked = {label.id: _asked(label) for label in schema.labels}
        self._fields = {one.id: one for one in schema.fields}
        self._required = tuple(one for one in schema.fields if one.required)
        self._types = {one.id: one for one in schema.relations}
        self._numbered: dict[str, tuple[RelationType, ...]] = {}

    def of_fields(self, fields: Sequence[NameValue]) -> Iterator[Problem]:
        """What is wrong with the fields of a document."""
        for what, name, values in _answer_problems(self._fields, self._required, _by_name(fields)):
            yield Problem(f"field-{what}", "", "", name, values)

    def of_span(self, text: str, span: Span, overlapped: Iterable[str] = ()) -> Iterator[Problem]:
        """What is wrong with an accepted span, relations apart; `overlapped` are others of its label under it."""
        asked = self._asked.get(span.label)
        if asked is None:
            yield Problem("label-unknown", span.id, "", span.label)
            return
        if span.attributes or asked.required:
            given = _by_name(span.attributes)
            for what, name, values in _answer_problems(asked.by_id, asked.required, given):
                yield Problem(f"attribute-{what}", span.id, "", name, (("label", span.label), *values))
            if asked.counts:
                yield from _count_problems(span, given)
        if asked.ruled:
            yield from _rule_problems(text, span, asked.label, overlapped)

    def of_links(self, span: Span, links: Sequence[Link]) -> Iterator[Problem]:
        """What is wrong with the relations of an accepted span, those that lead from it and how many there are."""
        if not self._types:
            return
        for relation, other in links:
            if relation.head == span.id:
                yield from self._of_link(span, relation, other)
        if span.label not in self._numbered:
            self._numbered[span.label] = tuple(one for one in self._types.values() if _is_numbered(one, span.label))
        for one in self._numbered[span.label]:
            yield from _number_problems(span, one, links)

    def _of_link(self, span: Span, relation: Relation, other: str) -> Iterator[Problem]:
        one = self._types.get(relation.label)
        if one is None:
            yield Problem("relation-unknown", span.id, relation.id, relation.label)
        elif not one.allows(span.label, other):
            values = (("head", span.label), ("child", other))
            yield Problem("relation-forbidden", span.id, relation.id, relation.label, values)


def _asked(label: Label) -> _Asked:
    required = tuple(one for one in label.attributes if one.required)
    by_id = {one.id: one for one in label.attributes}
    return _Asked(label, by_id, required, says_a_count(label), label.rules != Rules())


def _answer_problems(
    types: Mapping[str, AttributeType], required: Sequence[AttributeType], given: Answers
) -> Iterator[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """What is wrong with answers: missing, wrong or unknown; the name; the values."""
    missing = [one for one in required if one.id not in given]
    if any(one.shown_when for one in missing):
        asked = {one.id for one in shown(types.values(), given)}
        missing = [one for one in missing if one.id in asked]
    for one in missing:
        yield "missing", one.id, ()
    for name, values in given.items():
        if name not in types:
            yield "unknown", name, (("value", ", ".join(values)),)
        elif not are_answers(types[name], values):
            yield "wrong", name, (("value", ", ".join(values)),)


def _count_problems(span: Span, given: Answers) -> Iterator[Problem]:
    said = [(name, value) for name in COUNT_BOUNDS for value in given.get(name, ())[:1]]
    for (name, value), (other, limit) in combinations(said, 2):
        less, more = number(value), number(limit)
        if less is not None and more is not None and less > more:
            values = (("label", span.label), ("value", value), ("other", other), ("limit", limit))
            yield Problem("count-order", span.id, "", name, values)
            return


def _rule_problems(text: str, span: Span, label: Label, overlapped: Iterable[str]) -> Iterator[Problem]:
    named, most = ("label", label.id), label.rules.longest_words
    if not label.rules.overlap_own and (others := sorted(overlapped)):
        yield Problem("span-overlaps-own", span.id, "", label.id, (named, ("span", others[0])))
    if not label.rules.discontinuous and len(span.fragments) > 1:
        yield Problem("span-discontinuous", span.id, "", label.id, (named,))
    if most is not None and sum(count_words(text, start, end, most) for start, end in span.fragments) > most:
        yield Problem("span-too-long", span.id, "", label.id, (named, ("limit", str(most))))


def _needs(one: RelationType, label: str) -> bool:
    """Whether spans with this label are among those that need relations of the type."""
    begins = not one.heads or label in one.heads
    return one.at_least > 0 and (begins or (one.symmetric and (not one.children or label in one.children)))


def _is_numbered(one: RelationType, label: str) -> bool:
    return one.at_most is not None or _needs(one, label)


def _number_problems(span: Span, one: RelationType, links: Sequence[Link]) -> Iterator[Problem]:
    """Whether the span has as many relations of a type as it must and may have."""
    count = sum(link.relation.label == one.id and (one.symmetric or link.relation.head == span.id) for link in links)
    values = (("label", span.label), ("count", str(count)))
    if count < one.at_least and _needs(one, span.label):
        yield Problem("relation-missing", span.id, "", one.id, (*values, ("limit", str(one.at_least))))
    if one.at_most is not None and count > one.at_most:
        yield Problem("relation-too-many", span.id, "", one.id, (*values, ("limit", str(one.at_most))))


def _by_name(answers: Iterable[Attribute | NameValue]) -> Answers:
    values: dict[str, tuple[str, ...]] = {}
    for one in answers:
        values[one.name] = (*values.get(one.name, ()), one.value)
    return values
