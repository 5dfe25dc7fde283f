from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from app import soundness
from app.backups import backups, keep, restore
from app.edit.commands import set_note
from app.errors import ProjectError
from app.model.place import Place
from app.session import Session
from app.soundness import check, newest_whole
from tests.store.made_projects import mark, opened, record, span, write_training

ARTICLES = 60


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Articles of which the later ones are longer than a page, with a mark and without a log."""
    lines = [record(f"a{n}", f"مقال {n} عن كركوك. " + "كلمة " * n * 20, (span("s1", 0, 4),)) for n in range(ARTICLES)]
    with closing(opened(write_training(tmp_path / "t.jsonl", *lines))) as session:
        mark(session, 0, 2)
    return tmp_path / "t.hashiya"


def flip(project: Path, said: str) -> None:
    """Make another letter of the first one of `said`, wherever it stands."""
    sought = said.encode()
    content = project.read_bytes()
    assert sought in content
    before = project.stat()
    project.write_bytes(content.replace(sought, b"\xd8\xab" + sought[2:]))
    os.utime(project, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_whole_project_is_looked_through_and_not_a_second_time(project: Path) -> None:
    before, steps = project.read_bytes(), list[int]()
    state = check(project, hear=steps.append)
    assert steps == sorted(steps) and steps[-1] == 1000 + ARTICLES
    assert check(project, state, hear=lambda step: pytest.fail("looked again")) == state
    assert project.read_bytes() == before


def test_a_week_later_a_project_in_which_nothing_was_done_is_looked_through_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = check(project)
    later = time.time() + 8 * 86_400
    monkeypatch.setattr("time.time", lambda: later)
    assert check(project, state) != state


def test_a_letter_that_is_another_in_an_article_that_nobody_opened_is_found(project: Path) -> None:
    flip(project, "مقال 7 عن")
    with pytest.raises(ProjectError) as damage:
        check(project)
    assert (damage.value.code, damage.value.values["document"]) == ("text-damaged", "a7")


def test_a_page_that_is_nonsense_is_found(project: Path) -> None:
    content = bytearray(project.read_bytes())
    at = 4096 * (len(content) // 4096 - 3)
    content[at : at + 4096] = b"\xff" * 4096
    project.write_bytes(content)
    with pytest.raises(ProjectError) as damage:
        check(project)
    assert damage.value.code in soundness.DAMAGES


def test_a_check_that_was_stopped_is_gone_on_with(project: Path) -> None:
    def until(step: int) -> None:
        if step > 1020:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check(project, hear=until)
    steps = list[int]()
    check(project, reached=1020, hear=steps.append)
    assert steps[0] == 1020


def test_a_large_project_is_looked_through_in_a_process_of_its_own(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "WORTH_IT", 1)
    assert check(project, check(project)) != ""
    flip(project, "مقال 7 عن")
    with pytest.raises(ProjectError, match="text-damaged"):
        check(project)


def test_the_newest_backup_that_is_whole_is_found_and_can_be_gone_back_to(project: Path) -> None:
    keep(project, "day")
    keep(project, "day")
    newest = backups(project)[0].path
    newest.write_bytes(newest.read_bytes()[:8000])
    found = newest_whole(project)
    assert found is not None and (found.number, found.articles) == (2, ARTICLES)
    content = bytearray(project.read_bytes())
    at = content.index("مقال 40 عن".encode()) // 4096 * 4096
    content[at : at + 4096] = b"\xff" * 4096
    project.write_bytes(content)
    restore(project, found.number)
    with closing(Session.open(project)) as session:
        assert session.count == ARTICLES
    assert len(list(project.parent.glob("t.damaged-1.hashiya"))) == 1


def with_another_answer(project: Path, was: str, becomes: str) -> None:
    """One row says something else that can be read as well."""
    content = project.read_bytes()
    assert was.encode() in content and len(was.encode()) == len(becomes.encode())
    project.write_bytes(content.replace(was.encode(), becomes.encode()))


def test_a_label_or_note_that_became_another_is_found(project: Path) -> None:
    check(project)
    with_another_answer(project, "LOCATION", "LOCATIOM")
    with pytest.raises(ProjectError, match="layer-damaged"):
        check(project)


def test_what_layers_say_is_followed_step_by_step_also_taken_back(project: Path) -> None:
    check(project)
    with closing(Session.open(project)) as session:
        session.set_annotator("A1")
        for note in ("ملاحظة أولى", "ملاحظة ثانية"):
            session.do(set_note(note), place=Place())
        mark(session, 0, 3)
        session.undo()
        session.redo()
        session.undo()
        session.undo()
    assert check(project)
    with closing(sqlite3.connect(project)) as connection:
        kept = connection.execute("SELECT count(*) FROM remembered WHERE name LIKE 'sum of%'").fetchone()
        layers = connection.execute("SELECT count(*) FROM layers").fetchone()
    assert kept == layers
    with_another_answer(project, "ملاحظة أولى", "ملاحظه أولى")
    with pytest.raises(ProjectError, match="layer-damaged"):
        check(project)


def test_a_layer_that_an_older_program_changed_is_not_called_damaged(project: Path) -> None:
    check(project)
    with closing(sqlite3.connect(project)) as connection:
        connection.execute("UPDATE layers SET note = 'x', changed = changed + 1")
        connection.execute("DELETE FROM log")
        connection.commit()
    assert check(project)


def test_a_span_whose_places_are_no_numbers_is_found(project: Path) -> None:
    with closing(sqlite3.connect(project)) as connection:
        connection.execute('UPDATE spans SET fragments = \'[["a","b"]]\'')
        connection.commit()
    with pytest.raises(ProjectError, match="span-damaged"):
        check(project)
