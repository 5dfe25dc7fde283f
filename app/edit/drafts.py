"""A schema while it is changed: each function gives the next draft, which knows what becomes of the project's spans.

Nothing in the project changes before the draft is taken over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from app.edit.moves import FIELD, Moves
from app.model.schema import AttributeType, Ink, Label, RelationType, Schema

LABEL_KEYS = "123456789"


class Draft(NamedTuple):
    """`schema` as it is to be. The others tell what becomes of the ids that the project's annotations use.

    `labels` and `relations` go by id, `attributes` by label and id ("" for fields of articles), `choices` by all
    three. An id that leads to "" leaves the schema, and what carries it is kept; one that is not named is new.
    """

    schema: Schema
    labels: Mapping[str, str]
    relations: Mapping[str, str]
    attributes: Mapping[tuple[str, str], str]
    choices: Mapping[tuple[str, str, str], str]

    def moves(self) -> Moves:
        """What is to be called otherwise, in the words of the schema before."""
        return Moves(
            {old: new for old, new in self.labels.items() if new not in ("", old)},
            {old: new for old, new in self.attributes.items() if new not in ("", old[-1])},
            {old: new for old, new in self.choices.items() if new not in ("", old[-1])},
            {old: new for old, new in self.relations.items() if new not in ("", old)},
        )

    def dropped(self) -> list[str]:
        """The labels of the project that leave the schema, and whose spans go nowhere else."""
        there = {label.id for label in self.schema.labels}
        return [old for old, new in self.labels.items() if not new and old not in there]


def begin(schema: Schema) -> Draft:
    """A draft of the project's schema in which nothing is changed yet."""
    asked = [(label.id, one) for label in schema.labels for one in label.attributes]
    asked += [(FIELD, one) for one in schema.fields]
    return Draft(
        schema,
        {label.id: label.id for label in schema.labels},
        {one.id: one.id for one in schema.relations},
        {(label, one.id): one.id for label, one in asked},
        {(label, one.id, choice.id): choice.id for label, one in asked for choice in one.choices},
    )


def start_from(draft: Draft, schema: Schema) -> Draft:
    """Another schema instead, from a file or one that ships: what has the same id stays, the rest leaves."""
    labels, relations = {label.id for label in schema.labels}, {one.id for one in schema.relations}
    return draft._replace(
        schema=schema,
        labels={old: old if old in labels else "" for old in draft.labels},
        relations={old: old if old in relations else "" for old in draft.relations},
        attributes={old: old[-1] for old in draft.attributes},
        choices={old: old[-1] for old in draft.choices},
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
    return draft._replace(schema=schema, labels=_followed(draft.labels, id, ""), relations=relations)


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


def change_question(draft: Draft, label: str, place: int, one: AttributeType) -> Draft:
    """The attribute of `label` ("": the field) at `place` becomes `one`; answers follow it and its choices.

    Where it has as many choices as before, one with another id is the same choice called otherwise.
    """
    asked = list(_asked(draft.schema, label))
    before, asked[place] = asked[place], one
    draft = with_questions(draft, label, tuple(asked))
    ours = {old for old, new in draft.attributes.items() if _now(draft, old[0]) == label and new == before.id}
    attributes = {old: one.id if old in ours else new for old, new in draft.attributes.items()}
    renamed: dict[str, str] = {}
    if len(one.choices) == len(before.choices):
        renamed = {old.id: new.id for old, new in zip(before.choices, one.choices, strict=True)}
    choices = {old: renamed.get(new, new) if old[:2] in ours else new for old, new in draft.choices.items()}
    return draft._replace(attributes=attributes, choices=choices)


def with_questions(draft: Draft, label: str, asked: tuple[AttributeType, ...]) -> Draft:
    """The attributes of `label`, or with "" the fields of articles, are `asked`."""
    schema = draft.schema
    if label == FIELD:
        return draft._replace(schema=replace(schema, fields=asked))
    labels = tuple(replace(one, attributes=asked) if one.id == label else one for one in schema.labels)
    return draft._replace(schema=replace(schema, labels=labels))


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


def _asked(schema: Schema, label: str) -> tuple[AttributeType, ...]:
    if label == FIELD:
        return schema.fields
    return next(one.attributes for one in schema.labels if one.id == label)


def _now(draft: Draft, label: str) -> str:
    return draft.labels.get(label, label)


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
