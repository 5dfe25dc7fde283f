"""What is saved when, and what the window says of what cannot be opened or written."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.widgets.hands import marks, select, training_lines
from widgets.i18n import clock
from widgets.reading import Reading
from widgets.workbench import Workbench

CONTROL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., Workbench]


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
        raise ProjectError("project-busy", file="article.hashiya", reason="locked")

    select(bench, "تل الريحان")
    monkeypatch.setattr("app.store.steps.make", full)
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    assert marks(bench) == []
    assert "Not saved" in bench.window.status.saved.text()
    assert any("Another program is using" in notice.said for notice in bench.window.notices.shown())


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


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Holds the reading back after its first article until it is set."""
    go_on, hear = threading.Event(), Reading._hear

    def wait_and_hear(reading: Reading, read: int) -> None:
        go_on.wait(20)
        hear(reading, read)

    monkeypatch.setattr(Reading, "_hear", wait_and_hear)
    return go_on


def test_a_large_file_is_read_while_the_window_goes_on(
    qtbot: QtBot, bench: Workbench, large: Path, held: threading.Event
) -> None:
    bench.open_file(large)
    (notice,) = bench.window.notices.shown()
    assert "large.jsonl" in notice.said
    start, end = select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    assert marks(bench) == [(start, end, "LOCATION")]
    held.set()
    qtbot.waitUntil(lambda: bench.bridge.session.path.name == "large.hashiya", timeout=30_000)
    assert bench.bridge.session.count == 700
    (faults,) = bench.window.notices.shown()
    assert "1 fault" in faults.said
    assert len(training_lines(large.with_name("article.hashiya"))) == 1


def test_reading_a_large_file_can_be_cancelled_and_leaves_nothing(
    qtbot: QtBot, open_bench: Open, large: Path, tmp_path: Path, held: threading.Event
) -> None:
    bench = open_bench(large)
    (notice,) = bench.window.notices.shown()
    notice.dismissed.emit()
    held.set()
    qtbot.waitUntil(lambda: not bench.window.notices.shown(), timeout=10_000)
    assert not bench.bridge.is_open
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["large.jsonl"]


def test_closing_the_window_stops_the_reading(
    open_bench: Open, large: Path, tmp_path: Path, held: threading.Event
) -> None:
    bench = open_bench(large)
    threading.Timer(0.2, held.set).start()
    bench.window.close()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["large.jsonl"]


def test_a_fault_of_the_program_is_said_without_a_traceback(bench: Workbench) -> None:
    bench.window.notices.clear()
    QApplication.instance().crashed.emit("ZeroDivisionError")
    (notice,) = bench.window.notices.shown()
    assert "ZeroDivisionError" in notice.said
    assert "Traceback" not in notice.text()
