"""Find, in the article and in the project."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.widgets.hands import marks, press, select
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
F = 33 + (0 if sys.platform == "win32" else 8)
ARTICLE = "أحمد في المدينة.\nرأى احمد مدينةً.\nوعاد أَحْمَد إلى المدينه 12 و١٢.\n"


@pytest.fixture
def bench(open_bench: Callable[..., Workbench], tmp_path: Path) -> Workbench:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    opened = open_bench(path)
    opened.bridge.session.set_annotator("A1")
    opened.window.canvas.setFocus()
    return opened


@pytest.fixture
def three(open_bench: Callable[..., Workbench], corpus: Path) -> Workbench:
    opened = open_bench(corpus)
    opened.bridge.session.set_annotator("A1")
    opened.window.canvas.setFocus()
    return opened


def look_for(qtbot: QtBot, bench: Workbench, words: str, said: str, keys: Qt.KeyboardModifier = CONTROL) -> None:
    """Open the bar by its keys, type, and wait until it says so."""
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_F, keys)
    for letter in words:
        press(bench.window.finder.field, ord(letter), letter)
    qtbot.waitUntil(lambda: bench.window.finder.said.text() == said)


def selected(bench: Workbench) -> str:
    start, end = bench.window.canvas.selection()
    return bench.bridge.session.document.text[start:end]


def test_ctrl_f_finds_every_spelling_counts_and_goes_round(qtbot: QtBot, bench: Workbench) -> None:
    look_for(qtbot, bench, "احمد", "1 of 3")
    field = bench.window.finder.field
    assert QApplication.focusWidget() is field
    seen = [selected(bench)]
    for key, held in ((Qt.Key.Key_Return, None), (Qt.Key.Key_F3, None), (Qt.Key.Key_F3, None), (Qt.Key.Key_F3, SHIFT)):
        qtbot.keyClick(field, key, held or Qt.KeyboardModifier.NoModifier)
        seen.append(selected(bench))
    assert seen == ["أحمد", "احمد", "أَحْمَد", "أحمد", "أَحْمَد"]
    assert bench.window.finder.said.text() == "3 of 3"
    qtbot.keyClick(field, Qt.Key.Key_Return, SHIFT)
    assert bench.window.finder.said.text() == "2 of 3"


def test_the_first_match_is_the_one_after_the_hand(qtbot: QtBot, bench: Workbench) -> None:
    place = ARTICLE.index("وعاد")
    bench.window.canvas.select(place, place)
    look_for(qtbot, bench, "المدينة", "2 of 2")
    assert selected(bench) == "المدينه"


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS gives virtual keys")
def test_find_is_where_its_key_is_in_an_arabic_layout(bench: Workbench) -> None:
    press(bench.window.canvas, ord("ب"), "\x06", F, CONTROL)
    assert bench.window.finder.isVisible()


def test_what_is_selected_is_looked_for(qtbot: QtBot, bench: Workbench) -> None:
    select(bench, "المدينة")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_F, CONTROL)
    qtbot.waitUntil(lambda: bench.window.finder.said.text() == "1 of 2")


def test_exact_finds_letter_by_letter(qtbot: QtBot, bench: Workbench) -> None:
    look_for(qtbot, bench, "أحمد", "1 of 3")
    qtbot.mouseClick(bench.window.finder.exact, LEFT)
    qtbot.waitUntil(lambda: bench.window.finder.said.text() == "1 of 1")


def test_a_regular_expression_finds_and_a_faulty_one_says_what_is_wrong(qtbot: QtBot, bench: Workbench) -> None:
    bench.window.finder.regex.setChecked(True)
    look_for(qtbot, bench, r"\bال\w+", "1 of 2")
    bench.window.finder.field.setText("(")
    qtbot.waitUntil(lambda: "regular expression" in bench.window.finder.said.text())
    assert not bench.window.finder.next.isEnabled()


def test_an_expression_that_runs_away_is_stopped_after_a_second_while_the_window_answers(
    qtbot: QtBot, open_bench: Callable[..., Workbench], tmp_path: Path
) -> None:
    path = tmp_path / "long.txt"
    path.write_text("ا" * 400 + "!\n", encoding="utf-8")
    bench = open_bench(path)
    bench.window.finder.regex.setChecked(True)
    bench.window.canvas.setFocus()
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_F, CONTROL)
    # A window that waits for the search stands still for its whole second each time; a busy computer not always.
    assert any(longest_wait(bench, "(ا|اا)+$" + "$" * n) < 0.9 for n in range(3))


def longest_wait(bench: Workbench, runaway: str) -> float:
    """For how many seconds at most the window heard nothing while it looked for `runaway`, until that was stopped."""
    bench.window.finder.field.setText(runaway)
    QApplication.processEvents()
    longest, last, until = 0.0, time.monotonic(), time.monotonic() + 8
    while "stopped" not in bench.window.finder.said.text() and time.monotonic() < until:
        QApplication.processEvents()
        now = time.monotonic()
        longest, last = max(longest, now - last), now
    assert "stopped" in bench.window.finder.said.text()
    bench.window.finder.field.setText("")
    QTest.qWait(50)
    return longest


def test_escape_goes_back_to_the_text_with_the_match_selected(qtbot: QtBot, bench: Workbench) -> None:
    look_for(qtbot, bench, "احمد", "1 of 3")
    qtbot.keyClick(bench.window.finder.field, Qt.Key.Key_Escape)
    assert not bench.window.finder.isVisible()
    assert bench.window.canvas.hasFocus()
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_3)
    assert marks(bench) == [(0, 4, "ACTOR")]


def test_all_matches_are_marked_in_one_step(qtbot: QtBot, bench: Workbench) -> None:
    look_for(qtbot, bench, "احمد", "1 of 3")
    bench.window.finder.label_all.menu().actions()[2].trigger()
    text = bench.bridge.session.document.text
    assert [text[start:end] for start, end, _label in marks(bench)] == ["أحمد", "احمد", "أَحْمَد"]
    bench.commands.run("undo")
    assert marks(bench) == []


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS gives virtual keys")
@pytest.mark.parametrize(
    ("key", "text", "scan", "held"),
    [
        (Qt.Key.Key_2, "2", 0, Qt.KeyboardModifier.NoModifier),
        (ord("٢"), "٢", 0, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Eacute, "é", 3, Qt.KeyboardModifier.NoModifier),
        (ord("٢"), "٢", 3, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_2, "2", 80, Qt.KeyboardModifier.KeypadModifier),
    ],
)
def test_the_key_of_a_label_marks_all_matches_in_any_layout(
    qtbot: QtBot, bench: Workbench, key: int, text: str, scan: int, held: Qt.KeyboardModifier
) -> None:
    look_for(qtbot, bench, "احمد", "1 of 3")
    menu = bench.window.finder.label_all.menu()
    menu.popup(bench.window.finder.mapToGlobal(bench.window.finder.rect().center()))
    native = scan + (0 if sys.platform == "win32" or not scan else 8)
    press(menu, key, text, native, held)
    second = bench.bridge.session.schema.labels[1].id
    assert [label for _start, _end, label in marks(bench)] == [second] * 3
    assert not menu.isVisible()


def test_the_project_lists_its_matches_by_article_and_a_click_goes_there(qtbot: QtBot, three: Workbench) -> None:
    look_for(qtbot, three, "الميناء", "1 of 3 in 3 articles", CONTROL | SHIFT)
    rows = three.window.finder.list
    qtbot.waitUntil(lambda: rows.hits.rowCount() == 6)
    target = rows.visualRect(rows.hits.index_of(2)).center()
    qtbot.mouseClick(rows.viewport(), LEFT, pos=target)
    assert three.bridge.session.document.id == "a2"
    assert selected(three) == "الميناء"
    qtbot.keyClick(three.window.finder.field, Qt.Key.Key_F3)
    assert three.bridge.session.document.id == "a0"


def test_another_article_is_searched_for_the_same(qtbot: QtBot, three: Workbench) -> None:
    look_for(qtbot, three, "مقال", "1 of 1")
    three.commands.run("next-article")
    qtbot.waitUntil(lambda: three.window.finder.said.text() == "1 of 1")
    assert three.bridge.session.document.id == "a1"


def test_what_is_not_there_is_said(qtbot: QtBot, bench: Workbench) -> None:
    look_for(qtbot, bench, "بحر", "Not found")
    qtbot.keyClick(bench.window.finder.field, Qt.Key.Key_1)
    assert marks(bench) == []
