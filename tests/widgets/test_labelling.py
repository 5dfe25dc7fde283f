"""The hand: one behaviour, reached by each gesture that leads to it."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.widgets.hands import drag, marks, middle, point, press, select
from widgets.workbench import Workbench

# Menus say so on the screen that is none.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Gesture = Callable[[QtBot, Workbench], None]
LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
# The scan codes that a PC keyboard sends for 2, F, S and Z, as this system reports them.
OFFSET = 0 if sys.platform == "win32" else 8
TWO, F, S, Z = 3 + OFFSET, 33 + OFFSET, 31 + OFFSET, 44 + OFFSET
on_a_pc = pytest.mark.skipif(sys.platform == "darwin", reason="macOS gives virtual keys, tests/widgets/test_keys.py")


def menu_action(bench: Workbench, menu: str, beginning: str) -> None:
    """Choose the entry of a menu whose text begins so."""
    for action in bench.window.menus.menu(menu).actions():
        if action.text().startswith(beginning):
            action.trigger()
            return
    raise AssertionError(f"{beginning} is not in the menu {menu}")


def context_menu(bench: Workbench, beginning: str) -> None:
    """Choose an entry of the menu that a right click opens."""
    bench.window.canvas.menu_asked.emit(bench.window.canvas.mapToGlobal(middle(bench.window.canvas)))
    menu = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMenu) and widget.isVisible())
    next(action for action in menu.actions() if action.text().startswith(beginning)).trigger()
    menu.close()


LABEL_GESTURES: dict[str, Gesture] = {
    "the digit": lambda qtbot, bench: qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2),
    "the numeric pad": lambda qtbot, bench: qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2, KEYPAD),
    "an Arabic digit": lambda qtbot, bench: press(bench.window.canvas, 0x662, "٢"),
    "the key in a French layout": lambda qtbot, bench: press(bench.window.canvas, Qt.Key.Key_Eacute, "é", TWO),
    "the chip": lambda qtbot, bench: qtbot.mouseClick(bench.window.strip.chips.chip("LOCATION"), LEFT),
    "the menu": lambda qtbot, bench: menu_action(bench, "label", "Location"),
    "a right click": lambda qtbot, bench: context_menu(bench, "Location"),
}


@pytest.mark.parametrize("gesture", LABEL_GESTURES.values(), ids=LABEL_GESTURES)
def test_a_selection_is_labelled(qtbot: QtBot, bench: Workbench, gesture: Gesture) -> None:
    start, end = select(bench, "تل الريحان")
    gesture(qtbot, bench)
    assert marks(bench) == [(start, end, "LOCATION")]
    assert bench.window.canvas.focused_span() in bench.bridge.session.annotations.spans


@pytest.mark.parametrize("gesture", LABEL_GESTURES.values(), ids=LABEL_GESTURES)
def test_the_focused_span_is_called_otherwise(qtbot: QtBot, bench: Workbench, gesture: Gesture) -> None:
    start, end = select(bench, "تل الريحان")
    bench.commands.label("ACTOR")
    gesture(qtbot, bench)
    assert marks(bench) == [(start, end, "LOCATION")]


def test_what_was_refused_is_said_until_there_is_a_selection(qtbot: QtBot, bench: Workbench) -> None:
    bench.window.canvas.setFocus()
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    assert bench.window.status.message.text()
    select(bench, "تل الريحان")
    assert not bench.window.status.message.text()


DELETE_GESTURES: dict[str, Gesture] = {
    "the key": lambda qtbot, bench: qtbot.keyClick(bench.window.canvas, Qt.Key.Key_Delete),
    "the numeric pad": lambda qtbot, bench: qtbot.keyClick(bench.window.canvas, Qt.Key.Key_Delete, KEYPAD),
    "the key in the list of spans": lambda qtbot, bench: qtbot.keyClick(
        bench.window.inspector.spans.view, Qt.Key.Key_Delete
    ),
    "the menu": lambda qtbot, bench: menu_action(bench, "edit", "Delete"),
    "a right click": lambda qtbot, bench: context_menu(bench, "Delete"),
    "the inspector's button": lambda qtbot, bench: qtbot.mouseClick(bench.window.inspector.card.delete, LEFT),
}


@pytest.mark.parametrize("gesture", DELETE_GESTURES.values(), ids=DELETE_GESTURES)
def test_the_focused_span_is_deleted(qtbot: QtBot, bench: Workbench, gesture: Gesture) -> None:
    select(bench, "تل الريحان")
    bench.commands.label("LOCATION")
    bench.window.inspector.catch_up()
    gesture(qtbot, bench)
    assert marks(bench) == []


@pytest.mark.parametrize("grouped", [False, True], ids=["in reading order", "by label"])
def test_a_span_called_otherwise_stays_in_focus_and_no_neighbour_takes_it(bench: Workbench, grouped: bool) -> None:
    bench.window.inspector.spans.group.setChecked(grouped)
    for words in ("المتحدث", "تل الريحان", "الميناء"):
        select(bench, words)
        bench.commands.label("ACTOR")
    bench.window.canvas.walk_spans(False)
    bench.window.inspector.catch_up()
    focused = bench.window.canvas.focused_span()
    bench.commands.label("LOCATION")
    bench.window.inspector.catch_up()
    assert bench.window.canvas.focused_span() == focused
    bench.commands.run("delete")
    bench.window.inspector.catch_up()
    assert bench.window.canvas.focused_span() == ""


UNDO_GESTURES: dict[str, Gesture] = {
    "the keys": lambda qtbot, bench: qtbot.keyClick(bench.window.canvas, Qt.Key.Key_Z, CONTROL),
    "the menu": lambda qtbot, bench: menu_action(bench, "edit", "Undo"),
    "a right click": lambda qtbot, bench: context_menu(bench, "Undo"),
}
REDO_GESTURES: dict[str, Gesture] = {
    "Ctrl+Shift+Z": lambda qtbot, bench: qtbot.keyClick(bench.window.canvas, Qt.Key.Key_Z, CONTROL | SHIFT),
    "Ctrl+Y": lambda qtbot, bench: qtbot.keyClick(bench.window.canvas, Qt.Key.Key_Y, CONTROL),
    "the menu": lambda qtbot, bench: menu_action(bench, "edit", "Redo"),
}


@pytest.mark.parametrize("undo", UNDO_GESTURES.values(), ids=UNDO_GESTURES)
@pytest.mark.parametrize("redo", REDO_GESTURES.values(), ids=REDO_GESTURES)
def test_a_mark_is_taken_back_and_made_again(qtbot: QtBot, bench: Workbench, undo: Gesture, redo: Gesture) -> None:
    start, end = select(bench, "المتحدث")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_3)
    undo(qtbot, bench)
    assert marks(bench) == []
    redo(qtbot, bench)
    assert marks(bench) == [(start, end, "ACTOR")]


@on_a_pc
def test_undo_is_where_its_key_is_in_an_arabic_layout(bench: Workbench) -> None:
    select(bench, "المتحدث")
    bench.commands.label("ACTOR")
    press(bench.window.canvas, 0x626, "\x1a", Z, CONTROL)
    assert marks(bench) == []


FLAG_GESTURES: dict[str, Gesture] = {
    "F": lambda qtbot, bench: qtbot.keyClick(bench.window.canvas, Qt.Key.Key_F),
    "its key in an Arabic layout": lambda qtbot, bench: press(bench.window.canvas, 0x628, "ب", F),
    "the menu": lambda qtbot, bench: menu_action(bench, "article", "Flag"),
    "its button": lambda qtbot, bench: bench.window.strip.tool("flag").click(),
}


@pytest.mark.parametrize("gesture", FLAG_GESTURES.values(), ids=FLAG_GESTURES)
def test_an_article_is_flagged_and_unflagged(qtbot: QtBot, bench: Workbench, gesture: Gesture) -> None:
    gesture(qtbot, bench)
    assert bench.bridge.session.annotations.state.flagged
    qtbot.waitUntil(bench.window.actions_["flag"].isChecked)
    gesture(qtbot, bench)
    assert not bench.bridge.session.annotations.state.flagged
    qtbot.waitUntil(lambda: not bench.window.actions_["flag"].isChecked())


def test_two_labels_can_lie_on_the_same_words(qtbot: QtBot, bench: Workbench) -> None:
    start, end = select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_3)
    assert marks(bench) == [(start, end, "ACTOR"), (start, end, "LOCATION")]


def test_the_same_label_twice_shows_the_span_that_is_there(qtbot: QtBot, bench: Workbench) -> None:
    select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    first = bench.window.canvas.focused_span()
    select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    assert len(marks(bench)) == 1
    assert bench.window.canvas.focused_span() == first
    assert "already" in bench.window.status.message.text()


def test_a_label_without_a_selection_says_what_to_do(qtbot: QtBot, bench: Workbench) -> None:
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_1)
    assert marks(bench) == []
    assert "Select" in bench.window.status.message.text()


@pytest.mark.parametrize("field", ["search", "filter", "note"])
def test_what_is_typed_into_a_field_is_text_and_no_command(qtbot: QtBot, bench: Workbench, field: str) -> None:
    select(bench, "تل الريحان")
    bench.commands.label("LOCATION")
    bench.window.inspector.catch_up()
    before = bench.bridge.session.annotations
    window = bench.window
    into = {
        "search": window.articles.search,
        "filter": window.inspector.spans.filter,
        "note": window.inspector.note.field,
    }
    into[field].setFocus()
    for key in (Qt.Key.Key_1, Qt.Key.Key_F, Qt.Key.Key_S, Qt.Key.Key_Delete):
        qtbot.keyClick(into[field], key)
    assert bench.bridge.session.annotations == before
    typed = into[field].toPlainText() if field == "note" else into[field].text()
    assert typed == "1fs"


def test_escape_goes_back_to_the_text_from_anywhere(qtbot: QtBot, bench: Workbench) -> None:
    select(bench, "تل الريحان")
    bench.commands.label("LOCATION")
    bench.window.inspector.catch_up()
    for part in (bench.window.articles.search, bench.window.articles.list, bench.window.inspector.spans.view):
        part.setFocus()
        qtbot.keyClick(part, Qt.Key.Key_Escape)
        assert bench.window.canvas.hasFocus()


def test_enter_on_a_span_goes_to_the_inspector(qtbot: QtBot, bench: Workbench) -> None:
    select(bench, "تل الريحان")
    bench.commands.label("LOCATION")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_Return)
    assert bench.window.inspector.isAncestorOf(QApplication.focusWidget())


def test_f6_walks_the_panes_and_comes_back(qtbot: QtBot, bench: Workbench) -> None:
    canvas = bench.window.canvas
    canvas.setFocus()
    seen = []
    for _step in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert len(set(seen)) == 5
    assert seen[-1] is canvas
    qtbot.keyClick(canvas, Qt.Key.Key_F6, SHIFT)
    assert QApplication.focusWidget() is seen[3]


def test_a_double_click_and_a_digit_label_the_word_without_its_punctuation(qtbot: QtBot, bench: Workbench) -> None:
    start = bench.bridge.session.document.text.index("الريحان.")
    at = point(bench, start + 3)
    qtbot.mouseClick(bench.window.canvas.viewport(), LEFT, pos=at)
    qtbot.mouseDClick(bench.window.canvas.viewport(), LEFT, pos=at)
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    assert marks(bench) == [(start, start + len("الريحان"), "LOCATION")]


def test_words_dragged_over_are_labelled(qtbot: QtBot, bench: Workbench) -> None:
    text = bench.bridge.session.document.text
    start, end = text.index("تل الريحان"), text.index("تل الريحان") + len("تل الريحان")
    viewport = bench.window.canvas.viewport()
    qtbot.mousePress(viewport, LEFT, pos=point(bench, start))
    for offset in (start + 4, end):
        drag(viewport, point(bench, offset))
    qtbot.mouseRelease(viewport, LEFT, pos=point(bench, end))
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    assert marks(bench) == [(start, end, "LOCATION")]
