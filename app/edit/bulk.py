"""One command for many articles: what becomes of the spans of a label in each, and what is left as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from app.edit.by_rule import answers_as
from app.edit.commands import Command, Desk, begun_state, set_status
from app.edit.limits import refusal
from app.edit.steps import Step
from app.model.annotation import Change, Span, surface
from app.model.overlaps import Overlaps
from app.model.schema import Label
from app.text.folding import fold

UNASKED: Final = "answers-unasked"
"""What is counted where a span keeps answers that its new label does not ask for."""
Told = Callable[[Desk, Span, str], object]
"""Hears of each span that is meant, and why it stays as it is: a code, or "" when it does not."""


class Meant(NamedTuple):
    """The spans of `label`; with `text` only those that say it, however its letters are seated or vowelled."""

    label: str
    text: str = ""

    def says(self, said: str) -> bool:
        """Whether a span that says `said` is meant."""
        return not self.text or folded(said) == folded(self.text)

    def of(self, desk: Desk) -> Iterator[Span]:
        """Those of the article on the desk, in reading order."""
        text = desk.document.text
        found = (span for span in desk.annotations.ordered() if span.label == self.label)
        return (span for span in found if self.says(surface(text, span)))


@lru_cache(maxsize=4096)
def folded(said: str) -> str:
    """What `said` is compared by: folded, and every stretch of blanks one."""
    return " ".join(fold(said).text.split())


def relabel_all(meant: Meant, label: str, told: Told) -> Command:
    """Call the spans that are `meant` `label` from now on, as `commands.relabel` does with one.

    What the schema forbids is left as it is, and a stretch that carries the label already; `told` hears of both. None
    when nothing is left to do.
    """

    def command(desk: Desk) -> Step | None:
        known, text, pairs = desk.schema.label(label), desk.document.text, []
        there = {span.fragments for span in desk.annotations.spans.values() if span.label == label}
        own: Overlaps | None = None
        for span in meant.of(desk):
            own = own or Overlaps(_accepted(desk, label))
            refused = refusal(text, known, span.fragments, own.of)
            why = "already-there" if span.fragments in there else refused.code if refused else ""
            told(desk, span, why)
            if why:
                continue
            changed = _called(span, known, label, surface(text, span), desk.now)
            pairs.append((span, changed))
            there.add(span.fragments)
            own.add(changed)
        return _step(desk, "relabel_all", [old for old, _new in pairs], [new for _old, new in pairs])

    return command


def delete_all(meant: Meant, told: Told) -> Command:
    """Take the spans that are `meant` away, and every relation that hangs on them; None when there are none."""

    def command(desk: Desk) -> Step | None:
        spans = list(meant.of(desk))
        for span in spans:
            told(desk, span, "")
        return _step(desk, "delete_all", spans, [])

    return command


def unasked(spans: Iterable[Span], label: Label | None) -> int:
    """How many of the spans have an answer that `label` does not ask for."""
    asked = {one.id for one in label.attributes} if label else set()
    return sum(any(one.name not in asked for one in span.attributes if one.source != "rule") for span in spans)


def reopen() -> Command:
    """Say that the document is not finished; nothing to do where it is open."""
    change = set_status("in_progress")

    def command(desk: Desk) -> Step | None:
        return None if desk.annotations.state.status in ("new", "in_progress") else change(desk)

    return command


def counted(left: Counter[str]) -> Told:
    """Counts in `left` why spans stay as they are."""

    def told(_desk: Desk, _span: Span, why: str) -> None:
        if why:
            left[why] += 1

    return told


def _accepted(desk: Desk, label: str) -> Iterator[Span]:
    return (span for span in desk.annotations.spans.values() if (span.label, span.status) == (label, "accepted"))


def _called(span: Span, known: Label | None, label: str, said: str, now: str) -> Span:
    answers = answers_as(known, span.attributes, said)
    return span._replace(label=label, attributes=answers, edited=True, updated_at=now)


def _step(desk: Desk, name: str, removed: list[Span], added: list[Span]) -> Step | None:
    if not removed:
        return None
    gone = {span.id for span in removed} - {span.id for span in added}
    relations = tuple(one for one in desk.annotations.relations.values() if gone and {one.head, one.child} & gone)
    change = Change(desk.document.id, tuple(removed), tuple(added), relations)
    before = desk.annotations.state
    if before.status == "new":
        change = change._replace(state_before=before, state_after=begun_state(desk.schema, before))
    return Step(name, (change,))
