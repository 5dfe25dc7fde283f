"""Links that say something: kinds and targets that the schema allows, a quote's speaker in three keys, going along."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.model.schema import RelationType
from tests.widgets.hands import labelled, press
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
on_a_pc = pytest.mark.skipif(sys.platform == "darwin", reason="macOS gives virtual keys, tests/widgets/test_keys.py")

OFFSET = 0 if sys.platform == "win32" else 8
KEY_R, KEY_O, KEY_M, KEY_C = 19 + OFFSET, 24 + OFFSET, 50 + OFFSET, 46 + OFFSET

SAID_BY = RelationType("SAID_BY", {"en": "Said by"}, heads=("QUOTE",), children=("ACTOR",), at_least=1)
CAUSED_BY = RelationType("CAUSED_BY", {"en": "Caused by"}, "c", ("CASUALTY",), ("ACTOR",))
SUFFERED_BY = RelationType("SUFFERED_BY", {"en": "Suffered by"}, "f", ("CASUALTY",), ("ACTOR",))
AT = RelationType("AT", {"en": "At"}, "t", ("CASUALTY", "ACTOR"), ("LOCATION",), at_most=1)
SAME_AS = RelationType("SAME_AS", {"en": "Same as"}, "m", same_label=True, symmetric=True)


@pytest.fixture
def bench(bench: Workbench) -> Workbench:
    """The window on an article, in a project whose schema has relations."""
    session = bench.bridge.session
    session.schema = replace(session.schema, relations=(SAID_BY, CAUSED_BY, SUFFERED_BY, AT, SAME_AS))
    bench._know_labels(session.schema)
    return bench


def links(bench: Workbench) -> set[tuple[str, str, str]]:
    """What is linked, how, to what."""
    return {(one.head, one.label, one.child) for one in bench.bridge.session.annotations.relations.values()}


def offered(bench: Workbench) -> list[str]:
    """The kinds that the bar offers, by their ids."""
    return list(bench.window.link_bar._types)


@on_a_pc
@pytest.mark.parametrize("key", [(Qt.Key.Key_R, "r"), (ord("ق"), "ق")], ids=["English", "Arabic"])
def test_a_quotes_speaker_takes_two_keys(qtbot: QtBot, bench: Workbench, key: tuple[int, str]) -> None:
    speaker = labelled(bench, "المتحدث", "ACTOR")
    labelled(bench, "سفينة", "ACTOR")
    quote = labelled(bench, "12 مدنياً قتلوا في تل الريحان", "QUOTE")
    press(bench.window.canvas, *key, KEY_R)
    assert offered(bench) == ["SAID_BY", "SAME_AS"] and bench.window.link_bar.isVisible()
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_Return)
    assert links(bench) == {(quote, "SAID_BY", speaker)}
    assert not bench.window.link_bar.isVisible() and bench.window.canvas.focused_span() == quote


@on_a_pc
def test_a_digit_links_to_the_span_of_that_number_in_any_layout(bench: Workbench) -> None:
    labelled(bench, "المتحدث", "ACTOR")
    ship = labelled(bench, "سفينة", "ACTOR")
    quote = labelled(bench, "12 مدنياً قتلوا في تل الريحان", "QUOTE")
    press(bench.window.canvas, Qt.Key.Key_R, "r", KEY_R)
    press(bench.window.canvas, ord("٢"), "٢", 3 + OFFSET)
    assert links(bench) == {(quote, "SAID_BY", ship)}


@on_a_pc
def test_a_letter_or_an_arrow_changes_the_kind_and_the_targets_with_it(qtbot: QtBot, bench: Workbench) -> None:
    canvas = bench.window.canvas
    place, speaker = labelled(bench, "تل الريحان", "LOCATION"), labelled(bench, "المتحدث", "ACTOR")
    harm = labelled(bench, "12 مدنياً قتلوا", "CASUALTY")
    press(canvas, Qt.Key.Key_R, "r", KEY_R)
    assert canvas.overlays.now.chosen == speaker and offered(bench)[:3] == ["CAUSED_BY", "SUFFERED_BY", "AT"]
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.overlays.now.chosen == place
    press(canvas, ord("ؤ"), "ؤ", KEY_C)
    assert canvas.overlays.now.chosen == speaker
    qtbot.keyClick(canvas, Qt.Key.Key_Up)
    qtbot.keyClick(canvas, Qt.Key.Key_Up)
    qtbot.keyClick(canvas, Qt.Key.Key_Up)
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert links(bench) == {(harm, "SUFFERED_BY", speaker)}
    press(canvas, Qt.Key.Key_R, "r", KEY_R)
    assert offered(bench)[0] == "SUFFERED_BY"


@on_a_pc
def test_what_was_chosen_last_comes_first(bench: Workbench) -> None:
    canvas = bench.window.canvas
    labelled(bench, "المتحدث", "ACTOR")
    ship = labelled(bench, "سفينة", "ACTOR")
    first, second = labelled(bench, "12 مدنياً", "QUOTE"), labelled(bench, "قتلوا", "QUOTE")
    canvas.focus_span(first)
    press(canvas, Qt.Key.Key_R, "r", KEY_R)
    press(canvas, Qt.Key.Key_2, "2", 3 + OFFSET)
    canvas.focus_span(second)
    press(canvas, Qt.Key.Key_R, "r", KEY_R)
    assert canvas.overlays.now.chosen == ship


def test_the_mouse_chooses_kind_and_target_in_the_bar(qtbot: QtBot, bench: Workbench) -> None:
    place, bar = labelled(bench, "تل الريحان", "LOCATION"), bench.window.link_bar
    labelled(bench, "المتحدث", "ACTOR")
    harm = labelled(bench, "12 مدنياً قتلوا", "CASUALTY")
    bench.commands.run("link")
    qtbot.mouseClick(bar._types["AT"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar._targets[place], Qt.MouseButton.LeftButton)
    assert links(bench) == {(harm, "AT", place)}
    bench.commands.run("link")
    assert "AT" not in offered(bench)  # it is at one place only
    qtbot.mouseClick(bar._close, Qt.MouseButton.LeftButton)
    assert not bar.isVisible() and not bench.window.canvas.is_linking()


def test_a_line_drawn_from_tag_to_tag_links_at_once_where_there_is_one_way_and_either_way_round(
    bench: Workbench,
) -> None:
    speaker = labelled(bench, "المتحدث", "ACTOR")
    quote = labelled(bench, "12 مدنياً قتلوا في تل الريحان", "QUOTE")
    bench.window.canvas.link_asked.emit(speaker, quote)
    assert links(bench) == {(quote, "SAID_BY", speaker)}


def test_a_line_drawn_where_there_are_several_ways_asks_which(qtbot: QtBot, bench: Workbench) -> None:
    speaker, harm = labelled(bench, "المتحدث", "ACTOR"), labelled(bench, "12 مدنياً قتلوا", "CASUALTY")
    labelled(bench, "سفينة", "ACTOR")
    bench.window.canvas.link_asked.emit(speaker, harm)
    assert not links(bench) and offered(bench) == ["CAUSED_BY", "SUFFERED_BY"]
    assert list(bench.window.link_bar._targets) == [speaker]
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_Down)
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_Return)
    assert links(bench) == {(harm, "SUFFERED_BY", speaker)}


def test_what_the_schema_does_not_allow_is_not_made_and_said(bench: Workbench) -> None:
    place = labelled(bench, "تل الريحان", "LOCATION")
    quote = labelled(bench, "12 مدنياً", "QUOTE")
    bench.window.canvas.link_asked.emit(quote, place)
    assert not links(bench) and not bench.window.link_bar.isVisible()
    assert "no relation between \u2068Quote\u2069 and \u2068Location\u2069." in bench.window.status.message.text()


@on_a_pc
def test_o_goes_to_the_other_end_and_back_and_m_along_the_mentions(bench: Workbench) -> None:
    canvas = bench.window.canvas
    names = [labelled(bench, word, "ACTOR") for word in ("المتحدث", "سفينة", "الميناء")]
    for head, child in pairwise(names):
        canvas.focus_span(head)
        canvas.link_asked.emit(head, child)
    assert len(links(bench)) == 2
    canvas.focus_span(names[0])
    QApplication.processEvents()
    bench.window.inspector.catch_up()
    rows = [button.text() for button in bench.window.inspector.card.parts.findChildren(QPushButton)]
    assert len(rows) == 2 and "Same as" in rows[0] and "الميناء" in rows[1]
    visited = []
    for scan in (KEY_O, KEY_O, KEY_O, KEY_M, KEY_M, KEY_M):
        press(canvas, 0, "", scan)
        visited.append(names.index(canvas.focused_span()))
    assert visited == [1, 2, 1, 2, 0, 1]
