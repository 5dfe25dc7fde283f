"""Suggestions in the window: one key each, by hand and by mouse, and nothing taken from whoever labels without them."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.edit.commands import set_flag
from app.suggest.base import Article, Suggestion, Why
from app.suggest.gazetteer import Gazetteer
from app.suggesting import SuggestSettings
from tests.widgets.hands import labelled, marks, press, select
from widgets import announcing
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Open = Callable[..., Workbench]
Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
TEXT = "وصل الوفد إلى ساريا ثم عاد من ساريا وفيها: «ساريا» جميلة. قال الوفد إنه باق في ساريا."
SHIPPED = ("repetition", "dictionary", "casualties", "quotes", "gazetteer", "crf")
FIRST, SECOND, THIRD, WHO = "LOCATION:14:19", "LOCATION:30:35", "LOCATION:44:49", "ACTOR:4:9"


class Told:
    """A source that says what it is told to, and fails when it is told to."""

    name, kind = "told", "rule"

    def __init__(self, *places: tuple[str, int, int, float]) -> None:
        self.places = places
        self.fails = False

    def suggest(self, article: Article) -> Iterator[Suggestion]:
        if self.fails:
            raise RuntimeError("told to")
        for label, start, end, score in self.places:
            if end <= len(article.text):
                yield Suggestion(label, start, end, "rule", self.name, score, Why("known-place", {}))


PLACES = (("ACTOR", 4, 9, 0.6), ("LOCATION", 14, 19, 0.9), ("LOCATION", 30, 35, 0.9), ("LOCATION", 44, 49, 0.9))


def begin(bench: Workbench, *places: tuple[str, int, int, float]) -> Told:
    """Have `places` suggested, and nothing else."""
    session, source = bench.bridge.session, Told(*(places or PLACES))
    session.set_suggest_settings(session.suggest_settings._replace(off=SHIPPED))
    session._all_sources().put(source)
    look(bench)
    return source


def look(bench: Workbench) -> None:
    """Wait until the window has looked for suggestions, and told of them."""
    suggesting = bench.commands.suggesting
    assert suggesting
    suggesting.look_again()
    told(bench)


def told(bench: Workbench) -> None:
    """Wait until the bar has told how things stand."""
    suggesting = bench.commands.suggesting
    assert suggesting
    for _ in range(4000):
        if not (suggesting._look_now.isActive() or suggesting._getting_ready or suggesting._tell_soon.isActive()):
            return
        QTest.qWait(5)
    raise AssertionError("the bar never told")


@pytest.fixture
def bench(open_bench: Open, tmp_path: Path) -> Workbench:
    """The window on an article with four suggestions, the hand at its beginning."""
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    opened = open_bench(path)
    opened.bridge.session.set_annotator("A1")
    begin(opened)
    opened.window.canvas.setFocus()
    return opened


def ids(bench: Workbench) -> list[str]:
    return [one.id for one in bench.bridge.session.suggestions]


def focus(bench: Workbench) -> str:
    """What is in focus, a suggestion or else a span's surface."""
    canvas = bench.window.canvas
    span = bench.bridge.session.annotations.spans.get(canvas.focused_span())
    return canvas.suggested_focus or (TEXT[span.start : span.end] if span else "")


def go(bench: Workbench, id: str) -> None:
    bench.window.canvas.set_suggested_focus(id)
    assert focus(bench) == id


def key(bench: Workbench, key: int, text: str = "", scan: int = 0, held: Qt.KeyboardModifier | None = None) -> None:
    press(bench.window.canvas, key, text, scan, held or Qt.KeyboardModifier.NoModifier)


def button(part: QWidget) -> None:
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)


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


def test_tab_walks_spans_and_suggestions_as_they_are_read_and_esc_leaves_them(bench: Workbench) -> None:
    labelled(bench, "جميلة", "ACTOR")
    labelled(bench, "وصل الوفد", "ACTOR")
    select(bench, "")
    seen = []
    for _step in range(5):
        key(bench, Key.Key_Tab)
        seen.append(focus(bench))
    assert seen == ["وصل الوفد", FIRST, SECOND, THIRD, "جميلة"]
    back = []
    for _step in range(4):
        key(bench, Key.Key_Backtab, held=SHIFT)
        back.append(focus(bench))
    assert back == seen[3::-1]
    go(bench, SECOND)
    key(bench, Key.Key_Escape)
    assert focus(bench) == "" and bench.window.canvas.hasFocus()


def test_one_key_a_suggestion_from_the_first_to_the_last(bench: Workbench) -> None:
    key(bench, Key.Key_Tab)
    key(bench, Key.Key_Return)
    assert focus(bench) == FIRST
    key(bench, Key.Key_Enter)
    assert focus(bench) == SECOND
    key(bench, Key.Key_Return)
    key(bench, Key.Key_Return)
    assert marks(bench) == [(4, 9, "ACTOR"), (14, 19, "LOCATION"), (30, 35, "LOCATION"), (44, 49, "LOCATION")]
    assert ids(bench) == [] and focus(bench) == "ساريا"
    told(bench)
    assert bench.window.suggestions.count.text() == "No suggestions left"


def test_backspace_or_delete_rejects_goes_on_and_is_taken_back_with_its_focus(bench: Workbench) -> None:
    go(bench, WHO)
    key(bench, Key.Key_Backspace)
    assert focus(bench) == FIRST and marks(bench) == []
    key(bench, Key.Key_Delete)
    assert ids(bench) == [] and [one.times for one in bench.bridge.session.rejections()] == [1, 1]
    for expected in (FIRST, WHO):
        QTest.keyClick(bench.window.canvas, Key.Key_Z, CONTROL)
        assert focus(bench) == expected
    assert len(ids(bench)) == 4 and bench.bridge.session.rejections() == []


def test_undo_brings_back_what_was_accepted_and_its_focus_and_redo_accepts_it_again(bench: Workbench) -> None:
    go(bench, SECOND)
    key(bench, Key.Key_Return)
    QTest.keyClick(bench.window.canvas, Key.Key_Z, CONTROL)
    assert (focus(bench), marks(bench)) == (SECOND, [])
    QTest.keyClick(bench.window.canvas, Key.Key_Z, CONTROL | SHIFT)
    assert marks(bench) == [(30, 35, "LOCATION")] and SECOND not in ids(bench)


@pytest.mark.parametrize(("pressed", "text", "scan"), [(Key.Key_3, "3", 12), (0x0663, "٣", 12), (0x0663, "٣", 0)])
def test_the_key_of_a_label_accepts_as_that_label(bench: Workbench, pressed: int, text: str, scan: int) -> None:
    go(bench, FIRST)
    key(bench, pressed, text, scan)
    assert marks(bench) == [(14, 19, "ACTOR")] and focus(bench) == SECOND
    assert bench.bridge.session.annotations.ordered()[0].edited


def test_a_chip_of_a_label_accepts_as_that_label_too(bench: Workbench) -> None:
    go(bench, FIRST)
    bench.window.strip.chips.chosen.emit("ACTOR")
    assert marks(bench) == [(14, 19, "ACTOR")]


def test_when_what_is_in_focus_is_suggested_no_more_the_next_one_is_in_focus(bench: Workbench) -> None:
    go(bench, SECOND)
    begin(bench, PLACES[0], PLACES[1], PLACES[3])
    assert focus(bench) == THIRD
    begin(bench, PLACES[0])
    assert focus(bench) == ""


def test_the_edges_are_moved_first_by_places_on_the_keyboard_and_accepted_so(bench: Workbench) -> None:
    go(bench, FIRST)
    key(bench, ord("ج"), "ج", scan=34)  # [ in an Arabic layout
    told(bench)
    assert "إلى ساريا" in bench.window.suggestions.said.text()
    key(bench, Key.Key_Return)
    assert marks(bench) == [(10, 19, "LOCATION")] and focus(bench) == SECOND
    assert bench.window.actions_["clitics"].isEnabled()
    key(bench, Key.Key_Return)
    assert marks(bench)[1] == (30, 35, "LOCATION")


def test_x_takes_the_attached_clitic_off_and_on_before_it_is_accepted(bench: Workbench) -> None:
    begin(bench, ("LOCATION", 36, 41, 0.9))
    go(bench, "LOCATION:36:41")
    key(bench, ord("ء"), "ء", scan=53)  # X in an Arabic layout
    told(bench)
    assert "\u2068فيها" in bench.window.suggestions.said.text()
    key(bench, ord("ء"), "ء", scan=53, held=SHIFT)
    told(bench)
    assert "\u2068وفيها" in bench.window.suggestions.said.text()
    key(bench, ord("ء"), "ء", scan=53)
    key(bench, Key.Key_Return)
    assert [one[:2] for one in marks(bench)] == [(37, 41)]


def test_a_handle_moves_an_edge_too_and_the_alike_ones_follow(bench: Workbench) -> None:
    go(bench, SECOND)
    bench.window.canvas.suggested_bounds_changed.emit(SECOND, 27, 35)
    key(bench, Key.Key_Return, held=SHIFT)
    assert [TEXT[start:end] for start, end, _label in marks(bench)] == ["لى ساريا", "من ساريا", ": «ساريا"]


def test_shift_enter_accepts_all_alike_in_one_step_and_goes_on(bench: Workbench) -> None:
    go(bench, FIRST)
    told(bench)
    assert "3" in bench.window.suggestions.alike.text()
    key(bench, Key.Key_Return, held=SHIFT)
    assert len(marks(bench)) == 3 and ids(bench) == [WHO]
    QTest.keyClick(bench.window.canvas, Key.Key_Z, CONTROL)
    assert marks(bench) == [] and focus(bench) == FIRST


def test_all_that_are_shown_are_counted_then_accepted_by_one_press_in_one_step(bench: Workbench) -> None:
    bar = bench.window.suggestions
    assert "4" in bar.above.text()
    place = bench.window.canvas.place()
    button(bar.above)
    assert len(marks(bench)) == 4 and bench.window.canvas.place() == place
    assert bench.window.canvas.hasFocus()
    QTest.keyClick(bench.window.canvas, Key.Key_Z, CONTROL)
    assert marks(bench) == [] and len(ids(bench)) == 4


def test_without_a_suggestion_in_focus_every_key_is_as_it_was(bench: Workbench) -> None:
    key(bench, Key.Key_Backspace)
    key(bench, Key.Key_Return, held=SHIFT)
    assert marks(bench) == [] and len(ids(bench)) == 4
    labelled(bench, "جميلة", "ACTOR")
    key(bench, Key.Key_Backspace)
    assert len(marks(bench)) == 1
    key(bench, Key.Key_Return)
    assert bench.window.inspector.isAncestorOf(QApplication.focusWidget())
    bench.window.canvas.setFocus()
    key(bench, Key.Key_Delete)
    assert marks(bench) == []
    select(bench, "ساريا")
    key(bench, Key.Key_2, "2", 11)
    assert marks(bench) == [(14, 19, "LOCATION")]


def test_a_key_that_is_held_decides_once(bench: Workbench) -> None:
    go(bench, WHO)
    none = Qt.KeyboardModifier.NoModifier
    for repeated in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Return, none, 0, 0, 0, "\r", repeated)
        QApplication.sendEvent(bench.window.canvas, event)
    assert len(marks(bench)) == 1


def test_the_keys_of_suggestions_can_be_others(bench: Workbench) -> None:
    bench.comforts.preferences.edit("keys", {"accept": ["K"]})
    assert "K" in bench.window.suggestions.accept.text()
    go(bench, FIRST)
    key(bench, Key.Key_Return)
    assert marks(bench) == []
    key(bench, ord("ن"), "ن", scan=45)
    assert marks(bench) == [(14, 19, "LOCATION")]


def test_a_click_on_the_page_and_the_buttons_of_the_bar_do_all_of_it(bench: Workbench) -> None:
    bar, canvas = bench.window.suggestions, bench.window.canvas
    assert not bar.accept.isEnabled() and not bar.reject.isEnabled()
    canvas.suggested_clicked.emit(FIRST)
    told(bench)
    button(bar.accept)
    assert marks(bench) == [(14, 19, "LOCATION")] and focus(bench) == SECOND and canvas.hasFocus()
    told(bench)
    button(bar.reject)
    assert ids(bench) == [WHO]
    bench.window.actions_["next-suggestion"].trigger()
    assert focus(bench) == WHO


def test_the_menu_of_the_text_has_what_can_be_done_to_a_suggestion(bench: Workbench) -> None:
    go(bench, FIRST)
    bench.window.canvas.menu_asked.emit(bench.window.canvas.mapToGlobal(QPoint(5, 5)))
    [menu] = [part for part in bench.window.findChildren(QMenu) if part.isVisible()]
    shown = menu.actions()
    assert [action.objectName() for action in shown[:3]] == ["accept", "reject", "accept-alike"]
    next(action for action in shown if action.text().startswith("Actor")).trigger()
    menu.close()
    assert marks(bench) == [(14, 19, "ACTOR")]


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


def test_the_name_of_the_annotator_is_asked_first_and_the_suggestion_is_accepted_then(
    open_bench: Open, tmp_path: Path
) -> None:
    path = tmp_path / "b.txt"
    path.write_text(TEXT, encoding="utf-8")
    bench = open_bench(path)
    begin(bench)
    bench.window.canvas.setFocus()
    go(bench, FIRST)
    key(bench, Key.Key_Return)
    assert bench.window.prompt.isVisible() and marks(bench) == []
    bench.window.prompt.named.emit("A2")
    assert marks(bench) == [(14, 19, "LOCATION")] and focus(bench) == SECOND


def test_there_is_something_to_learn_when_one_is_decided(qtbot: QtBot, bench: Workbench) -> None:
    go(bench, FIRST)
    suggesting = bench.commands.suggesting
    assert suggesting
    with qtbot.waitSignal(suggesting.decided):
        key(bench, Key.Key_Return)


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
