"""Answering for several spans at once, and for the article."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt

from app.edit import attributes
from tests.widgets.asking import click, field, form_of, hand, let_ask, mark, said, write
from tests.widgets.hands import press
from widgets.workbench import Workbench

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
OFFSET = 0 if sys.platform == "win32" else 8
on_a_pc = pytest.mark.skipif(sys.platform == "darwin", reason="macOS gives virtual keys, tests/widgets/test_keys.py")


@pytest.fixture
def asked(bench: Workbench) -> Workbench:
    """The window on the short article, whose schema asks every kind of question."""
    return let_ask(bench)


def test_several_selected_spans_are_answered_in_one_step(asked: Workbench) -> None:
    first, second = mark(asked, "12 مدنياً", "CASUALTY"), mark(asked, "204", "CASUALTY")
    asked.bridge.do(attributes.set_attribute([first], "count_min", ("12",)), asked.window.canvas.place())
    asked.window.inspector.catch_up()
    view = asked.window.inspector.spans.view
    view.setFocus()
    click(Key.Key_Up, SHIFT)
    asked.window.inspector.catch_up()
    assert form_of(asked).questions.of == (first, second)
    assert field(asked, "count_min").placeholderText() == "several"  # type: ignore[attr-defined]
    click(Key.Key_Return)
    click(Key.Key_K)
    assert [said(asked, span)["outcome"] for span in (first, second)] == [("killed",), ("killed",)]
    asked.window.inspector.catch_up()
    assert form_of(asked).questions.of == (first, second)
    asked.bridge.undo()
    assert [said(asked, span).get("outcome") for span in (first, second)] == [None, None]


def test_spans_that_are_selected_stay_so_when_they_are_called_otherwise_and_back(asked: Workbench) -> None:
    spans = [mark(asked, words, "CASUALTY") for words in ("12 مدنياً", "204")]
    other = mark(asked, "تل الريحان", "LOCATION")
    inspector = asked.window.inspector
    for grouped in (False, True):
        inspector.spans.group.setChecked(grouped)
        inspector.spans.view.setFocus()
        asked.window.canvas.focus_span(spans[0])
        inspector.catch_up()
        inspector.spans._select_again(spans, spans[0])
        asked.commands.label("LOCATION")
        inspector.catch_up()
        assert sorted(inspector.chosen()) == sorted(spans)
        asked.bridge.undo()
        inspector.catch_up()
        assert sorted(inspector.chosen()) == sorted(spans)
    assert other not in inspector.chosen()


@on_a_pc
def test_every_span_is_selected_in_any_layout(asked: Workbench) -> None:
    spans = [mark(asked, words, "CASUALTY") for words in ("12 مدنياً", "204")]
    view = asked.window.inspector.spans.view
    view.setFocus()
    press(view, 0x634, "\x01", 30 + OFFSET, CONTROL)
    asked.window.inspector.catch_up()
    assert asked.window.inspector.chosen() == spans


def test_spans_of_two_labels_are_asked_what_both_are_asked(asked: Workbench) -> None:
    mark(asked, "12 مدنياً", "CASUALTY")
    mark(asked, "تل الريحان", "LOCATION")
    asked.window.inspector.spans.view.setFocus()
    click(Key.Key_A, CONTROL)
    asked.window.inspector.catch_up()
    assert len(form_of(asked).questions.of) == 2
    assert form_of(asked).rows() == []


def test_the_article_is_asked_too(asked: Workbench) -> None:
    click(Key.Key_F7)
    fields = asked.window.inspector.fields
    assert hand() is fields.form.row("source").field
    write("anba")
    click(Key.Key_Return)
    write("2026-13-1")
    click(Key.Key_Return)
    assert fields.form.row("event_date").is_faulty
    click(Key.Key_Escape)
    assert asked.window.canvas.hasFocus()
    assert [tuple(one) for one in asked.bridge.session.annotations.state.fields] == [("source", "anba")]


def test_f6_comes_to_the_questions_about_the_article_and_goes_on(asked: Workbench) -> None:
    mark(asked, "تل الريحان", "LOCATION")
    asked.window.canvas.setFocus()
    seen = []
    while not seen or (seen[-1] is not asked.window.canvas and len(seen) < 9):
        click(Key.Key_F6)
        seen.append(hand())
    assert asked.window.inspector.fields.head in seen
    assert seen[-1] is asked.window.canvas and len(set(map(id, seen))) == len(seen)
    click(Key.Key_F7)
    click(Key.Key_F6)
    assert hand() is not None and not asked.window.inspector.fields.isAncestorOf(hand())  # type: ignore[arg-type]


def test_where_spans_differ_it_is_said(asked: Workbench) -> None:
    first, second = mark(asked, "12 مدنياً", "CASUALTY"), mark(asked, "204", "CASUALTY")
    for span, outcome in ((first, "killed"), (second, "injured")):
        asked.bridge.do(attributes.set_attribute([span], "outcome", (outcome,)), asked.window.canvas.place())
    asked.window.inspector.spans.view.setFocus()
    click(Key.Key_A, CONTROL)
    asked.window.inspector.catch_up()
    assert "several" in form_of(asked).row("outcome")._name.text()
    assert "several values" in field(asked, "outcome").accessibleName()  # type: ignore[attr-defined]
