"""A bulk step is one step with a part in each article; undo follows the article."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.edit.commands import Desk, delete, relabel, set_flag, set_status
from app.edit.steps import Place, Step
from app.errors import EditRefused
from app.model.annotation import Change, State
from app.session import Session
from tests.store.made_projects import mark, opened, span, surfaces, write

NOWHERE = Place()
WORDS = ("كركوك", "القيارة", "الموصل")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    lines = "".join(f'{{"id": "{id}", "text": "{word} {id}"}}\n' for id, word in zip("abc", WORDS, strict=True))
    return opened(write(tmp_path / "corpus.jsonl", lines))


def bulk(*documents: str, name: str = "bulk") -> Step:
    """The first letters of each document marked, in one step."""
    before, after = State(), State("in_progress")
    return Step(
        name, tuple(Change(id, added=(span("all", 0, 5),), state_before=before, state_after=after) for id in documents)
    )


def marks(session: Session, id: str) -> list[tuple[str, str]]:
    key = session.key_of(id)
    assert key is not None
    session.go_to(key)
    return surfaces(session)


def made(session: Session, step: Step) -> None:
    assert session.do(lambda _desk: step, place=NOWHERE) == step


MARKED = [("LOCATION", "كركوك")], [("LOCATION", "القيا")], [("LOCATION", "الموص")]


def everywhere(session: Session) -> tuple[list[tuple[str, str]], ...]:
    here = session.key
    found = tuple(marks(session, id) for id in "abc")
    assert here is not None
    session.go_to(here)
    return found


def test_a_bulk_step_is_made_in_every_article_and_is_one_row_of_the_log(session: Session) -> None:
    made(session, bulk("a", "b", "c"))
    assert everywhere(session) == MARKED
    assert session.counts() == {"in_progress": 3}
    with session._database.reading() as connection:
        assert connection.exec_driver_sql("SELECT kind FROM log WHERE command = 'bulk'").all() == [("do",)]
    session.close()


def test_undo_takes_a_bulk_step_back_everywhere_from_any_of_its_articles_and_redo_makes_it_again(
    session: Session,
) -> None:
    made(session, bulk("a", "b", "c"))
    marks(session, "c")
    undone = session.undo()
    assert undone is not None and {change.document for change in undone.changes} == {"a", "b", "c"}
    assert everywhere(session) == ([], [], [])
    assert session.counts() == {"new": 3}
    marks(session, "b")
    session.close()

    again = opened(session.path)
    assert again.redo() is not None
    assert everywhere(again) == MARKED
    again.close()


def test_an_article_that_the_bulk_step_did_not_touch_keeps_its_own_history(session: Session) -> None:
    made(session, bulk("a", "b"))
    marks(session, "c")
    assert session.undo() is None
    mark(session, 0, 6)
    session.undo()
    assert everywhere(session) == (*MARKED[:2], [])
    session.close()


def test_undo_takes_the_later_step_of_the_article_first_and_then_the_bulk_step(session: Session) -> None:
    made(session, bulk("a", "b"))
    own = mark(session, 6, 7, "ACTOR")
    undone = session.undo()
    assert undone is not None and undone.command == own.command
    undone = session.undo()
    assert undone is not None and undone.command == "bulk"
    assert everywhere(session) == ([], [], [])
    session.close()


def test_where_later_work_stands_on_a_bulk_step_it_stays_and_the_user_is_told(session: Session) -> None:
    made(session, bulk("a", "b", "c"))
    marks(session, "b")
    session.do(relabel(["all"], "ACTOR"), place=NOWHERE)
    marks(session, "a")
    told: list[EditRefused] = []
    session.noticed.connect(lambda notice: told.append(notice))  # type: ignore[arg-type]
    session.undo()
    assert everywhere(session) == ([], [("ACTOR", "القيا")], [])
    assert [(notice.code, notice.values["documents"]) for notice in told] == [("turned-in-part", "b")]

    # What stays can still be taken back where it stands, step by step.
    marks(session, "b")
    assert session.undo() and session.undo()
    assert everywhere(session) == ([], [], [])
    session.close()


def test_later_work_that_does_not_touch_the_bulk_step_lets_it_go(session: Session) -> None:
    made(session, bulk("a", "b"))
    marks(session, "b")
    mark(session, 8, 9, "ACTOR")
    marks(session, "a")
    session.undo()
    assert everywhere(session) == ([], [("ACTOR", "b")], [])
    # In b the mark is what is left to take back, and then both come again, the last undone first.
    marks(session, "b")
    session.undo()
    assert not session.can_undo
    session.redo()
    assert everywhere(session) == ([], [("ACTOR", "b")], [])
    session.redo()
    assert everywhere(session) == (MARKED[0], [("LOCATION", "القيا"), ("ACTOR", "b")], [])
    session.close()


def test_a_new_step_in_one_article_ends_redo_there_and_only_there(session: Session) -> None:
    made(session, bulk("a", "b"))
    session.undo()
    mark(session, 6, 7, "ACTOR")
    assert not session.can_redo
    marks(session, "b")
    assert session.redo() is not None
    assert everywhere(session) == ([("ACTOR", "a")], MARKED[1], [])
    session.close()


def test_a_damaged_article_does_not_hold_up_undo_in_the_others(session: Session) -> None:
    made(session, bulk("a", "b"))
    with session._database.writing() as connection:
        connection.exec_driver_sql("UPDATE documents SET text = 'x' WHERE id = 'b'")
    session.undo()
    assert [notice.values["documents"] for notice in session.notices] == ["b"]
    assert marks(session, "a") == []
    session.close()


def test_a_bulk_step_that_does_not_fit_one_article_is_made_in_none(session: Session) -> None:
    marks(session, "b")
    session.do(set_status("complete"), place=NOWHERE)
    marks(session, "a")
    for step in (bulk("a", "b"), bulk("a", "gone")):
        with pytest.raises(EditRefused, match="changed-elsewhere"):
            session.do(lambda _desk, step=step: step, place=NOWHERE)
    assert everywhere(session) == ([], [], [])
    assert session.counts() == {"complete": 1, "new": 2}
    session.close()


def test_a_span_outside_the_text_is_refused_before_anything_is_kept(session: Session) -> None:
    def command(_desk: Desk) -> Step:
        return Step("label", (Change("a", added=(span("in", 0, 2), span("out", 5, 99))),))

    with pytest.raises(EditRefused, match="span-outside-text"):
        session.do(command, place=NOWHERE)
    assert marks(session, "a") == []
    session.close()


def test_undo_is_anybodys_own(session: Session) -> None:
    made(session, bulk("a", "b"))
    session.set_annotator("B2")
    assert session.undo() is None
    mark(session, 0, 5)
    session.do(delete(session.annotations.spans), place=NOWHERE)
    session.set_annotator("A1")
    session.undo()
    assert everywhere(session) == ([], [], [])
    session.close()


def test_a_part_is_not_taken_from_under_what_could_not_be_taken_back_without_it(session: Session) -> None:
    made(session, bulk("a", "b"))
    marks(session, "b")
    for flagged in (True, False):  # all is again as the bulk step left it
        session.do(set_flag(flagged), place=NOWHERE)
    marks(session, "a")
    assert session.undo() and not session.annotations.spans
    assert [notice.code for notice in session.notices] == ["turned-in-part"]
    assert marks(session, "b")
    for _step in ("flag", "flag", "bulk"):
        assert session.undo()
    assert not session.annotations.spans and not session.can_undo
