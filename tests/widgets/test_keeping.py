"""Deleting, and what brings it back."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.backups import backups
from app.errors import SourceError
from tests.widgets.hands import marks, select
from widgets.workbench import Workbench

Open = Callable[..., Workbench]


@pytest.fixture
def three(open_bench: Open, corpus: Path) -> Workbench:
    bench = open_bench(corpus)
    bench.bridge.session.set_annotator("A1")
    return bench


def ids(bench: Workbench) -> list[str]:
    model = bench.window.articles.model
    return [row.id for row in map(model.row, range(model.rowCount())) if row]


def confirm(qtbot: QtBot, bench: Workbench) -> None:
    press(qtbot, bench.window.question.confirm)


def press(qtbot: QtBot, button: QWidget) -> None:
    qtbot.waitUntil(lambda: button.isVisible() and button.height() > 0)  # it is laid out in the room of the bars
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_article_goes_after_one_question_and_its_backup_brings_it_back(qtbot: QtBot, three: Workbench) -> None:
    select(three, "الميناء")
    qtbot.keyClick(three.window.canvas, Qt.Key.Key_2)
    three.window.actions_["delete-articles"].trigger()
    said = three.window.question.said()
    assert "مقال 0" in said
    assert "1 span by" in said
    assert QApplication.activeModalWidget() is None
    assert three.window.question.cancel.hasFocus()
    confirm(qtbot, three)
    qtbot.waitUntil(lambda: ids(three) == ["a1", "a2"])
    assert three.bridge.session.document.id == "a1"
    assert [backup.why for backup in backups(three.bridge.session.path)] == ["deletion"]
    three.window.actions_["restore"].trigger()
    qtbot.keyClick(three.window.backups.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ids(three) == ["a0", "a1", "a2"])
    assert len(marks(three)) == 1
    assert three.window.backups.isHidden()


def test_esc_puts_the_list_of_backups_away_also_where_there_is_none_yet(qtbot: QtBot, three: Workbench) -> None:
    three.window.actions_["restore"].trigger()
    assert three.window.backups.isVisible() and not backups(three.bridge.session.path)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert three.window.backups.isHidden()


def test_enter_on_the_question_deletes_nothing_and_the_hand_is_back_in_the_text(qtbot: QtBot, three: Workbench) -> None:
    three.window.actions_["delete-articles"].trigger()
    qtbot.keyClick(three.window.question.cancel, Qt.Key.Key_Return)
    assert three.window.question.isHidden()
    assert three.window.canvas.hasFocus()
    assert ids(three) == ["a0", "a1", "a2"]


def test_articles_chosen_in_the_list_go_together(qtbot: QtBot, three: Workbench) -> None:
    articles = three.window.articles
    flag = QItemSelectionModel.SelectionFlag
    for row in (1, 2):
        articles.list.selectionModel().select(articles.model.index(row), flag.Select)
    articles.list.selectionModel().select(articles.model.index(0), flag.Deselect)
    articles.list.setFocus()
    qtbot.keyClick(articles.list, Qt.Key.Key_Delete)
    assert "Delete 2 articles?" in three.window.question.said()
    confirm(qtbot, three)
    qtbot.waitUntil(lambda: ids(three) == ["a0"])
    assert three.bridge.tally.total == 1


def test_a_gap_in_the_project_is_no_gap_in_the_list(qtbot: QtBot, three: Workbench) -> None:
    three.bridge.session.delete_articles([three.bridge.session.rows(0, 3)[1].key])
    assert ids(three) == ["a0", "a2"]
    three.commands.run("next-article")
    qtbot.waitUntil(lambda: three.window.articles.list.currentIndex().row() == 1)
    assert three.bridge.session.document.id == "a2"


def test_switched_off_backups_are_said_in_the_question(qtbot: QtBot, three: Workbench) -> None:
    three.window.actions_["keep-backups"].trigger()
    three.window.actions_["delete-articles"].trigger()
    assert "cannot be brought back" in three.window.question.said()
    confirm(qtbot, three)
    qtbot.waitUntil(lambda: ids(three) == ["a1", "a2"])
    assert backups(three.bridge.session.path) == []


def test_the_copy_of_the_day_is_made_while_the_hand_rests_and_trouble_is_told_once(
    qtbot: QtBot, three: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    select(three, "الميناء")
    qtbot.keyClick(three.window.canvas, Qt.Key.Key_2)
    folder = three.bridge.session.path.with_name("corpus.backups")
    folder.write_text("in the way")
    for _attempt in range(2):
        three.keeping._begin()
        qtbot.waitUntil(lambda: three.keeping._task is None)
    told = [notice.said for notice in three.window.notices.shown()]
    assert len([said for said in told if "No backup could be kept" in said]) == 1
    folder.unlink()
    three.keeping._begin()
    qtbot.waitUntil(lambda: [backup.why for backup in backups(three.bridge.session.path)] == ["day"])


def test_a_project_is_deleted_and_comes_back(qtbot: QtBot, three: Workbench) -> None:
    project = three.bridge.session.path
    three.window.actions_["delete-project"].trigger()
    assert "3 articles" in three.window.question.said()
    confirm(qtbot, three)
    qtbot.waitUntil(lambda: not project.exists() and not three.carrying.running)
    assert not three.bridge.is_open
    assert three.window.actions_["restore"].isEnabled()
    three.window.actions_["restore"].trigger()
    press(qtbot, three.window.backups.restore)
    qtbot.waitUntil(lambda: ids(three) == ["a0", "a1", "a2"])
    assert project.exists()


def test_a_project_that_cannot_be_opened_is_brought_back(qtbot: QtBot, open_bench: Open, three: Workbench) -> None:
    project = three.bridge.session.path
    three.window.actions_["delete-articles"].trigger()
    confirm(qtbot, three)
    qtbot.waitUntil(lambda: len(ids(three)) == 2)
    three.close_project()
    project.write_bytes(b"damaged")
    assert not three.open_file(project)
    three.window.actions_["restore"].trigger()
    press(qtbot, three.window.backups.restore)
    qtbot.waitUntil(lambda: ids(three) == ["a0", "a1", "a2"])


def test_a_synchronised_folder_is_told_of_once(qtbot: QtBot, open_bench: Open, tmp_path: Path, corpus: Path) -> None:
    folder = tmp_path / "Dropbox" / "work"
    folder.mkdir(parents=True)
    moved = corpus.rename(folder / "corpus.jsonl")

    def told(bench: Workbench) -> int:
        bench.keeping._look_around()
        return len([notice for notice in bench.window.notices.shown() if "Dropbox" in notice.said])

    bench = open_bench(moved)
    assert (told(bench), told(bench)) == (1, 1)
    bench.close_project()
    bench.open_file(moved)
    assert told(bench) == 0


def test_the_copy_of_the_day_gives_way_to_the_hand_and_says_nothing_of_it(
    qtbot: QtBot, three: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    select(three, "الميناء")
    qtbot.keyClick(three.window.canvas, Qt.Key.Key_2)
    begun: list[bool] = []

    def slow(project: Path, why: str, should_stop: Callable[[], bool]) -> None:
        begun.append(True)
        while not should_stop():
            time.sleep(0.005)
        raise SourceError("backup-failed", file="", reason="interrupted")

    monkeypatch.setattr("app.backups.keep", slow)
    three.keeping._begin()
    qtbot.waitUntil(lambda: bool(begun))
    three.window.actions_["undo"].trigger()
    assert three.keeping._task is None
    qtbot.wait(50)
    assert three.window.notices.shown() == []
    monkeypatch.undo()
    three.keeping._begin()
    qtbot.waitUntil(lambda: len(backups(three.bridge.session.path)) == 1)
