"""Desks for the tests of commands: an article with what was said of it, and a hand somewhere."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from app.edit.commands import Command, Desk
from app.edit.index import SpanIndex
from app.edit.steps import Place, Step
from app.model.annotation import Annotations, Fragment, Relation, Span, State
from app.model.document import Document
from app.model.schema import Schema
from tests.store.made_projects import MOMENT

LATER = "2026-03-01T00:00:00.000Z"
BEGUN = State("in_progress")


NOTHING_ASKED = Schema("s", "1", {}, ())


def desk(
    text: str,
    *spans: Span,
    relations: Iterable[Relation] = (),
    state: State = BEGUN,
    schema: Schema = NOTHING_ASKED,
) -> Desk:
    """A desk later on, with these spans and relations; new ids are n1, n2 …"""
    value = Annotations.of(spans, relations, state)
    ids = (f"n{number}" for number in count(1))
    index = SpanIndex(value.spans.values())
    return Desk(Document("a", text), value, schema, Place(1, 2), LATER, ids.__next__, index)


def carried_out(command: Command, at: Desk) -> tuple[Step, Annotations]:
    """The step of `command` and what it makes of the desk's annotations, from where its inverse leads back."""
    step = command(at)
    assert step is not None
    after = at.annotations.apply(step.changes[0])
    assert after.apply(step.inverse().changes[0]) == at.annotations
    return step, after


def covered(at: Desk, command: Command, id: str = "s1") -> list[str]:
    """What the fragments of the span cover after `command`."""
    _step, after = carried_out(command, at)
    return [at.document.text[start:end] for start, end in after.spans[id].fragments]


def in_pieces(id: str, *pieces: tuple[int, int], label: str = "LOCATION") -> Span:
    """A span of these fragments."""
    fragments = tuple(Fragment(*piece) for piece in pieces)
    return Span(id, label, fragments, created_at=MOMENT, updated_at=MOMENT)
