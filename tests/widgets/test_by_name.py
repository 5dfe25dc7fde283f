"""Everything by its name."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.widgets.hands import marks, select
from widgets.models.entries import Entries, Entry
from widgets.settings import Settings
from widgets.workbench import Workbench

Key, Held = Qt.Key, Qt.KeyboardModifier


def titles(bench: Workbench, text: str) -> list[str]:
    palette = bench.comforts.by_name.palette
    palette.line.setText(text)
    palette.line.textEdited.emit(text)
    return [entry.title for entry in palette.found()]


@pytest.fixture
def opened(qtbot: QtBot, bench: Workbench) -> Workbench:
    qtbot.keyClick(bench.window.canvas, Key.Key_K, Held.ControlModifier)
    assert bench.comforts.by_name.palette.isVisible()
    return bench


def test_what_begins_as_it_is_written_comes_first_and_of_equals_what_was_used_last() -> None:
    entries = [
        Entry(name, name, lambda: None) for name in ("Undo", "Find in the project", "Find in the article", "Refind")
    ]
    assert [one.id for one in Entries(entries).matching("find")][:2] == ["Find in the project", "Find in the article"]
    recent = Entries(entries, ["Find in the article", "Undo"])
    assert next(one.id for one in recent.matching("find")) == "Find in the article"
    assert [one.id for one in recent.matching("")][:2] == ["Find in the article", "Undo"]
    assert recent.matching("nothing") == []


def test_what_cannot_be_had_comes_behind_unless_it_is_called_just_so() -> None:
    names = {"Undo": "There is nothing to undo", "Undo all": "", "Find": "", "Undone": "Not possible now"}
    entries = [Entry(name, name, lambda: None, reason=reason) for name, reason in names.items()]
    assert [one.id for one in Entries(entries, ["Undo"]).matching("")] == ["Undo all", "Find", "Undo", "Undone"]
    assert [one.id for one in Entries(entries).matching("und")] == ["Undo all", "Undo", "Undone"]
    assert [one.id for one in Entries(entries).matching("undo")] == ["Undo", "Undo all", "Undone"]


def test_a_command_is_found_and_done_by_keys_alone_and_the_keyboard_goes_back(qtbot: QtBot, opened: Workbench) -> None:
    canvas, line = opened.window.canvas, opened.comforts.by_name.palette.line
    assert line.hasFocus()
    qtbot.keyClicks(line, "flag")
    qtbot.keyClick(line, Key.Key_Return)
    assert opened.bridge.session.annotations.state.flagged
    assert canvas.hasFocus()
    assert not opened.comforts.by_name.palette.isVisible()


def test_esc_puts_it_away_and_the_keyboard_is_where_it_was(qtbot: QtBot, bench: Workbench) -> None:
    bench.window.articles.search.setFocus()
    qtbot.keyClick(bench.window.articles.search, Key.Key_K, Held.ControlModifier)
    qtbot.keyClick(bench.comforts.by_name.palette.line, Key.Key_Escape)
    assert bench.window.articles.search.hasFocus()


def test_in_arabic_both_languages_find_and_spelling_is_forgiven(opened: Workbench) -> None:
    opened.house.use_language("ar")
    opened.comforts.by_name.palette.close_up()
    opened.comforts.by_name.open()
    assert titles(opened, "flag")[0] == titles(opened, "وضع رايه")[0] == "وضع راية"
    assert any("داكن" in said for said in titles(opened, "dark"))
    assert "الألوان" in titles(opened, "theme")


def test_a_label_marks_what_is_selected_and_says_why_it_cannot(qtbot: QtBot, bench: Workbench) -> None:
    bench.window.canvas.select(0, 0)
    bench.comforts.by_name.open()
    titles(bench, "mark as location")
    (label,) = bench.comforts.by_name.palette.found()
    assert label.reason == "Select words first" and label.key
    qtbot.keyClick(bench.comforts.by_name.palette.line, Key.Key_Return)
    assert bench.comforts.by_name.palette.isVisible() and marks(bench) == []
    bench.comforts.by_name.palette.close_up()
    start, end = select(bench, "تل الريحان")
    bench.comforts.by_name.open()
    titles(bench, "mark as location")
    qtbot.keyClick(bench.comforts.by_name.palette.line, Key.Key_Return)
    assert marks(bench) == [(start, end, "LOCATION")]


def test_a_setting_is_set_and_is_the_first_the_next_time(qtbot: QtBot, opened: Workbench, settings: Settings) -> None:
    titles(opened, "colours dark")
    qtbot.keyClick(opened.comforts.by_name.palette.line, Key.Key_Return)
    assert opened.window.theme.name == "dark"
    opened.comforts.by_name.open()
    assert opened.comforts.by_name.palette.found()[0].id == "setting:theme=dark"
    assert settings.texts("commands.recent")[0] == "setting:theme=dark"


def test_articles_are_found_by_their_headings_when_the_hand_rests(
    qtbot: QtBot, open_bench: Callable[..., Workbench], corpus: Path
) -> None:
    bench = open_bench(corpus)
    bench.comforts.by_name.open()
    titles(bench, "مقال 2")
    palette = bench.comforts.by_name.palette
    qtbot.waitUntil(lambda: any(entry.id.startswith("article:") for entry in palette.found()))
    entry = next(entry for entry in palette.found() if entry.id.startswith("article:"))
    palette.chosen.emit(entry)
    assert bench.bridge.session.document.id == "a2"


def test_the_mouse_chooses_too(qtbot: QtBot, opened: Workbench) -> None:
    titles(opened, "flag")
    view = opened.comforts.by_name.palette.list
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(0, 0)).center())
    assert opened.bridge.session.annotations.state.flagged


def test_it_opens_within_fifty_milliseconds_of_work(bench: Workbench) -> None:
    palette = bench.comforts.by_name.palette
    spent = []
    for _again in range(5):
        began = time.thread_time()
        bench.comforts.by_name.open()
        QApplication.processEvents()
        spent.append(time.thread_time() - began)
        palette.close_up()
    assert sorted(spent)[2] < 0.05


def test_on_a_page_commands_on_the_article_say_why_they_wait(opened: Workbench) -> None:
    opened.comforts.by_name.palette.close_up()
    opened.comforts.preferences.open()
    opened.comforts.by_name.open()
    titles(opened, "find in the article")
    assert opened.comforts.by_name.palette.found()[0].reason == "Close this page first"
