"""From article to article: naming oneself, moving on, the list."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from tests.widgets.hands import marks, select
from widgets.fonts import interface_font
from widgets.panels.text_block import whole_words
from widgets.workbench import Workbench

CONTROL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., Workbench]


# Naming


def test_the_first_mark_asks_whose_it_is_and_then_is_made(qtbot: QtBot, open_bench: Open, article: Path) -> None:
    bench = open_bench(article)
    start, end = select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    assert marks(bench) == []
    assert bench.window.prompt.field.hasFocus()
    assert QApplication.activeModalWidget() is None
    qtbot.keyClicks(bench.window.prompt.field, "A1")
    qtbot.keyClick(bench.window.prompt.field, Qt.Key.Key_Return)
    assert marks(bench) == [(start, end, "LOCATION")]
    assert bench.window.canvas.hasFocus()
    assert bench.window.prompt.isHidden()
    select(bench, "المتحدث")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_3)
    assert len(marks(bench)) == 2
    assert bench.window.prompt.isHidden()


def test_escape_leaves_the_question_and_nothing_is_marked(qtbot: QtBot, open_bench: Open, article: Path) -> None:
    bench = open_bench(article)
    select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    qtbot.keyClick(bench.window.prompt.field, Qt.Key.Key_Escape)
    assert bench.window.prompt.isHidden()
    assert bench.window.canvas.hasFocus()
    bench.bridge.name("A1")
    assert marks(bench) == []


def test_a_mark_that_waits_for_a_name_is_never_made_in_another_article(
    qtbot: QtBot, open_bench: Open, corpus: Path
) -> None:
    bench = open_bench(corpus)
    select(bench, "الميناء")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    bench.commands.run("next-article")
    qtbot.keyClicks(bench.window.prompt.field, "A1")
    qtbot.keyClick(bench.window.prompt.field, Qt.Key.Key_Return)
    assert bench.bridge.session.annotator == "A1"
    assert [row.spans for row in bench.bridge.session.rows(0, 3)] == [0, 0, 0]


def test_a_note_stays_with_its_article(qtbot: QtBot, open_bench: Open, corpus: Path) -> None:
    bench = open_bench(corpus)
    bench.bridge.session.set_annotator("A1")
    bench.window.inspector.catch_up()
    bench.window.inspector.note.field.setPlainText("للأول")
    bench.commands.run("next-article")
    bench.window.inspector.catch_up()
    assert bench.window.inspector.note.field.toPlainText() == ""
    assert bench.bridge.session.annotations.state.note == ""
    bench.commands.run("previous-article")
    assert bench.bridge.session.annotations.state.note == "للأول"


def test_a_name_of_blanks_is_no_name(qtbot: QtBot, open_bench: Open, article: Path) -> None:
    bench = open_bench(article)
    select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    qtbot.keyClicks(bench.window.prompt.field, "   ")
    assert not bench.window.prompt.confirm.isEnabled()
    qtbot.keyClick(bench.window.prompt.field, Qt.Key.Key_Return)
    assert not bench.window.prompt.isHidden()


# Moving on


def test_ctrl_enter_marks_done_and_opens_the_next(qtbot: QtBot, open_bench: Open, corpus: Path) -> None:
    bench = open_bench(corpus)
    bench.bridge.session.set_annotator("A1")
    canvas, session = bench.window.canvas, bench.bridge.session
    for n, id in enumerate(("a1", "a2"), start=1):
        qtbot.keyClick(canvas, Qt.Key.Key_Return, CONTROL)
        assert session.document.id == id
        assert session.counts()["complete"] == n
        qtbot.waitUntil(lambda n=n: f"{n} of 3" in bench.window.status.done.text())
    assert not session.can_undo, "what was done in another article is undone there"
    qtbot.keyClick(canvas, Qt.Key.Key_Return, CONTROL)
    assert session.counts() == {"complete": 3}
    assert any("done" in notice.said for notice in bench.window.notices.shown())


def test_done_before_anybody_was_named_is_done_after_the_name(qtbot: QtBot, open_bench: Open, corpus: Path) -> None:
    bench = open_bench(corpus)
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_Return, CONTROL)
    qtbot.keyClicks(bench.window.prompt.field, "A1")
    qtbot.keyClick(bench.window.prompt.field, Qt.Key.Key_Return)
    assert bench.bridge.session.counts()["complete"] == 1
    assert bench.bridge.session.document.id == "a1"


def test_page_keys_walk_the_articles_and_each_keeps_its_place(qtbot: QtBot, open_bench: Open, corpus: Path) -> None:
    bench = open_bench(corpus)
    bench.bridge.session.set_annotator("A1")
    select(bench, "الميناء")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    focus = bench.window.canvas.focused_span()
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_PageDown, CONTROL)
    assert bench.bridge.session.document.id == "a1"
    assert bench.window.canvas.focused_span() == ""
    chosen = select(bench, "عن")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_PageUp, CONTROL)
    assert bench.bridge.session.document.id == "a0"
    assert bench.window.canvas.focused_span() == focus
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_PageDown, CONTROL)
    assert bench.window.canvas.selection() == chosen


def test_s_skips_and_s_again_takes_it_back(qtbot: QtBot, open_bench: Open, corpus: Path) -> None:
    bench = open_bench(corpus)
    bench.bridge.session.set_annotator("A1")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_S)
    assert bench.bridge.session.document.id == "a1"
    assert bench.bridge.session.counts()["skipped"] == 1
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_PageUp, CONTROL)
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_S)
    assert "skipped" not in bench.bridge.session.counts()
    assert bench.bridge.session.document.id == "a0"


def test_the_list_opens_the_article_that_is_clicked(qtbot: QtBot, open_bench: Open, corpus: Path) -> None:
    bench = open_bench(corpus)
    view = bench.window.articles.list
    place = view.visualRect(view.model().index(2)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert bench.bridge.session.document.id == "a2"
    assert bench.window.canvas.hasFocus()


def test_the_list_shows_what_is_searched_for_and_what_is_left(qtbot: QtBot, open_bench: Open, corpus: Path) -> None:
    bench = open_bench(corpus)
    bench.bridge.session.set_annotator("A1")
    model = bench.window.articles.model
    bench.window.articles.search.setText("مقال 1")
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    assert model.row(0).id == "a1"
    bench.window.articles.search.clear()
    qtbot.waitUntil(lambda: model.rowCount() == 3)
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_Return, CONTROL)
    qtbot.mouseClick(bench.window.articles.filter_button("open"), Qt.MouseButton.LeftButton)
    assert [model.row(n).id for n in range(model.rowCount())] == ["a1", "a2"]


def test_a_title_that_is_too_long_ends_with_a_whole_word_and_no_number_is_cut(qapp: QApplication) -> None:
    title = "هدنة في مرسى زلفان تفتح الميناء أمام أول سفينة مساعدات منذ 17 يوماً"
    metrics = QFontMetricsF(interface_font())
    shown = {whole_words(title, metrics, width) for width in range(60, 600)}
    assert len(shown) > 8
    wholes = {" ".join(title.split()[:n]) for n in range(1, 14)}
    assert {said.removesuffix("…") for said in shown} <= wholes
    assert whole_words("a" * 90, metrics, 60).endswith("a…")


def test_in_a_low_window_an_empty_note_is_one_line_until_the_hand_comes_to_it(open_bench: Open, corpus: Path) -> None:
    bench = open_bench(corpus, size=(1366, 700))
    field = bench.window.inspector.note.field
    folded = field.height()
    field.setFocus()
    opened = field.height()
    bench.window.canvas.setFocus()
    assert folded == field.height() < opened
    bench.window.resize(1366, 1000)
    assert field.height() == opened


def test_a_list_that_was_scrolled_through_keeps_no_more_laid_out_than_a_screen_shows(
    open_bench: Open, tmp_path: Path
) -> None:
    long = tmp_path / "long.jsonl"
    told = [json.dumps({"id": f"a{n}", "text": f"مقال رقم {n} عن الميناء و{n} سفينة ترسو فيه"}) for n in range(300)]
    long.write_text("\n".join(told), encoding="utf-8")
    shown = open_bench(long).window.articles.list
    before = _laid_out()
    for row in range(0, 300, 5):
        shown.scrollTo(shown.model().index(row))
        shown.grab()
    assert _laid_out() - before < 200


def _laid_out() -> int:
    gc.collect()
    return sum(isinstance(one, QTextLayout) for one in Shiboken.getAllValidWrappers())


def test_a_search_that_is_dropped_with_the_filter_leaves_no_cross_to_clear_it(
    qtbot: QtBot, open_bench: Open, corpus: Path
) -> None:
    articles = open_bench(corpus).window.articles
    cross = articles.search.findChild(QToolButton)
    assert cross is not None
    articles.search.setText("x")
    qtbot.waitUntil(lambda: cross.property("opacity") == 1.0)
    articles.clear_filter()
    qtbot.waitUntil(lambda: not cross.isVisible() or cross.property("opacity") == 0.0)
    assert articles.model.rowCount() == 3
