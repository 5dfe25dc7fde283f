from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.backups import keep
from app.cli.recover import recover as command
from app.edit.steps import Place
from app.edit.suggested import Wanted, accept, reject
from app.errors import ProjectError
from app.recover import recover
from app.recovery_sentences import is_short
from app.session import Session
from app.soundness import look
from app.store import decisions
from app.store.migrations import MIGRATIONS
from app.store.pages import Pages
from tests.store.made_projects import mark, opened, record, span, surfaces, write_training

PAGE = 4096
ARTICLES = 60
FIXTURES = Path(__file__).parent / "store" / "fixtures"


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


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_all_of_a_project_of_an_older_version_comes_back(tmp_path: Path, version: int) -> None:
    project = Path(shutil.copy(FIXTURES / f"version-{version}.hashiya", tmp_path / "p.hashiya"))
    done = recover(project)
    with closing(sqlite3.connect(project)) as connection:
        there = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("documents", "spans", "relations", "log")
        ]
    back = done.salvaged
    assert [back.articles, back.spans, back.relations, back.steps] == there
    assert not is_short(done)


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


def test_marks_made_since_the_backup_are_kept_where_only_the_text_is_lost(project: Path) -> None:
    copy = keep(project, "day")
    with closing(opened(project)) as session:
        mark(session, 7, 9)
    said = "مقال 0 عن".encode()
    project.write_bytes(project.read_bytes().replace(said, b"XX" + said[2:]))
    done = recover(project)
    assert (done.texts, done.filled, is_short(done)) == ({copy.path.name: ["a0"]}, {}, False)
    with closing(Session.open(done.path)) as session:
        assert (session.document.id, len(surfaces(session))) == ("a0", 4)


def test_marks_come_back_where_only_the_page_that_says_whose_they_are_is_lost(project: Path) -> None:
    empty(project, "layers")
    done = recover(project)
    assert (done.salvaged.spans, is_short(done)) == (2 * ARTICLES + 3, False)
    with closing(Session.open(done.path)) as session:
        assert len(surfaces(session)) == 3
        assert session.undo() is not None
        assert len(surfaces(session)) == 2


def test_articles_whose_page_is_lost_are_told_of_by_what_the_list_knows_of_them(project: Path) -> None:
    gone = empty(project, "documents", most=1)
    done = recover(project)
    assert (len(done.lost), done.salvaged.articles) == (gone, ARTICLES - gone)
    assert 0 < gone < ARTICLES and is_short(done)


def test_marks_whose_page_is_lost_are_told_of(project: Path) -> None:
    gone = empty(project, "spans")
    lost = recover(project).salvaged.spans_lost
    assert sum(lost.values()) == gone > 2 * ARTICLES


def test_a_label_that_became_another_is_told_of(project: Path) -> None:
    look(project)
    with closing(sqlite3.connect(project)) as connection:
        connection.execute("UPDATE spans SET label = 'LOCATIOM' WHERE layer = 9 AND id = 's1'")
        connection.commit()
    done = recover(project)
    assert (done.salvaged.changed, done.salvaged.spans_lost, is_short(done)) == (["a8"], {}, True)


def test_what_was_decided_and_learned_comes_back_and_goes_with_the_step_that_is_undone(project: Path) -> None:
    name = Wanted("LOCATION", 10, 15, "rule", "places", 0.9, "كركوك")
    with closing(opened(project)) as session:
        session.do(reject([name]), place=Place())
        session.do(accept([name._replace(start=7, end=9, label="PERSON")]), place=Place())
        with session._database.writing() as connection:
            decisions.keep_model(connection, decisions.Model("crf", bytes(range(256)) * 99, "news", "2026"))
    done = recover(project)
    assert (done.salvaged.decisions, done.salvaged.models) == (2, ["crf"])
    with closing(opened(done.path)) as session:
        session.undo()
        with session._database.reading() as connection:
            assert [one.surface for one in decisions.rejections(connection)] == ["كركوك"]
            assert decisions.counts(connection) == {("places", "LOCATION"): (0, 1)}
            model = decisions.model(connection, "crf")
    assert model is not None and model.content == bytes(range(256)) * 99


def test_a_model_whose_bytes_are_damaged_comes_from_the_backup(project: Path) -> None:
    with closing(opened(project)) as session, session._database.writing() as connection:
        decisions.keep_model(connection, decisions.Model("crf", b"learned " * 999, "news", "2026"))
    keep(project, "day")
    project.write_bytes(project.read_bytes().replace(b"learned learned", b"learned Learned", 1))
    assert recover(project).salvaged.models == ["crf"]


def empty(project: Path, table: str, most: int = 1000) -> int:
    """Zeros in the place of the first pages that rows of this table stand on; how many did."""
    pages = Pages(project)
    content, gone = bytearray(project.read_bytes()), 0
    for at in range(0, len(content), PAGE):
        rows = [row for row in pages.rows({bytes(content[at : at + PAGE])}) if row.table == table]
        if rows and most > 0:
            most -= 1
            content[at : at + PAGE] = bytes(PAGE)
            gone += len(rows)
    project.write_bytes(content)
    return gone


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
