"""Pages over pages: settings and keys may be looked at any time, and what was begun is found again as it was left."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.widgets.hands import labelled
from tests.widgets.test_importing import looked
from widgets.pages.schema.outline import LABEL
from widgets.pages.schema.outline import Path as Place
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Key = Qt.Key
PATIENT = 20_000


def ask(bench: Workbench, *ids: str) -> None:
    for id in ids:
        bench.window.actions_[id].trigger()


def test_a_schema_half_written_is_there_again_behind_settings_and_keys(qtbot: QtBot, bench: Workbench) -> None:
    ask(bench, "schema")
    page = bench.schema_editing.page
    page._visit(Place(LABEL, 0))
    name = page.forms[LABEL]._id
    name.setText("HARM")
    page.forms[LABEL].edited.emit()
    name.setFocus()
    ask(bench, "settings", "key-sheet")
    sheet, settings = bench.comforts.key_sheet.page, bench.comforts.preferences.page
    assert sheet.isVisible() and not settings.isVisible() and not page.isVisible()
    qtbot.keyClick(sheet.search, Key.Key_Escape)
    assert settings.isVisible() and settings.isAncestorOf(bench.window.focusWidget())
    qtbot.keyClick(bench.window.focusWidget(), Key.Key_Escape)
    assert page.isVisible() and name.text() == "HARM" and name.hasFocus()
    assert not bench.window.strip.isVisible()
    bench.schema_editing.close()
    assert bench.window.canvas.isVisible() and bench.window.strip.isVisible() and bench.window.canvas.hasFocus()


def test_an_export_keeps_what_is_chosen_also_where_settings_change_the_language(
    qtbot: QtBot, bench: Workbench, tmp_path: Path
) -> None:
    labelled(bench, "12 مدنياً قتلوا", "CASUALTY")
    ask(bench, "export")
    page = bench.exporting.page
    qtbot.waitUntil(lambda: page._outlook is not None, timeout=PATIENT)
    page.choose("iob2")
    page.form.set_place(tmp_path / "mine.iob2")
    page.form.split.setCurrentText("70/20/10")
    page.form.seed.setText("7")
    page.form.alignment.setCurrentIndex(1)
    page.form.licence.setText("CC0")
    page.form.labels.choose(["CASUALTY"])
    before = page.form.wish()
    ask(bench, "settings")
    bench.comforts.preferences.edit("language", "ar")
    bench.comforts.preferences.edit("theme", "dark")
    assert bench.comforts.preferences.page.isVisible()
    bench.comforts.preferences.close()
    page = bench.exporting.page
    assert page.isVisible() and page.begin.text() == "تصدير" and page.begin.isEnabled()
    assert page.form.wish() == before and before.labels == ("CASUALTY",) and before.cut.seed == 7


def test_files_to_be_imported_keep_how_they_are_to_be_taken(qtbot: QtBot, bench: Workbench, tmp_path: Path) -> None:
    old = tmp_path / "old.txt"
    old.write_bytes("وصلت السفينة إلى الميناء أمس".encode("windows-1256"))
    ask(bench, "import")
    bench.importing.open([old])
    looked(qtbot, bench.importing.page)
    page = bench.importing.page
    page._files[0].wishes = page._files[0].wishes._replace(duplicates="keep")
    ask(bench, "settings")
    bench.comforts.preferences.edit("language", "ar")
    bench.comforts.preferences.close()
    page = bench.importing.page
    looked(qtbot, page)
    assert page.isVisible() and page.paths() == [old]
    assert page._files[0].wishes.duplicates == "keep" and page.list.currentRow() == 0


def test_work_is_done_on_one_page_at_a_time_and_files_that_are_dropped_bring_it_to_the_front(
    qtbot: QtBot, bench: Workbench, corpus: Path
) -> None:
    ask(bench, "settings", "import", "export", "schema")
    assert bench.exporting.page is bench.schema_editing.page is None
    assert bench.window.status.message.text().endswith("Close this page first.")
    ask(bench, "settings")
    bench.window.dropped.emit([corpus])
    page = bench.importing.page
    assert page.isVisible() and page.paths() == [corpus]
    looked(qtbot, page)
    bench.importing.close()
    assert bench.comforts.preferences.page.isVisible()


def test_an_import_that_ends_behind_the_settings_leaves_them_in_front(
    qtbot: QtBot, bench: Workbench, corpus: Path
) -> None:
    ask(bench, "import")
    bench.importing.open([corpus])
    looked(qtbot, bench.importing.page)
    qtbot.mouseClick(bench.importing.page.begin, Qt.MouseButton.LeftButton)
    ask(bench, "settings")
    qtbot.waitUntil(lambda: not bench.importing.running, timeout=PATIENT)
    assert bench.importing.page is None and bench.comforts.preferences.page.isVisible()
    bench.comforts.preferences.close()
    assert bench.window.canvas.isVisible() and bench.bridge.session.count == 4


def test_the_first_steps_wait_while_a_page_is_open(bench: Workbench) -> None:
    steps = bench.window.first_steps
    ask(bench, "first-steps")
    assert steps.isVisible()
    ask(bench, "import")
    assert not steps.isVisible()
    bench.importing.close()
    assert steps.isVisible()
    ask(bench, "settings", "first-steps")
    assert not steps.isVisible()
    bench.comforts.preferences.close()
    assert steps.isVisible()
    steps.close_button.click()
    ask(bench, "settings")
    bench.comforts.preferences.close()
    assert not steps.isVisible()


def test_the_first_steps_are_put_away_and_brought_back_by_keys_and_take_no_key_from_the_text(
    qtbot: QtBot, bench: Workbench
) -> None:
    canvas, steps = bench.window.canvas, bench.window.first_steps
    canvas.setFocus()
    qtbot.keyClick(canvas, Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    line = bench.comforts.by_name.palette.line
    qtbot.keyClicks(line, "first steps")
    qtbot.keyClick(line, Key.Key_Return)
    assert steps.isVisible() and canvas.hasFocus()
    for _pane in ("suggestions", "first steps"):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert steps.close_button.hasFocus()
    qtbot.keyClick(steps.close_button, Key.Key_Space)
    assert not steps.isVisible() and canvas.hasFocus()


def test_over_a_page_the_palette_begins_with_what_can_be_had_and_says_of_the_rest_why_not(bench: Workbench) -> None:
    ask(bench, "import", "palette")
    found = bench.comforts.by_name.palette.found()
    refused = [bool(entry.reason) for entry in found]
    assert refused == sorted(refused) and 0 < sum(refused) < len(refused)
    why = {entry.id: entry.reason for entry in found}
    assert not why["settings"] and not why["key-sheet"] and not why["setting:theme"]
    for id in ("flag", "undo", "export", "schema", "import", "several-done", "print", "label:CASUALTY"):
        assert why[id] == "Close this page first"
