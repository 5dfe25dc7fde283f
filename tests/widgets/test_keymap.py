"""Keys that a person chose, and what they may not be."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from pytestqt.qtbot import QtBot

from tests.widgets.hands import labelled, marks, press, select
from widgets import keymap
from widgets.actions import ACTIONS, BY_ID, ON_A_SUGGESTION, ON_SPANS_ALONE
from widgets.keymap import Keymap, came_with, engraved, is_by_hand, pressed, refusal
from widgets.workbench import Workbench

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
chords = st.sampled_from(
    [
        "F4",
        "Enter",
        "Backspace",
        "Shift+Enter",
        "Ctrl+J",
        "K",
        "Shift+[",
        "Ctrl+Shift+F",
        "F8",
        "X",
        "Esc",
        "1",
        "Alt+F",
        "",
        "Ctrl+Left",
    ]
)


def event(
    key: int, text: str = "", scan: int = 0, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, held, scan, 0, 0, text)


def clashes(made: Keymap) -> list[tuple[str, str, str]]:
    """Two actions that one key asks for; what is done to a suggestion may share it with what is done to spans alone."""
    found = []
    for one, other in combinations(BY_ID, 2):
        in_turn = {one, other}
        if not (in_turn & {*ON_A_SUGGESTION} and in_turn & {*ON_SPANS_ALONE}):
            found += [(key, one, other) for key in {*made.keys(one)} & {*made.keys(other)}]
    return found


def test_the_keys_the_program_comes_with_are_allowed_and_nobodys_twice() -> None:
    assert clashes(Keymap()) == []
    assert [key for action in ACTIONS for key in came_with(action.id) if refusal(key, {})] == []
    assert all(Keymap().keys(id) == came_with(id) for id in BY_ID)


@given(st.dictionaries(st.sampled_from([*BY_ID, "nonsense"]), st.lists(chords, max_size=3), max_size=6))
def test_whatever_a_file_of_settings_says_no_key_is_two_actions(changes: dict[str, list[str]]) -> None:
    made = Keymap(changes)
    assert clashes(made) == []
    assert not any(refusal(key, {}) for id in BY_ID for key in made.keys(id))
    assert Keymap(made.told()).told() == made.told()


def test_a_key_that_is_taken_over_is_lost_to_whom_it_belonged_and_comes_back() -> None:
    made = Keymap().with_keys("flag", ["F8"])
    assert (made.owner("F8"), made.keys("next-problem"), made.owner("F")) == ("flag", (), "")
    back = made.as_it_came("next-problem")
    assert (back.owner("F8"), back.keys("flag")) == ("next-problem", ())
    assert back.as_it_came("flag").told() == {}


def test_a_key_on_a_suggestion_may_be_one_on_a_span_and_no_other() -> None:
    made = Keymap()
    assert (made.by_hand("Enter"), made.on_suggestion("Enter"), made.by_hand("Backspace")) == ("inspect", "accept", "")
    made = made.with_keys("accept", ["R"])
    assert (made.by_hand("R"), made.on_suggestion("R"), made.on_suggestion("Enter")) == ("link", "accept", "")
    made = made.with_keys("accept", ["X"])
    assert (made.owner("X", "clitics"), made.keys("clitics"), made.keys("link")) == ("accept", (), ("R",))
    assert made.with_keys("flag", ["X"]).keys("accept") == ()


@pytest.mark.parametrize(
    ("chord", "why"),
    [
        ("Ctrl+Backspace", keymap.WRITES),
        ("1", keymap.DIGITS_MARK),
        ("Shift+4", keymap.DIGITS_MARK),
        ("Alt+F", keymap.ALT_IS_TAKEN),
        ("Ctrl+Alt+Left", keymap.ALT_IS_TAKEN),
        ("Tab", keymap.MOVES),
        ("Shift+Left", keymap.MOVES),
        ("Ctrl+Right", keymap.MOVES),
        ("PgUp", keymap.MOVES),
        ("Ctrl+A", keymap.WRITES),
        ("", keymap.NO_KEY),
    ],
)
def test_keys_that_mark_move_or_switch_are_nobodys(chord: str, why: str) -> None:
    assert refusal(chord, {}) == why


def test_the_key_of_a_label_is_no_actions_while_the_label_is_there() -> None:
    assert "{label}" in refusal("K", {"K": "Keeper"})
    assert not refusal("Ctrl+K", {"K": "Keeper"})
    assert not refusal("K", {})


@pytest.mark.parametrize(
    ("made", "chord"),
    [
        (event(ord("ب"), "ب", scan=41), "F"),
        (event(ord("ب"), "", scan=41, held=CONTROL), "Ctrl+F"),
        (event(Qt.Key.Key_F, "F", scan=41, held=CONTROL | SHIFT), "Ctrl+Shift+F"),
        (event(ord("ج"), "ج", scan=34), "["),
        (event(Qt.Key.Key_F8), "F8"),
        (event(Qt.Key.Key_F8, held=SHIFT), "Shift+F8"),
        (event(Qt.Key.Key_PageDown, held=CONTROL), "Ctrl+PgDown"),
        (event(Qt.Key.Key_Plus, "+", scan=21, held=CONTROL | SHIFT), "Ctrl++"),
        (event(Qt.Key.Key_Comma, ",", scan=59, held=CONTROL), "Ctrl+,"),
        (event(Qt.Key.Key_Delete, "\x7f"), "Delete"),
        (event(Qt.Key.Key_Shift, held=SHIFT), ""),
        (event(Qt.Key.Key_Control, held=CONTROL), ""),
    ],
)
def test_a_key_is_caught_by_its_place_whatever_the_layout_writes(made: QKeyEvent, chord: str) -> None:
    assert pressed(made) == chord
    if chord and not is_by_hand(chord):
        assert not QKeySequence(chord).isEmpty()
        assert engraved(chord)


def test_a_chosen_key_works_at_once_in_an_arabic_layout_and_the_old_one_does_not(
    qtbot: QtBot, bench: Workbench
) -> None:
    bench.comforts.preferences.edit("keys", {"flag": ["K"], "find": ["F4"]})
    canvas = bench.window.canvas
    canvas.setFocus()
    press(canvas, ord("ب"), "ب", scan=41)
    assert not bench.bridge.session.annotations.state.flagged
    press(canvas, ord("ن"), "ن", scan=45)
    assert bench.bridge.session.annotations.state.flagged
    qtbot.keyClick(canvas, Qt.Key.Key_F4)
    assert bench.window.finder.isVisible()
    assert bench.window.actions_["flag"].text().endswith("\u2066K\u2069")


def test_a_labels_key_marks_though_an_action_was_given_it(bench: Workbench) -> None:
    bench.comforts.preferences.edit("keys", {"flag": ["K"]})
    bench.commands.set_label_keys({"K": "LOCATION"})
    start, end = select(bench, "تل الريحان")
    press(bench.window.canvas, Qt.Key.Key_K, "k", scan=45)
    assert marks(bench) == [(start, end, "LOCATION")]


def test_a_span_is_deleted_by_another_key_too(bench: Workbench) -> None:
    bench.comforts.preferences.edit("keys", {"delete": ["Delete", "Shift+J"]})
    labelled(bench, "تل الريحان")
    press(bench.window.canvas, Qt.Key.Key_J, "J", scan=44, modifiers=SHIFT)
    assert marks(bench) == []


def test_shortcuts_with_signs_work_in_an_arabic_layout_and_on_a_page_too(bench: Workbench) -> None:
    canvas = bench.window.canvas
    canvas.setFocus()
    press(canvas, ord("و"), "و", scan=59, modifiers=CONTROL)
    page = bench.comforts.preferences.page
    assert page
    press(page.sections, ord("ن"), "ن", scan=45, modifiers=CONTROL)
    assert bench.comforts.by_name.palette.isVisible()
