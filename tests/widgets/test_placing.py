"""Looking places up by keyboard alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.model.annotation import Attribute
from tests.widgets.asking import click, mark
from tests.widgets.hands import press
from widgets.workbench import Workbench

Key, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
OFFSET = 0 if sys.platform == "win32" else 8
P = 25 + OFFSET
on_a_pc = pytest.mark.skipif(sys.platform == "darwin", reason="macOS gives virtual keys, tests/widgets/test_keys.py")


@pytest.fixture
def news(open_bench: Callable[..., Workbench], tmp_path: Path) -> Workbench:
    """The window on an article that names places."""
    path = tmp_path / "news.txt"
    path.write_text("وصل الوفد إلى الموصل قادماً من طرابلس ثم بيروت.\nقال المتحدث.\n", encoding="utf-8")
    bench = open_bench(path)
    bench.bridge.session.set_annotator("A1")
    return bench


def said(bench: Workbench, span: str) -> dict[str, str]:
    """What a span says, one value a name."""
    return {name: value for name, value, _source in bench.bridge.session.annotations.spans[span].attributes}


OPENERS: dict[str, Callable[[], None]] = {
    "P": lambda: click(Key.Key_P),
    "its key in an Arabic layout": lambda: press(QApplication.focusWidget(), 0x62D, "ح", P),
    "Ctrl+G": lambda: click(Key.Key_G, CONTROL),
}


@pytest.mark.parametrize("opener", OPENERS.values(), ids=OPENERS)
def test_a_place_is_looked_up_and_written_in_one_step(news: Workbench, opener: Callable[[], None]) -> None:
    span = mark(news, "الموصل", "LOCATION")
    lookup = news.window.inspector.card.lookup
    opener()
    assert QApplication.focusWidget() is lookup.field
    assert lookup.field.text() == "الموصل"
    press(lookup.field, 0x661, "١")
    assert said(news, span)["name"] == "الموصل"
    assert said(news, span)["geonames_id"] == "99072"
    assert said(news, span)["kind"] == "city"
    assert {attribute.source for attribute in news.bridge.session.annotations.spans[span].attributes} == {"gazetteer"}
    assert lookup.isHidden() and news.window.canvas.hasFocus()
    assert news.window.canvas.focused_span() == span
    news.bridge.undo()
    assert said(news, span) == {}


def test_what_is_looked_up_from_the_form_comes_back_to_it(news: Workbench) -> None:
    span = mark(news, "الموصل", "LOCATION")
    form = news.window.inspector.card.form
    row = form.row("latitude")
    row.field.setFocus()
    click(Key.Key_G, CONTROL)
    click(Key.Key_Escape)
    assert QApplication.focusWidget() is row.field and said(news, span) == {}
    click(Key.Key_G, CONTROL)
    click(Key.Key_Return)
    assert QApplication.focusWidget() is row.field
    assert row.field.text().startswith("36.")
    assert "list of places" in row.field.accessibleName()


def test_another_name_is_typed_and_arrows_choose(news: Workbench) -> None:
    span = mark(news, "الموصل", "LOCATION")
    lookup = news.window.inspector.card.lookup
    click(Key.Key_P)
    for letter in "بيروت":
        press(lookup.field, ord(letter), letter)
    first = lookup.list.offers[0].name
    click(Key.Key_Down)
    click(Key.Key_Up)
    assert "بيروت" in first and lookup.field.accessibleDescription().startswith("1: ")
    click(Key.Key_Enter)
    assert said(news, span)["name"] == "بيروت"


def test_a_name_that_is_in_no_list_is_said_to_be(news: Workbench) -> None:
    span = mark(news, "المتحدث", "LOCATION")
    lookup = news.window.inspector.card.lookup
    click(Key.Key_P)
    lookup.field.setText("")
    for letter in "ضضضض":
        press(lookup.field, ord(letter), letter)
    assert lookup.list.offers == []
    click(Key.Key_1)
    click(Key.Key_Return)
    assert said(news, span) == {} and not lookup.isHidden()


def test_places_of_the_countries_in_the_article_come_first(news: Workbench) -> None:
    mark(news, "بيروت", "LOCATION")
    mark(news, "طرابلس", "LOCATION")
    lookup = news.window.inspector.card.lookup
    click(Key.Key_P)
    assert "Lebanon" in lookup.list.offers[0].about
    assert any("Libya" in offer.about for offer in lookup.list.offers)


def test_a_label_that_asks_for_no_place_is_not_looked_up(news: Workbench) -> None:
    mark(news, "المتحدث", "ACTOR")
    click(Key.Key_P)
    assert news.window.inspector.card.lookup.isHidden()
    assert "Actor" in news.window.status.message.text()
    assert news.window.inspector.card.look_up.isHidden() or not news.window.inspector.card.look_up.isVisible()


def test_what_the_gazetteer_does_not_know_of_a_place_goes(news: Workbench) -> None:
    span = mark(news, "الموصل", "LOCATION")
    form = news.window.inspector.card.form
    form.answered.emit((span,), "precision", ("approximate",))
    click(Key.Key_P)
    click(Key.Key_1)
    assert Attribute("precision", "approximate") not in news.bridge.session.annotations.spans[span].attributes


def test_the_gazetteer_is_not_read_before_a_place_is_looked_up(tmp_path: Path) -> None:
    told = "import sys, widgets.workbench; print('app.places' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], stdout=subprocess.PIPE, check=True, text=True)
    assert done.stdout.strip() == "False"
