"""The schema changed in the window, from the menu to the project: nothing is lost, and the article shows it at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.edit.attributes import set_attribute
from app.labels import shipped_schema
from app.model.schema_file import read_schema, schema_json
from tests.widgets.hands import labelled
from widgets.pages.schema.outline import LABEL, QUESTION
from widgets.pages.schema.outline import Path as Place
from widgets.pages.schema.page import SchemaPage
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def opened(bench: Workbench) -> SchemaPage:
    """The page, asked for as from the menu."""
    bench.window.actions_["schema"].trigger()
    page = bench.schema_editing.page
    assert page is not None and page.isVisible()
    return page


def test_a_renamed_label_and_attribute_take_their_spans_along_and_the_chips_follow(
    qtbot: QtBot, bench: Workbench
) -> None:
    session = bench.bridge.session
    harm = labelled(bench, "12 مدنياً قتلوا", "CASUALTY")
    session.do(set_attribute([harm], "outcome", ("killed",)), place=bench.window.canvas.place())
    page = opened(bench)
    page._visit(Place(LABEL, 0))
    form = page.forms[LABEL]
    form._id.setText("HARM")
    form._titles._fields["en"].setText("Harm")
    form.edited.emit()
    page._visit(Place(QUESTION, 0, 0))
    page.forms[QUESTION]._id.setText("fate")
    page.forms[QUESTION].edited.emit()
    qtbot.mouseClick(page._bars.apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bench.schema_editing.page is None)
    span = session.annotations.spans[harm]
    assert span.label == "HARM" and ("fate", "killed") in {(one.name, one.value) for one in span.attributes}
    assert bench.window.strip.chips.chip("HARM") and not bench.window.strip.chips.chip("CASUALTY")
    assert bench.schema_editing.page is None and bench.window.canvas.isVisible()
    assert bench.window.theme.look_of("HARM").name == "Harm"
    assert bench.window.canvas.focused_span() == harm


def test_a_label_taken_out_stays_on_its_spans_and_comes_back_with_it(qtbot: QtBot, bench: Workbench) -> None:
    session = bench.bridge.session
    place, before = labelled(bench, "تل الريحان", "LOCATION"), session.schema
    page = opened(bench)
    page._visit(Place(LABEL, 1))
    page.take_out()
    assert "1 span is called" in page._leaving.findChildren(QComboBox)[0].accessibleName()
    page.applied.emit(page.draft)
    assert session.annotations.spans[place].label == "LOCATION" and session.schema.label("LOCATION") is None
    assert bench.window.theme.look_of("LOCATION").name == "LOCATION"
    page = opened(bench)
    bench.schema_editing.read(_written(before, Path(session.path).with_name("before.json")))
    page.applied.emit(page.draft)
    assert bench.window.theme.look_of("LOCATION").name == "Location"
    assert session.annotations.spans[place].label == "LOCATION"


def test_keys_and_shortcuts_do_nothing_to_the_article_behind_the_page(qtbot: QtBot, bench: Workbench) -> None:
    session = bench.bridge.session
    labelled(bench, "المتحدث", "ACTOR")
    before = session.annotations
    page = opened(bench)
    for key, held in [
        (Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
    ]:
        qtbot.keyClick(page.outline, key, held)
    assert session.annotations == before and page.isVisible()


def test_a_faulty_file_is_refused_whole_with_every_fault_and_the_draft_stays(bench: Workbench, tmp_path: Path) -> None:
    page = opened(bench)
    before = page.draft
    schema = shipped_schema("plain")
    faulty = tmp_path / "faulty.json"
    faulty.write_bytes(schema_json(replace(schema, labels=tuple(replace(one, key="1") for one in schema.labels))))
    bench.schema_editing.read(faulty)
    assert page.draft == before and bench.window.notices.isVisible()
    bench.schema_editing.read(tmp_path / "nowhere.json")
    assert page.draft == before


def test_the_draft_goes_out_as_a_file_and_a_shipped_schema_comes_in(bench: Workbench, tmp_path: Path) -> None:
    page = opened(bench)
    page.shipped_asked.emit("wojood")
    assert len(page.draft.schema.labels) == 21
    bench.schema_editing.write(tmp_path / "out.json")
    assert read_schema((tmp_path / "out.json").read_bytes(), "out.json") == page.draft.schema
    bench.schema_editing.write(tmp_path)  # a folder cannot be written
    assert bench.window.notices.isVisible()
    page.cancelled.emit()
    assert len(bench.bridge.session.schema.labels) == 5 and bench.window.canvas.isVisible()


def test_the_preview_shows_the_article_by_the_draft(bench: Workbench) -> None:
    labelled(bench, "المتحدث", "ACTOR")
    page = opened(bench)
    preview = page.findChild(type(bench.window.canvas))
    page._visit(Place(LABEL, 2))
    page.forms[LABEL]._titles._fields["en"].setText("Somebody")
    page.forms[LABEL].edited.emit()
    QTest.qWait(250)
    assert preview.page.look.title_of("ACTOR") == "Somebody"
    assert bench.window.canvas.page.look.title_of("ACTOR") == "Actor"


def test_closing_the_project_closes_the_page(bench: Workbench) -> None:
    opened(bench)
    assert bench.close_project()
    assert bench.schema_editing.page is None


def _written(schema: object, path: Path) -> Path:
    path.write_bytes(schema_json(schema))  # type: ignore[arg-type]
    return path
