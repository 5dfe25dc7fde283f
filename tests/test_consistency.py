"""Edit, undo, redo, save and load at random: the project always holds what the annotator sees, and undo leads back."""

from __future__ import annotations

import shutil
import tempfile
from itertools import count
from pathlib import Path
from unittest.mock import patch

import orjson
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.edit.attributes import set_attribute, set_field
from app.edit.commands import Command, delete, label, relabel, set_flag, set_note, set_status
from app.edit.edges import Edge, cycle_clitics, move_edge
from app.edit.everywhere import Spot, label_places
from app.edit.fragments import add_fragment, remove_fragment
from app.edit.links import link, unlink
from app.edit.moves import MOVE, Moves, moved
from app.edit.steps import Place, Step
from app.errors import EditRefused
from app.formats.native_check import check_file
from app.model.annotation import STATUSES, Annotations
from app.review.problems import problems
from app.store import annotations as layers
from app.store.engine import Database
from tests.store.made_projects import opened, record, span, write_training

LABELS = st.sampled_from(["ACTOR", "LOCATION", "QUOTE", "CASUALTY"])
RELATIONS = st.sampled_from(["SAME_AS", "SAID_BY"])
ANSWERS = st.sampled_from(
    [
        ("outcome", ("killed",)),
        ("who", ("medics", "children")),
        ("who", ()),
        ("count_best", ("٤٨",)),
        ("kind", ("person",)),
        ("role", ("قائد",)),
        ("mood", ("x",)),
    ]
)
FIELDS = st.sampled_from(
    [("event_date", ("2026-01-31",)), ("event_date", ()), ("relevance", ("x",)), ("source", ("س",))]
)
TEXTS = {"a": "اقتحمت القوات بلدة كركوك أمس", "b": "مُحَمَّد 👩‍🚀 في UN-WFP", "c": "ن"}
GIVEN = {
    "a": (span("a1", 0, 6), span("a2", 0, 13, "ACTOR"), span("a3", 7, 13, status="suggested")),
    "b": (),
    "c": (span("c1", 0, 1, note="؟"),),
}
REFUSALS = {
    *("nothing-selected", "already-there", "changed-elsewhere", "nothing-left", "only-fragment", "no-clitic"),
    *("relation-forbidden", "link-to-itself", "linked-already", "attribute-wrong", "attribute-unknown"),
}


class Follower:
    """The history of one annotator, kept as plain lists: what each article's values and its two stacks must be."""

    def __init__(self, start: dict[str, Annotations]) -> None:
        self.values = dict(start)
        self.done: dict[str, list[tuple[int, Step]]] = {id: [] for id in start}
        self.undone: dict[str, list[tuple[int, Step]]] = {id: [] for id in start}
        self._steps = 0

    def do(self, step: Step) -> None:
        self._steps += 1
        for change in step.changes:
            self.values[change.document] = self.values[change.document].apply(change)
            self.done[change.document].append((self._steps, step))
            self.undone[change.document].clear()

    def undo(self, id: str) -> None:
        if self.done[id]:
            entry = self.done[id][-1]
            self._turn(entry, entry[1].inverse(), self.done, self.undone)

    def redo(self, id: str) -> None:
        if self.undone[id]:
            entry = self.undone[id][-1]
            self._turn(entry, entry[1], self.undone, self.done)

    def _turn(
        self,
        entry: tuple[int, Step],
        step: Step,
        out_of: dict[str, list[tuple[int, Step]]],
        into: dict[str, list[tuple[int, Step]]],
    ) -> None:
        for change in step.changes:
            id = change.document
            if entry not in out_of[id]:
                continue
            later = out_of[id][out_of[id].index(entry) + 1 :]
            try:
                after = value = self.values[id].apply(change)
                for _number, one in reversed(later):
                    part = (one.inverse() if out_of is self.done else one).change_of(id)
                    assert part is not None
                    value = value.apply(part)
            except ValueError:
                continue
            self.values[id] = after
            out_of[id].remove(entry)
            into[id].append(entry)


class Hour(RuleBasedStateMachine):
    """An annotator's hour in a project of three articles, two of them annotated by somebody else before."""

    @initialize()
    def begin(self) -> None:
        # The same hour has the same ids when it is lived again.
        number, self.moments = count(), count()
        self.ids = patch("app.session.new_id", lambda: f"{next(number):08}")
        self.ids.start()
        self.folder = Path(tempfile.mkdtemp(prefix="hashiya-hour-"))
        lines = [
            record(id, text, GIVEN[id], status="in_progress" if GIVEN[id] else "new") for id, text in TEXTS.items()
        ]
        self.session = opened(write_training(self.folder / "corpus.jsonl", *lines))
        self.keys = {id: self.session.key_of(id) or 0 for id in TEXTS}
        self.start = {id: self.read(id) for id in TEXTS}
        self.expected = Follower(self.start)

    def read(self, id: str) -> Annotations:
        """What the project holds of an article, as another program would read it."""
        database = Database(self.session.path)
        with database.reading() as connection:
            sheet = layers.load(connection, self.keys[id], "A1")
        database.close()
        return sheet.annotations

    def has_own_layer(self, id: str) -> bool:
        database = Database(self.session.path)
        with database.reading() as connection:
            found = layers.find(connection, self.keys[id], "A1")
        database.close()
        return found is not None

    def do(self, command: Command) -> None:
        try:
            step = self.session.do(command, place=Place())
        except EditRefused as refused:
            assert refused.code in REFUSALS
            return
        if step is not None:
            self.expected.do(step)

    def some_span(self, drawn: st.DataObject) -> str:
        return drawn.draw(st.sampled_from(sorted(self.session.annotations.spans)))

    @rule(start=st.integers(0, 30), length=st.integers(0, 12), name=LABELS)
    def marks(self, start: int, length: int, name: str) -> None:
        size = len(self.session.document.text)
        self.do(label(min(start, size), min(start + length, size), name))

    @precondition(lambda self: self.session.annotations.spans)
    @rule(drawn=st.data(), name=LABELS)
    def relabels(self, drawn: st.DataObject, name: str) -> None:
        self.do(relabel([self.some_span(drawn)], name))

    @precondition(lambda self: self.session.annotations.spans)
    @rule(drawn=st.data())
    def deletes(self, drawn: st.DataObject) -> None:
        self.do(delete({self.some_span(drawn), self.some_span(drawn)}))

    @rule(status=st.sampled_from(STATUSES), flagged=st.booleans(), note=st.sampled_from(["", "ملاحظة"]))
    def says_how_far_it_is(self, status: str, flagged: bool, note: str) -> None:
        for command in (set_status(status), set_flag(flagged), set_note(note)):
            self.do(command)

    @rule(ids=st.sets(st.sampled_from(sorted(TEXTS)), min_size=1), name=LABELS)
    def marks_in_many_articles(self, ids: set[str], name: str) -> None:
        self.do(label_places([Spot(id, 0, 1) for id in sorted(ids)], name))

    @precondition(lambda self: self.session.annotations.spans)
    @rule(drawn=st.data(), start=st.integers(0, 30), length=st.integers(0, 6))
    def adds_a_piece_and_takes_one_away(self, drawn: st.DataObject, start: int, length: int) -> None:
        size = len(self.session.document.text)
        id = self.some_span(drawn)
        self.do(add_fragment(id, min(start, size), min(start + length, size)))
        self.do(remove_fragment(id, self.session.annotations.spans[id].start))

    @precondition(lambda self: self.session.annotations.spans)
    @rule(drawn=st.data(), edge=st.sampled_from(["start", "end"]), outwards=st.booleans())
    def moves_an_edge(self, drawn: st.DataObject, edge: Edge, outwards: bool) -> None:
        self.do(move_edge(self.some_span(drawn), edge, "grapheme", outwards))
        self.do(cycle_clitics(self.some_span(drawn), self.session.lexicon))

    @precondition(lambda self: self.session.annotations.spans)
    @rule(drawn=st.data(), answer=ANSWERS)
    def answers(self, drawn: st.DataObject, answer: tuple[str, tuple[str, ...]]) -> None:
        self.do(set_attribute({self.some_span(drawn), self.some_span(drawn)}, *answer))

    @rule(answer=FIELDS)
    def answers_about_the_article(self, answer: tuple[str, tuple[str, ...]]) -> None:
        self.do(set_field(*answer))

    @precondition(lambda self: self.session.annotations.spans)
    @rule(drawn=st.data())
    def links(self, drawn: st.DataObject) -> None:
        self.do(link(self.some_span(drawn), self.some_span(drawn), drawn.draw(RELATIONS)))

    @precondition(lambda self: self.session.annotations.relations)
    @rule(drawn=st.data())
    def unlinks(self, drawn: st.DataObject) -> None:
        self.do(unlink(drawn.draw(st.sampled_from(sorted(self.session.annotations.relations)))))

    @rule(names=st.permutations(["LOCATION", "ACTOR", "WHO"]))
    def labels_are_called_otherwise(self, names: list[str]) -> None:
        moves = Moves(labels=dict(zip(["LOCATION", "ACTOR", "WHO"], names, strict=True)))
        own = {id for id in TEXTS if self.has_own_layer(id)}
        at = f"2026-01-31T11:00:00.{next(self.moments):03}Z"
        with patch("app.asking.moment", lambda _seconds: at):
            self.session.set_schema(self.session.schema, moves)
        for id in TEXTS:
            change = moved(id, self.expected.values[id], moves, at)
            if change and id in own:
                self.expected.do(Step(MOVE, (change,)))
            elif change:
                self.expected.values[id] = self.start[id] = self.start[id].apply(change)

    @rule()
    def undoes(self) -> None:
        self.session.undo()
        self.expected.undo(self.session.document.id)

    @rule()
    def makes_again(self) -> None:
        self.session.redo()
        self.expected.redo(self.session.document.id)

    @rule(id=st.sampled_from(sorted(TEXTS)))
    def goes_to(self, id: str) -> None:
        self.session.go_to(self.keys[id])

    @rule()
    def closes_and_opens_again(self) -> None:
        here = self.session.key
        self.session.close()
        self.session = opened(self.folder / "corpus.jsonl")
        assert self.session.key == here

    @rule()
    def publishes(self) -> None:
        published = self.session.publish()
        if not published.path.exists():
            return
        assert list(check_file(published.path)) == []
        lines = [orjson.loads(line) for line in published.path.read_bytes().split(b"\n")[:-1]]
        for line in lines:
            if line["annotator"] == "A1":
                kept = [each for each in self.expected.values[line["id"]].ordered() if each.status == "accepted"]
                assert [each["id"] for each in line["spans"]] == [each.id for each in kept]

    @invariant()
    def what_is_seen_is_what_must_be_and_what_is_kept(self) -> None:
        session, id = self.session, self.session.document.id
        assert session.annotations == self.expected.values[id] == self.read(id)
        assert (session.can_undo, session.can_redo) == (bool(self.expected.done[id]), bool(self.expected.undone[id]))

    @invariant()
    def what_is_told_to_be_wrong_is_so(self) -> None:
        session = self.session
        assert session.problems == problems(session.document.text, session.annotations, session.schema)

    @invariant()
    def what_is_counted_is_so(self) -> None:
        session = self.session
        accepted = [each for each in session.annotations.spans.values() if each.status == "accepted"]
        assert sum(session.label_counts.values()) == len(accepted)
        row = session.rows(session.position(session.key or 0) or 0, 1)[0]
        state = session.annotations.state
        assert (row.spans, row.status, row.flagged) == (len(accepted), state.status, state.flagged)
        statuses = [value.state.status for value in self.expected.values.values()]
        assert session.counts() == {status: statuses.count(status) for status in set(statuses)}

    def teardown(self) -> None:
        if not hasattr(self, "session"):
            return
        assert {id: self.read(id) for id in TEXTS} == self.expected.values
        # One round more for each article: a bulk step may have waited for another article's later step.
        for _round in TEXTS:
            for key in self.keys.values():
                self.session.go_to(key)
                while self.session.undo() is not None:
                    pass
        assert {id: self.read(id) for id in TEXTS} == self.start
        self.session.close()
        self.ids.stop()
        shutil.rmtree(self.folder)


TestHour = Hour.TestCase
TestHour.settings = settings(max_examples=15, stateful_step_count=30, deadline=None)
