"""How the article is set for its reader: font, line spacing, measure, and what a double click takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.widgets.hands import point
from widgets.settings import Settings
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def choose(bench: Workbench, menu: str, entry: str) -> None:
    """Choose an entry of a menu inside of the View menu."""
    view = bench.window.menus.menu("view")
    inner = next(found for found in view.findChildren(QMenu) if found.title() == menu)
    next(action for action in inner.findChildren(QAction) if action.text() == entry).trigger()


def test_the_article_is_set_in_another_font_and_it_is_remembered(bench: Workbench, settings: Settings) -> None:
    choose(bench, "Font of the article", "Noto Sans")
    assert bench.window.canvas.page.look.text_font.families()[0] == "Noto Sans"
    assert settings.text("article.font") == "Noto Sans"
    choose(bench, "Font of the article", "As it comes")
    assert bench.window.canvas.page.look.text_font.families()[0] != "Noto Sans"


def test_lines_stand_farther_apart(bench: Workbench) -> None:
    before = bench.window.canvas.page.height
    choose(bench, "Space between lines", "Very wide")
    assert bench.window.canvas.page.height > before
    choose(bench, "Space between lines", "Normal")
    assert bench.window.canvas.page.height == before


def test_lines_are_longer(bench: Workbench) -> None:
    before = bench.window.canvas.page.width
    choose(bench, "Length of lines", "Short")
    assert bench.window.canvas.page.width < before


def test_a_double_click_can_leave_attached_clitics_out(
    qtbot: QtBot, open_bench: Callable[..., Workbench], tmp_path: Path
) -> None:
    path = tmp_path / "words.txt"
    path.write_text("سافر إلى دمشق وبغداد أمس.\n", encoding="utf-8")
    bench = open_bench(path)
    canvas, text = bench.window.canvas, bench.bridge.session.document.text
    at = point(bench, text.index("بغداد") + 2)
    for wanted in ("وبغداد", "بغداد", "وبغداد"):
        canvas.select(0, 0)
        qtbot.mouseDClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
        start, end = canvas.selection()
        assert text[start:end] == wanted
        bench.window.actions_["cores"].trigger()
