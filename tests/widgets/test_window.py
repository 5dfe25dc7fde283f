"""The window over a day's work: opening, naming, moving on, closing, and what it says when something is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.widgets.hands import marks, select
from widgets.i18n import clock
from widgets.settings import Settings
from widgets.workbench import Workbench

CONTROL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., Workbench]


def training_lines(project: Path) -> list[dict[str, object]]:
    """The training file beside a project, line by line; none where there is no file yet."""
    file = project.with_name(project.stem + ".annotations.jsonl")
    return [json.loads(line) for line in file.read_bytes().split(b"\n") if line] if file.exists() else []


def words(bench: Workbench) -> set[str]:
    """Everything that the window says somewhere."""
    shown = bench.window.findChildren(QLabel) + bench.window.findChildren(QAbstractButton)
    said = {part.text() for part in shown}
    said |= {action.text().split("\t")[0] for action in bench.window.actions_.all()}
    return {text.strip("\u200e\u200f") for text in said if text}


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


# Saving


def test_the_training_file_follows_a_moment_after_the_hand_rests(qtbot: QtBot, bench: Workbench) -> None:
    select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    project = bench.bridge.session.path
    assert training_lines(project) == []
    qtbot.waitUntil(lambda: len(training_lines(project)) == 1, timeout=5000)
    assert [span["text"] for span in training_lines(project)[0]["spans"]] == ["تل الريحان"]


def test_ctrl_s_writes_the_training_file_at_once(qtbot: QtBot, bench: Workbench) -> None:
    select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    with qtbot.waitSignal(bench.publisher.published):
        qtbot.keyClick(bench.window.canvas, Qt.Key.Key_S, CONTROL)
    assert len(training_lines(bench.bridge.session.path)) == 1


def test_closing_writes_the_training_file_and_the_note_being_typed(qtbot: QtBot, bench: Workbench) -> None:
    select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    bench.window.inspector.catch_up()
    bench.window.inspector.note.field.setPlainText("انظر السطر الأخير")
    project = bench.bridge.session.path
    bench.window.close()
    (line,) = training_lines(project)
    assert line["note"] == "انظر السطر الأخير"
    assert len(line["spans"]) == 1


def test_a_training_file_that_cannot_be_written_keeps_the_window_open_once(
    qtbot: QtBot, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.errors import SourceError

    def refuse(*_args: object, **_wishes: object) -> None:
        raise SourceError("training-file-unwritable", file="article.annotations.jsonl", reason="disk full")

    monkeypatch.setattr("app.publish.publish", refuse)
    bench.window.close()
    assert bench.window.isVisible()
    assert any("article.annotations.jsonl" in notice.text() for notice in bench.window.notices.shown())
    bench.window.close()
    assert not bench.window.isVisible()


def test_the_status_bar_says_when_the_last_step_was_saved(qtbot: QtBot, bench: Workbench) -> None:
    select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    commit = bench.bridge.session.last_commit
    assert commit is not None
    qtbot.waitUntil(lambda: clock(commit) in bench.window.status.saved.text())


def test_a_step_that_is_not_saved_is_said_and_not_shown(
    qtbot: QtBot, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.errors import ProjectError

    def full(*_args: object, **_wishes: object) -> None:
        raise ProjectError("project-disk-full", file="article.hashiya", reason="full")

    select(bench, "تل الريحان")
    monkeypatch.setattr("app.store.steps.make", full)
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    assert marks(bench) == []
    assert "Not saved" in bench.window.status.saved.text()
    assert any("disk is full" in notice.said for notice in bench.window.notices.shown())


# What cannot be opened


@pytest.mark.parametrize(
    ("name", "content"),
    [("latin.txt", "مرحبا".encode("cp1256")), ("empty.txt", b""), ("broken.jsonl", b"[1, 2\n"), ("none.txt", None)],
)
def test_a_file_that_cannot_be_opened_is_named_in_the_window(
    open_bench: Open, tmp_path: Path, name: str, content: bytes | None
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    bench = open_bench(file)
    assert not bench.bridge.is_open
    assert bench.window.nothing.isVisible()
    assert name in bench.window.nothing.said()
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ([name] if content is not None else [])


def test_a_file_that_cannot_be_opened_leaves_the_open_one_as_it_is(bench: Workbench, tmp_path: Path) -> None:
    assert not bench.open_file(tmp_path)
    assert bench.bridge.session.path.name == "article.hashiya"
    assert any(str(tmp_path) in notice.said or tmp_path.name in notice.said for notice in bench.window.notices.shown())


def test_faults_are_listed_and_the_rest_is_there(open_bench: Open, tmp_path: Path) -> None:
    file = tmp_path / "mixed.jsonl"
    file.write_text('{"text": "واحد"}\n[2]\n{"title": "بلا نص"}\n{"text": "أربعة"}\n', encoding="utf-8")
    bench = open_bench(file)
    assert bench.bridge.session.count == 2
    (notice,) = bench.window.notices.shown()
    assert "2 faults" in notice.said
    assert "line 2" in notice.text()
    assert "line 3" in notice.text()
    notice.copy()
    assert QApplication.clipboard().text() == notice.text()


def test_a_notice_never_takes_text_for_html(bench: Workbench) -> None:
    bench.window.notices.tell("<b>bold</b> & more")
    (notice,) = bench.window.notices.shown()
    assert any(label.text() == "<b>bold</b> & more" for label in notice.findChildren(QLabel))
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in notice.findChildren(QLabel) if label.text())


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
    assert all(part.isHidden() for part in around)
    start, end = select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    assert marks(bench) == [(start, end, "LOCATION")]
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_F11)
    assert not any(part.isHidden() for part in around)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_reaches_every_corner(bench: Workbench, theme: str) -> None:
    bench.house.use_theme(theme)
    picture = bench.window.grab().toImage()
    colours = bench.house.theme()
    size = bench.window.size()
    assert picture.pixelColor(size.width() - 3, size.height() // 2).name().upper() == colours.panel
    assert picture.pixelColor(4, size.height() - 3).name().upper() == colours.panel
    page = bench.window.canvas.mapTo(bench.window, QPoint(bench.window.canvas.width() // 2, 40))
    assert picture.pixelColor(page).name().upper() == colours.page


# Large files


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file that is not read within a blink."""
    path = tmp_path / "large.jsonl"
    text = "مقال طويل عن الميناء " * 400
    path.write_text(
        "".join(f'{{"id": "a{n}", "text": "{n} {text}"}}\n' for n in range(700)) + "[1]\n", encoding="utf-8"
    )
    return path


def test_a_large_file_is_read_while_the_window_goes_on(qtbot: QtBot, bench: Workbench, large: Path) -> None:
    bench.open_file(large)
    (notice,) = bench.window.notices.shown()
    assert "large.jsonl" in notice.said
    start, end = select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    assert marks(bench) == [(start, end, "LOCATION")]
    qtbot.waitUntil(lambda: bench.bridge.session.path.name == "large.hashiya", timeout=30_000)
    assert bench.bridge.session.count == 700
    (faults,) = bench.window.notices.shown()
    assert "1 fault" in faults.said
    assert len(training_lines(large.with_name("article.hashiya"))) == 1


def test_reading_a_large_file_can_be_cancelled_and_leaves_nothing(
    qtbot: QtBot, open_bench: Open, large: Path, tmp_path: Path
) -> None:
    bench = open_bench(large)
    (notice,) = bench.window.notices.shown()
    notice.dismissed.emit()
    qtbot.waitUntil(lambda: not bench.window.notices.shown(), timeout=10_000)
    assert not bench.bridge.is_open
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["large.jsonl"]
