from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.edit.attributes import set_attribute
from app.edit.commands import Command, set_status
from app.edit.steps import Place
from app.errors import EditRefused
from app.review.problems import problems
from app.session import Session
from tests.model.made_schemas import NEWS
from tests.store.made_projects import mark, opened, write


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Two articles, the schema of the tests."""
    session = opened(
        write(tmp_path / "corpus.jsonl", '{"id": "a", "text": "قتل 48 مسلحاً"}\n{"id": "b", "text": "قال"}\n')
    )
    session.schema = NEWS
    return session


def codes(session: Session) -> list[str]:
    said = session.problems
    assert said == problems(session.document.text, session.annotations, session.schema)
    return [problem.code for problem in said]


def do(session: Session, command: Command) -> None:
    assert session.do(command, place=Place()) is not None


def test_problems_follow_every_step_and_every_way_to_another_article(session: Session) -> None:
    assert codes(session) == []
    id = mark(session, 0, 6, "CASUALTY").changes[0].added[0].id
    assert codes(session) == ["attribute-missing"]
    do(session, set_attribute([id], "outcome", ("killed",)))
    assert codes(session) == []
    session.undo()
    assert codes(session) == ["attribute-missing"]
    session.redo()
    session.undo()
    session.undo()
    assert codes(session) == []
    session.redo()
    session.go_to(session.key_of("b") or 0)
    assert codes(session) == []
    mark(session, 0, 3, "QUOTE")
    assert codes(session) == ["relation-missing"]
    session.go_to(session.key_of("a") or 0)
    assert codes(session) == ["attribute-missing"]
    session.set_annotator("B2")
    assert codes(session) == []
    session.close()


def test_another_schema_finds_other_problems(session: Session) -> None:
    mark(session, 0, 6, "CASUALTY")
    assert codes(session) == ["attribute-missing"]
    session.schema = replace(NEWS, labels=NEWS.labels[1:])
    assert codes(session) == ["label-unknown"]
    session.close()


def test_the_lead_says_which_problems_keep_an_article_from_being_done(session: Session) -> None:
    id = mark(session, 0, 6, "CASUALTY").changes[0].added[0].id
    session.schema = replace(NEWS, blocking=("attribute-missing", "field-missing"))
    assert session.blocking_problems() == 1
    with pytest.raises(EditRefused, match="problems-block-done"):
        do(session, set_status("complete"))
    assert session.annotations.state.status == "in_progress"
    do(session, set_attribute([id], "outcome", ("killed",)))
    do(session, set_status("complete"))
    session.undo()
    session.undo()
    session.schema = NEWS
    do(session, set_status("complete"))
    session.close()


def test_a_project_without_articles_has_no_problems(tmp_path: Path) -> None:
    empty = Session.create(tmp_path / "empty.hashiya")
    fields = (replace(NEWS.fields[0], required=True),)
    empty.schema = replace(NEWS, fields=fields, blocking=("field-missing",))
    assert empty.problems == [] and empty.blocking_problems() == 0
    empty.close()
