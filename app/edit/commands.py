"""What a user can do to one document: each function gives a command, which looks at the desk and returns a Step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from app.edit.by_rule import answers_after, answers_as, first_answers, in_order, with_defaults
from app.edit.index import SpanIndex
from app.edit.limits import own_kind, refusal
from app.edit.steps import Step
from app.errors import EditRefused
from app.model.annotation import STATUSES, Annotations, Change, Fragment, Span, State, surface
from app.model.document import Document, NameValue
from app.model.place import Place
from app.model.schema import Schema
from app.text.boundaries import trim


class Desk(NamedTuple):
    """What a command sees: the document and its annotations, where the hand is, the time, and a maker of span ids.

    `lookup` is derived from the annotations; `others` gives another document of the project by its id. It raises
    ProjectError for one that is damaged. `blocking` counts the problems with which the document cannot be called done.
    """

    document: Document
    annotations: Annotations
    schema: Schema
    place: Place
    now: str
    new_id: Callable[[], str]
    lookup: SpanIndex
    others: Callable[[str], tuple[Document, Annotations]] | None = None
    blocking: Callable[[], int] = int

    def other(self, document_id: str) -> tuple[Document, Annotations]:
        """The document with this id, and its annotations; the one on the desk or another one."""
        if document_id == self.document.id:
            return self.document, self.annotations
        if self.others is None:
            raise EditRefused("changed-elsewhere", document=document_id)
        return self.others(document_id)


Command = Callable[[Desk], Step | None]
"""Gives the step to carry out, or None when there is nothing to do. Raises EditRefused with the reason."""


def label(start: int, end: int, label: str) -> Command:
    """Mark `[start, end)`, widened to whole graphemes and without blanks at its ends, as `label`.

    The span has the answers that rules give (`app.edit.by_rule`). Refuses an empty stretch ("nothing-selected"),
    one that carries the label already ("already-there") and one that the schema forbids (`app.edit.limits`).
    """

    def command(desk: Desk) -> Step | None:
        first, last = trim(desk.document.text, start, end)
        if first >= last:
            raise EditRefused("nothing-selected")
        fragments = (Fragment(first, last),)
        if there := desk.lookup.find(fragments, label):
            raise EditRefused("already-there", span=there, label=label)
        _allow(desk, label, fragments)
        answers = first_answers(desk.schema.label(label), desk.document.text[first:last])
        span = Span(desk.new_id(), label, fragments, answers, created_at=desk.now, updated_at=desk.now)
        return _step(desk, "label", added=(span,), after=Place(last, last, span.id))

    return command


def relabel(span_ids: Iterable[str], label: str) -> Command:
    """Call these spans `label` from now on, in one step; those that are called so already stay as they are.

    What anybody answered stays, also what `label` does not ask; what rules said is said anew. Refuses what the schema
    forbids spans of that label. Of several, none changes where one is refused.
    """
    wanted = tuple(dict.fromkeys(span_ids))

    def command(desk: Desk) -> Step | None:
        spans = tuple(span for span in (span_of(desk.annotations, id) for id in wanted) if span.label != label)
        if not spans:
            return None
        changed = tuple(_called(desk, span, label) for span in spans)
        now = desk
        for before, after in zip(spans, changed, strict=True):
            _allow(now, label, before.fragments)
            now = now._replace(annotations=now.annotations.apply(Change(desk.document.id, (before,), (after,))))
        focus = desk.place.focus if desk.place.focus in wanted else wanted[0]
        return _step(desk, "relabel", removed=spans, added=changed, after=desk.place._replace(focus=focus))

    return command


def _called(desk: Desk, span: Span, label: str) -> Span:
    answers = answers_as(desk.schema.label(label), span.attributes, surface(desk.document.text, span))
    return span._replace(label=label, attributes=answers, edited=True, updated_at=desk.now)


def delete(span_ids: Iterable[str]) -> Command:
    """Take these spans away, and every relation that hangs on them."""
    wanted = tuple(dict.fromkeys(span_ids))

    def command(desk: Desk) -> Step | None:
        if not wanted:
            return None
        spans = tuple(span_of(desk.annotations, id) for id in wanted)
        relations = tuple(
            relation
            for relation in desk.annotations.relations.values()
            if relation.head in wanted or relation.child in wanted
        )
        start = min(span.start for span in spans)
        change = Change(desk.document.id, removed=spans, removed_relations=relations)
        return begun(desk, "delete", change, Place(start, start))

    return command


def set_status(status: str) -> Command:
    """Say how far the document is; one of `STATUSES`. Refuses "complete" while problems stand that block it."""
    if status not in STATUSES:
        raise ValueError(f"no such status: {status}")
    change = _state_command("set_status", lambda state: state._replace(status=status))

    def command(desk: Desk) -> Step | None:
        if status == "complete" != desk.annotations.state.status and (count := desk.blocking()):
            raise EditRefused("problems-block-done", count=count)
        return change(desk)

    return command


def set_flag(flagged: bool) -> Command:
    """Flag the document, to come back to it, or take the flag off."""
    return _state_command("set_flag", lambda state: state._replace(flagged=flagged))


def set_note(text: str) -> Command:
    """Write the document's note."""
    return _state_command("set_note", lambda state: state._replace(note=text))


def _state_command(name: str, change_of: Callable[[State], State]) -> Command:
    def command(desk: Desk) -> Step | None:
        before = desk.annotations.state
        after = change_of(before)
        if after == before:
            return None
        change = Change(desk.document.id, state_before=before, state_after=after)
        return Step(name, (change,), desk.place, desk.place)

    return command


def _step(desk: Desk, name: str, *, removed: tuple[Span, ...] = (), added: tuple[Span, ...] = (), after: Place) -> Step:
    return begun(desk, name, Change(desk.document.id, removed, added), after)


def reshape(desk: Desk, name: str, span: Span, fragments: tuple[Fragment, ...]) -> Step | None:
    """The step that lets `span` cover `fragments` instead; None when it does so already.

    What rules read in it is read anew. Refuses what another span covers with the same label ("already-there") and what
    the schema forbids.
    """
    if fragments == span.fragments:
        return None
    if there := desk.lookup.find(fragments, span.label):
        raise EditRefused("already-there", span=there, label=span.label)
    _allow(desk, span.label, fragments, span)
    moved = span._replace(fragments=fragments, edited=True, updated_at=desk.now)
    said = surface(desk.document.text, moved)
    changed = moved._replace(attributes=answers_after(desk.schema.label(span.label), span.attributes, said))
    return _step(desk, name, removed=(span,), added=(changed,), after=desk.place._replace(focus=span.id))


def _allow(desk: Desk, label: str, fragments: tuple[Fragment, ...], before: Span | None = None) -> None:
    known = desk.schema.label(label)
    if refused := refusal(desk.document.text, known, fragments, own_kind(desk.annotations, label), before):
        raise refused


def begun(desk: Desk, name: str, change: Change, after: Place) -> Step:
    """The step of `change`; the first work on a document also says that it was begun."""
    before: State = desk.annotations.state
    if before.status == "new":
        change = change._replace(state_before=before, state_after=begun_state(desk.schema, before))
    return Step(name, (change,), desk.place, after)


def begun_state(schema: Schema, state: State) -> State:
    """The state of a document once somebody has worked on it; from the first work on it has its fields' defaults."""
    if state.status != "new":
        return state
    fields = in_order(with_defaults(state.fields, schema.fields, NameValue), schema.fields)
    return state._replace(status="in_progress", fields=fields)


def span_of(annotations: Annotations, id: str) -> Span:
    """The span with this id. Refuses one that is no longer there ("span-gone")."""
    span = annotations.spans.get(id)
    if span is None:
        raise EditRefused("span-gone", span=id)
    return span
