"""Where suggestions come from in the window, what their bar tells, and how a project chooses."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from app.edit.commands import set_flag
from app.suggest.base import Article, Suggestion
from app.suggest.gazetteer import Gazetteer
from app.suggesting import SuggestSettings
from tests.widgets.hands import labelled, marks, press
from tests.widgets.suggested import (
    FIRST,
    PLACES,
    SECOND,
    SHIPPED,
    TEXT,
    THIRD,
    WHO,
    Key,
    begin,
    button,
    focus,
    go,
    ids,
    key,
    look,
    opened,
    told,
)
from widgets import announcing
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Open = Callable[..., Workbench]


@pytest.fixture
def bench(open_bench: Open, tmp_path: Path) -> Workbench:
    """The window on an article with four suggestions, the hand at its beginning."""
    return opened(open_bench, tmp_path)


def test_the_sources_that_ship_are_asked_by_themselves_once_the_article_is_on_the_screen(
    qtbot: QtBot, open_bench: Open, article: Path
) -> None:
    bench = open_bench(article)
    bar = bench.window.suggestions
    qtbot.waitUntil(lambda: bool(bench.bridge.session.suggestions), timeout=20_000)
    told(bench)
    assert bar.isVisible() and bar.count.text().startswith(f"{len(ids(bench))} suggestion")
    assert "CASUALTY" in {one.suggestion.label for one in bench.bridge.session.suggestions}
    bench.close_project()
    assert not bar.isVisible()


def test_when_what_is_in_focus_is_suggested_no_more_the_next_one_is_in_focus(bench: Workbench) -> None:
    go(bench, SECOND)
    begin(bench, PLACES[0], PLACES[1], PLACES[3])
    assert focus(bench) == THIRD
    begin(bench, PLACES[0])
    assert focus(bench) == ""


def test_the_bar_tells_what_why_and_how_sure_and_is_as_high_without(bench: Workbench) -> None:
    bar = bench.window.suggestions
    height, article = bar.height(), bench.window.canvas.height()
    go(bench, FIRST)
    told(bench)
    assert bar.count.text() == "4 suggestions" and bar.tag.accessibleName() == "Location"
    assert all(said in bar.said.text() for said in ("ساريا", "A known name of a place", "almost certain", "90"))
    begin(bench, ("QUOTE", 0, len(TEXT), 0.9))
    go(bench, f"QUOTE:0:{len(TEXT)}")
    told(bench)
    assert all(said in bar.said.text() for said in ("وصل", "\u2026", "almost certain"))
    button(bar.above)
    told(bench)
    assert ids(bench) == [] and (bar.height(), bench.window.canvas.height()) == (height, article)


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "لم يبق أي اقتراح"), (1, "اقتراح واحد"), (2, "اقتراحان"), (3, "٣ اقتراحات"), (11, "١١ اقتراحاً")],
)
def test_the_count_is_said_as_arabic_says_it(bench: Workbench, count: int, said: str) -> None:
    bench.house.use_language("ar")
    bench.window.suggestions.show_state(count, None)
    assert bench.window.suggestions.count.text() == said


def test_the_slider_is_moved_by_keys_shows_fewer_and_is_kept_in_the_project(qtbot: QtBot, bench: Workbench) -> None:
    bar, session = bench.window.suggestions, bench.bridge.session
    bar.slider.setFocus()
    for _step in range(4):
        qtbot.keyClick(bar.slider, Key.Key_Up)
    qtbot.waitUntil(lambda: ids(bench) == [FIRST, SECOND, THIRD])
    assert session.suggest_settings.threshold == 0.7
    path = session.path
    qtbot.keyClick(bar.slider, Key.Key_Escape)
    assert bench.window.canvas.hasFocus()
    bench.open_file(path)
    qtbot.waitUntil(lambda: bar.slider.value() == 70)


def test_off_in_one_article_and_off_in_the_project_are_both_remembered(qtbot: QtBot, bench: Workbench) -> None:
    bar, canvas, actions = bench.window.suggestions, bench.window.canvas, bench.window.actions_
    actions["suggest-here"].trigger()
    assert bar.isVisible() and bar.said.text() == "Suggestions are off in this article"
    key(bench, Key.Key_Tab)
    assert canvas.suggested_focus == "" and not bar.above.isEnabled()
    path = bench.bridge.session.path
    bench.open_file(path)
    look(bench)
    assert bar.said.text() == "Suggestions are off in this article" and not actions["suggest-here"].isChecked()
    actions["suggest-here"].trigger()
    actions["suggest"].trigger()
    look(bench)
    assert not bar.isVisible() and bench.bridge.session.suggestions == ()
    bench.open_file(path)
    look(bench)
    assert not bar.isVisible() and not actions["suggest"].isChecked()
    actions["suggest"].trigger()
    qtbot.waitUntil(bar.isVisible)


def test_a_source_that_fails_is_told_of_and_labelling_goes_on(bench: Workbench) -> None:
    source = begin(bench)
    source.fails = True
    bench.bridge.session._all_sources().forget("told")
    look(bench)
    assert "told" in bench.window.notices.shown()[0].text() and ids(bench) == []
    labelled(bench, "جميلة", "ACTOR")
    assert len(marks(bench)) == 1
    bench.window.suggestions.menu_opening.emit()
    menus = [action.menu() for action in bench.window.suggestions.menu.actions() if action.menu()]
    assert "told (failed)" in [action.text() for action in menus[0].actions()]  # type: ignore[attr-defined]


def test_the_menu_keeps_nothing_of_the_times_it_was_opened_before(bench: Workbench, qtbot: QtBot) -> None:
    menu = bench.window.suggestions.menu
    begin(bench)
    bench.window.suggestions.menu_opening.emit()
    there = len(menu.findChildren(QObject))
    for _time in range(3):
        bench.window.suggestions.menu_opening.emit()
    qtbot.waitUntil(lambda: len(menu.findChildren(QObject)) == there)


def test_a_source_that_is_mostly_wrong_goes_quiet_says_so_and_is_woken(bench: Workbench) -> None:
    words = {found.group(): found.span() for found in re.finditer(r"\w+", TEXT)}
    begin(bench, *(("LOCATION", *place, 0.9) for place in words.values()))
    for _word in range(10):
        go(bench, ids(bench)[0])
        key(bench, Key.Key_Backspace)
    session = bench.bridge.session
    assert [one.source_name for one in session.quiet()] == ["told"] and ids(bench) == []
    assert "told" in bench.window.status.message.text()
    bench.window.actions_["suggesting"].trigger()
    page = bench.undertakings.suggestion_choices.page
    assert page
    page.woken.emit("told", "LOCATION")
    assert session.quiet() == [] and ids(bench) != []


def test_what_was_rejected_is_listed_found_and_suggested_again(bench: Workbench) -> None:
    for id in (WHO, FIRST):
        go(bench, id)
        key(bench, Key.Key_Backspace)
    bench.window.actions_["rejected"].trigger()
    page = bench.undertakings.suggestion_choices.page
    assert page and page.search.hasFocus() and page.list.count() == 2
    assert not bench.window.suggestions.isVisible()
    page.search.setText("الوفد")
    assert page.list.count() == 1 and page.again.text() == "Suggest 1 again"
    button(page.again)
    assert ids(bench) == [WHO] and page.list.count() == 0
    page.search.clear()
    page.list.setFocus()
    press(page.list, Key.Key_Escape)
    assert bench.undertakings.suggestion_choices.page is None and bench.window.suggestions.isVisible()


def test_the_page_sets_how_the_project_suggests(bench: Workbench) -> None:
    bench.window.actions_["suggesting"].trigger()
    page, session = bench.undertakings.suggestion_choices.page, bench.bridge.session
    assert page
    page.rows["order"].edited.emit("order", "most_useful")
    page.rows["share"].field.setValue(100)  # type: ignore[union-attr]
    page.rows["source.told"].field.setChecked(False)  # type: ignore[union-attr]
    how = session.suggest_settings
    assert how == SuggestSettings(True, 0.5, "most_useful", 100, (*SHIPPED, "told"))
    page.closed.emit()
    look(bench)
    assert bench.window.suggestions.said.text() == "This article is kept free of suggestions"


def test_what_comes_into_focus_is_spoken_once(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(announcing, "_send", lambda event: heard.append(event.message()))
    QAccessible.setActive(True)
    try:
        go(bench, FIRST)
        told(bench)
        bench.bridge.do(set_flag(True), bench.window.canvas.place())
        told(bench)
    finally:
        QAccessible.setActive(False)
    assert [said for said in heard if said.startswith("Suggestion")] == [
        "Suggestion: ساريا, Location, almost certain \u00b7 90\u202f%, A known name of a place"
    ]


def test_the_next_article_is_the_most_useful_one_where_that_was_chosen(
    open_bench: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(f'{{"id": "a{n}", "text": "مقال {n}"}}\n' for n in range(4)), encoding="utf-8")
    bench = open_bench(path)
    session, actions = bench.bridge.session, bench.window.actions_
    session.set_annotator("A1")
    keys = session.key, *(session.key_of(f"a{n}") for n in (3, 1))
    useful = iter([keys[1], keys[2], None])
    monkeypatch.setattr(session, "next_by_use", lambda: next(useful))
    seen = []
    for action in ("next-article", "done", "previous-article", "previous-article"):
        actions[action].trigger()
        seen.append(session.key)
    assert seen == [keys[1], keys[2], keys[1], keys[0]]
    actions["next-article"].trigger()
    assert session.key == session.key_of("a1")


class _Paints(QObject):
    """Notes each paint of what it watches."""

    def __init__(self, done: list[str]) -> None:
        super().__init__()
        self._done = done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._done.append("painted")
        return False


def test_another_article_is_painted_before_anything_is_looked_for_in_it(
    qtbot: QtBot, open_bench: Open, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = open_bench(corpus)
    begin(bench)
    session, canvas = bench.bridge.session, bench.window.canvas
    done: list[str] = []
    asked = session.suggest_now
    monkeypatch.setattr(session, "suggest_now", lambda: (done.append("asked"), asked()))
    watcher = _Paints(done)
    canvas.viewport().installEventFilter(watcher)
    bench.window.actions_["next-article"].trigger()
    assert done == []
    qtbot.waitUntil(lambda: "asked" in done)
    assert done[0] == "painted"


def test_a_long_article_is_looked_into_beside_the_window(
    qtbot: QtBot, open_bench: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "long.txt"
    path.write_text(TEXT * 200, encoding="utf-8")
    threads: set[threading.Thread] = set()
    asked = Gazetteer.suggest

    def suggest(source: Gazetteer, article: Article) -> Iterator[Suggestion]:
        if article.text.startswith(TEXT):
            threads.add(threading.current_thread())
        return asked(source, article)

    monkeypatch.setattr(Gazetteer, "suggest", suggest)
    bench = open_bench(path)
    look(bench)
    qtbot.waitUntil(bench.window.suggestions.isVisible)
    assert len(threads) == 1 and threading.main_thread() not in threads
