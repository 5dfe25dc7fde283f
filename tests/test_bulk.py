"""One command in many articles of a project: made at once, taken back at once, all or nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import bulk
from app.bulk import Done, Work
from app.edit.bulk import Meant
from app.edit.commands import delete, relabel, set_note
from app.edit.moves import Moves
from app.errors import AnnotatorUnknown, EditRefused
from app.labels import default_schema
from app.model.annotation import Annotations, Attribute, State
from app.model.document import Document
from app.model.place import Place
from app.model.record import Record
from app.session import Session
from tests.store.made_projects import ARTICLE, MOMENT, mark, opened, span, write_training

HOMS = span("k", 19, 24)
NOWHERE = Place()
LOCATION, PERSON = "LOCATION", "PERSON"


def made(folder: Path, *values: Annotations, annotator: str = "A1") -> Session:
    lines = (
        Record(Document(f"d{n}", ARTICLE, created_at=MOMENT), value, "B2", "conflict-news", "2", MOMENT)
        for n, value in enumerate(values)
    )
    return opened(write_training(folder / "c.jsonl", *lines), annotator)


def of(*spans: object, status: str = "in_progress") -> Annotations:
    return Annotations.of(spans, (), State(status))  # type: ignore[arg-type]


def state(session: Session) -> list[Annotations]:
    """Every article as the annotator sees it, by key."""
    here, found = session.key, []
    for row in session.rows(0, 100):
        session.go_to(row.key)
        found.append(session.annotations)
    assert here is not None
    session.go_to(here)
    return found


def others(name: str) -> str:
    """Two labels that the default schema has, whatever they are called."""
    labels = [label.id for label in default_schema().labels]
    return labels[0] if labels[0] != name else labels[1]


OTHER = others(LOCATION)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return made(tmp_path, of(HOMS), of(HOMS, status="complete"), of(status="new"))


def test_many_articles_are_called_done_in_one_step_that_goes_back_at_once(session: Session) -> None:
    before = state(session)
    done = session.carry_out(Work("A1", (0, 2), "skipped"))
    assert (done.articles, done.left) == (2, {})
    assert [value.state.status for value in state(session)] == ["skipped", "complete", "skipped"]
    assert session.counts() == {"skipped": 2, "complete": 1}
    session.undo()
    assert state(session) == before
    assert not session.can_undo
    session.redo()
    assert [value.state.status for value in state(session)] == ["skipped", "complete", "skipped"]


def test_a_step_of_many_articles_is_taken_back_from_the_notice_whichever_article_is_current(session: Session) -> None:
    before = state(session)
    done = session.carry_out(Work("A1", (0, 2), flagged=True))
    session.go_to(2)
    turned = session.turn_all(done.head, "undo")
    assert (turned.keys, turned.left) == ((1, 3), 0)
    assert state(session) == before
    assert session.turn_all(done.head, "undo") == ((), 0)


def test_what_was_done_since_keeps_its_article_as_it_is(session: Session) -> None:
    done = session.carry_out(Work("A1", None, "skipped"))
    session.do(set_note("seen"), place=NOWHERE)
    turned = session.turn_all(done.head, "undo")
    assert (turned.keys, turned.left) == ((2, 3), 1)
    assert [value.state.status for value in state(session)] == ["skipped", "complete", "new"]


def test_articles_with_problems_that_block_are_left_out_of_done_and_counted(session: Session) -> None:
    session.set_schema(replace(default_schema(), blocking=("label-unknown",)))
    session.go_to(1)
    mark(session, 0, 6, "NOWHERE-LABEL")
    done = session.carry_out(Work("A1", None, "complete"))
    assert done.left == {"problems-block-done": 1}
    assert [value.state.status for value in state(session)] == ["in_progress", "complete", "complete"]


def test_a_label_becomes_another_in_the_whole_project_and_comes_back(session: Session) -> None:
    before = state(session)
    work = Work("A1", None, meant=Meant(LOCATION), label=OTHER)
    told = bulk.preview(session.path, work)
    assert (told.articles, told.spans, told.head) == (2, 2, 0)
    assert [(hit.key, hit.inside) for hit in told.hits] == [(1, "كركوك"), (2, "كركوك")]
    assert state(session) == before
    done = session.carry_out(work)
    assert (done.articles, done.spans) == (2, 2)
    assert [[one.label for one in value.spans.values()] for value in state(session)] == [[OTHER], [OTHER], []]
    session.go_to(2)
    session.undo()
    assert state(session) == before


def test_only_spans_that_say_the_text_are_meant_however_it_is_vowelled(tmp_path: Path) -> None:
    session = made(tmp_path, of(HOMS, span("m", 26, 29)), of(span("m", 26, 29)))
    done = session.carry_out(Work("A1", None, meant=Meant(LOCATION, "كَركوك"), label=OTHER))
    assert (done.articles, done.spans) == (1, 1)


def test_what_cannot_be_carried_is_said_beforehand(tmp_path: Path) -> None:
    asked = HOMS._replace(attributes=(Attribute("nobody-asks", "yes", "manual"),))
    session = made(tmp_path, of(asked), of(HOMS, span("x", 19, 24, OTHER)))
    told = bulk.preview(session.path, Work("A1", None, meant=Meant(LOCATION), label=OTHER))
    assert told.left == {"answers-unasked": 1, "already-there": 1}
    assert (told.articles, told.spans) == (1, 1)


def test_spans_of_a_label_are_deleted_in_the_whole_project_and_come_back(session: Session) -> None:
    before = state(session)
    done = session.carry_out(Work("A1", None, meant=Meant(LOCATION)))
    assert done.spans == 2
    assert not any(value.spans for value in state(session))
    session.undo()
    assert state(session) == before


def test_work_that_is_stopped_leaves_nothing(session: Session) -> None:
    before = state(session)

    def stop(count: int) -> None:
        if count == 2:
            raise InterruptedError

    for work in (Work("A1", None, "skipped"), Work("A1", None, meant=Meant(LOCATION))):
        with pytest.raises(InterruptedError):
            bulk.carry_out(session.path, work, lambda count: stop(count + 1))
    done = session.carry_out(Work("A1", None, flagged=True))
    with pytest.raises(InterruptedError):
        bulk.turn(session.path, done.head, "undo", stop)
    session.turn_all(done.head, "undo")
    assert state(session) == before


def test_nobodys_work_is_refused(session: Session) -> None:
    with pytest.raises(AnnotatorUnknown):
        session.carry_out(Work("", None, "skipped"))


def test_edits_are_refused_with_a_sentence_while_many_articles_are_changed(session: Session) -> None:
    session.held = True
    with pytest.raises(EditRefused) as refused:
        mark(session, 0, 6)
    assert refused.value.code == "work-under-way"
    session.held = False
    mark(session, 0, 6)


def test_articles_are_deleted_by_another_thread_all_or_none(session: Session) -> None:
    assert bulk.removal(session.path, (0, 1)) == (2, (("B2", 2),))

    def stop(count: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        bulk.delete_articles(session.path, (0, 1), "A1", stop)
    assert len(state(session)) == 3
    here = session.position_of_current()
    session.note_deleted(bulk.delete_articles(session.path, (0, 1), "A1"), here)
    assert (session.count, session.document.id) == (1, "d2")


EDITS = st.lists(
    st.sampled_from(("skip", "done", "flag", "relabel", "back", "delete", "mark", "unmark", "undo", "redo")), max_size=8
)


def do(session: Session, edit: str) -> Done | None:
    works = {
        "skip": Work("A1", (0, 2), "skipped"),
        "done": Work("A1", (0, 1), "complete"),
        "flag": Work("A1", (1, 2), flagged=True),
        "relabel": Work("A1", None, meant=Meant(LOCATION), label=OTHER),
        "back": Work("A1", None, meant=Meant(OTHER), label=LOCATION),
        "delete": Work("A1", None, meant=Meant(OTHER)),
    }
    if edit in works:
        return session.carry_out(works[edit])
    if edit == "mark" and not any(one.start == 0 for one in session.annotations.spans.values()):
        mark(session, 0, 6)
    elif edit == "unmark" and session.annotations.spans:
        session.do(delete([next(iter(session.annotations.spans))]), place=NOWHERE)
    elif edit in ("undo", "redo"):
        getattr(session, edit)()
    return None


@given(EDITS, st.sampled_from(("skip", "done", "flag", "relabel", "back", "delete")))
@settings(max_examples=25, deadline=None)
def test_a_step_of_many_articles_taken_back_leaves_what_was_before(edits: list[str], last: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        session = made(Path(folder), of(HOMS), of(HOMS, status="complete"), of(status="new"))
        for edit in edits:
            do(session, edit)
        before = state(session)
        done = do(session, last)
        assert done is not None
        after = state(session)
        if done.head:
            assert session.turn_all(done.head, "undo").left == 0
        assert state(session) == before
        if done.head:
            assert session.turn_all(done.head, "redo").left == 0
            assert state(session) == after
        session.close()


CHILD = """
import os, sys
from pathlib import Path
from app import asking, bulk
from app.bulk import Work
from app.edit.bulk import Meant
from app.edit.moves import Moves
from app.labels import default_schema

def die(count):
    if count == 2:
        os._exit(9)

project, what = Path(sys.argv[1]), sys.argv[2]
if what == "relabel":
    bulk.carry_out(project, Work("A1", None, meant=Meant("LOCATION")), die)
elif what == "status":
    bulk.carry_out(project, Work("A1", None, "skipped"), die)
elif what == "schema":
    asking.ask_by(project, default_schema(), Moves(labels={"LOCATION": "PLACE"}), "A1", die)
elif what == "delete":
    bulk.delete_articles(project, (0, 1), "A1", lambda count: os._exit(9))
else:
    bulk.turn(project, int(what), "undo", die)
"""


@pytest.mark.parametrize("what", ["relabel", "status", "schema", "delete", "turn"])
def test_a_program_killed_midway_leaves_the_project_as_it_was(tmp_path: Path, what: str) -> None:
    session = made(tmp_path, *[of(HOMS)] * 3)
    if what == "turn":
        what = str(session.carry_out(Work("A1", None, "skipped")).head)
    before, path = state(session), session.path
    session.close()
    ended = subprocess.run([sys.executable, "-c", CHILD, str(path), what], env=os.environ, check=False)
    assert ended.returncode == 9
    session = opened(path)
    assert state(session) == before
    assert session.carry_out(Work("A1", None, flagged=True)).articles == 3


def test_the_schema_is_set_with_its_moves_counted(session: Session) -> None:
    heard: list[int] = []
    session.set_schema(session.schema, Moves(labels={LOCATION: OTHER}), heard.append)
    assert heard == [0, 1]


def test_one_span_relabelled_alone_is_not_touched_when_the_others_go_back(session: Session) -> None:
    done = session.carry_out(Work("A1", None, meant=Meant(LOCATION), label=OTHER))
    session.do(relabel(["k"], LOCATION), place=NOWHERE)
    assert session.turn_all(done.head, "undo").left == 1
