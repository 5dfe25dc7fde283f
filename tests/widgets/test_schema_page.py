"""The page on which a lead changes the schema: its forms, what is wrong with it, what becomes of spans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.edit import drafts
from app.edit.drafts import Draft
from app.labels import default_schema
from app.model.schema import PROBLEMS, AttributeType, Choice, Condition, Ink, Rules, Schema
from widgets.pages.schema.forms import BLOCKING
from widgets.pages.schema.outline import FIELD, LABEL, QUESTION, RELATION, SCHEMA, Path
from widgets.pages.schema.page import SchemaPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
USE = {"CASUALTY": 20, "LOCATION": 94}


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[SchemaPage]:
    around = QWidget()
    qtbot.addWidget(around)
    made = SchemaPage(drafts.begin(default_schema()), USE, [], False, QWidget(around), around)
    around.resize(1200, 800)
    around.show()
    yield made


def go(page: SchemaPage, *path: object) -> None:
    page._visit(Path(*path))


def line(page: SchemaPage, name: str) -> QLineEdit:
    """The field called `name` in the form that is shown."""
    return next(field for field in page._form().findChildren(QLineEdit) if field.accessibleName() == name)


def write(qtbot: QtBot, page: SchemaPage, name: str, text: str) -> None:
    field = line(page, name)
    field.selectAll()
    qtbot.keyClicks(field, text) if text else qtbot.keyClick(field, Qt.Key.Key_Delete)


def schema(page: SchemaPage) -> Schema:
    return page.draft.schema


def test_every_form_gives_back_the_value_it_was_shown(page: SchemaPage) -> None:
    before = schema(page)
    paths = [Path(SCHEMA), *(Path(LABEL, n) for n in range(len(before.labels)))]
    paths += [Path(QUESTION, n, k) for n, label in enumerate(before.labels) for k in range(len(label.attributes))]
    paths += [Path(RELATION, n) for n in range(len(before.relations))] + [Path(FIELD, n) for n in range(3)]
    for path in paths:
        go(page, *path)
        page._take()
        assert schema(page) == before, path


def test_what_is_written_in_a_form_is_in_the_draft_and_in_the_tree(qtbot: QtBot, page: SchemaPage) -> None:
    go(page, LABEL, 0)
    write(qtbot, page, "Name in files", "HARM")
    write(qtbot, page, "Longest, in words", "12")
    page.forms[LABEL]._overlap.click()
    label = schema(page).labels[0]
    assert (label.id, label.rules) == ("HARM", Rules(False, True, 12))
    assert page.draft.moves().labels == {"CASUALTY": "HARM"}
    assert "20 spans of \u2068CASUALTY\u2069 become \u2068HARM\u2069." in page._leaving.told()
    assert all("CASUALTY" not in one.heads for one in schema(page).relations)
    write(qtbot, page, "English", "Harm")
    assert page.outline.topLevelItem(1).child(0).text(0) == "Harm"
    assert page._bars.apply.isEnabled()


def test_an_attribute_is_made_with_choices_a_key_and_a_condition(qtbot: QtBot, page: SchemaPage) -> None:
    go(page, LABEL, 4)
    page.add(QUESTION)
    form = page.forms[QUESTION]
    write(qtbot, page, "Name in files", "tone")
    form._kind.setCurrentIndex(form._kind.findData("choice"))
    form._kind_chosen()
    form._choices.add()
    form._choices._table.item(1, 0).setText("harsh")
    form._choices._table.item(1, 3).setText("h")
    page.add(QUESTION)
    write(qtbot, page, "Name in files", "why")
    form._asked_when.setCurrentIndex(form._asked_when.findData("tone"))
    form._condition_chosen()
    form._values._buttons["harsh"].click()
    tone, why = schema(page).labels[4].attributes
    assert tone == AttributeType(
        "tone",
        "choice",
        {"en": "question_1"},
        choices=(Choice("choice_1", {"en": "choice_1"}), Choice("harsh", {"en": "choice_2"}, "h")),
    )
    assert why.shown_when == Condition("tone", ("harsh",))


def test_what_a_reader_would_refuse_is_said_and_cannot_be_used(qtbot: QtBot, page: SchemaPage) -> None:
    go(page, LABEL, 1)
    write(qtbot, page, "Key", "1")
    assert "The key 1 belongs to the label CASUALTY already." in page._faults.text()
    assert not page._bars.apply.isEnabled()
    write(qtbot, page, "Key", "7")
    assert not page._faults.isVisibleTo(page) and page._bars.apply.isEnabled()


def test_a_label_that_leaves_says_how_many_spans_have_it_and_what_they_may_become(page: SchemaPage) -> None:
    go(page, LABEL, 1)
    page.take_out()
    choice = page._leaving.findChildren(QComboBox)[0]
    assert choice.accessibleName() == "94 spans are called \u2068LOCATION\u2069."
    assert page.draft.dropped() == ["LOCATION"]
    choice.setCurrentIndex(choice.findData("ACTOR"))
    choice.activated.emit(choice.currentIndex())
    assert page.draft.moves().labels == {"LOCATION": "ACTOR"}
    assert page._leaving.isVisibleTo(page)
    go(page, LABEL, 2)
    page.take_out()  # nobody uses QUOTE: nothing is asked
    assert len(page._leaving.findChildren(QComboBox)) >= 1 and "QUOTE" in page.draft.dropped()


def test_things_change_places_and_the_hand_goes_with_them(page: SchemaPage) -> None:
    go(page, LABEL, 0)
    page.shift(1)
    assert [label.id for label in schema(page).labels][:2] == ["LOCATION", "CASUALTY"] and page._path == Path(LABEL, 1)
    go(page, QUESTION, 1, 8)
    page.shift(1)
    page.shift(-1)
    assert schema(page).labels[1].attributes[7].id == "certainty" and page._path == Path(QUESTION, 1, 7)
    page.take_out()
    assert "certainty" not in {one.id for one in schema(page).labels[1].attributes} and page._path == Path(LABEL, 1)
    for kind, count in ((RELATION, 8), (FIELD, 4)):
        page.add(kind)
        page.shift(-1)
        page.take_out()
        page.add(kind)
        assert isinstance(named := page.focusWidget(), QLineEdit) and named.selectedText() == named.text() != ""
        assert len(schema(page).relations if kind == RELATION else schema(page).fields) == count


def test_every_problem_that_can_block_has_a_name(page: SchemaPage) -> None:
    assert set(BLOCKING) == set(PROBLEMS)
    go(page, SCHEMA)
    page.forms[SCHEMA]._blocking._buttons["relation-missing"].click()
    assert schema(page).blocking == ("relation-missing",)


def test_what_is_used_is_the_draft_as_it_stands(qtbot: QtBot, page: SchemaPage) -> None:
    used: list[Draft] = []
    page.applied.connect(used.append)
    go(page, LABEL, 0)
    write(qtbot, page, "Name in files", "HARM")
    qtbot.mouseClick(page._bars.apply, Qt.MouseButton.LeftButton)
    assert used == [page.draft]


def test_a_colour_that_is_hard_to_read_or_like_another_labels_is_told_and_stays(
    page: SchemaPage,
) -> None:
    form = page.forms[LABEL]
    go(page, LABEL, 0)
    assert form._faint.isHidden() and form._alike.isHidden()
    first, second, *others = schema(page).labels
    faint = replace(first, colour=Ink("#FFF3B0", "#FFFFFF", "#FFFFFF", "#000000"))
    form.show_value(faint, (faint, second, *others))
    assert not form._faint.isHidden() and form._alike.isHidden()
    twin = replace(first, colour=second.colour)
    form.show_value(twin, (twin, second, *others))
    assert form._faint.isHidden() and second.title("en") in form._alike.text() and not form._alike.isHidden()
    assert form.value().colour == second.colour
