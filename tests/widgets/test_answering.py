"""Answering without the mouse: one behaviour of the form at a time, by real keys in Arabic and Latin layouts."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.edit import attributes
from app.edit.commands import Desk, begun
from app.edit.steps import Step
from app.model.annotation import Attribute, Change
from tests.widgets.asking import click, field, form_of, hand, let_ask, mark, said, write
from tests.widgets.hands import press
from widgets.panels.beside import BesideLayout
from widgets.panels.choice_field import ChoiceField
from widgets.panels.line_field import LineField
from widgets.panels.text_block import TextBlock
from widgets.workbench import Workbench

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
OFFSET = 0 if sys.platform == "win32" else 8
K, Z = 37 + OFFSET, 44 + OFFSET
on_a_pc = pytest.mark.skipif(sys.platform == "darwin", reason="macOS gives virtual keys, tests/widgets/test_keys.py")


@pytest.fixture
def asked(bench: Workbench) -> Workbench:
    """The window on the short article, whose schema asks every kind of question."""
    return let_ask(bench)


def test_enter_opens_the_first_answer_that_is_missing(asked: Workbench) -> None:
    mark(asked, "12 مدنياً", "CASUALTY")
    click(Key.Key_Return)
    assert hand() is field(asked, "outcome")


def test_enter_opens_the_first_question_where_none_is_required(asked: Workbench) -> None:
    mark(asked, "تل الريحان", "LOCATION")
    click(Key.Key_Return)
    assert hand() is field(asked, "name")


LAYOUTS: dict[str, Callable[[], None]] = {
    "its letter": lambda: click(Key.Key_K),
    "its letter held with Shift": lambda: click(Key.Key_K, SHIFT),
    "its place on the keyboard": lambda: press(QApplication.focusWidget(), 0x646, "ن", K),
    "its place without a code": lambda: press(QApplication.focusWidget(), 0x646, "ن"),
}


@pytest.mark.parametrize("gesture", LAYOUTS.values(), ids=LAYOUTS)
def test_a_key_answers_in_any_layout_and_goes_on(asked: Workbench, gesture: Callable[[], None]) -> None:
    span = mark(asked, "12 مدنياً", "CASUALTY")
    click(Key.Key_Return)
    gesture()
    assert said(asked, span)["outcome"] == ("killed",)
    assert hand() is field(asked, "count_text")
    asked.bridge.undo()
    assert "outcome" not in said(asked, span)


@pytest.mark.parametrize(("key", "text"), [(Key.Key_1, "1"), (0x661, "١")])
def test_a_digit_answers_what_has_no_letter(asked: Workbench, key: int, text: str) -> None:
    span = mark(asked, "12 مدنياً", "CASUALTY")
    click(Key.Key_Return)
    press(QApplication.focusWidget(), key, text)
    assert said(asked, span)["outcome"] == ("missing",)


def test_letters_of_the_form_are_no_commands(asked: Workbench) -> None:
    span = mark(asked, "12 مدنياً", "CASUALTY")
    click(Key.Key_Return)
    before = asked.bridge.session.annotations
    for key in (Key.Key_F, Key.Key_S, Key.Key_X, Key.Key_9, Key.Key_Delete, Key.Key_BracketLeft):
        click(key)
    assert asked.bridge.session.annotations == before
    assert asked.window.canvas.focused_span() == span


def test_arrows_and_tab_walk_the_questions(asked: Workbench) -> None:
    mark(asked, "12 مدنياً", "CASUALTY")
    click(Key.Key_Return)
    click(Key.Key_Down)
    click(Key.Key_Tab)
    assert hand() is field(asked, "count_min")
    click(Key.Key_Up)
    click(Key.Key_Tab, SHIFT)
    assert hand() is field(asked, "outcome")


@pytest.mark.parametrize("typed", ["1500", "١٥٠٠", "۱۵۰۰", "1,500", " ١٬٥٠٠ "])
def test_a_number_is_written_in_any_digits(asked: Workbench, typed: str) -> None:
    span = mark(asked, "12 مدنياً", "CASUALTY")
    form_of(asked).row("count_min").field.setFocus()
    write(typed)
    click(Key.Key_Return)
    assert said(asked, span)["count_min"] == ("1500",)
    assert hand() is field(asked, "count_best")


@pytest.mark.parametrize(
    ("name", "label", "wrong"), [("count_min", "CASUALTY", "-3"), ("count_min", "CASUALTY", "عشرة")]
)
def test_a_wrong_answer_stays_in_sight_and_is_not_kept(asked: Workbench, name: str, label: str, wrong: str) -> None:
    span = mark(asked, "12 مدنياً", label)
    row = form_of(asked).row(name)
    row.field.setFocus()
    write(wrong)
    click(Key.Key_Return)
    assert hand() is row.field and row.is_faulty
    click(Key.Key_Tab)
    assert name not in said(asked, span)
    assert row.field.text() == wrong and row.is_faulty
    row.field.setFocus()
    click(Key.Key_Escape)
    assert asked.window.canvas.hasFocus()
    assert wrong in asked.window.status.message.text()
    assert not row.field.text() and not row.is_faulty


def test_escape_keeps_what_is_written_and_goes_back_to_the_text(asked: Workbench) -> None:
    span = mark(asked, "تل الريحان", "LOCATION")
    click(Key.Key_Return)
    write("Tall")
    click(Key.Key_Escape)
    assert asked.window.canvas.hasFocus()
    assert said(asked, span) == {"name": ("Tall",)}
    assert asked.window.canvas.focused_span() == span


def test_a_click_elsewhere_keeps_what_is_written(asked: Workbench) -> None:
    span = mark(asked, "تل الريحان", "LOCATION")
    click(Key.Key_Return)
    write("Tall")
    asked.window.articles.search.setFocus()
    assert said(asked, span) == {"name": ("Tall",)}


def test_undo_is_that_of_the_article_until_something_is_being_written(asked: Workbench) -> None:
    span = mark(asked, "تل الريحان", "LOCATION")
    click(Key.Key_Return)
    write("Tall")
    click(Key.Key_Return)
    click(Key.Key_Z, CONTROL)
    assert said(asked, span) == {}
    assert not field(asked, "name").text()  # type: ignore[attr-defined]
    click(Key.Key_Z, CONTROL | SHIFT)
    assert said(asked, span) == {"name": ("Tall",)}
    write("7")
    click(Key.Key_Z, CONTROL)
    assert not hand().text()  # type: ignore[attr-defined]
    assert said(asked, span) == {"name": ("Tall",)}


@on_a_pc
def test_undo_is_where_its_key_is_in_an_arabic_layout(asked: Workbench) -> None:
    span = mark(asked, "تل الريحان", "LOCATION")
    click(Key.Key_Return)
    write("Tall")
    click(Key.Key_Return)
    press(QApplication.focusWidget(), 0x626, "\x1a", Z, CONTROL)
    assert said(asked, span) == {}


def test_a_question_comes_with_its_condition_and_the_hand_stays(asked: Workbench) -> None:
    span = mark(asked, "12 مدنياً", "CASUALTY")
    click(Key.Key_Return)
    assert form_of(asked).row("who").isHidden()
    click(Key.Key_K)
    assert not form_of(asked).row("who").isHidden()
    form_of(asked).row("who").field.setFocus()
    click(Key.Key_C)
    click(Key.Key_M)
    assert said(asked, span)["who"] == ("civilians", "medics")
    assert hand() is field(asked, "who")
    for _step in range(3):
        asked.bridge.undo()
    assert form_of(asked).row("who").isHidden()
    assert hand() is field(asked, "approximate")


def test_what_a_rule_read_is_said_until_a_person_keeps_it(asked: Workbench) -> None:
    span = mark(asked, "12 مدنياً", "CASUALTY")
    rule = attributes.set_attributes(span, {"count_min": ("12",), "approximate": ("no",)}, "rule")
    asked.bridge.do(rule, asked.window.canvas.place())
    asked.window.inspector.catch_up()
    number, choice = field(asked, "count_min"), field(asked, "approximate")
    for one in (number, choice):
        assert "read from the text" in one.toolTip()  # type: ignore[attr-defined]
        assert "read from the text" in one.accessibleName()  # type: ignore[attr-defined]
        one.setFocus()  # type: ignore[attr-defined]
        click(Key.Key_Return)
        assert "read from the text" not in one.accessibleName()  # type: ignore[attr-defined]
    assert Attribute("count_min", "12", "manual") in asked.bridge.session.annotations.spans[span].attributes
    assert Attribute("approximate", "no", "manual") in asked.bridge.session.annotations.spans[span].attributes


def test_what_is_being_written_outlives_a_change_from_elsewhere(asked: Workbench) -> None:
    span = mark(asked, "12 مدنياً", "CASUALTY")
    row = form_of(asked).row("count_text")
    row.field.setFocus()
    write("at least")
    click(Key.Key_Left)
    asked.bridge.do(attributes.set_attribute([span], "outcome", ("killed",)), asked.window.canvas.place())
    asked.window.inspector.catch_up()
    assert form_of(asked).row("count_text") is row
    assert (row.field.text(), row.field.cursorPosition()) == ("at least", 7)
    assert hand() is row.field


def test_what_the_schema_does_not_know_is_kept_and_can_be_taken_away(asked: Workbench) -> None:
    span = mark(asked, "تل الريحان", "LOCATION")

    def imported(desk: Desk) -> Step:
        before = desk.annotations.spans[span]
        came = (Attribute("latitude", "north", "import"), Attribute("mood", "grey", "import"))
        change = Change(desk.document.id, (before,), (before._replace(attributes=came),))
        return begun(desk, "import", change, desk.place)

    asked.bridge.do(imported, asked.window.canvas.place())
    asked.window.inspector.catch_up()
    assert form_of(asked).questions.unknown == ("mood",)
    assert form_of(asked).row("latitude").is_faulty
    (button,) = [one for one in form_of(asked).findChildren(QToolButton) if "mood" in one.accessibleName()]
    button.click()
    assert said(asked, span) == {"latitude": ("north",)}


def test_a_span_that_goes_gives_the_keyboard_back(asked: Workbench) -> None:
    mark(asked, "تل الريحان", "LOCATION")
    click(Key.Key_Return)
    click(Key.Key_Z, CONTROL)
    asked.window.inspector.catch_up()
    assert asked.bridge.session.annotations.spans == {}
    assert asked.window.canvas.hasFocus()


def test_a_text_runs_in_its_own_direction(asked: Workbench) -> None:
    mark(asked, "تل الريحان", "LOCATION")
    line = field(asked, "name")
    assert isinstance(line, LineField)
    line.setText("تل الريحان UN")
    assert line.layoutDirection() == Qt.LayoutDirection.RightToLeft
    line.setText("Tall (UN)")
    assert line.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert line.alignment() & Qt.AlignmentFlag.AlignLeft


def test_many_choices_unfold_under_the_keyboard_only(asked: Workbench) -> None:
    span = mark(asked, "المتحدث", "ACTOR")
    kind = form_of(asked).row("kind").field
    folded = kind.heightForWidth(240)
    click(Key.Key_Return)
    assert hand() is kind
    assert kind.heightForWidth(240) > 3 * folded
    click(Key.Key_B)
    assert said(asked, span)["kind"] == ("media",)
    assert kind.heightForWidth(240) == folded


def test_arrows_reach_every_choice(asked: Workbench) -> None:
    span = mark(asked, "12 مدنياً", "CASUALTY")
    click(Key.Key_Return)
    click(Key.Key_Right)
    click(Key.Key_Right)
    click(Key.Key_Return)
    assert said(asked, span)["outcome"] == ("missing",)
    asked.window.inspector.card.form.row("outcome").field.setFocus()
    click(Key.Key_Delete)
    assert "outcome" not in said(asked, span)


def test_a_key_of_an_attribute_leads_to_it(asked: Workbench) -> None:
    mark(asked, "12 مدنياً", "CASUALTY")
    click(Key.Key_Return)
    click(Key.Key_N)
    assert hand() is field(asked, "count_min")


def test_a_key_held_down_answers_once(asked: Workbench) -> None:
    span = mark(asked, "12 مدنياً", "CASUALTY")
    click(Key.Key_Return)
    click(Key.Key_K)
    for _time in range(3):
        held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_K, Qt.KeyboardModifier.NoModifier, "k", True)
        QApplication.sendEvent(QApplication.focusWidget(), held)
    assert said(asked, span) == {"outcome": ("killed",)}
    assert hand() is field(asked, "count_text")
    assert not field(asked, "count_text").text()  # type: ignore[attr-defined]


def test_the_mouse_answers_and_takes_back(asked: Workbench) -> None:
    span = mark(asked, "12 مدنياً", "CASUALTY")
    QApplication.processEvents()
    outcome = field(asked, "outcome")
    assert isinstance(outcome, ChoiceField)
    places = [rect.center().toPoint() for rect in outcome._places(outcome.width())]
    QTest.mouseClick(outcome, Qt.MouseButton.LeftButton, pos=places[1])
    assert said(asked, span) == {"outcome": ("injured",)}
    QTest.mouseClick(outcome, Qt.MouseButton.LeftButton, pos=places[0])
    assert said(asked, span) == {"outcome": ("killed",)}
    QTest.mouseClick(outcome, Qt.MouseButton.LeftButton, pos=places[0])
    assert said(asked, span) == {}


def test_the_click_that_unfolds_many_choices_picks_none(asked: Workbench) -> None:
    span = mark(asked, "المتحدث", "ACTOR")
    QApplication.processEvents()
    kind = field(asked, "kind")
    assert isinstance(kind, ChoiceField)
    QTest.mouseClick(kind, Qt.MouseButton.LeftButton)
    assert said(asked, span) == {} and kind.hasFocus()
    QApplication.processEvents()
    rebels = list(kind._places(kind.width()))[1]
    QTest.mouseClick(kind, Qt.MouseButton.LeftButton, pos=rebels.center().toPoint())
    assert said(asked, span) == {"kind": ("rebels",)}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_language_changes_under_the_form(asked: Workbench, language: str) -> None:
    mark(asked, "12 مدنياً", "CASUALTY")
    asked.house.use_language(language)
    asked.window.inspector.catch_up()
    outcome = field(asked, "outcome")
    assert ("قتلى" if language == "ar" else "Killed") in outcome.accessibleDescription()  # type: ignore[attr-defined]
    assert ("النتيجة" if language == "ar" else "Outcome") in outcome.accessibleName()  # type: ignore[attr-defined]
    form_of(asked).answered.emit(form_of(asked).questions.of, "count_min", ("12",))
    asked.window.inspector.catch_up()
    assert field(asked, "count_min").text() in ("12", "١٢")  # type: ignore[attr-defined]


def test_an_unknown_choice_does_not_fold_the_others_away(asked: Workbench) -> None:
    span = mark(asked, "12 مدنياً", "CASUALTY")

    def imported(desk: Desk) -> Step:
        before = desk.annotations.spans[span]
        came = (Attribute("outcome", "drowned", "import"),)
        return begun(
            desk, "import", Change(desk.document.id, (before,), (before._replace(attributes=came),)), desk.place
        )

    asked.bridge.do(imported, asked.window.canvas.place())
    asked.window.inspector.catch_up()
    row = form_of(asked).row("outcome")
    assert row.is_faulty and "drowned" in row.field.accessibleName()
    row.field.setFocus()
    click(Key.Key_K)
    assert said(asked, span) == {"outcome": ("killed",)} and not row.is_faulty


class Counting(TextBlock):
    """Text that counts how often it is asked for its height."""

    asked = 0

    def heightForWidth(self, width: int) -> int:
        self.asked += 1
        return super().heightForWidth(width)


def test_a_name_and_its_field_are_asked_for_their_height_once_until_one_of_them_changes(qtbot: QtBot) -> None:
    row = QWidget()
    qtbot.addWidget(row)
    pair, name = BesideLayout(row), Counting(row)
    pair.addWidget(name)
    pair.addWidget(QLineEdit(row))
    name.setText("سطر")
    low = [pair.heightForWidth(400) for _ in range(50)][-1]
    assert name.asked == 1
    name.setText("سطر\nوسطر\nوسطر\nوسطر\nوسطر")
    assert pair.heightForWidth(400) > low
