from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from app import backups as keeping
from app.backups import are_kept, backups, folder_of, is_due, keep, keep_them, remove_project, restore
from app.edit.everywhere import Spot, label_places
from app.errors import CallError, ProjectError, SourceError
from app.model.place import Place
from app.session import Session
from app.store import engine
from tests.store.made_projects import mark, opened, record, span, surfaces, write, write_training


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with closing(opened(write(tmp_path / "a.txt"))) as session:
        yield session


def a_day_passes(monkeypatch: pytest.MonkeyPatch, days: float = 1) -> None:
    now = time.time() + days * 86_400
    monkeypatch.setattr(keeping.time, "time", lambda: now)
    monkeypatch.setattr(keeping, "_now", lambda: time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now)))


def test_a_copy_is_due_once_a_day_and_only_after_work(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    mark(session, 19, 24)
    assert is_due(session.path)
    made = keep(session.path, "day")
    assert made.path.parent == session.path.with_name("a.backups")
    mark(session, 0, 6)
    assert not is_due(session.path), "one of today is enough"
    a_day_passes(monkeypatch)
    assert is_due(session.path)
    keep(session.path, "day")
    a_day_passes(monkeypatch, 2)
    assert not is_due(session.path), "nothing was done since"


def test_copies_that_are_switched_off_are_not_made(session: Session) -> None:
    mark(session, 19, 24)
    keep_them(session.path, False)
    assert (are_kept(session.path), is_due(session.path)) == (False, False)
    keep_them(session.path, True)
    assert is_due(session.path)


def test_a_copy_brings_back_what_was_there_and_can_itself_be_taken_back(session: Session) -> None:
    mark(session, 19, 24)
    keep(session.path, "day")
    mark(session, 0, 6)
    session.close()
    restore(session.path, 1)
    with closing(opened(session.path)) as before:
        assert [text for _label, text in surfaces(before)] == ["كركوك"]
    assert [backup.why for backup in backups(session.path)] == ["restore", "day"]
    restore(session.path, 1)
    with closing(opened(session.path)) as again:
        assert len(surfaces(again)) == 2
    assert not [path for path in session.path.parent.iterdir() if path.name.startswith(".")]


def test_the_training_file_stays_the_projects_own_after_restoring(session: Session) -> None:
    mark(session, 19, 24)
    keep(session.path, "day")
    mark(session, 0, 6)
    file = session.publish().path
    session.close()
    restore(session.path, 1)
    with closing(opened(session.path)) as back:
        written = back.publish()
        (line,) = map(orjson.loads, file.read_bytes().splitlines())
        assert (written.path, [span["text"] for span in line["spans"]]) == (file, ["كركوك"])
        assert back.behind == 0


def test_a_project_that_somebody_has_open_is_not_exchanged(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.engine.BUSY_SECONDS", 0.1)
    mark(session, 19, 24)
    keep(session.path, "day")
    mark(session, 0, 6)
    with pytest.raises(ProjectError) as refused:
        restore(session.path, 1)
    assert refused.value.code == "project-busy"
    with pytest.raises(ProjectError):
        remove_project(session.path)
    assert len(surfaces(session)) == 2
    mark(session, 25, 28)


def test_a_deleted_project_comes_back_from_its_copy(session: Session) -> None:
    mark(session, 19, 24)
    session.publish()
    session.close()
    remove_project(session.path)
    assert sorted(path.name for path in session.path.parent.iterdir()) == ["a.annotations.jsonl", "a.backups", "a.txt"]
    restore(session.path, 1)
    with closing(opened(session.path)) as back:
        assert [text for _label, text in surfaces(back)] == ["كركوك"]


def test_a_damaged_project_is_put_aside_and_kept_when_a_copy_takes_its_place(session: Session) -> None:
    mark(session, 19, 24)
    keep(session.path, "day")
    session.close()
    session.path.write_bytes(b"no project any more")
    restore(session.path, 1)
    with closing(opened(session.path)) as back:
        assert len(surfaces(back)) == 1
    assert session.path.with_name("a.damaged-1.hashiya").read_bytes() == b"no project any more"


def test_a_damaged_copy_takes_nobodys_place(session: Session) -> None:
    mark(session, 19, 24)
    copy = keep(session.path, "day").path
    session.close()
    before = session.path.read_bytes()
    copy.write_bytes(copy.read_bytes()[:4096] + b"\xff" * 8192)
    with pytest.raises(ProjectError):
        restore(session.path, 1)
    with pytest.raises(CallError):
        restore(session.path, 2)
    assert session.path.read_bytes() == before


def test_the_oldest_and_the_largest_copies_go_first_and_two_stay(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark(session, 19, 24)
    for _day in range(keeping.KEPT + 3):
        a_day_passes(monkeypatch, 1 / 24)
        keep(session.path, "day")
    assert len(backups(session.path)) == keeping.KEPT
    foreign = folder_of(session.path) / "my own copy.hashiya"
    foreign.write_bytes(b"mine")
    monkeypatch.setattr(keeping, "KEPT_BYTES", 0)
    a_day_passes(monkeypatch, 1 / 24)
    keep(session.path, "day")
    assert len(backups(session.path)) == keeping.KEPT_ALWAYS
    a_day_passes(monkeypatch, 400)
    keep(session.path, "day")
    assert (len(backups(session.path)), foreign.read_bytes()) == (keeping.KEPT_ALWAYS, b"mine")


def test_a_full_disk_is_told_and_leaves_nothing(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = keeping.shutil.disk_usage(session.path.parent)
    monkeypatch.setattr(keeping.shutil, "disk_usage", lambda folder: usage._replace(free=100))
    with pytest.raises(SourceError) as refused:
        keep(session.path, "day")
    assert (refused.value.code, backups(session.path)) == ("backup-failed", [])


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege there")
def test_nothing_is_written_through_a_link_out_of_the_folder(session: Session, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder_of(session.path).symlink_to(elsewhere)
    with pytest.raises(SourceError):
        keep(session.path, "day")
    assert (list(elsewhere.iterdir()), backups(session.path)) == ([], [])


def test_a_copy_that_is_stopped_leaves_nothing(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_STEPS_BETWEEN_QUESTIONS", 10)
    mark(session, 19, 24)
    with pytest.raises(SourceError):
        keep(session.path, "day", lambda: True)
    assert list(folder_of(session.path).iterdir()) == []
    assert keep(session.path, "day").number == 1


def test_deleted_articles_are_gone_with_all_that_was_said_of_them(tmp_path: Path) -> None:
    lines = [record(id, annotator=by, spans=(span("s", 19, 24),)) for id in "abc" for by in ("B2", "C3")]
    with closing(opened(write_training(tmp_path / "t.jsonl", *lines))) as session:
        mark(session, 0, 6)
        session.publish()
        keys = [row.key for row in session.rows(0, 9)]
        moved: list[int | None] = []
        session.moved.connect(lambda: moved.append(session.key))
        session.remember("place", "1:1:", keys[0])
        told = session.removal(keys[:2])
        assert (told.articles, dict(told.spans)) == (2, {"A1": 2, "B2": 2, "C3": 2})
        assert session.is_whole()
        session.delete_articles(keys[:2])
        assert ([row.id for row in session.rows(0, 9)], session.count, session.document.id) == (["c"], 1, "c")
        assert (moved[-1], session.is_whole(), session.can_undo, session.behind) == (keys[2], False, False, 2)
        published = session.publish()
        assert (published.lines, session.behind) == (2, 0)
        assert b'"id":"a"' not in published.path.read_bytes()
        session.import_file(write(tmp_path / "d.txt"))
        assert [session.recall("place", row.key) for row in session.rows(0, 9)] == ["", ""]
        session.delete_articles([row.key for row in session.rows(0, 9)])
        assert (session.count, session.key) == (0, None)
        session.publish()
        assert published.path.read_bytes() == b""


def test_a_step_in_several_articles_is_taken_back_in_those_that_are_left(tmp_path: Path) -> None:
    with closing(opened(write_training(tmp_path / "t.jsonl", record("a"), record("b"), record("c")))) as session:
        step = session.do(label_places([Spot(id, 19, 24) for id in "abc"], "LOCATION"), place=Place())
        assert step is not None
        keys = [row.key for row in session.rows(0, 9)]
        session.delete_articles(keys[1:2])
        session.undo()
        assert [row.spans for row in session.rows(0, 9)] == [0, 0]
        session.redo()
        assert [row.spans for row in session.rows(0, 9)] == [1, 1]
