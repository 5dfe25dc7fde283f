"""A disk that refuses while the window is open: the hand goes on, the window says so, and nothing is lost unsaid."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from app.session import Session
from tests.widgets.hands import marks, select, training_lines
from widgets.workbench import Workbench


def fill(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the disk has no room for anything."""
    bench.bridge.session._database.pragma("max_page_count", 1)

    def refuse(*_args: object, **_wishes: object) -> None:
        from app.errors import SourceError

        raise SourceError("training-file-unwritable", file="article.annotations.jsonl", reason="disk full")

    monkeypatch.setattr("app.publish.publish", refuse)
    note(bench, "ا" * 12_000)


def note(bench: Workbench, said: str) -> None:
    """Make a step that needs more room than is left in the pages there are."""
    from app.edit.commands import set_note
    from app.model.place import Place

    bench.bridge.do(set_note(said), Place())


def make_room(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is room again."""
    bench.bridge.session._database._file.execute("PRAGMA max_page_count=1000000")
    monkeypatch.undo()


def told(bench: Workbench) -> list[str]:
    return [notice.said for notice in bench.window.notices.shown()]


def test_on_a_full_disk_the_hand_goes_on_and_everything_is_saved_when_there_is_room(
    qtbot: QtBot, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(bench, monkeypatch)
    select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    assert [label for _start, _end, label in marks(bench)] == ["LOCATION"]
    qtbot.waitUntil(lambda: "Not saved: 2 steps" in bench.window.status.saved.text())
    assert [said for said in told(bench) if "kept in memory" in said]
    bench.unsaved.look()
    assert bench.bridge.session.unsaved == 2
    make_room(bench, monkeypatch)
    bench.unsaved.look()
    assert bench.bridge.session.unsaved == 0
    assert "Saved" in bench.window.status.saved.text()
    assert told(bench) == ["The disk is back: every step is saved."]
    project = bench.bridge.session.path
    qtbot.waitUntil(lambda: len(training_lines(project)) == 1, timeout=5000)
    bench.window.close()
    session = Session.open(project)
    assert [span.label for span in session.annotations.ordered()] == ["LOCATION"]
    session.close()


def test_closing_says_once_that_steps_would_be_lost(
    qtbot: QtBot, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(bench, monkeypatch)
    bench.window.close()
    assert bench.window.isVisible()
    assert [said for said in told(bench) if said.startswith("1 step is in memory only")]
    note(bench, "انظر")
    bench.window.close()
    assert bench.window.isVisible()
    bench.window.close()
    assert not bench.window.isVisible()


def test_a_copy_on_another_disk_has_all_of_it_and_is_gone_on_with(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fill(bench, monkeypatch)
    copy = tmp_path / "other disk" / "copy.hashiya"
    bench.unsaved.save_copy(copy)
    assert bench.bridge.session.path.name == "article.hashiya"
    copy.parent.mkdir()
    monkeypatch.undo()
    bench.unsaved.save_copy(copy)
    assert bench.bridge.session.path == copy
    assert len(bench.bridge.session.annotations.state.note) == 12_000
    assert "Not saved" not in bench.window.status.saved.text()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be replaced there")
def test_a_project_replaced_under_the_window_is_told_of_and_what_lies_there_is_left_alone(
    qtbot: QtBot, bench: Workbench, tmp_path: Path
) -> None:
    project = bench.bridge.session.path
    other = tmp_path / "other.hashiya"
    Session.create(other).close()
    project.rename(tmp_path / "away.hashiya")
    shutil.copyfile(other, project)
    before = project.read_bytes()
    bench.unsaved.look()
    (said,) = told(bench)
    assert "replaced by another program" in said
    assert "Nothing can be saved now" in bench.window.status.saved.text()
    notice = bench.window.notices.shown()[0]
    QApplication.processEvents()
    shown = [button.text() for button in notice.findChildren(QToolButton) if button.isVisible()]
    assert shown == ["Save now", "Save a copy…"]
    select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    bench.publisher.write_now()
    assert project.read_bytes() == before
    assert training_lines(project) == []
    bench.unsaved.save_copy(tmp_path / "copy.hashiya")
    assert len(marks(bench)) == 1
    assert project.read_bytes() == before
