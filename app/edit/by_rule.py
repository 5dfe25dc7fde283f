"""What rules say of a span before anybody does: the defaults of the schema. Their answers have the source «rule»."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from app.model.annotation import Attribute
from app.model.document import NameValue
from app.model.schema import AttributeType, Label, shown

RULE: Final = "rule"
Named = TypeVar("Named", Attribute, NameValue)


def first_answers(label: Label | None, said: str) -> tuple[Attribute, ...]:
    """The attributes of a new span that says `said`, in the order of the schema."""
    if label is None or not label.attributes:
        return ()
    return in_order(with_defaults((), label.attributes, by_rule), label.attributes)


def answers_as(label: Label | None, attributes: tuple[Attribute, ...], said: str) -> tuple[Attribute, ...]:
    """The attributes of a span that is called `label` from now on.

    What rules said of it they say anew. All else stays, also what this label does not ask: nobody's work is dropped.
    """
    kept = tuple(attribute for attribute in attributes if attribute.source != RULE)
    if label is None:
        return kept
    return in_order(with_defaults(kept, label.attributes, by_rule), label.attributes)


def by_rule(name: str, value: str) -> Attribute:
    """An answer that a rule gives."""
    return Attribute(name, value, RULE)


def with_defaults(
    answers: Iterable[Named],
    types: Sequence[AttributeType],
    made: Callable[[str, str], Named],
    before: Collection[str] = (),
) -> tuple[Named, ...]:
    """`answers` and, `made` of name and value, the defaults of what is asked and not answered.

    Not of those types whose ids are in `before`: they were asked already.
    """
    given = tuple(answers)
    while True:
        values = by_name(given)
        asked = [one for one in shown(types, values) if one.default and one.id not in values and one.id not in before]
        if not asked:
            return given
        given += tuple(made(one.id, value) for one in asked for value in one.default)


def by_name(answers: Iterable[Attribute | NameValue]) -> Mapping[str, tuple[str, ...]]:
    """The values of each name."""
    values: dict[str, tuple[str, ...]] = {}
    for one in answers:
        values[one.name] = (*values.get(one.name, ()), one.value)
    return values


def in_order(answers: Iterable[Named], types: Sequence[AttributeType]) -> tuple[Named, ...]:
    """`answers` in the order of the schema, what it does not know at the end."""
    places = {one.id: place for place, one in enumerate(types)}
    return tuple(sorted(answers, key=lambda one: places.get(one.name, len(places))))
