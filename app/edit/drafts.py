"""A schema while it is changed: each function gives the next draft, which knows what becomes of the project's spans.

Nothing in the project changes before the draft is taken over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from app.model.schema import AttributeType, Ink, Label, RelationType, Schema

LABEL_KEYS = "123456789"


class Draft(NamedTuple):
    """`schema` as it is to be. `labels` and `relations` tell what becomes of those of the project, by their ids.

    An id that is not named there stays what it is; one that leads to "" leaves the schema, and what carries it is kept.
    """

    schema: Schema
    labels: Mapping[str, str]
    relations: Mapping[str, str]

    def moves(self) -> dict[str, str]:
        """The labels of the project whose spans are to be called otherwise, with what they are called then."""
        return {old: new for old, new in self.labels.items() if new and new != old}

    def relation_moves(self) -> dict[str, str]:
        """The relation types of the project that are to be called otherwise, with what they are called then."""
        return {old: new for old, new in self.relations.items() if new and new != old}

    def dropped(self) -> list[str]:
        """The labels of the project that leave the schema, and whose spans go nowhere else."""
        there = {label.id for label in self.schema.labels}
        return [old for old, new in self.labels.items() if not new and old not in there]


def begin(schema: Schema) -> Draft:
    """A draft of the project's schema in which nothing is changed yet."""
    return Draft(schema, {label.id: label.id for label in schema.labels}, {one.id: one.id for one in schema.relations})


def start_from(draft: Draft, schema: Schema) -> Draft:
    """Another schema instead, from a file or one that ships: labels of the same id stay, the others leave."""
    labels, relations = {label.id for label in schema.labels}, {one.id for one in schema.relations}
    return Draft(
        schema,
        {old: old if old in labels else "" for old in draft.labels},
        {old: old if old in relations else "" for old in draft.relations},
    )


def change_label(draft: Draft, id: str, label: Label) -> Draft:
    """The label `id` becomes `label`; where its id is another one, its spans and the ends of relations follow."""
    schema = draft.schema
    labels = tuple(label if one.id == id else one for one in schema.labels)
    relations = schema.relations
    if label.id != id:
        relations = tuple(_renamed_ends(one, id, label.id) for one in relations)
    schema = replace(schema, labels=labels, relations=relations)
    return draft._replace(schema=schema, labels=_followed(draft.labels, id, label.id))


def add_label(draft: Draft, colours: Iterable[Ink]) -> Draft:
    """One label more, at the end: with a key and one of `colours` that no other has, as far as there are any."""
    there = draft.schema.labels
    used = {label.colour for label in there}
    choices = list(colours)
    colour = next((ink for ink in choices if ink not in used), choices[len(there) % len(choices)])
    key = next((key for key in LABEL_KEYS if key not in {label.key for label in there}), "")
    id = _fresh("LABEL", {label.id for label in there} | set(draft.labels))
    label = Label(id, {"en": id}, colour, key)
    return draft._replace(schema=replace(draft.schema, labels=(*there, label)))


def drop_label(draft: Draft, id: str) -> Draft:
    """Without the label `id`: its spans keep it, unknown then. Relations that could only lead from or to it go too."""
    schema = draft.schema
    labels = tuple(label for label in schema.labels if label.id != id)
    kept = [cut for one in schema.relations if (cut := _without_end(one, id)) is not None]
    gone = {one.id for one in schema.relations} - {one.id for one in kept}
    schema = replace(schema, labels=labels, relations=tuple(kept))
    relations = {old: "" if new in gone else new for old, new in draft.relations.items()}
    return Draft(schema, _followed(draft.labels, id, ""), relations)


def call_spans(draft: Draft, old: str, new: str) -> Draft:
    """Spans that the project calls `old`, a label that leaves the schema, are called `new` then; "" keeps them."""
    return draft._replace(labels={**draft.labels, old: new})


def change_relation(draft: Draft, id: str, relation: RelationType) -> Draft:
    """The relation type `id` becomes `relation`; what is linked by it follows."""
    relations = tuple(relation if one.id == id else one for one in draft.schema.relations)
    schema = replace(draft.schema, relations=relations)
    return draft._replace(schema=schema, relations=_followed(draft.relations, id, relation.id))


def add_relation(draft: Draft) -> Draft:
    """One relation type more, at the end, between any two spans."""
    there = draft.schema.relations
    id = _fresh("RELATION", {one.id for one in there} | set(draft.relations))
    return draft._replace(schema=replace(draft.schema, relations=(*there, RelationType(id, {"en": id}))))


def drop_relation(draft: Draft, id: str) -> Draft:
    """Without the relation type `id`: what is linked by it stays so, unknown then."""
    relations = tuple(one for one in draft.schema.relations if one.id != id)
    schema = replace(draft.schema, relations=relations)
    return draft._replace(schema=schema, relations=_followed(draft.relations, id, ""))


def add_question(questions: tuple[AttributeType, ...]) -> tuple[AttributeType, ...]:
    """One attribute more, at the end: a text."""
    id = _fresh("question", {one.id for one in questions})
    return (*questions, AttributeType(id, "text", {"en": id}))


Item = TypeVar("Item")


def shifted(items: tuple[Item, ...], index: int, by: int) -> tuple[Item, ...]:
    """`items` with the one at `index` moved on by `by` places, as far as it goes."""
    rest = [*items[:index], *items[index + 1 :]]
    place = max(0, min(len(rest), index + by))
    return (*rest[:place], items[index], *rest[place:])


def _followed(ids: Mapping[str, str], old: str, new: str) -> dict[str, str]:
    return {first: new if now == old else now for first, now in ids.items()}


def _renamed_ends(one: RelationType, old: str, new: str) -> RelationType:
    heads = tuple(new if id == old else id for id in one.heads)
    return replace(one, heads=heads, children=tuple(new if id == old else id for id in one.children))


def _without_end(one: RelationType, id: str) -> RelationType | None:
    """The type without this label at its ends; None where nothing would be left there, which would mean any label."""
    heads, children = (tuple(other for other in ends if other != id) for ends in (one.heads, one.children))
    if (one.heads and not heads) or (one.children and not children):
        return None
    return replace(one, heads=heads, children=children)


def _fresh(stem: str, taken: set[str]) -> str:
    number = 1
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"
