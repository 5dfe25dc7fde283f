"""Relations between two spans of an article."""

from __future__ import annotations

from app.edit.commands import Command, Desk, begun, span_of
from app.edit.steps import Step
from app.errors import EditRefused
from app.model.annotation import Change, Relation

RELATED = "RELATED"
_BOTH_WAYS = frozenset({RELATED})
"""Relations that say the same read from either end."""


def link(head: str, child: str, label: str = RELATED) -> Command:
    """Link the span `head` to the span `child`.

    Refuses a span linked to itself ("link-to-itself") and a link that is there already ("linked-already").
    """

    def command(desk: Desk) -> Step | None:
        for span_id in (head, child):
            span_of(desk.annotations, span_id)
        if head == child:
            raise EditRefused("link-to-itself", span=head)
        if there := _there(desk, head, child, label):
            raise EditRefused("linked-already", relation=there)
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


def _there(desk: Desk, head: str, child: str, label: str) -> str:
    """The id of the relation that says this already, or ""."""
    wanted = {(head, child), (child, head)} if label in _BOTH_WAYS else {(head, child)}
    found = (
        relation.id
        for relation in desk.annotations.relations.values()
        if relation.label == label and (relation.head, relation.child) in wanted
    )
    return next(found, "")
