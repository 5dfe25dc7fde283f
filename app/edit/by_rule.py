"""What rules say of a span before anybody does: the defaults of the schema, and the count that its words give.

Their answers have the source «rule». A rule never speaks where somebody has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from app.model.annotation import Attribute
from app.model.answers import APPROXIMATE, COUNT, COUNT_BEST, COUNT_MAX, COUNT_MIN, COUNT_TEXT, is_answer, says_a_count
from app.model.document import NameValue
from app.model.schema import NO, YES, AttributeType, Label, Schema, shown

RULE: Final = "rule"
LONGEST_READ: Final = 500
"""In how many code points a count is looked for; what is longer tells of more than one."""
Named = TypeVar("Named", Attribute, NameValue)


def first_answers(label: Label | None, said: str) -> tuple[Attribute, ...]:
    """The attributes of a new span that says `said`, in the order of the schema."""
    return answers_as(label, (), said)


def answers_as(label: Label | None, attributes: tuple[Attribute, ...], said: str) -> tuple[Attribute, ...]:
    """The attributes of a span that is called `label` from now on.

    What rules said of it they say anew. All else stays, also what this label does not ask: nobody's work is dropped.
    """
    kept = tuple(attribute for attribute in attributes if attribute.source != RULE)
    if label is None or not label.attributes:
        return kept
    counted = () if _says(kept, COUNT) else _read(label, said, COUNT)
    return in_order(with_defaults((*kept, *counted), label.attributes, by_rule), label.attributes)


def answers_after(label: Label | None, attributes: tuple[Attribute, ...], said: str) -> tuple[Attribute, ...]:
    """The attributes of a span that says `said` from now on: what rules read of a count before they read anew.

    Where somebody has said one thing about the count, nothing is read that was not read before.
    """
    if label is None or not says_a_count(label):
        return attributes
    before = {one.name for one in attributes if one.name in COUNT and one.source == RULE}
    kept = tuple(one for one in attributes if one.name not in before or one.source != RULE)
    wanted = before - {one.name for one in kept} if _says(kept, COUNT) else COUNT
    return in_order((*kept, *_read(label, said, wanted)), label.attributes)


def get_ready(schema: Schema) -> None:
    """Read now what the first span with a count would have to wait for: some 50 ms of word tables."""
    for label in filter(says_a_count, schema.labels):
        _read(label, "قتيل", COUNT)
        return


def _says(attributes: Iterable[Attribute], names: Collection[str]) -> bool:
    return any(attribute.name in names for attribute in attributes)


def _read(label: Label, said: str, wanted: Collection[str]) -> tuple[Attribute, ...]:
    """What `said` tells of a count, as far as the label asks for it and it is `wanted`."""
    if not says_a_count(label) or len(said) > LONGEST_READ:
        return ()
    from app.text.numbers import read_count  # its tables are read when the first span is made that may need them

    found = read_count(said)
    if found is None:
        return ()
    values = {
        COUNT_TEXT: said[found.start : found.end],
        COUNT_MIN: found.minimum,
        COUNT_BEST: found.best,
        COUNT_MAX: found.maximum,
        APPROXIMATE: YES if found.approximate else NO,
    }
    told = ((label.attribute(name), str(value)) for name, value in values.items() if value is not None)
    return tuple(by_rule(one.id, text) for one, text in told if one and one.id in wanted and is_answer(one, text))


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
