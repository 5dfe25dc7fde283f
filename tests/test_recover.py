from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.backups import keep
from app.cli.recover import recover as command
from app.errors import ProjectError
from app.recover import recover
from app.session import Session
from tests.store.made_projects import mark, opened, record, span, surfaces, write_training

PAGE = 4096
ARTICLES = 60


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Articles with two spans each, some of them longer than a page, and a step on top."""
    lines = [
        record(
            f"a{number}",
            f"مقال {number} عن كركوك و بغداد. " + "كلمة " * number * 20,
            (span("s1", 0, 4), span("s2", 9, 11)),
        )
        for number in range(ARTICLES)
    ]
    with closing(opened(write_training(tmp_path / "t.jsonl", *lines))) as session:
        mark(session, 0, 2)
    return tmp_path / "t.hashiya"


def test_a_whole_project_comes_back_as_it_was_and_its_steps_can_still_be_undone(project: Path) -> None:
    before = project.read_bytes()
    done = recover(project)
    assert (done.salvaged.articles, done.salvaged.spans, done.lost) == (ARTICLES, 2 * ARTICLES + 3, [])
    with closing(Session.open(done.path)) as session:
        assert (session.count, len(surfaces(session)), session.annotator) == (ARTICLES, 3, "A1")
        assert session.undo() is not None
        assert len(surfaces(session)) == 2
    assert project.read_bytes() == before


@pytest.mark.parametrize("kept", [0.4, 0.8])
def test_a_project_with_its_tail_cut_off_and_its_head_gone_gives_what_is_left(project: Path, kept: float) -> None:
    whole = project.read_bytes()
    project.write_bytes(bytes(PAGE) + whole[PAGE : int(len(whole) * kept)])
    done = recover(project)
    assert 0 < done.salvaged.articles < ARTICLES
    with closing(Session.open(done.path)) as session:
        assert session.count == done.salvaged.articles


def test_articles_that_are_lost_come_from_the_newest_backup(project: Path) -> None:
    copy = keep(project, "day")
    whole = project.read_bytes()
    project.write_bytes(whole[: len(whole) // 2])
    done = recover(project)
    assert done.filled[copy.path.name]
    with closing(Session.open(done.path)) as session:
        assert session.count == ARTICLES


def test_a_file_without_an_article_leaves_nothing_behind(tmp_path: Path) -> None:
    (broken := tmp_path / "x.hashiya").write_bytes(b"nonsense " * 3000)
    with pytest.raises(ProjectError, match="nothing-to-recover"):
        recover(broken)
    assert [*tmp_path.iterdir()] == [broken]


def test_the_command_tells_what_came_back_and_what_is_lost(project: Path) -> None:
    said = "مقال 7 عن".encode()
    project.write_bytes(project.read_bytes().replace(said, b"XX" + said[2:]))
    said = CliRunner().invoke(command, [str(project), "--json"], standalone_mode=False)
    told = json.loads(said.output)
    assert (said.return_value, told["ok"], told["lost"]["articles"]) == (1, False, ["a7"])
    assert told["back"]["articles"] == ARTICLES - 1
