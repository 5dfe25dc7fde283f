"""The page of settings: what it changes while the program runs, what it takes back, what it refuses."""

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QSpinBox, QToolButton
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from app.wording import use_language
from widgets.settings import Settings
from widgets.settings_table import KEYS, SHOWN
from widgets.workbench import Workbench

Key, Held = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def page(bench: Workbench):  # type: ignore[no-untyped-def]
    bench.window.actions_["settings"].trigger()
    return bench.comforts.preferences.page


def choose(page, name: str, value: object) -> None:  # type: ignore[no-untyped-def]
    field = page.rows[name].field
    if isinstance(field, QComboBox):
        field.setCurrentIndex(field.findData(value))
        field.activated.emit(field.currentIndex())
    elif isinstance(field, QSpinBox):
        field.setValue(value)
    else:
        field.setChecked(value)


def test_every_setting_has_a_row_with_a_name_and_a_way_back(page) -> None:  # type: ignore[no-untyped-def]
    assert set(page.rows) == {setting.name for setting in SHOWN} - {KEYS}
    for name, row in page.rows.items():
        assert row.field.accessibleName(), name
        assert isinstance(row.field, QComboBox | QSpinBox | QCheckBox)


@pytest.mark.parametrize(
    ("name", "value", "seen"),
    [
        ("theme", "contrast-dark", lambda bench: bench.window.theme.name == "contrast-dark"),
        ("language", "ar", lambda bench: bench.window.layoutDirection() == Qt.LayoutDirection.RightToLeft),
        ("digits", "arab", lambda bench: "١٠٠" in bench.window.status.zoom.text()),
        ("zoom", 150, lambda bench: bench.window.canvas.page.look.zoom == 1.5),
        ("article.spacing", "150", lambda bench: bench.window.canvas.page.look.spacing == 1.5),
        ("panes.inspector", False, lambda bench: not bench.window.panes.is_shown("inspector")),
        ("spans.grouped", True, lambda bench: bench.window.inspector.spans.model.grouped),
    ],
)
def test_a_setting_holds_at_once_and_is_reset_alone(
    bench: Workbench,
    settings: Settings,
    page,  # type: ignore[no-untyped-def]
    name: str,
    value: object,
    seen: Callable[[Workbench], bool],
) -> None:
    choose(page, name, value)
    bench.comforts.preferences.close()
    QApplication.processEvents()
    assert seen(bench)
    assert json.loads(settings.file.read_text())[name] == value
    bench.comforts.preferences.open(name)
    back = bench.comforts.preferences.page.rows[name].back
    assert back.isVisibleTo(bench.window)
    back.click()
    bench.comforts.preferences.close()
    QApplication.processEvents()
    assert settings.is_default(name)
    use_language("en")


def test_the_page_speaks_the_new_language_and_the_keyboard_stays(bench: Workbench, page) -> None:  # type: ignore[no-untyped-def]
    bench.comforts.preferences.open("language")
    choose(page, "language", "ar")
    titles = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    assert "الإعدادات" in titles
    assert page.rows["language"].field.hasFocus()


def test_everything_is_reset_with_a_way_back(bench: Workbench, settings: Settings, page) -> None:  # type: ignore[no-untyped-def]
    choose(page, "zoom", 150)
    bench.comforts.preferences.edit(KEYS, {"flag": ["F4"]})
    page.reset_all.emit()
    assert settings.chosen() == {}
    (notice,) = bench.window.notices.shown()
    next(button for button in notice.findChildren(QToolButton) if button.text() == "Undo").click()
    assert settings.chosen() == {"zoom": 150, KEYS: {"flag": ["F4"]}}
    assert bench.window.actions_.keymap.owner("F4") == "flag"


def test_settings_go_from_one_computer_to_another(bench: Workbench, settings: Settings, page, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    choose(page, "zoom", 150)
    bench.comforts.preferences.write(tmp_path / "mine.json")
    page.reset_all.emit()
    bench.comforts.preferences.read(tmp_path / "mine.json")
    assert (settings.number("zoom"), bench.house.zoom) == (150, 150)


def test_a_hostile_file_of_settings_changes_what_it_may_and_each_fault_is_told(
    bench: Workbench, settings: Settings, tmp_path: Path
) -> None:
    told = {"zoom": 120, "theme": "../../etc/passwd", "keys": {"flag": ["1"], "__import__('os')": ["X"]}, "exec": "rm"}
    (tmp_path / "s.json").write_text(json.dumps({"format": "hashiya-settings", "settings": told}))
    bench.comforts.preferences.read(tmp_path / "s.json")
    (notice,) = bench.window.notices.shown()
    assert "theme" in notice.text() and "exec" in notice.text()
    assert (bench.house.zoom, bench.window.theme.name in ("light", "dark")) == (120, True)
    assert bench.window.actions_.keymap.keys("flag") == ()


def test_a_file_that_is_none_changes_nothing(bench: Workbench, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text("{")
    bench.comforts.preferences.read(tmp_path / "s.json")
    assert "no file of settings" in bench.window.notices.shown()[0].text()
    assert settings.chosen() == {}


def test_a_key_is_changed_by_pressing_it_and_one_that_is_taken_says_whose_it_is(
    qtbot: QtBot, bench: Workbench, page
) -> None:  # type: ignore[no-untyped-def]
    bench.comforts.preferences.open(KEYS)
    keys = page.keys
    keys.visit("flag")
    qtbot.mouseClick(keys.change, Qt.MouseButton.LeftButton)
    qtbot.keyClick(keys.change, Key.Key_F8)
    assert "Next problem" in keys.said.text()
    assert bench.window.actions_.keymap.owner("F8") == "next-problem"
    keys.take.click()
    assert bench.window.actions_.keymap.keys("flag") == ("F8",)
    assert bench.window.actions_.keymap.keys("next-problem") == ()
    keys.visit("next-problem")
    keys.back.click()
    assert bench.window.actions_.keymap.owner("F8") == "next-problem"


def test_a_key_that_cannot_be_had_says_why_and_esc_leaves_everything(qtbot: QtBot, bench: Workbench, page) -> None:  # type: ignore[no-untyped-def]
    bench.comforts.preferences.open(KEYS)
    keys = page.keys
    keys.visit("flag")
    keys.change.click()
    qtbot.keyClick(keys.change, Key.Key_3)
    assert "Digits" in keys.said.text()
    keys.change.click()
    qtbot.keyClick(keys.change, Key.Key_Escape)
    assert (keys.said.text(), bench.window.actions_.keymap.told()) == ("", {})
    assert bench.comforts.preferences.page is page


def test_keys_are_found_by_the_name_of_their_action_in_either_language_or_by_themselves(bench: Workbench, page) -> None:  # type: ignore[no-untyped-def]
    def shown(text: str) -> list[str]:
        page.keys.search.setText(text)
        table = page.keys.table
        return [table.item(n, 0).text() for n in range(table.rowCount()) if not table.isRowHidden(n)]

    assert shown("ctrl+shift+z") == ["Redo"]
    bench.house.use_language("ar")
    assert "وضع راية" in shown("رايه")
    assert "وضع راية" in shown("flag")


def test_the_page_opens_without_a_project_and_gives_the_place_back(bench: Workbench) -> None:
    bench.close_project()
    bench.presenter.show_nothing()
    bench.comforts.preferences.open()
    bench.comforts.preferences.page.closed.emit()
    assert bench.window.nothing.isVisibleTo(bench.window)
    assert not bench.window.strip.isVisibleTo(bench.window)


@pytest.mark.logs("settings were not read")
def test_damaged_settings_are_told_once_in_a_notice(open_bench, article: Path, settings: Settings) -> None:  # type: ignore[no-untyped-def]
    settings.file.parent.mkdir(parents=True)
    settings.file.write_text("{")
    settings.read_again()
    bench = open_bench(article)
    bench.comforts.look_back()
    bench.comforts.look_back()
    assert sum("cannot be read" in notice.text() for notice in bench.window.notices.shown()) == 1


def test_the_first_steps_name_the_key_in_use(bench: Workbench) -> None:
    bench.comforts.preferences.edit(KEYS, {"done": ["F4"]})
    said = [label.text() for label in bench.window.first_steps.findChildren(QLabel)]
    assert any("F4" in text for text in said) and not any("Ctrl+Enter" in text for text in said)


def test_nothing_of_a_page_that_is_closed_is_taken_for_something_alive(qtbot: QtBot, bench: Workbench) -> None:
    def known() -> Counter[str]:
        for _ in range(3):
            qtbot.wait(1)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            gc.collect()
        return Counter(type(one).__name__ for one in Shiboken.getAllValidWrappers() if one is not None)

    counts = []
    for _ in range(3):
        bench.comforts.preferences.open()
        qtbot.wait(1)
        bench.comforts.preferences.close()
        counts.append(known())
    assert counts[2] - counts[1] == Counter()
