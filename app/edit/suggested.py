"""Suggestions decided: taken as they stand, with another label or other bounds, or refused. Each is one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from app.edit.by_rule import by_rule, first_answers, in_order, with_defaults
from app.edit.commands import Command, Desk, begun
from app.edit.limits import own_kind, refusal
from app.edit.links import offers
from app.edit.steps import Step
from app.errors import EditRefused
from app.model.annotation import Annotations, Attribute, Change, Fragment, Relation, Span
from app.model.answers import COUNT, is_answer
from app.model.decision import ACCEPTED, CHANGED, REJECTED, Decision
from app.model.schema import Label
from app.text.boundaries import trim

ACCEPT: Final = "accept"
REJECT: Final = "reject"


class Wanted(NamedTuple):
    """A suggestion that somebody decides about; `links` are (relation, label, start, end) of the other end.

    `source` is one of SOURCES, `folded` how its surface is compared.
    """

    label: str
    start: int
    end: int
    source: str
    source_name: str
    score: float
    folded: str
    attributes: tuple[Attribute, ...] = ()
    links: tuple[tuple[str, str, int, int], ...] = ()


Stretch = tuple[str, int, int]
Links = Mapping[Stretch, tuple[tuple[str, str, int, int], ...]]


def accept(
    wanted: Sequence[Wanted],
    *,
    label: str = "",
    moved: tuple[int, int] = (0, 0),
    known: Iterable[Wanted] = (),
) -> Command:
    """Mark what these suggest, as `label` where it is given, start and end `moved` so far (trimmed as new spans are).

    The hand stays where it is: there may be more to decide. Their attributes come with them, and
    each link whose other end is marked or marked by this step; also links of `known` suggestions that are marked
    already. One of several that the schema forbids, or that is there already, is passed over; when nothing is left,
    what forbade the first is raised (EditRefused).
    """
    linking = {_stretch(one): one.links for one in known if one.links}

    def command(desk: Desk) -> Step | None:
        making = _Making(desk)
        for one in wanted:
            making.take(one, label or one.label, (one.start + moved[0], one.end + moved[1]))
        if not making.added:
            raise making.refused[0] if making.refused else EditRefused("nothing-selected")
        change = making.change(linking | {_stretch(one): one.links for one in wanted if one.links})
        return begun(desk, ACCEPT, change, desk.place)

    return command


def reject(wanted: Sequence[Wanted]) -> Command:
    """Refuse what these suggest; suggestions that were imported go with their relations. Nothing to do for none."""

    def command(desk: Desk) -> Step | None:
        if not wanted:
            return None
        stretches = {_stretch(one) for one in wanted}
        gone = tuple(span for span in _imported(desk.annotations) if _of(span) in stretches)
        ids = {span.id for span in gone}
        links = tuple(link for link in desk.annotations.relations.values() if {link.head, link.child} & ids)
        decided = tuple(_decision(desk, one, REJECTED) for one in wanted)
        change = Change(desk.document.id, removed=gone, removed_relations=links, decided=decided)
        return begun(desk, REJECT, change, desk.place)

    return command


class _Making:
    """The spans of one step, one after the other, each seen by the next."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._text = desk.document.text
        self._imported = {_of(span): span for span in _imported(desk.annotations)}
        self._now = desk.annotations
        self._made: dict[Stretch, Span] = {}
        self.removed: list[Span] = []
        self.added: list[Span] = []
        self.decided: list[Decision] = []
        self.refused: list[EditRefused] = []

    def take(self, one: Wanted, label: str, bounds: tuple[int, int]) -> None:
        """Make the span of one suggestion, or note why there can be none."""
        start, end = trim(self._text, max(bounds[0], 0), min(bounds[1], len(self._text)))
        if start >= end:
            self.refused.append(EditRefused("nothing-selected"))
            return
        as_it_stood = (label, start, end) == _stretch(one)
        there = self._imported.get(_stretch(one))
        pieces = there.fragments if there and as_it_stood else (Fragment(start, end),)
        if why_not := self._forbidden(label, pieces):
            self.refused.append(why_not)
            return
        said = self._text[start:end]
        span = Span(
            there.id if there else self._desk.new_id(),
            label,
            pieces,
            _answers(self._desk.schema.label(label), one.attributes, said),
            "accepted",
            one.source,
            one.source_name,
            one.score,
            not as_it_stood,
            there.note if there else "",
            there.created_at if there else self._desk.now,
            self._desk.now,
            there.extra if there else "",
        )
        removed = (there,) if there else ()
        self._now = self._now.apply(Change(self._desk.document.id, removed, (span,)))
        self.removed += removed
        self.added.append(span)
        self._made[_stretch(one)] = span
        self.decided.append(_decision(self._desk, one, ACCEPTED if as_it_stood else CHANGED))

    def change(self, links: Links) -> Change:
        """What was made, with the relations that come with it."""
        relations = tuple(self._relations(links))
        return Change(
            self._desk.document.id,
            tuple(self.removed),
            tuple(self.added),
            added_relations=relations,
            decided=tuple(self.decided),
        )

    def _forbidden(self, label: str, pieces: tuple[Fragment, ...]) -> EditRefused | None:
        if any(span.fragments == pieces and span.label == label for span in _accepted(self._now)):
            return EditRefused("already-there", label=label)
        known = self._desk.schema.label(label)
        return refusal(self._text, known, pieces, own_kind(self._now, label))

    def _relations(self, links: Links) -> Iterator[Relation]:
        """The relations that one end at least of which was made in this step, as far as the schema allows them."""
        fresh = {span.id for span in self.added}
        marked = {_of(span): span for span in _accepted(self._now)} | self._made
        for stretch, ends in links.items():
            head = marked.get(stretch)
            for label, of, start, end in ends:
                child = _other_end(marked, of, start, end)
                if head is None or child is None or not fresh & {head.id, child.id}:
                    continue
                if any(one.id == label for one in offers(self._now, self._desk.schema, head.id, child.id)):
                    relation = Relation(self._desk.new_id(), label, head.id, child.id, (), head.source, head.score)
                    self._now = self._now.apply(Change(self._desk.document.id, added_relations=(relation,)))
                    yield relation


def _other_end(marked: Mapping[Stretch, Span], label: str, start: int, end: int) -> Span | None:
    """What is marked there, else the first mark of that label that overlaps it."""
    if there := marked.get((label, start, end)):
        return there
    over = [span for span in marked.values() if span.label == label and span.start < end and start < span.end]
    return min(over, key=lambda span: span.start, default=None)


def _answers(label: Label | None, given: tuple[Attribute, ...], said: str) -> tuple[Attribute, ...]:
    """The attributes of the span: those suggested that the label asks, a count that was read, and defaults."""
    if label is None:
        return ()
    kept = tuple(one for one in given if (asked := label.attribute(one.name)) and is_answer(asked, one.value))
    has_count = any(one.name in COUNT for one in kept)
    read = () if has_count else tuple(one for one in first_answers(label, said) if one.name in COUNT)
    return in_order(with_defaults((*kept, *read), label.attributes, by_rule), label.attributes)


def _decision(desk: Desk, one: Wanted, outcome: str) -> Decision:
    said = desk.document.text[one.start : one.end]
    return Decision(one.label, one.start, one.end, said, one.folded, one.source_name, outcome)


def _accepted(annotations: Annotations) -> Iterator[Span]:
    return (span for span in annotations.spans.values() if span.status == "accepted")


def _imported(annotations: Annotations) -> Iterator[Span]:
    """The spans that came as suggestions with a file."""
    return (span for span in annotations.spans.values() if span.status == "suggested")


def _of(span: Span) -> Stretch:
    return span.label, span.start, span.end


def _stretch(one: Wanted) -> Stretch:
    return one.label, one.start, one.end
