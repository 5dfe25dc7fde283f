"""Training data taken out in the window, from the menu to the files: what is chosen, lost, refused and stopped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.edit.attributes import set_attribute
from tests.widgets.hands import select
from widgets.pages.transfer.export_page import ExportPage
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
PATIENT = 20_000


def labelled(bench: Workbench) -> None:
    """One span with an attribute, so that there is something to export and something to lose."""
    select(bench, "12 مدنياً قتلوا")
    bench.commands.label("CASUALTY")
    span = bench.window.canvas.focused_span()
    bench.bridge.session.do(set_attribute([span], "outcome", ("killed",)), place=bench.window.canvas.place())


def opened(qtbot: QtBot, bench: Workbench, format: str = "doccano") -> ExportPage:
    """The page, asked for as from the menu, when it has looked through the project."""
    bench.window.actions_["export"].trigger()
    page = bench.exporting.page
    assert page is not None and page.isVisible()
    qtbot.waitUntil(lambda: page._outlook is not None, timeout=PATIENT)
    page.choose(format)
    return page


def exported(qtbot: QtBot, bench: Workbench, page: ExportPage) -> None:
    """Press Export and wait until that has ended."""
    qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not bench.exporting.running, timeout=PATIENT)


def said(bench: Workbench) -> list[str]:
    return [notice.text() for notice in bench.window.notices.shown()]


def test_what_a_format_would_lose_is_said_before_and_counted_after(qtbot: QtBot, bench: Workbench) -> None:
    labelled(bench)
    page = opened(qtbot, bench)
    answers = sum(len(span.attributes) for span in bench.bridge.session.annotations.spans.values())
    assert f"attributes: {answers}" in page._left.text() and "relations" in page._carries.text()
    page.choose("native")
    assert page._left.text() == "Nothing would be left out."
    page.choose("doccano")
    place = Path(page.form.place.text())
    assert place == bench.bridge.session.path.with_name("article-doccano.jsonl")
    exported(qtbot, bench, page)
    assert bench.exporting.page is None and bench.window.canvas.isVisible()
    entity = json.loads(place.read_text(encoding="utf-8"))["entities"][0]
    assert entity["label"] == "CASUALTY"
    told = said(bench)[0]
    assert (
        "1 article exported to" in told
        and f"attributes: {answers}" in told
        and "article-doccano.jsonl.report.jsonl" in told
    )
    report = place.with_name("article-doccano.jsonl.report.jsonl").read_text(encoding="utf-8").split("\n")
    assert "attributes" in {json.loads(line)["what"] for line in report if line}


def test_a_file_of_another_program_is_replaced_only_when_that_was_said(qtbot: QtBot, bench: Workbench) -> None:
    labelled(bench)
    page = opened(qtbot, bench)
    place = Path(page.form.place.text())
    place.write_text("mine", encoding="utf-8")
    exported(qtbot, bench, page)
    assert place.read_text(encoding="utf-8") == "mine"
    assert bench.exporting.page is page and page.replace.isVisible() and page.replace.hasFocus()
    assert "article-doccano.jsonl" in page._fault.text() and "--force" not in page._fault.text()
    qtbot.keyClick(page.replace, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not bench.exporting.running, timeout=PATIENT)
    assert "CASUALTY" in place.read_text(encoding="utf-8") and bench.exporting.page is None


def test_only_what_was_chosen_is_exported_and_nothing_chosen_is_no_export(qtbot: QtBot, bench: Workbench) -> None:
    labelled(bench)
    select(bench, "تل الريحان")
    bench.commands.label("LOCATION")
    page = opened(qtbot, bench)
    page.form.labels._buttons["CASUALTY"].click()
    wish = page.form.wish()
    assert wish and "CASUALTY" not in wish.labels and "LOCATION" in wish.labels
    assert (wish.statuses, wish.annotators) == ((), ())
    page.form.statuses._buttons["complete"].click()
    page.form.statuses._buttons["skipped"].click()
    wish = page.form.wish()
    assert wish and wish.statuses == ("in_progress",)
    page.form.statuses._buttons["in_progress"].click()
    assert page.form.wish() is None and not page.begin.isEnabled()
    page.form.statuses._buttons["in_progress"].click()
    exported(qtbot, bench, page)
    written = bench.bridge.session.path.with_name("article-doccano.jsonl").read_text(encoding="utf-8")
    assert [entity["label"] for entity in json.loads(written)["entities"]] == ["LOCATION"]


def test_parts_are_asked_for_in_words_that_are_checked_at_once(qtbot: QtBot, bench: Workbench) -> None:
    labelled(bench)
    page = opened(qtbot, bench)
    page.form.split.setEditText("80/30")
    assert not page.begin.isEnabled() and "80/30" in page._fault.text()
    page.form.split.setEditText("90/10")
    page.form.seed.setText("٧")
    page.form.set_place(Path("parts.jsonl"))
    wish = page.form.wish()
    assert wish and wish.cut.split == (90, 10) and wish.cut.seed == 7 and not page._fault.isVisible()
    exported(qtbot, bench, page)
    names = {path.name for path in bench.bridge.session.path.parent.glob("parts.*.jsonl")}
    assert {"parts.train.jsonl", "parts.test.jsonl"} <= names


def test_what_becomes_of_words_is_asked_for_formats_of_tokens_only(qtbot: QtBot, bench: Workbench) -> None:
    labelled(bench)
    page = opened(qtbot, bench)
    assert not page.form.alignment.isVisibleTo(page)
    page.choose("iob2")
    assert page.form.alignment.isVisibleTo(page)
    page.form.alignment.setCurrentIndex(page.form.alignment.findData("refuse"))
    wish = page.form.wish()
    assert wish and (wish.format, wish.alignment) == ("iob2", "refuse")


def test_before_anything_is_annotated_the_page_says_so(qtbot: QtBot, bench: Workbench) -> None:
    page = opened(qtbot, bench)
    assert "Nothing has been annotated yet" in page._left.text() and not page.begin.isEnabled()


def test_the_keyboard_alone_exports_and_goes_back(qtbot: QtBot, bench: Workbench) -> None:
    labelled(bench)
    page = opened(qtbot, bench)
    assert page.list.hasFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Escape)
    assert bench.exporting.page is None and bench.window.canvas.hasFocus()
    page = opened(qtbot, bench)
    qtbot.keyClick(page.list, Qt.Key.Key_Home)
    assert page.format.name == "native"
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.waitUntil(page.form.place.hasFocus)
    qtbot.keyClick(page.form.place, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not bench.exporting.running, timeout=PATIENT)
    assert bench.bridge.session.path.with_name("article-native.jsonl").exists()


def test_enter_presses_the_button_in_hand_and_ctrl_enter_exports_from_anywhere(qtbot: QtBot, bench: Workbench) -> None:
    labelled(bench)
    page = opened(qtbot, bench)
    place = Path(page.form.place.text())
    place.write_text("of another program", encoding="utf-8")
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.waitUntil(page.form.place.hasFocus)
    assert not bench.exporting.running
    page.form.choose.setFocus()
    qtbot.keyClick(page.form.choose, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.replace.hasFocus, timeout=PATIENT)
    qtbot.keyClick(page.replace, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bench.exporting.page is None, timeout=PATIENT)
    qtbot.waitUntil(lambda: "of another program" not in place.read_text(encoding="utf-8"), timeout=PATIENT)


def test_an_export_on_its_way_is_stopped_with_nothing_left_when_the_project_is_closed(
    qtbot: QtBot, bench: Workbench
) -> None:
    labelled(bench)
    page = opened(qtbot, bench)
    place = Path(page.form.place.text())
    page.begin.click()
    assert bench.exporting.running
    bench.close_project()
    assert not bench.exporting.running and bench.exporting.page is None
    left = [path.name for path in place.parent.iterdir() if ".part" in path.name]
    assert left == []


def test_the_report_of_an_export_leaves_the_next_page_the_room_and_what_went_wrong_stays(
    qtbot: QtBot, bench: Workbench
) -> None:
    labelled(bench)
    exported(qtbot, bench, opened(qtbot, bench))
    bench.window.notices.tell("The disk is full.", (), "error")
    assert len(said(bench)) == 2
    bench.window.actions_["import"].trigger()
    assert said(bench) == ["The disk is full."]
