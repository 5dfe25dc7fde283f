"""When the disk refuses: work goes on in memory, and all of it is written when the disk is back."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.edit.commands import set_note
from app.edit.steps import Place
from app.errors import EditRefused, SourceError
from app.publish import publish
from app.session import Session
from app.wording import describe
from tests.store.made_projects import mark, opened, surfaces, write

NOWHERE = Place()
LONG = "ا" * 100_000


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found = opened(write(tmp_path / "article.txt"))
    yield found
    found.close()


def fill(session: Session) -> int:
    """Leave no room for another page in the project; how many it has."""
    pages = int(session._database.pragma("page_count"))
    session._database.pragma("max_page_count", pages)
    return pages


def make_room(session: Session) -> None:
    session._database._file.execute("PRAGMA max_page_count=100000")


def test_on_a_full_disk_work_goes_on_and_is_saved_when_there_is_room(session: Session) -> None:
    mark(session, 0, 6)
    fill(session)
    session.do(set_note(LONG), place=NOWHERE)
    assert session.trouble is not None
    assert (session.trouble.code, session.unsaved) == ("kept-disk-full", 1)
    assert "article.hashiya" in describe(session.trouble)
    mark(session, 7, 13)
    session.undo()
    session.undo()
    session.redo()
    assert session.undo() is not None
    assert session.undo() is not None  # the step from before the trouble goes back as well
    session.redo()
    mark(session, 14, 18)
    assert not session.save()
    make_room(session)
    assert session.save()
    assert (session.trouble, session.unsaved) == (None, 0)
    before = session.annotations
    session.close()
    again = opened(session.path)
    assert again.annotations == before
    assert surfaces(again) == [("LOCATION", "اقتحمت"), ("LOCATION", "بلدة")]
    assert again._database.pragma("integrity_check") == "ok"
    again.close()


def test_closing_saves_what_was_kept_when_the_disk_is_back(session: Session) -> None:
    fill(session)
    session.do(set_note(LONG), place=NOWHERE)
    make_room(session)
    session.close()
    again = opened(session.path)
    assert again.annotations.state.note == LONG
    again.close()


def test_what_reaches_over_the_project_waits_until_steps_are_saved(session: Session) -> None:
    fill(session)
    session.do(set_note(LONG), place=NOWHERE)
    with pytest.raises(EditRefused, match="kept-in-memory"):
        session.add_text("نص جديد")
    with pytest.raises(EditRefused, match="kept-in-memory"):
        session.need_saved()
    make_room(session)
    session.need_saved()
    session.add_text("نص جديد")


def test_a_step_that_no_longer_fits_is_left_out_and_told_of(session: Session) -> None:
    fill(session)
    session.do(set_note(LONG), place=NOWHERE)
    mark(session, 0, 6)
    other = opened(session.path)
    mark(other, 7, 13)
    other.close()
    make_room(session)
    noticed: list[str] = []
    session.noticed.connect(lambda notice: noticed.append(f"{notice.code} {notice.values['count']}"))
    assert session.save()
    assert noticed == ["kept-left 2"]
    assert surfaces(session) == [("LOCATION", "القوات")]


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved or deleted there")
@pytest.mark.parametrize("replaced", [True, False])
def test_what_was_put_in_the_place_of_an_open_project_is_never_written(
    session: Session, tmp_path: Path, replaced: bool
) -> None:
    mark(session, 0, 6)
    away = tmp_path / "away"
    away.mkdir()
    elsewhere = opened(write(away / "article.txt", "مقال آخر لا صلة له"))
    elsewhere.close()
    session.path.rename(away / "first.hashiya")
    if replaced:
        shutil.copyfile(away / "article.hashiya", session.path)
    before = session.path.read_bytes() if replaced else None
    mark(session, 7, 13)
    assert session.trouble is not None
    assert session.trouble.code == "kept-moved"
    assert not session.look_for_file()
    assert not session.save()
    assert before == (session.path.read_bytes() if replaced else None)
    if replaced:
        with pytest.raises(SourceError, match="copy-exists"):
            session.save_copy(session.path)
    copy = tmp_path / "copy.hashiya"
    session.save_copy(copy)
    assert session.unsaved == 0
    again = opened(copy)
    assert surfaces(again) == [("LOCATION", "اقتحمت"), ("LOCATION", "القوات")]
    again.close()
    session.path.unlink(missing_ok=True)
    (away / "first.hashiya").rename(session.path)
    assert session.save()
    assert publish(session.path).lines == 1


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved or deleted there")
def test_a_project_whose_log_was_taken_away_is_noticed(session: Session, tmp_path: Path) -> None:
    mark(session, 0, 6)
    (tmp_path / "article.hashiya-wal").unlink()
    mark(session, 7, 13)
    assert session.trouble is not None
    copy = tmp_path / "copy.hashiya"
    session.save_copy(copy)
    again = opened(copy)
    assert surfaces(again) == [("LOCATION", "اقتحمت"), ("LOCATION", "القوات")]
    again.close()
