"""Many places labelled at once, in one article or in many: one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.edit.by_rule import first_answers
from app.edit.commands import Command, Desk, begun_state
from app.edit.limits import refusal
from app.edit.steps import Step
from app.errors import EditRefused
from app.model.annotation import Annotations, Change, Fragment, Span
from app.model.overlaps import Overlaps
from app.text.boundaries import trim


class Spot(NamedTuple):
    """A stretch of the document with this id."""

    document_id: str
    start: int
    end: int


def label_places(places: Iterable[Spot], label: str) -> Command:
    """Label each of `places`, trimmed as a new span is; passed over are those that carry the label already and those
    that the schema forbids to.

    One step with a part for each document. Refuses it when nothing is left to do: "nothing-selected" without a place,
    "already-there" when all carry the label, else what the schema forbids.
    """
    wanted: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for document_id, start, end in places:
        wanted[document_id].append((start, end))

    def command(desk: Desk) -> Step | None:
        if not wanted:
            raise EditRefused("nothing-selected")
        refused: list[EditRefused] = []
        parts = (_part(desk, document_id, stretches, label, refused) for document_id, stretches in wanted.items())
        changes = tuple(change for change in parts if change.added)
        if not changes:
            raise refused[0] if refused else EditRefused("already-there", label=label)
        return Step("label_places", changes, desk.place, desk.place)

    return command


def marked(annotations: Annotations, label: str) -> set[tuple[int, int]]:
    """The stretches that carry `label` already, accepted and in one piece: these are passed over."""
    wanted = (label, "accepted", 1)
    found = annotations.spans.values()
    return {(span.start, span.end) for span in found if (span.label, span.status, len(span.fragments)) == wanted}


def _part(
    desk: Desk, document_id: str, stretches: Sequence[tuple[int, int]], label: str, refused: list[EditRefused]
) -> Change:
    """The spans that are made in one document; why some are not comes to `refused`."""
    (document, annotations), known = desk.other(document_id), desk.schema.label(label)
    there, text = marked(annotations, label), document.text
    own = Overlaps(span for span in annotations.spans.values() if (span.label, span.status) == (label, "accepted"))
    added: list[Span] = []
    for stretch in stretches:
        start, end = trim(text, *stretch)
        pieces = (Fragment(start, end),)
        if start >= end or (start, end) in there:
            continue
        if why_not := refusal(text, known, pieces, own.of):
            refused.append(why_not)
            continue
        answers = first_answers(known, text[start:end])
        added.append(Span(desk.new_id(), label, pieces, answers, created_at=desk.now, updated_at=desk.now))
        there.add((start, end))
        own.add(added[-1])
    return _begun(desk, Change(document_id, added=tuple(added)), annotations)


def _begun(desk: Desk, change: Change, annotations: Annotations) -> Change:
    before = annotations.state
    if before.status != "new":
        return change
    return change._replace(state_before=before, state_after=begun_state(desk.schema, before))
