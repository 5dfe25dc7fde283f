"""A label made another in a whole project, from the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.session import Session
from tests.cli.conftest import Said
from tests.store.made_projects import mark, opened, write

Call = Callable[..., Said]


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    session = opened(write(tmp_path / "article.txt"))
    mark(session, 19, 24)
    mark(session, 26, 29)
    session.close()
    return session.path


def labels(project: Path) -> list[str]:
    session = Session.open(project)
    found = [span.label for span in session.annotations.ordered()]
    session.close()
    return found


def other(project: Path) -> str:
    session = Session.open(project)
    found = next(label.id for label in session.schema.labels if label.id != "LOCATION")
    session.close()
    return found


def test_a_dry_run_shows_the_places_and_changes_nothing(hashiya: Call, marked: Path) -> None:
    said = hashiya("relabel", marked, "LOCATION", other(marked), "--text", "كُركوك", "--dry-run")
    assert (said.status, said.err) == (0, "")
    assert "[كركوك]" in said.out
    assert "To change: 1 span in 1 article." in said.out
    assert labels(marked) == ["LOCATION"] * 2


def test_a_label_becomes_another_and_the_window_can_take_it_back(hashiya: Call, marked: Path) -> None:
    name = other(marked)
    told = hashiya("relabel", marked, "LOCATION", name, "--json").told
    assert (told["articles"], told["spans"], told["left"], told["done"]) == (1, 2, {}, True)
    assert labels(marked) == [name] * 2
    session = Session.open(marked)
    session.undo()
    session.close()
    assert labels(marked) == ["LOCATION"] * 2


def test_spans_are_deleted(hashiya: Call, marked: Path) -> None:
    assert hashiya("relabel", marked, "LOCATION", "--delete").status == 0
    assert labels(marked) == []


@pytest.mark.parametrize("rest", [(), ("LOCATION",), ("NOWHERE",), ("PERSON", "--delete")])
def test_a_call_without_one_right_target_is_refused(hashiya: Call, marked: Path, rest: tuple[str, ...]) -> None:
    said = hashiya("relabel", marked, "LOCATION", *rest)
    assert (said.status, said.out) == (2, "")
    assert labels(marked) == ["LOCATION"] * 2
