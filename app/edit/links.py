"""Relations between two spans of an article."""

from __future__ import annotations

from app.edit.commands import Command, Desk, begun, span_of
from app.edit.steps import Step
from app.errors import EditRefused
from app.model.annotation import Annotations, Change, Relation, span_order
from app.model.schema import RelationType, Schema

RELATED = "RELATED"
"""The one type of relation where the schema declares none; it says the same read from either end."""
_RELATED = RelationType(RELATED, {}, symmetric=True)


def link(head: str, child: str, label: str = RELATED) -> Command:
    """Link the span `head` to the span `child`.

    Refuses a span linked to itself ("link-to-itself"), a link that is there already ("linked-already") and, where the
    schema declares relations, what it does not allow ("relation-forbidden") or no more of ("relation-too-many").
    """

    def command(desk: Desk) -> Step | None:
        for span_id in (head, child):
            span_of(desk.annotations, span_id)
        if head == child:
            raise EditRefused("link-to-itself", span=head)
        if there := _there(desk.annotations, head, child, _type(desk.schema, label)):
            raise EditRefused("linked-already", relation=there)
        if desk.schema.relations:
            _allow(desk, head, child, label)
        relation = Relation(desk.new_id(), label, head, child)
        change = Change(desk.document.id, added_relations=(relation,))
        return begun(desk, "link", change, desk.place._replace(focus=head))

    return command


def unlink(relation_id: str) -> Command:
    """Take a relation away. Refuses one that is no longer there ("relation-gone")."""

    def command(desk: Desk) -> Step | None:
        relation = desk.annotations.relations.get(relation_id)
        if relation is None:
            raise EditRefused("relation-gone", relation=relation_id)
        return begun(desk, "unlink", Change(desk.document.id, removed_relations=(relation,)), desk.place)

    return command


def offers(annotations: Annotations, schema: Schema, head: str, child: str = "") -> list[RelationType]:
    """The types of relation that `link` would make from the span `head`, to `child` if it is given; schema's order.

    A schema that declares none allows RELATED.
    """
    first, other = annotations.spans[head].label, annotations.spans[child].label if child else ""
    return [
        one
        for one in schema.relations or (_RELATED,)
        if (not one.heads or first in one.heads)
        and not _is_full(annotations, one, head)
        and (not child or _may_lead(annotations, one, head, child, first, other))
    ]


def chain(annotations: Annotations, span_id: str, label: str) -> list[str]:
    """The spans that relations called `label` hang together with this one, itself among them, in reading order."""
    near: dict[str, list[str]] = {}
    for relation in annotations.relations.values():
        if relation.label == label:
            near.setdefault(relation.head, []).append(relation.child)
            near.setdefault(relation.child, []).append(relation.head)
    found, waiting = {span_id}, [span_id]
    while waiting:
        fresh = set(near.get(waiting.pop(), ())) - found
        found |= fresh
        waiting += fresh
    return sorted(found, key=lambda id: span_order(annotations.spans[id]))


def _type(schema: Schema, label: str) -> RelationType:
    """The type called `label`; one that the schema does not know has a direction, RELATED has none."""
    return schema.relation(label) or (_RELATED if label == RELATED else RelationType(label, {}))


def _allow(desk: Desk, head: str, child: str, label: str) -> None:
    spans, one = desk.annotations.spans, desk.schema.relation(label)
    if one is None or not one.allows(spans[head].label, spans[child].label):
        first, other = (desk.schema.label(spans[id].label) or spans[id].label for id in (head, child))
        raise EditRefused("relation-forbidden", relation=one or label, head=first, child=other)
    if _is_full(desk.annotations, one, head) or (one.symmetric and _is_full(desk.annotations, one, child)):
        raise EditRefused("relation-too-many", relation=one, count=one.at_most)


def _may_lead(annotations: Annotations, one: RelationType, head: str, child: str, first: str, other: str) -> bool:
    if head == child or not one.allows(first, other) or _there(annotations, head, child, one):
        return False
    return not (one.symmetric and _is_full(annotations, one, child))


def _is_full(annotations: Annotations, one: RelationType, span_id: str) -> bool:
    """Whether the span has as many relations of this type as it may have."""
    if one.at_most is None:
        return False
    ends = (relation for relation in annotations.relations.values() if relation.label == one.id)
    has = sum(relation.head == span_id or (one.symmetric and relation.child == span_id) for relation in ends)
    return has >= one.at_most


def _there(annotations: Annotations, head: str, child: str, one: RelationType) -> str:
    """The id of the relation that says this already, or ""."""
    wanted = {(head, child), (child, head)} if one.symmetric else {(head, child)}
    found = (
        relation.id
        for relation in annotations.relations.values()
        if relation.label == one.id and (relation.head, relation.child) in wanted
    )
    return next(found, "")
