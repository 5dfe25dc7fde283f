"""The questions of a schema file: attributes of labels and fields of documents, and what must hold between them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from app.model.answers import are_answers, is_answer, number
from app.model.patterns import pattern_fault
from app.model.schema import CHOICE, CHOICES, KINDS, NUMBER, TEXT, YES_NO, AttributeType, Choice, Condition
from app.model.schema_reading import Node, shown

MOST_ATTRIBUTES: Final = 200
MOST_CHOICES: Final = 1000
KEY: Final = re.compile(r"[0-9a-z]?")
"""What is pressed for an attribute, a choice, a field or a relation."""

_OF_KIND: Final[Mapping[str, tuple[str, ...]]] = {
    CHOICE: ("choices",),
    CHOICES: ("choices",),
    NUMBER: ("minimum", "maximum", "pattern"),
    TEXT: ("pattern",),
    YES_NO: (),
}
"""The keys that mean something for each kind of attributes only."""
_ATTRIBUTE: Final = ("key", "choices", "default", "required", "shown_when", "on_tag", "minimum", "maximum", "pattern")


class Keyed(Protocol):
    """What has an id and may have a key."""

    @property
    def id(self) -> str: ...

    @property
    def key(self) -> str: ...


def attributes(owner: Node, key: str) -> tuple[AttributeType, ...]:
    """What is asked under `key`."""
    nodes = owner.inners(key, MOST_ATTRIBUTES, ("id", "kind", "titles"), _ATTRIBUTE)
    found = [(node, _attribute(node)) for node in nodes]
    note_shared(found)
    by_id = {one.id: one for _node, one in found}
    for node, one in found:
        if one.shown_when:
            _note_condition(node, one.shown_when, by_id)
    _note_circles(found, by_id)
    return tuple(one for _node, one in found)


def _attribute(node: Node) -> AttributeType:
    kind = node.word("kind", KINDS)
    _note_other_kinds(node, kind)
    one = AttributeType(
        node.name("id"),
        kind,
        node.texts("titles"),
        node.key("key", KEY, "key-wrong"),
        _choices(node, kind),
        node.values("default", MOST_CHOICES),
        node.flag("required"),
        _condition(node),
        node.flag("on_tag"),
        _bound(node, "minimum"),
        _bound(node, "maximum"),
        _pattern(node),
    )
    if kind == NUMBER:
        _note_crossed(node, one)
    if kind:
        _note_default(node, one)
    return one


def _choices(node: Node, kind: str) -> tuple[Choice, ...]:
    if kind in (CHOICE, CHOICES) and node.given.get("choices", []) == []:
        node.note("choices", "choices-missing")
    found = [(one, _choice(one)) for one in node.inners("choices", MOST_CHOICES, ("id", "titles"), ("key",))]
    note_shared(found)
    return tuple(choice for _node, choice in found)


def _choice(node: Node) -> Choice:
    return Choice(node.name("id"), node.texts("titles"), node.key("key", KEY, "key-wrong"))


def _condition(node: Node) -> Condition | None:
    if "shown_when" not in node.given:
        return None
    given = node.inner("shown_when", ("attribute",), ("values",))
    return Condition(given.name("attribute"), given.values("values", MOST_CHOICES))


def _bound(node: Node, key: str) -> str:
    value = node.text(key)
    if value and number(value) is None:
        node.note(key, "not-decimal", value=shown(value))
        return ""
    return value


def _pattern(node: Node) -> str:
    value = node.text("pattern")
    if not value:
        return ""
    fault = pattern_fault(value)
    if fault is None:
        return value
    node.note("pattern", fault.code, **fault.values)
    return ""


def _note_other_kinds(node: Node, kind: str) -> None:
    for key in ("choices", "minimum", "maximum", "pattern"):
        if kind and key in node.given and key not in _OF_KIND[kind]:
            node.note(key, "key-of-another-kind", kind=kind)


def _note_crossed(node: Node, one: AttributeType) -> None:
    minimum, maximum = number(one.minimum), number(one.maximum)
    if minimum is not None and maximum is not None and minimum > maximum:
        node.note("minimum", "bounds-crossed", value=shown(one.minimum), limit=shown(one.maximum))


def _note_default(node: Node, one: AttributeType) -> None:
    for value in one.default:
        if not is_answer(one, value):
            node.note("default", "default-wrong", value=shown(value))
            return
    if not are_answers(one, one.default):
        node.note("default", "default-several")


def _note_condition(node: Node, condition: Condition, known: Mapping[str, AttributeType]) -> None:
    other = known.get(condition.attribute)
    if other is None:
        if condition.attribute:
            node.note("shown_when.attribute", "condition-unknown", value=shown(condition.attribute))
        return
    for value in condition.values:
        if other.kind and not is_answer(other, value):
            node.note("shown_when.values", "condition-impossible", value=shown(value), other=shown(other.id))


def _note_circles(found: Sequence[tuple[Node, AttributeType]], known: Mapping[str, AttributeType]) -> None:
    """Note each circle of conditions once, at the first attribute in it."""
    settled: set[str] = set()
    for node, one in found:
        path: list[str] = []
        here: AttributeType | None = one
        while here is not None and here.id not in settled and here.id not in path:
            path.append(here.id)
            here = known.get(here.shown_when.attribute) if here.shown_when else None
        if here is not None and here.id in path:
            circle = path[path.index(here.id) :]
            node.note("shown_when", "condition-circle", value=shown(" ← ".join([*circle, here.id])))
        settled.update(path)


def note_shared(found: Sequence[tuple[Node, Keyed]], twice: str = "name-twice", taken: str = "key-taken") -> None:
    """Note ids and keys that an earlier one of the list has already."""
    ids: set[str] = set()
    keys: dict[str, str] = {}
    for node, one in found:
        if one.id in ids:
            node.note("id", twice, value=shown(one.id))
        elif one.key in keys:
            node.note("key", taken, value=one.key, other=shown(keys[one.key]))
        if one.id:
            ids.add(one.id)
        if one.key:
            keys.setdefault(one.key, one.id)
