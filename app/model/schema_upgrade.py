"""A schema that ships in a newer version taken over by a project that changed the older one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from app.model.schema import Label, RelationType, Schema


def upgraded(own: Schema, older: Schema, newer: Schema) -> Schema:
    """`newer` as a project has it whose schema `own` was `older` once.

    What the project changed stays changed: titles, colours, keys, guidelines, labels of its own, labels taken out. A
    new label whose key is taken goes without one; a new relation loses the labels that the project took out, and
    is left out where no label is left at one of its ends.
    """
    taken = {label.key for label in own.labels if label.key}
    labels = [_label(label, older.label(label.id), newer.label(label.id)) for label in own.labels]
    for label in newer.labels:
        if own.label(label.id) is None and older.label(label.id) is None:
            labels.append(replace(label, key="" if label.key in taken else label.key))
    return replace(
        newer,
        titles=_own(own, older, newer, "titles"),
        labels=tuple(labels),
        relations=tuple(_possible(newer.relations, {label.id for label in labels})),
    )


def _label(own: Label, older: Label | None, newer: Label | None) -> Label:
    if older is None or newer is None:
        return own
    fields = ("titles", "colour", "key", "guidelines")
    return replace(newer, **{field: _own(own, older, newer, field) for field in fields})


def _own(own: object, older: object, newer: object, field: str) -> Any:
    """What the project says, if it changed what it was given; else what it is given now."""
    said = getattr(own, field)
    return getattr(newer, field) if said == getattr(older, field) else said


def _possible(relations: Iterable[RelationType], labels: set[str]) -> Iterable[RelationType]:
    for one in relations:
        heads, children = (tuple(id for id in ids if id in labels) for ids in (one.heads, one.children))
        if bool(heads) == bool(one.heads) and bool(children) == bool(one.children):
            yield replace(one, heads=heads, children=children)
