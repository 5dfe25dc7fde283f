"""The window itself: the first start and the next, languages, colours, room."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenuBar, QScrollArea
from pytestqt.qtbot import QtBot

from app.wording import _
from tests.widgets import judging
from tests.widgets.hands import marks, press, select
from widgets.main_window import MainWindow
from widgets.panels.drop_area import DropArea
from widgets.panels.text_block import TextBlock
from widgets.settings import Settings
from widgets.workbench import Workbench

CONTROL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., Workbench]


def words(bench: Workbench) -> set[str]:
    """Everything that the window says somewhere."""
    shown = bench.window.findChildren(QLabel) + bench.window.findChildren(QAbstractButton)
    said = {part.text() for part in shown}
    said |= {action.text().split("\t")[0] for action in bench.window.actions_.all()}
    return {text.strip("\u200e\u200f") for text in said if text}


# The first start, and the next


def test_the_first_start_opens_a_sample_with_three_steps_that_are_ticked_off(qtbot: QtBot, open_bench: Open) -> None:
    bench = open_bench(sample=True)
    steps = bench.window.first_steps
    assert bench.bridge.session.count >= 4
    assert steps.isVisible()
    bench.bridge.session.set_annotator("A1")
    select(bench, bench.bridge.session.document.text[5:20])
    assert steps.taken() == ["select"]
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_1)
    assert steps.taken() == ["select", "label"]
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_Return, CONTROL)
    assert steps.taken() == ["select", "label", "done"]
    qtbot.mouseClick(steps.close_button, Qt.MouseButton.LeftButton)
    assert steps.isHidden()
    bench.open_sample()
    assert steps.isHidden()


def test_the_next_start_is_where_the_last_one_ended(qtbot: QtBot, open_bench: Open, corpus: Path) -> None:
    bench = open_bench(corpus)
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_PageDown, CONTROL)
    start, end = select(bench, "الميناء")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_Plus, CONTROL)
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_F9)
    bench.window.close()
    again = open_bench()
    assert again.bridge.session.document.id == "a1"
    assert again.window.canvas.selection() == (start, end)
    assert again.house.zoom == 110
    assert not again.window.panes.is_shown("articles")
    assert again.window.panes.is_shown("inspector")


def test_damaged_settings_are_no_reason_not_to_start(
    open_bench: Open, settings: Settings, article: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.file.parent.mkdir(parents=True, exist_ok=True)
    settings.file.write_text('{"zoom": "large", "window.geometry": "\\u0645", "panes.sizes": ["x"], "recent": 7}')
    fresh = Settings(settings.file)
    assert fresh.number("zoom") == 100
    assert fresh.texts("recent") == []
    assert open_bench(article).house.zoom == 100


# Language, colours, room


def test_everything_that_is_said_is_said_in_arabic_after_the_switch(bench: Workbench) -> None:
    select(bench, "تل الريحان")
    bench.commands.label("LOCATION")
    bench.window.inspector.catch_up()
    english = words(bench)
    bench.house.use_language("ar")
    arabic = words(bench)
    assert bench.window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    names = {"article.hashiya", "1", "2", "3", "4", ""}
    left = {said for said in english & arabic if any("a" <= c.lower() <= "z" for c in said)} - names
    assert {said for said in left if "Hashiya" not in said} == set()
    bench.house.use_language("en")
    assert words(bench) == english


def test_the_article_keeps_its_direction_in_either_interface(bench: Workbench) -> None:
    lists = bench.window.articles.list
    for code in ("ar", "en"):
        bench.house.use_language(code)
        picture = lists.grab().toImage()
        row = lists.visualRect(lists.model().index(0))
        ink = [
            x
            for x in range(row.left() + 40, row.right() - 40)
            for y in range(row.top() + 15, row.top() + 34)
            if picture.pixelColor(x, y).lightness() < 90
        ]
        assert max(ink) > row.right() - 60, "an Arabic heading begins at the right"


@pytest.mark.parametrize(
    ("width", "shown"),
    [(1440, {"articles", "inspector"}), (1024, {"articles"}), (800, set())],
)
def test_panes_give_way_to_the_article(open_bench: Open, article: Path, width: int, shown: set[str]) -> None:
    bench = open_bench(article, size=(width, 700))
    assert {name for name in ("articles", "inspector") if bench.window.panes.is_shown(name)} == shown
    assert bench.window.canvas.width() >= 560


@pytest.mark.parametrize("size", [(1440, 900), (640, 480)])
def test_what_could_not_be_opened_is_said_to_its_end(open_bench: Open, tmp_path: Path, size: tuple[int, int]) -> None:
    file = tmp_path / "corpus.jsonl"
    file.write_text('{"tex": 1}\n{\n', encoding="utf-8")
    page = open_bench(file, size=size).window.nothing
    blocks = [block for block in page.findChildren(TextBlock) if block.isVisible()]
    assert len(blocks) == 3
    assert all(block.height() >= block.heightForWidth(block.width()) for block in blocks)
    shown = page.findChild(QScrollArea).viewport()  # type: ignore[union-attr]
    assert abs(blocks[0].mapTo(shown, blocks[0].rect().center()).x() - shown.rect().center().x()) <= 2


def test_a_small_window_opens_again_with_the_panes_it_had(open_bench: Open, article: Path) -> None:
    bench = open_bench(article, size=(760, 600))
    bench.window.close()
    again = open_bench(article, size=(760, 600))
    assert not again.window.panes.is_shown("articles")
    assert not again.window.panes.is_shown("inspector")


def test_the_first_window_fits_the_screen_with_its_frame(open_bench: Open, article: Path) -> None:
    bench = open_bench(article)
    bench.house.restore()
    room = bench.window.screen().availableGeometry()
    assert bench.window.width() < room.width() or bench.window.width() == bench.window.minimumWidth()
    assert bench.window.height() < room.height()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_chip_is_seen_in_the_smallest_window(open_bench: Open, article: Path, language: str) -> None:
    bench = open_bench(article, size=(480, 360), language=language)
    chips = bench.window.strip.chips
    assert all(chips.rect().contains(chips.chip(label.id).geometry()) for label in bench.bridge.session.schema.labels)


def test_a_pane_that_is_asked_for_comes_even_where_there_is_little_room(open_bench: Open, article: Path) -> None:
    bench = open_bench(article, size=(900, 700))
    bench.house.run("pane-inspector")
    assert bench.window.panes.is_shown("inspector")
    assert bench.window.actions_["pane-inspector"].isChecked()
    bench.house.run("pane-inspector")
    assert not bench.window.panes.is_shown("inspector")


def test_the_article_alone_and_back(qtbot: QtBot, bench: Workbench) -> None:
    around = (bench.window.strip, bench.window.status, bench.window.articles, bench.window.inspector)
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_F11)
    assert not any(part.isVisible() for part in around)
    start, end = select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    assert marks(bench) == [(start, end, "LOCATION")]
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_F11)
    assert all(part.isVisible() for part in around)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast", "contrast-dark"])
def test_a_theme_reaches_every_corner(bench: Workbench, theme: str) -> None:
    bench.house.use_theme(theme)
    picture = bench.window.grab().toImage()
    colours = bench.house.theme()
    size = bench.window.size()
    assert picture.pixelColor(size.width() - 3, size.height() // 2).name().upper() == colours.panel
    assert picture.pixelColor(4, size.height() - 3).name().upper() == colours.panel
    page = bench.window.canvas.mapTo(bench.window, QPoint(bench.window.canvas.width() // 2, 40))
    assert picture.pixelColor(page).name().upper() == colours.page


def test_the_article_alone_says_how_to_leave(qtbot: QtBot, bench: Workbench) -> None:
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_F11)
    hint = bench.window.way_back
    assert hint.isVisible()
    assert "F11" in hint.text()
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_Escape)
    assert not hint.isVisible()


# By keyboard alone


def test_f6_leaves_out_a_list_with_nothing_in_it(qtbot: QtBot, bench: Workbench) -> None:
    bench.window.canvas.setFocus()
    bench.house.run("next-pane")
    assert bench.window.focusWidget() is bench.window.inspector.fields.head
    select(bench, "تل الريحان")
    bench.commands.label("LOCATION")
    bench.window.inspector.catch_up()
    bench.house.run("next-pane")
    assert bench.window.focusWidget() is bench.window.inspector.spans.view


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_f10_opens_the_first_menu(qtbot: QtBot, bench: Workbench) -> None:
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_F10)
    assert bench.window.menus.menu("file").isVisible()
    bench.window.menus.menu("file").close()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_alt_and_a_letter_open_a_menu_in_an_arabic_layout_too(bench: Workbench) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    press(bench.window.canvas, ord("م"), scan=_scan("L"), modifiers=alt)
    assert bench.window.menus.menu("label").isVisible()
    bench.window.menus.menu("label").close()


def _scan(letter: str) -> int:
    code = {"L": 38}[letter]
    return code if sys.platform == "win32" else code + 8


# Little room


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_menu_is_reached_in_the_smallest_window(open_bench: Open, article: Path, language: str) -> None:
    bench = open_bench(article, size=(480, 360), language=language)
    bar = bench.window.findChild(QMenuBar)
    assert all(bar.rect().contains(bar.actionGeometry(menu)) for menu in bar.actions())
    assert not any(bar.actionGeometry(menu).isEmpty() for menu in bar.actions())


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_find_bar_keeps_its_words_in_the_smallest_window(open_bench: Open, article: Path, language: str) -> None:
    bench = open_bench(article, size=(480, 360), language=language)
    bench.commands.run("find")
    QApplication.processEvents()
    finder = bench.window.finder
    parts = (finder.exact, finder.regex, finder.project, finder.label_all, finder.next, finder.close_button)
    assert all(part.width() >= part.sizeHint().width() for part in parts)
    assert finder.field.width() >= 120
    bench.window.resize(1400, 900)
    QApplication.processEvents()
    assert finder.exact.mapTo(finder, QPoint(0, 0)).y() < finder.field.geometry().bottom()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_status_bar_cuts_nothing_off_in_the_smallest_window(open_bench: Open, article: Path, language: str) -> None:
    bench = open_bench(article, size=(480, 360), language=language)
    bench.window.status.set_selection(1_234_567, 1_234_589)
    bench.window.status._show_selection()
    QApplication.processEvents()
    labels = [label for label in bench.window.status.findChildren(QLabel) if label.isVisible()]
    assert all(label.width() >= label.sizeHint().width() for label in labels)


# What is told


def test_good_news_goes_with_the_next_action(bench: Workbench) -> None:
    bench.commands.run("done")
    assert [notice.said for notice in bench.window.notices.shown()] == [
        _("Every article is done or skipped. Well done!")
    ]
    select(bench, "تل الريحان")
    bench.commands.label("LOCATION")
    assert bench.window.notices.shown() == []


def test_a_skipped_last_article_is_no_reason_to_cheer(bench: Workbench) -> None:
    bench.commands.run("skip")
    assert bench.window.notices.shown() == []
    assert _("Every article is done or skipped.") in bench.window.status.message.text()


def test_why_nothing_could_be_opened_can_be_copied(open_bench: Open, tmp_path: Path) -> None:
    file = tmp_path / "corpus.jsonl"
    file.write_text('{"tex": 1}\n' * 20, encoding="utf-8")
    page = open_bench(file).window.nothing
    page.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "corpus.jsonl" in copied
    assert copied.count("\n") >= 19


def test_labels_stand_in_their_colours_wherever_they_are_chosen(bench: Workbench) -> None:
    chosen = bench.window.menus.for_text(focused=False, selected=True).actions()[:4]
    pictures = {action.icon().pixmap(16).toImage().pixelColor(8, 8).name() for action in chosen}
    assert len(pictures) == 4


def test_shift_f10_opens_the_menu_of_the_text_without_the_mouse(qtbot: QtBot, bench: Workbench) -> None:
    asked: list[object] = []
    bench.window.canvas.menu_asked.connect(asked.append)
    bench.window.canvas.menu_asked.disconnect(bench.commands._show_menu)
    bench.window.canvas.setFocus()
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert len(asked) == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_bar_names_program_and_project_in_either_direction(open_bench: Open, article: Path, language: str) -> None:
    bench = open_bench(article, language=language, size=(1366, 768))
    shown = [label.text() for label in bench.window.findChildren(QLabel) if label.isVisible()]
    assert any("Hashiya" in text for text in shown)
    assert any("article" in text for text in shown)


def test_where_files_may_be_dropped_lights_up_while_they_are_over_the_window(open_bench: Open) -> None:
    bench = open_bench()
    bench.presenter.show_nothing()
    area = bench.window.findChild(DropArea)
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/a.txt")])
    at, copy, left = QPoint(200, 200), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    QApplication.sendEvent(bench.window, QDragEnterEvent(at, copy, files, left, Qt.KeyboardModifier.NoModifier))
    assert area.isVisible() and area.property("over")
    QApplication.sendEvent(bench.window, QDragLeaveEvent())
    assert not area.property("over")


def test_bars_below_each_other_have_all_their_room_in_a_window_that_is_high_enough(
    qtbot: QtBot, open_bench: Callable[..., Workbench], article: Path
) -> None:
    bench = open_bench(article, language="ar", size=(1366, 850))
    bench.window.suggestions.show()
    bench.window.prompt.ask()
    qtbot.waitUntil(lambda: bench.window.prompt.height() > 30)
    qtbot.wait(300)
    room = bench.window.prompt.parentWidget().parentWidget().parentWidget()
    assert isinstance(room, QScrollArea) and room.verticalScrollBar().maximum() == 0


def test_projects_that_are_called_alike_are_told_apart_by_their_folders(bench: Workbench) -> None:
    menus = bench.window.menus
    menus.set_recent(["/a/one.hashiya", str(Path.home() / "b" / "one.hashiya"), "/a/two.hashiya"])
    titles = [action.text().translate(judging.MARKS) for action in menus._recent.actions()]
    assert titles == [f"one.hashiya · {Path('/a')}", f"one.hashiya · {Path('~/b')}", "two.hashiya"]


def test_on_a_screen_that_is_too_small_the_window_stays_on_it_and_scrolls(
    open_bench: Callable[..., Workbench], article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = QRect(0, 0, 400, 300)  # 800×600 where everything is twice as large
    screen = SimpleNamespace(availableSize=room.size, availableGeometry=lambda: room)
    monkeypatch.setattr(MainWindow, "screen", lambda _window: screen)
    window = open_bench(article, size=(400, 300)).window
    assert (window.width(), window.height()) == (400, 300)
    area = window.centralWidget()
    assert isinstance(area, QScrollArea) and area.horizontalScrollBar().maximum() > 0
    for part in (window.strip, window.status):
        area.ensureWidgetVisible(part)
        assert not part.visibleRegion().isEmpty()
