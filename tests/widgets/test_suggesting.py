"""Suggestions in the window: one key each, by hand and by mouse, and nothing taken from whoever labels without them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.errors import HashiyaError
from tests.widgets.hands import labelled, marks, select
from tests.widgets.suggested import (
    CONTROL,
    FIRST,
    SECOND,
    SHIFT,
    SHIPPED,
    TEXT,
    THIRD,
    WHO,
    Key,
    begin,
    button,
    focus,
    go,
    ids,
    key,
    look,
    opened,
    told,
)
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Open = Callable[..., Workbench]


@pytest.fixture
def bench(open_bench: Open, tmp_path: Path) -> Workbench:
    """The window on an article with four suggestions, the hand at its beginning."""
    return opened(open_bench, tmp_path)


def test_tab_walks_spans_and_suggestions_as_they_are_read_and_esc_leaves_them(bench: Workbench) -> None:
    labelled(bench, "جميلة", "ACTOR")
    labelled(bench, "وصل الوفد", "ACTOR")
    select(bench, "")
    seen = []
    for _step in range(5):
        key(bench, Key.Key_Tab)
        seen.append(focus(bench))
    assert seen == ["وصل الوفد", FIRST, SECOND, THIRD, "جميلة"]
    back = []
    for _step in range(4):
        key(bench, Key.Key_Backtab, held=SHIFT)
        back.append(focus(bench))
    assert back == seen[3::-1]
    go(bench, SECOND)
    key(bench, Key.Key_Escape)
    assert focus(bench) == "" and bench.window.canvas.hasFocus()


def test_one_key_a_suggestion_from_the_first_to_the_last(bench: Workbench) -> None:
    key(bench, Key.Key_Tab)
    key(bench, Key.Key_Return)
    assert focus(bench) == FIRST
    key(bench, Key.Key_Enter)
    assert focus(bench) == SECOND
    key(bench, Key.Key_Return)
    key(bench, Key.Key_Return)
    assert marks(bench) == [(4, 9, "ACTOR"), (14, 19, "LOCATION"), (30, 35, "LOCATION"), (44, 49, "LOCATION")]
    assert ids(bench) == [] and focus(bench) == "ساريا"
    told(bench)
    assert bench.window.suggestions.count.text() == "No suggestions left"


def test_backspace_or_delete_rejects_goes_on_and_is_taken_back_with_its_focus(bench: Workbench) -> None:
    go(bench, WHO)
    key(bench, Key.Key_Backspace)
    assert focus(bench) == FIRST and marks(bench) == []
    key(bench, Key.Key_Delete)
    assert ids(bench) == [] and [one.times for one in bench.bridge.session.rejections()] == [1, 1]
    for expected in (FIRST, WHO):
        QTest.keyClick(bench.window.canvas, Key.Key_Z, CONTROL)
        assert focus(bench) == expected
    assert len(ids(bench)) == 4 and bench.bridge.session.rejections() == []


def test_undo_brings_back_what_was_accepted_and_its_focus_and_redo_accepts_it_again(bench: Workbench) -> None:
    go(bench, SECOND)
    key(bench, Key.Key_Return)
    QTest.keyClick(bench.window.canvas, Key.Key_Z, CONTROL)
    assert (focus(bench), marks(bench)) == (SECOND, [])
    QTest.keyClick(bench.window.canvas, Key.Key_Z, CONTROL | SHIFT)
    assert marks(bench) == [(30, 35, "LOCATION")] and SECOND not in ids(bench)


@pytest.mark.parametrize(("pressed", "text", "scan"), [(Key.Key_3, "3", 12), (0x0663, "٣", 12), (0x0663, "٣", 0)])
def test_the_key_of_a_label_accepts_as_that_label(bench: Workbench, pressed: int, text: str, scan: int) -> None:
    go(bench, FIRST)
    key(bench, pressed, text, scan)
    assert marks(bench) == [(14, 19, "ACTOR")] and focus(bench) == SECOND
    assert bench.bridge.session.annotations.ordered()[0].edited


def test_a_chip_of_a_label_accepts_as_that_label_too(bench: Workbench) -> None:
    go(bench, FIRST)
    bench.window.strip.chips.chosen.emit("ACTOR")
    assert marks(bench) == [(14, 19, "ACTOR")]


def test_the_edges_are_moved_first_by_places_on_the_keyboard_and_accepted_so(bench: Workbench) -> None:
    go(bench, FIRST)
    key(bench, ord("ج"), "ج", scan=34)  # [ in an Arabic layout
    told(bench)
    assert "إلى ساريا" in bench.window.suggestions.said.text()
    key(bench, Key.Key_Return)
    assert marks(bench) == [(10, 19, "LOCATION")] and focus(bench) == SECOND
    assert bench.window.actions_["clitics"].isEnabled()
    key(bench, Key.Key_Return)
    assert marks(bench)[1] == (30, 35, "LOCATION")


def test_x_takes_the_attached_clitic_off_and_on_before_it_is_accepted(bench: Workbench) -> None:
    begin(bench, ("LOCATION", 36, 41, 0.9))
    go(bench, "LOCATION:36:41")
    key(bench, ord("ء"), "ء", scan=53)  # X in an Arabic layout
    told(bench)
    assert "\u2068فيها" in bench.window.suggestions.said.text()
    key(bench, ord("ء"), "ء", scan=53, held=SHIFT)
    told(bench)
    assert "\u2068وفيها" in bench.window.suggestions.said.text()
    key(bench, ord("ء"), "ء", scan=53)
    key(bench, Key.Key_Return)
    assert [one[:2] for one in marks(bench)] == [(37, 41)]


def test_a_handle_moves_an_edge_too_and_the_alike_ones_follow(bench: Workbench) -> None:
    go(bench, SECOND)
    bench.window.canvas.suggested_bounds_changed.emit(SECOND, 27, 35)
    key(bench, Key.Key_Return, held=SHIFT)
    assert [TEXT[start:end] for start, end, _label in marks(bench)] == ["لى ساريا", "من ساريا", ": «ساريا"]


def test_shift_enter_accepts_all_alike_in_one_step_and_goes_on(bench: Workbench) -> None:
    go(bench, FIRST)
    told(bench)
    assert "3" in bench.window.suggestions.alike.text()
    key(bench, Key.Key_Return, held=SHIFT)
    assert len(marks(bench)) == 3 and ids(bench) == [WHO]
    QTest.keyClick(bench.window.canvas, Key.Key_Z, CONTROL)
    assert marks(bench) == [] and focus(bench) == FIRST


def test_all_that_are_shown_are_counted_then_accepted_by_one_press_in_one_step(bench: Workbench) -> None:
    bar = bench.window.suggestions
    assert "4" in bar.above.text()
    place = bench.window.canvas.place()
    button(bar.above)
    assert len(marks(bench)) == 4 and bench.window.canvas.place() == place
    assert bench.window.canvas.hasFocus()
    QTest.keyClick(bench.window.canvas, Key.Key_Z, CONTROL)
    assert marks(bench) == [] and len(ids(bench)) == 4


def test_without_a_suggestion_in_focus_every_key_is_as_it_was(bench: Workbench) -> None:
    key(bench, Key.Key_Backspace)
    key(bench, Key.Key_Return, held=SHIFT)
    assert marks(bench) == [] and len(ids(bench)) == 4
    labelled(bench, "جميلة", "ACTOR")
    key(bench, Key.Key_Backspace)
    assert len(marks(bench)) == 1
    key(bench, Key.Key_Return)
    assert bench.window.inspector.isAncestorOf(QApplication.focusWidget())
    bench.window.canvas.setFocus()
    key(bench, Key.Key_Delete)
    assert marks(bench) == []
    select(bench, "ساريا")
    key(bench, Key.Key_2, "2", 11)
    assert marks(bench) == [(14, 19, "LOCATION")]


def test_a_key_that_is_held_decides_once(bench: Workbench) -> None:
    go(bench, WHO)
    none = Qt.KeyboardModifier.NoModifier
    for repeated in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Return, none, 0, 0, 0, "\r", repeated)
        QApplication.sendEvent(bench.window.canvas, event)
    assert len(marks(bench)) == 1


def test_the_keys_of_suggestions_can_be_others(bench: Workbench) -> None:
    bench.comforts.preferences.edit("keys", {"accept": ["K"]})
    assert "K" in bench.window.suggestions.accept.text()
    go(bench, FIRST)
    key(bench, Key.Key_Return)
    assert marks(bench) == []
    key(bench, ord("ن"), "ن", scan=45)
    assert marks(bench) == [(14, 19, "LOCATION")]


def test_a_click_on_the_page_and_the_buttons_of_the_bar_do_all_of_it(bench: Workbench) -> None:
    bar, canvas = bench.window.suggestions, bench.window.canvas
    assert not bar.accept.isEnabled() and not bar.reject.isEnabled()
    canvas.suggested_clicked.emit(FIRST)
    told(bench)
    button(bar.accept)
    assert marks(bench) == [(14, 19, "LOCATION")] and focus(bench) == SECOND and canvas.hasFocus()
    told(bench)
    button(bar.reject)
    assert ids(bench) == [WHO]
    bench.window.actions_["next-suggestion"].trigger()
    assert focus(bench) == WHO


def test_the_menu_of_the_text_has_what_can_be_done_to_a_suggestion(bench: Workbench) -> None:
    go(bench, FIRST)
    bench.window.canvas.menu_asked.emit(bench.window.canvas.mapToGlobal(QPoint(5, 5)))
    [menu] = [part for part in bench.window.findChildren(QMenu) if part.isVisible()]
    shown = menu.actions()
    assert [action.objectName() for action in shown[:3]] == ["accept", "reject", "accept-alike"]
    next(action for action in shown if action.text().startswith("Actor")).trigger()
    menu.close()
    assert marks(bench) == [(14, 19, "ACTOR")]


def test_the_name_of_the_annotator_is_asked_first_and_the_suggestion_is_accepted_then(
    open_bench: Open, tmp_path: Path
) -> None:
    path = tmp_path / "b.txt"
    path.write_text(TEXT, encoding="utf-8")
    bench = open_bench(path)
    begin(bench)
    bench.window.canvas.setFocus()
    go(bench, FIRST)
    key(bench, Key.Key_Return)
    assert bench.window.prompt.isVisible() and marks(bench) == []
    bench.window.prompt.named.emit("A2")
    assert marks(bench) == [(14, 19, "LOCATION")] and focus(bench) == SECOND


def test_there_is_something_to_learn_when_one_is_decided(qtbot: QtBot, bench: Workbench) -> None:
    go(bench, FIRST)
    suggesting = bench.commands.suggesting
    assert suggesting
    with qtbot.waitSignal(suggesting.decided):
        key(bench, Key.Key_Return)


def test_suggestions_follow_when_other_articles_were_changed_and_nothing_is_tried_for_ever(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, looked = bench.bridge.session, []
    now = session.suggest_now
    monkeypatch.setattr(session, "suggest_now", lambda: (looked.append(session.is_ready_to_suggest), now()))
    session.documents_changed.emit()
    told(bench)
    assert looked == [True] and not session.are_suggestions_behind

    def refused() -> None:
        raise HashiyaError("program-fault", reason="told to")

    monkeypatch.setattr(session, "get_ready_to_suggest", refused)
    session.documents_changed.emit()
    told(bench)
    assert looked == [True, False] and not session.are_suggestions_behind


def test_suggestions_of_a_long_article_follow_once_the_step_is_painted(open_bench: Open, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(TEXT + "\n" + "كلام لا يقول شيئا. " * 2_000, encoding="utf-8")
    bench = open_bench(path)
    bench.bridge.session.set_annotator("A1")
    session = bench.bridge.session
    session.set_suggest_settings(session.suggest_settings._replace(off=SHIPPED[2:]))
    look(bench)
    labelled(bench, "ساريا", "LOCATION")
    told(bench)
    assert {TEXT[one.suggestion.start : one.suggestion.end] for one in session.suggestions} == {"ساريا"}
