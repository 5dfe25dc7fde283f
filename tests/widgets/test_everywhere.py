"""Mark every occurrence: reviewed, marked in one step, taken back in one."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.edit.fragments import add_fragment
from tests.widgets.hands import marks, press, select
from widgets.theme import read_theme
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
A = 30 + (0 if sys.platform == "win32" else 8)
ARTICLE = "وصل الجيش إلى بغداد.\nوانسحب الجيش من بغداد، ثم عاد للجيش وبغداد والبغداديين.\n"


@pytest.fixture
def bench(open_bench: Callable[..., Workbench], tmp_path: Path) -> Workbench:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    opened = open_bench(path)
    opened.bridge.session.set_annotator("A1")
    select(opened, "بغداد")
    opened.commands.label("LOCATION")
    return opened


def ask(qtbot: QtBot, bench: Workbench, places: int) -> None:
    """Press A and wait for the list."""
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: bench.window.review.list.hits.hits == places)


def covered(bench: Workbench) -> list[str]:
    return [ARTICLE[start:end] for start, end, _label in marks(bench)]


def test_enter_marks_every_place_but_no_longer_word_and_undo_takes_all_back(qtbot: QtBot, bench: Workbench) -> None:
    ask(qtbot, bench, 3)
    rows = bench.window.review.list
    assert QApplication.focusWidget() is rows
    assert rows.hits.ticked_count() == 2  # the first is marked already
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert rows.hits.index_of(0).data(spoken) == "Marked already: وصل الجيش إلى بغداد."
    assert not rows.hits.index_of(1).data(spoken).startswith("Marked")
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert covered(bench) == ["بغداد"] * 3
    assert not bench.window.review.isVisible()
    assert bench.window.canvas.hasFocus()
    bench.commands.run("undo")
    assert covered(bench) == ["بغداد"]


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS gives virtual keys")
def test_its_key_in_an_arabic_layout_opens_the_list(qtbot: QtBot, bench: Workbench) -> None:
    press(bench.window.canvas, ord("ش"), "ش", A)
    assert bench.window.review.isVisible()


def test_space_takes_a_tick_away_and_what_is_not_ticked_is_not_marked(qtbot: QtBot, bench: Workbench) -> None:
    ask(qtbot, bench, 3)
    rows = bench.window.review.list
    qtbot.waitUntil(lambda: rows.currentIndex().isValid())
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert rows.hits.ticked_count() == 1
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    text = [start for start, _end, _label in marks(bench)]
    assert text == [ARTICLE.index("بغداد"), ARTICLE.index("وبغداد") + 1]


def test_a_tick_is_taken_away_by_the_mouse(qtbot: QtBot, bench: Workbench) -> None:
    ask(qtbot, bench, 3)
    rows = bench.window.review.list
    place = rows.visualRect(rows.hits.index_of(1))
    qtbot.mouseClick(rows.viewport(), LEFT, pos=QPoint(place.left() + 10, place.center().y()))
    assert rows.hits.ticked_count() == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_ticked_and_not_ticked_and_marked_already_are_told_apart_in_both_themes(
    qtbot: QtBot, bench: Workbench, theme: str
) -> None:
    bench.house.use_theme(theme)
    ask(qtbot, bench, 3)
    rows, look = bench.window.review.list, read_theme(theme)
    qtbot.waitUntil(lambda: rows.currentIndex().isValid())
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    picture = rows.viewport().grab().toImage()

    def colours(row: int) -> Counter[str]:
        where = rows.visualRect(rows.hits.index_of(row))
        room = [(x, y) for x in range(where.left(), where.left() + 24) for y in range(where.top(), where.bottom())]
        return Counter(picture.pixelColor(x, y).name().upper() for x, y in room)

    accent, page = look.accent.upper(), look.page.upper()
    assert colours(2)[accent] > 80 and look.on_accent.upper() in colours(2)
    assert colours(1)[page] > 80 and not colours(1)[accent]
    assert look.accent_ground.upper() in colours(1)  # where the hand is
    assert look.muted.upper() in colours(0) and not colours(0)[accent] and colours(0)[page] < 20


def test_the_hand_in_the_list_shows_the_place_in_the_article(qtbot: QtBot, bench: Workbench) -> None:
    ask(qtbot, bench, 3)
    rows = bench.window.review.list
    qtbot.waitUntil(lambda: rows.currentIndex().isValid())
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    second = ARTICLE.index("بغداد", 20)
    assert bench.window.canvas.selection() == (second, second + len("بغداد"))


def test_escape_goes_back_to_the_span_and_nothing_is_marked(qtbot: QtBot, bench: Workbench) -> None:
    focus = bench.window.canvas.focused_span()
    ask(qtbot, bench, 3)
    qtbot.keyClick(bench.window.review.list, Qt.Key.Key_Escape)
    assert covered(bench) == ["بغداد"]
    assert bench.window.canvas.focused_span() == focus
    assert bench.window.canvas.hasFocus()


def test_pieces_are_looked_for_side_by_side_and_it_is_said_when_they_stand_nowhere_so(
    qtbot: QtBot, open_bench: Callable[..., Workbench], tmp_path: Path
) -> None:
    path = tmp_path / "pieces.txt"
    path.write_text("محافظتا نينوى وكركوك. محافظتا كركوك هنا. ونينوى.", encoding="utf-8")
    bench = open_bench(path)
    bench.bridge.session.set_annotator("A1")
    for first, second, places, said in (("محافظتا", "كركوك", 1, ""), ("هنا", "نينوى", 0, "side by side nowhere")):
        select(bench, first)
        bench.commands.label("LOCATION")
        start = bench.bridge.session.document.text.index(second)
        focus = bench.window.canvas.focused_span()
        bench.bridge.do(add_fragment(focus, start, start + len(second)), bench.window.canvas.place())
        bench.window.canvas.focus_span(focus)
        qtbot.keyClick(bench.window.canvas, Qt.Key.Key_A)
        bar = bench.window.review
        qtbot.waitUntil(lambda bar=bar: not bench.commands.everywhere._seeker.running)  # type: ignore[misc]
        assert bar.list.hits.hits == places
        assert said in bar._said.text()
        qtbot.keyClick(bar.list, Qt.Key.Key_Escape)


def test_the_whole_project_is_marked_in_one_step_and_taken_back_in_one(
    qtbot: QtBot, open_bench: Callable[..., Workbench], corpus: Path
) -> None:
    bench = open_bench(corpus)
    bench.bridge.session.set_annotator("A1")
    select(bench, "الميناء")
    bench.commands.label("LOCATION")
    ask(qtbot, bench, 1)
    qtbot.mouseClick(bench.window.review.project, LEFT)
    rows = bench.window.review.list.hits
    qtbot.waitUntil(lambda: rows.rowCount() == 6)
    assert (rows.ticked_count(), rows.marked_count()) == (2, 1)
    qtbot.mouseClick(bench.window.review.apply, LEFT)
    session = bench.bridge.session
    assert [row.spans for row in session.rows(0, 3)] == [1, 1, 1]
    ask(qtbot, bench, 3)
    assert (rows.ticked_count(), rows.marked_count()) == (0, 3)
    assert not bench.window.review.apply.isEnabled()
    qtbot.keyClick(bench.window.review.list, Qt.Key.Key_Space)
    assert rows.ticked_count() == 0  # marked in other articles, too: no tick can be set
    qtbot.keyClick(bench.window.review.list, Qt.Key.Key_Escape)
    bench.commands.run("next-article")
    bench.commands.run("undo")
    assert [row.spans for row in session.rows(0, 3)] == [1, 0, 0]
