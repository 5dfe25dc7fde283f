"""The shape of a span by hand: its edges, its clitics, its pieces, and the brush."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.edit import links
from tests.widgets.hands import labelled, marks, point, press, select
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
OFFSET = 0 if sys.platform == "win32" else 8
OPEN, CLOSE, X, J, R, TWO = 26 + OFFSET, 27 + OFFSET, 45 + OFFSET, 36 + OFFSET, 19 + OFFSET, 3 + OFFSET
on_a_pc = pytest.mark.skipif(sys.platform == "darwin", reason="macOS gives virtual keys, tests/widgets/test_keys.py")

# What the keys [ and ] send, alone and with Shift, in three layouts.
LAYOUTS = {
    "English": ((ord("["), "["), (ord("]"), "]"), (ord("{"), "{"), (ord("}"), "}")),
    "Arabic": ((ord("ج"), "ج"), (ord("د"), "د"), (ord("<"), "<"), (ord(">"), ">")),
    "French": ((Qt.Key.Key_Dead_Circumflex, ""), (ord("$"), "$"), (Qt.Key.Key_Dead_Diaeresis, ""), (ord("£"), "£")),
}


def covered(bench: Workbench) -> list[str]:
    """What each span says, in reading order."""
    text = bench.bridge.session.document.text
    return [text[start:end] for start, end, _label in marks(bench)]


@on_a_pc
@pytest.mark.parametrize("layout", LAYOUTS)
def test_brackets_grow_a_span_and_with_shift_shrink_it(bench: Workbench, layout: str) -> None:
    canvas = bench.window.canvas
    labelled(bench, "تل الريحان")
    start, end, start_held, end_held = LAYOUTS[layout]
    press(canvas, *start, OPEN)
    assert covered(bench) == ["في تل الريحان"]
    press(canvas, *start_held, OPEN, SHIFT)
    assert covered(bench) == ["تل الريحان"]
    press(canvas, *end, CLOSE)
    assert covered(bench)[0].startswith("تل الريحان.\nووصلت")
    press(canvas, *end_held, CLOSE, SHIFT)
    assert covered(bench) == ["تل الريحان"]
    bench.commands.run("undo")
    assert covered(bench)[0].startswith("تل الريحان.\nووصلت")


@on_a_pc
def test_brackets_with_ctrl_move_an_edge_by_a_letter(bench: Workbench) -> None:
    canvas = bench.window.canvas
    labelled(bench, "الريحان")
    press(canvas, ord("["), "", OPEN, CONTROL | SHIFT)
    assert covered(bench) == ["لريحان"]
    press(canvas, ord("["), "", OPEN, CONTROL)
    assert covered(bench) == ["الريحان"]
    press(canvas, ord("]"), "", CLOSE, CONTROL | SHIFT)
    assert covered(bench) == ["الريحا"]
    press(canvas, ord("]"), "", CLOSE, CONTROL)
    assert covered(bench) == ["الريحان"]


def test_a_layout_without_codes_still_has_brackets_where_arabic_has_jeem_and_dal(bench: Workbench) -> None:
    labelled(bench, "الريحان")
    press(bench.window.canvas, ord("ج"), "ج")
    assert covered(bench) == ["تل الريحان"]


@on_a_pc
@pytest.mark.parametrize("key", [(Qt.Key.Key_X, "x"), (ord("ء"), "ء")], ids=["English", "Arabic"])
def test_x_goes_through_the_clitics_of_a_word_and_back(bench: Workbench, key: tuple[int, str]) -> None:
    labelled(bench, "الميناء")
    press(bench.window.canvas, *key, X)
    assert covered(bench) == ["ميناء"]
    press(bench.window.canvas, *key, X)
    assert covered(bench) == ["الميناء"]


def test_a_word_without_clitics_says_so(bench: Workbench) -> None:
    labelled(bench, "أمس")
    bench.commands.run("clitics")
    assert covered(bench) == ["أمس"]
    assert bench.window.status.message.text()


@on_a_pc
@pytest.mark.parametrize("key", [(Qt.Key.Key_J, "j"), (ord("ت"), "ت")], ids=["English", "Arabic"])
def test_j_adds_what_is_selected_to_the_span_that_was_in_focus(bench: Workbench, key: tuple[int, str]) -> None:
    labelled(bench, "سفينة", "ACTOR")
    select(bench, "204")
    press(bench.window.canvas, *key, J)
    text = bench.bridge.session.document.text
    (span,) = bench.bridge.session.annotations.spans.values()
    assert [text[start:end] for start, end in span.fragments] == ["سفينة", "204"]
    assert bench.window.canvas.focused_span() == span.id
    bench.commands.run("undo")
    assert covered(bench) == ["سفينة"]


def test_a_piece_is_taken_out_in_the_inspector(qtbot: QtBot, bench: Workbench) -> None:
    labelled(bench, "سفينة", "ACTOR")
    start, _end = select(bench, "204")
    bench.commands.run("add-fragment")
    bench.window.inspector.catch_up()
    parts = bench.window.inspector.card.parts
    assert parts.isVisible()
    qtbot.mouseClick([b for b in parts.findChildren(QToolButton) if b.isVisible()][1], LEFT)
    (span,) = bench.bridge.session.annotations.spans.values()
    assert start not in [piece.start for piece in span.fragments]
    assert covered(bench) == ["سفينة"]
    bench.window.inspector.catch_up()
    assert not parts.isVisible()


def test_a_relation_is_shown_at_both_ends_leads_to_the_other_and_is_removed(qtbot: QtBot, bench: Workbench) -> None:
    head, child = labelled(bench, "المتحدث", "ACTOR"), labelled(bench, "الميناء")
    bench.bridge.do(links.link(head, child, "AT"), bench.window.canvas.place())
    parts = bench.window.inspector.card.parts
    for here, there in ((head, child), (child, head)):
        bench.window.canvas.focus_span(here)
        bench.window.inspector.catch_up()
        qtbot.mouseClick(next(b for b in parts.findChildren(QPushButton) if _is_relation(b)), LEFT)
        assert bench.window.canvas.focused_span() == there
    bench.window.inspector.catch_up()
    qtbot.mouseClick(next(b for b in parts.findChildren(QToolButton) if b.isVisible()), LEFT)
    assert not bench.bridge.session.annotations.relations
    bench.window.inspector.catch_up()
    assert not parts.isVisible()


def test_a_relation_of_long_spans_is_cut_at_its_end_and_told_whole(bench: Workbench) -> None:
    head, child = labelled(bench, "المتحدث", "ACTOR"), labelled(bench, "12 مدنياً قتلوا في تل الريحان")
    bench.bridge.do(links.link(head, child, "AT"), bench.window.canvas.place())
    bench.window.canvas.focus_span(head)
    bench.window.inspector.catch_up()
    QApplication.processEvents()
    way = next(b for b in bench.window.inspector.card.parts.findChildren(QPushButton) if _is_relation(b))
    assert way.fontMetrics().horizontalAdvance(way.text()) < way.width()
    assert "Location" not in way.text()
    assert "Location" in way.accessibleName()


def _is_relation(button: QPushButton) -> bool:
    return button.objectName() == "relation" and button.isVisible()


BRUSHES = {
    "Shift and the digit": lambda qtbot, bench: press(bench.window.canvas, ord("@"), "@", TWO, SHIFT),
    "Shift and an Arabic digit": lambda qtbot, bench: press(bench.window.canvas, 0x662, "٢", 0, SHIFT),
    "a double click on the chip": lambda qtbot, bench: qtbot.mouseDClick(
        bench.window.strip.chips.chip("LOCATION"), LEFT
    ),
}


@pytest.mark.parametrize("arm", BRUSHES.values(), ids=BRUSHES)
def test_an_armed_brush_labels_every_selection_until_escape(qtbot: QtBot, bench: Workbench, arm) -> None:  # type: ignore[no-untyped-def]
    canvas, text = bench.window.canvas, bench.bridge.session.document.text
    arm(qtbot, bench)
    assert bench.window.strip.chips.chip("LOCATION").armed
    for words in ("الريحان", "الميناء"):
        at = point(bench, text.index(words) + 3)
        qtbot.mouseDClick(canvas.viewport(), LEFT, pos=at)
        qtbot.mouseRelease(canvas.viewport(), LEFT, pos=at)
        QApplication.processEvents()
    assert covered(bench) == ["الريحان", "الميناء"]
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert not bench.window.strip.chips.chip("LOCATION").armed
    at = point(bench, text.index("المتحدث") + 3)
    qtbot.mouseDClick(canvas.viewport(), LEFT, pos=at)
    QApplication.processEvents()
    assert len(marks(bench)) == 2


def test_a_brush_labels_what_the_keyboard_selected_when_shift_is_let_go(qtbot: QtBot, bench: Workbench) -> None:
    canvas = bench.window.canvas
    canvas.setFocus()
    bench.commands.brush.arm("ACTOR")
    qtbot.keyClick(canvas, Qt.Key.Key_Left, CONTROL | SHIFT)
    assert marks(bench) == []
    qtbot.keyRelease(canvas, Qt.Key.Key_Shift)
    QApplication.processEvents()
    assert covered(bench) == ["قال"]


@on_a_pc
@pytest.mark.parametrize("key", [(Qt.Key.Key_R, "r"), (ord("ق"), "ق")], ids=["English", "Arabic"])
def test_r_tab_and_enter_link_two_spans(qtbot: QtBot, bench: Workbench, key: tuple[int, str]) -> None:
    canvas = bench.window.canvas
    head, child = labelled(bench, "المتحدث", "ACTOR"), labelled(bench, "الميناء")
    canvas.focus_span(head)
    press(canvas, *key, R)
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    (relation,) = bench.bridge.session.annotations.relations.values()
    assert {relation.head, relation.child} == {head, child}
    bench.commands.run("undo")
    assert not bench.bridge.session.annotations.relations


def test_what_the_article_asks_for_by_the_mouse_is_done(bench: Workbench) -> None:
    canvas = bench.window.canvas
    head = labelled(bench, "المتحدث", "ACTOR")
    start, end = select(bench, "المتحدث إن")
    canvas.edges_asked.emit(head, start, end)
    assert covered(bench) == ["المتحدث إن"]
    child = labelled(bench, "الميناء")
    canvas.link_asked.emit(head, child)
    assert len(bench.bridge.session.annotations.relations) == 1
    canvas.focus_span(child)
    canvas.fragment_asked.emit(*select(bench, "أمس"))
    assert len(bench.bridge.session.annotations.spans[child].fragments) == 2
