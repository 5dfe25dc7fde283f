"""The sheet of keys: what is on it, and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize, QPdfWriter
from pytestqt.qtbot import QtBot

from widgets.actions import ACTIONS
from widgets.keymap import Keymap, engraved
from widgets.pages.key_sheet import sections_of
from widgets.workbench import Workbench

Key, Held = Qt.Key, Qt.KeyboardModifier


def test_every_action_with_a_key_is_on_it() -> None:
    told = {(said, keys) for _title, rows in sections_of(Keymap(), {}) for keys, said in rows}
    for action in ACTIONS:
        keys = [engraved(key) for key in Keymap().keys(action.id) if key != "Ctrl+Return"]
        assert not keys or (action.title, tuple(keys)) in told


def test_f1_shows_the_keys_in_use_and_f1_or_esc_puts_them_away(qtbot: QtBot, bench: Workbench) -> None:
    bench.comforts.preferences.edit("keys", {"flag": ["F4"]})
    qtbot.keyClick(bench.window.canvas, Key.Key_F1)
    page = bench.comforts.key_sheet.page
    text = page.sheet.toPlainText()
    assert "F4" in text and "Casualty" in text
    qtbot.keyClick(page.search, Key.Key_Escape)
    assert bench.comforts.key_sheet.page is None and bench.window.canvas.hasFocus()
    bench.window.actions_["key-sheet"].trigger()
    bench.window.actions_["key-sheet"].trigger()
    assert bench.comforts.key_sheet.page is None


def test_it_is_searched_in_both_languages(bench: Workbench) -> None:
    bench.house.use_language("ar")
    assert [rows for _title, rows in sections_of(Keymap(), {}, "undo")] == [[(("Ctrl+Z",), "تراجع")]]
    assert sections_of(Keymap(), {}, "تراجُع") == sections_of(Keymap(), {}, "undo")
    assert sections_of(Keymap(), {}, "qqq") == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_fits_on_one_page_of_paper(bench: Workbench, tmp_path: Path, language: str) -> None:
    bench.house.use_language(language)
    bench.window.actions_["key-sheet"].trigger()
    paper = QPdfWriter(str(tmp_path / "keys.pdf"))
    paper.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    bench.comforts.key_sheet.page.print_to(paper)
    del paper
    content = (tmp_path / "keys.pdf").read_bytes()
    assert content.startswith(b"%PDF") and content.count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_name_is_squeezed_by_its_keys(bench: Workbench, language: str) -> None:
    bench.window.resize(1366, 900)
    bench.house.use_language(language)
    bench.window.actions_["key-sheet"].trigger()
    page = bench.comforts.key_sheet.page
    line = page.sheet.fontMetrics().lineSpacing()
    longest = max(len(rows) + 2 for _title, rows in sections_of(Keymap(), {}))
    assert page.sheet.document().size().height() < 3 * longest * 2 * line
