"""Several articles at once: their status, a label of all their spans, and what takes it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from app.bulk import Work
from tests.widgets.hands import labelled, marks, select
from widgets.workbench import Workbench

Open = Callable[..., Workbench]


@pytest.fixture
def three(open_bench: Open, corpus: Path) -> Workbench:
    bench = open_bench(corpus)
    bench.bridge.session.set_annotator("A1")
    return bench


def statuses(bench: Workbench) -> list[str]:
    return [row.status for row in bench.bridge.session.rows(0, 10)]


def settled(qtbot: QtBot, bench: Workbench) -> None:
    qtbot.waitUntil(lambda: not bench.carrying.running)


def told(bench: Workbench) -> list[str]:
    return [notice.said for notice in bench.window.notices.shown()]


def undo_button(bench: Workbench) -> QToolButton:
    buttons = bench.window.notices.shown()[0].findChildren(QToolButton)
    return next(button for button in buttons if button.text() == "Undo")


def test_articles_chosen_with_shift_are_done_in_one_step_and_the_notice_takes_it_back(
    qtbot: QtBot, three: Workbench
) -> None:
    view = three.window.articles.list
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    three.window.actions_["several-done"].trigger()
    settled(qtbot, three)
    assert statuses(three) == ["complete", "complete", "new"]
    assert told(three) == ["2 articles are done now."]
    assert QApplication.activeModalWidget() is None
    qtbot.mouseClick(undo_button(three), Qt.MouseButton.LeftButton)
    settled(qtbot, three)
    assert statuses(three) == ["new", "new", "new"]
    assert not three.bridge.session.held


def test_ctrl_a_takes_all_that_the_filter_shows_and_undo_follows_the_article(qtbot: QtBot, three: Workbench) -> None:
    view = three.window.articles.list
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    three.window.actions_["several-skip"].trigger()
    settled(qtbot, three)
    assert statuses(three) == ["skipped"] * 3
    three.window.actions_["undo"].trigger()
    settled(qtbot, three)
    assert statuses(three) == ["new"] * 3
    three.window.actions_["redo"].trigger()
    settled(qtbot, three)
    assert statuses(three) == ["skipped"] * 3


def test_the_menu_of_the_list_offers_what_can_be_done_to_the_chosen(qtbot: QtBot, three: Workbench) -> None:
    articles = three.window.articles
    three.window.actions_["several-all"].trigger()
    assert articles.chosen_positions() == [0, 1, 2]
    menu = QMenu()
    qtbot.addWidget(menu)
    articles.menu_opening.emit(menu)
    said = [action.iconText() for action in menu.actions() if not action.isSeparator()]
    assert said[0] == "Mark as done"
    assert len(said) == 6


def test_while_many_articles_are_changed_an_edit_is_refused_in_words(qtbot: QtBot, three: Workbench) -> None:
    three.bridge.session.held = True
    select(three, "الميناء")
    qtbot.keyClick(three.window.canvas, Qt.Key.Key_2)
    assert marks(three) == []
    assert "being changed just now" in three.window.status.message.text()
    three.bridge.session.held = False


def test_work_is_cancelled_from_its_notice_and_nothing_of_it_is_left(qtbot: QtBot, three: Workbench) -> None:
    work = Work("A1", None, "skipped")
    assert three.several.carry_out(work, lambda done: "told")
    three.carrying.cancel()
    settled(qtbot, three)
    assert statuses(three) in (["new"] * 3, ["skipped"] * 3)
    assert ("told" in told(three)) == (statuses(three) == ["skipped"] * 3)


def test_a_label_is_changed_everywhere_after_a_look_at_what_that_means(qtbot: QtBot, three: Workbench) -> None:
    for key in (2, 1):
        three.bridge.go_to(key)
        labelled(three, "الميناء")
    bar = three.window.relabel
    three.window.actions_["relabel-all"].trigger()
    assert bar.isVisible() and bar.source.currentData() == "LOCATION" and bar.source.hasFocus()
    qtbot.waitUntil(lambda: bar.apply.isEnabled())
    assert bar.said.text() == "2 spans in 2 articles"
    assert (bar.list.hits.hits, bar.apply.text()) == (2, "Change 2 spans")
    other = bar.target.currentData()
    qtbot.keyClick(bar, Qt.Key.Key_Return)
    settled(qtbot, three)
    assert bar.isHidden()
    assert [label for _start, _end, label in marks(three)] == [other]
    assert three.window.canvas.hasFocus()
    qtbot.mouseClick(undo_button(three), Qt.MouseButton.LeftButton)
    settled(qtbot, three)
    assert [label for _start, _end, label in marks(three)] == ["LOCATION"]


def test_spans_that_say_something_else_stay_and_those_that_are_meant_can_go(qtbot: QtBot, three: Workbench) -> None:
    labelled(three, "الميناء")
    bar = three.window.relabel
    three.window.actions_["relabel-all"].trigger()
    bar.target.setCurrentIndex(bar.target.count() - 1)
    bar.text.setText("شيء آخر")
    qtbot.waitUntil(lambda: bar.said.text() == "There is no such span.")
    assert not bar.apply.isEnabled()
    bar.text.setText("الميناء")
    qtbot.waitUntil(lambda: bar.apply.isEnabled())
    assert bar.apply.text() == "Delete 1 span"
    qtbot.mouseClick(bar.apply, Qt.MouseButton.LeftButton)
    settled(qtbot, three)
    assert marks(three) == []


def test_esc_puts_the_bar_away(qtbot: QtBot, three: Workbench) -> None:
    three.window.actions_["relabel-all"].trigger()
    qtbot.keyClick(three.window.relabel, Qt.Key.Key_Escape)
    assert three.window.relabel.isHidden()
    assert three.window.canvas.hasFocus()
