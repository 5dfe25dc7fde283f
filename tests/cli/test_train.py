"""A project that learns without a window."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("pycrfsuite")

from app.suggest.model_file import unpack
from tests.cli.conftest import Said
from tests.store.made_projects import opened, write
from tests.test_learning import PLACES, kept, project

Call = Callable[..., Said]


def test_a_project_learns_and_keeps_what_it_learned(hashiya: Call, tmp_path: Path) -> None:
    session = opened(project(tmp_path))
    session.close()
    told = hashiya("train", session.path, "--json").told
    assert told["ok"] and told["labels"] == ["LOCATION"]
    assert (told["articles"], told["sentences"], told["marks"]) == (len(PLACES), 2 * len(PLACES), len(PLACES))
    (content,) = kept(session.path)
    assert unpack(content, session.schema.name).trained_on == len(PLACES) and told["size"] == len(content)
    said = hashiya("train", session.path)
    assert said.status == 0 and "12 sentences in 6 articles" in said.out and "LOCATION" in said.out
    assert kept(session.path) == [content]


def test_too_few_labels_and_no_project_are_said(hashiya: Call, tmp_path: Path) -> None:
    session = opened(write(tmp_path / "few.txt"))
    session.close()
    few = hashiya("train", session.path)
    assert few.status == 2 and "too few labels" in few.err
    text = write(tmp_path / "text.txt")
    assert hashiya("train", text).status == 1 and not text.with_suffix(".hashiya").exists()
    assert hashiya("train", tmp_path / "none.hashiya").status == 2


def test_what_the_project_cannot_keep_is_said(hashiya: Call, tmp_path: Path) -> None:
    session = opened(project(tmp_path))
    session.close()
    with sqlite3.connect(session.path) as connection:
        connection.execute("create trigger full before insert on models begin select raise(abort, 'disk full'); end")
    assert hashiya("train", session.path).status == 1
