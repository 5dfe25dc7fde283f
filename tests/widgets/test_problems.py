"""Checks while one works: a quiet count, a key from one problem to the next, a list, and what stands against «done»."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.edit.attributes import set_attribute
from tests.widgets.hands import labelled
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def settled(bench: Workbench) -> Workbench:
    """The window a moment later, when the counts have followed."""
    QTest.qWait(150)
    QApplication.processEvents()
    return bench


def sentences(bench: Workbench) -> list[str]:
    return bench.window.problem_bar._rows.stringList()


@pytest.fixture
def marked(bench: Workbench) -> Workbench:
    """A quote without kind, cue or speaker, and a casualty without outcome."""
    labelled(bench, "12 مدنياً قتلوا", "CASUALTY")
    labelled(bench, "سفينة UN-WFP 204", "QUOTE")
    return settled(bench)


def test_the_count_stands_in_the_status_bar_and_at_done_and_goes_when_all_is_well(marked: Workbench) -> None:
    status, done = marked.window.status, marked.window.strip.done
    count = len(marked.bridge.session.problems)
    assert count == 3 and status.problems.isVisible() and status.problems.text().endswith("3")
    assert "\u26a0 3" in done.text() and done.accessibleDescription() == "3 problems are left."
    for _again in range(2):
        marked.commands.run("undo")
    settled(marked)
    assert not status.problems.isVisible() and "\u26a0" not in done.text()


def test_f8_goes_from_problem_to_problem_round_and_round_and_says_each(qtbot: QtBot, marked: Workbench) -> None:
    window, session = marked.window, marked.bridge.session
    window.canvas.set_place(window.canvas.place()._replace(anchor=0, caret=0, focus=""))
    spans, said = [], []
    for _press in range(4):
        qtbot.keyClick(window.canvas, Qt.Key.Key_F8)
        spans.append(session.annotations.spans[window.canvas.focused_span()].label)
        said.append(window.status.message.text())
    assert spans == ["CASUALTY", "QUOTE", "QUOTE", "CASUALTY"]
    assert len(set(said)) == 3 and "Outcome" in said[0]
    qtbot.keyClick(window.canvas, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert session.annotations.spans[window.canvas.focused_span()].label == "QUOTE"


def test_a_problem_that_is_solved_leads_on_to_the_next_one(qtbot: QtBot, marked: Workbench) -> None:
    window, session = marked.window, marked.bridge.session
    window.canvas.set_place(window.canvas.place()._replace(anchor=0, caret=0, focus=""))
    qtbot.keyClick(window.canvas, Qt.Key.Key_F8)
    solved = window.canvas.focused_span()
    session.do(set_attribute([solved], "outcome", ("killed",)), place=window.canvas.place())
    qtbot.keyClick(window.canvas, Qt.Key.Key_F8)
    assert session.annotations.spans[window.canvas.focused_span()].label == "QUOTE"


def test_the_list_follows_each_step_and_leads_to_the_place(qtbot: QtBot, marked: Workbench) -> None:
    window, bar = marked.window, marked.window.problem_bar
    qtbot.mouseClick(window.status.problems, Qt.MouseButton.LeftButton)
    assert bar.isVisible() and len(sentences(marked)) == 3 and bar.list.hasFocus()
    qtbot.keyClick(bar.list, Qt.Key.Key_End)
    qtbot.keyClick(bar.list, Qt.Key.Key_Return)
    assert marked.bridge.session.annotations.spans[window.canvas.focused_span()].label == "QUOTE"
    assert window.canvas.hasFocus()
    marked.commands.run("undo")
    settled(marked)
    assert len(sentences(marked)) == 1
    marked.commands.run("undo")
    settled(marked)
    assert bar._said.text() == "No problems in this article" and not bar.list.isVisible()
    marked.commands.run("problems")
    assert not bar.isVisible()


def test_esc_puts_the_list_away_and_letters_typed_in_it_are_no_commands(qtbot: QtBot, marked: Workbench) -> None:
    marked.commands.run("problems")
    bar, before = marked.window.problem_bar, len(marked.bridge.session.annotations.spans)
    for key in (Qt.Key.Key_F, Qt.Key.Key_1, Qt.Key.Key_Delete):
        qtbot.keyClick(bar.list, key)
    assert not marked.bridge.session.annotations.state.flagged
    assert len(marked.bridge.session.annotations.spans) == before
    qtbot.keyClick(bar.list, Qt.Key.Key_Escape)
    assert not bar.isVisible() and marked.window.canvas.hasFocus()


def test_done_waits_for_what_the_lead_lets_block_it(qtbot: QtBot, marked: Workbench) -> None:
    session = marked.bridge.session
    session.set_schema(replace(session.schema, blocking=("relation-missing",)))
    settled(marked)
    assert "1 must be mended first" in marked.window.strip.done.accessibleDescription()
    marked.commands.run("done")
    assert session.annotations.state.status == "in_progress"
    assert "F8" in marked.window.status.message.text()
