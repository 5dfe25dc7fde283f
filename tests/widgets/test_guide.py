"""The guideline at hand: F2 on a label, with what the project has of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.model.schema import AttributeType, Choice, RelationType
from tests.widgets.hands import labelled, select
from widgets.panes import ARTICLES
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def ask(qtbot: QtBot, bench: Workbench) -> None:
    """Press F2 in the text."""
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_F2)
    QApplication.processEvents()


def said(bench: Workbench) -> str:
    return bench.window.guide._said.text()


def test_f2_explains_the_label_of_the_span_in_focus_and_follows_it(qtbot: QtBot, bench: Workbench) -> None:
    schema = bench.bridge.session.schema
    place, speaker = labelled(bench, "تل الريحان", "LOCATION"), labelled(bench, "المتحدث", "ACTOR")
    ask(qtbot, bench)
    assert bench.window.guide.isVisible() and not bench.window.articles.isVisible()
    assert said(bench) == schema.label("ACTOR").guidelines["en"]
    bench.window.canvas.focus_span(place)
    QApplication.processEvents()
    assert said(bench) == schema.label("LOCATION").guidelines["en"]
    hits = bench.window.guide.examples.hits
    assert [hits.hit(n).inside for n in range(hits.hits)] == ["تل الريحان"]
    assert speaker in bench.bridge.session.annotations.spans
    ask(qtbot, bench)
    assert bench.window.articles.isVisible() and bench.window.canvas.hasFocus()


def test_without_a_span_it_is_the_armed_label_then_the_one_used_last_then_the_first(
    qtbot: QtBot, bench: Workbench
) -> None:
    ask(qtbot, bench)
    assert bench.window.guide.label == bench.bridge.session.schema.labels[0].id
    ask(qtbot, bench)
    labelled(bench, "المتحدث", "ACTOR")
    select(bench, "الميناء")
    ask(qtbot, bench)
    assert bench.window.guide.label == "ACTOR"
    ask(qtbot, bench)
    bench.commands.brush.arm("QUOTE")
    ask(qtbot, bench)
    assert bench.window.guide.label == "QUOTE"


def test_it_says_what_is_asked_and_where_relations_may_lead(qtbot: QtBot, bench: Workbench) -> None:
    session = bench.bridge.session
    kind = AttributeType("kind", "choice", {"en": "Kind"}, choices=(Choice("a", {"en": "Army"}), Choice("b", {})))
    labels = tuple(
        replace(label, attributes=(kind,)) if label.id == "ACTOR" else label for label in session.schema.labels
    )
    links = (
        RelationType("AT", {"en": "At"}, heads=("ACTOR",), children=("LOCATION",)),
        RelationType("SAID_BY", {"en": "Said by"}, heads=("QUOTE",)),
    )
    session.schema = replace(session.schema, labels=labels, relations=links)
    labelled(bench, "المتحدث", "ACTOR")
    ask(qtbot, bench)
    assert bench.window.guide._asked.text() == "\u2022 \u2068Kind\u2069: Army, b"
    assert bench.window.guide._links.text() == "\u2022 \u2068At\u2069: Location"


def test_an_example_leads_to_its_place_and_the_mouse_to_other_labels(qtbot: QtBot, bench: Workbench) -> None:
    labelled(bench, "الميناء", "LOCATION")
    labelled(bench, "المتحدث", "ACTOR")
    ask(qtbot, bench)
    guide = bench.window.guide
    qtbot.mouseClick(guide._labels["LOCATION"], Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    index = guide.examples.hits.index_of(0)
    qtbot.mouseClick(
        guide.examples.viewport(), Qt.MouseButton.LeftButton, pos=guide.examples.visualRect(index).center()
    )
    start, end = bench.window.canvas.selection()
    assert bench.bridge.session.document.text[start:end] == "الميناء"
    assert bench.window.canvas.hasFocus()


def test_a_pane_that_was_hidden_comes_for_the_guideline_and_goes_with_it(qtbot: QtBot, bench: Workbench) -> None:
    bench.window.panes.wish(ARTICLES, False)
    ask(qtbot, bench)
    assert bench.window.guide.isVisible()
    ask(qtbot, bench)
    assert not bench.window.panes.is_shown(ARTICLES)
    assert not bench.window.guide.isVisible()
