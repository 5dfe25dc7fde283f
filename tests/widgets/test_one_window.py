"""A second start: who is first, who hands over, and what happens when the first does not answer."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from widgets.one_window import OneWindow, meeting_place
from widgets.workbench import Workbench

HOLD = (
    "import sys, time; from pathlib import Path; from widgets.one_window import OneWindow;"
    "print(OneWindow(Path(sys.argv[1])).claim(), flush=True); time.sleep(60)"
)
HAND = (
    "import sys; from pathlib import Path; from widgets.one_window import OneWindow;"
    "one = OneWindow(Path(sys.argv[1]));"
    "print(one.claim(), one.hand([Path(file) for file in sys.argv[2:]]))"
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the windows of this test find each other."""
    return tmp_path / "windows" / "here"


def hands(place: Path, *files: str, cwd: Path) -> subprocess.Popen[str]:
    """Another process that starts second."""
    command = [sys.executable, "-c", HAND, str(place), *files]
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(command, cwd=cwd, env=surroundings, stdout=subprocess.PIPE, text=True)


def test_a_second_start_hands_its_files_to_the_first_as_it_was_given_them(qtbot: QtBot, place: Path) -> None:
    first = OneWindow(place)
    assert first.claim()
    first.listen()
    try:
        with qtbot.waitSignal(first.handed, timeout=8000) as heard:
            second = hands(place, "مقال أول.txt", "b.jsonl", cwd=place.parent)
        assert heard.args == [[place.parent / "مقال أول.txt", place.parent / "b.jsonl"]]
        said, _ = second.communicate(timeout=8)
        assert said.split() == ["False", "True"]
        assert not list(place.iterdir())
    finally:
        first.end()


def test_what_came_before_the_window_was_there_is_not_lost(qtbot: QtBot, place: Path) -> None:
    first = OneWindow(place)
    assert first.claim()
    second = hands(place, "a.txt", cwd=place.parent)
    qtbot.waitUntil(lambda: bool(list(place.glob("*.open"))), timeout=8000)
    with qtbot.waitSignal(first.handed, timeout=8000) as heard:
        first.listen()
    assert [file.name for file in heard.args[0]] == ["a.txt"]
    assert second.communicate(timeout=8)[0].split() == ["False", "True"]
    first.end()


def test_a_window_that_does_not_answer_leaves_the_second_to_open_its_own(place: Path) -> None:
    first, second = OneWindow(place), OneWindow(place)
    assert first.claim() and not second.claim()
    assert not second.hand([Path("a.txt")], patience=0.1)
    assert not list(place.iterdir())  # or the first would open it later, too
    first.end()


def test_a_window_that_closes_meanwhile_makes_the_second_the_first(place: Path) -> None:
    first, second = OneWindow(place), OneWindow(place)
    assert first.claim() and not second.claim()
    first.end()
    began = time.monotonic()
    assert not second.hand([Path("a.txt")])
    assert time.monotonic() - began < 2
    assert not OneWindow(place).claim()
    second.end()


def test_a_window_that_crashed_bars_nobody(place: Path) -> None:
    place.mkdir(parents=True)
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", HOLD, str(place)]
    with subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True) as crashing:
        assert crashing.stdout is not None and crashing.stdout.readline().strip() == "True"
        letter = place / "1-1.open"
        letter.write_text('{"files": ["/old.txt"], "token": ""}', encoding="utf-8")
        os.utime(letter, (1, 1))
        crashing.kill()
    after = OneWindow(place)
    assert after.claim()
    assert not letter.exists()
    after.end()


@pytest.mark.parametrize("letter", [b"", b"\xff\xfe", b"[]", b'{"files": 3, "token": ""}', b'{"files": []}'])
def test_a_message_that_makes_no_sense_is_passed_over(qtbot: QtBot, place: Path, letter: bytes) -> None:
    first = OneWindow(place)
    assert first.claim()
    (place / "1-1.open").write_bytes(letter)
    first.listen()
    with qtbot.waitSignal(first.handed, timeout=8000) as heard:
        second = hands(place, "good.txt", cwd=place.parent)
    assert [file.name for file in heard.args[0]] == ["good.txt"]
    second.communicate(timeout=8)
    first.end()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_where_nothing_can_be_locked_the_window_opens_all_the_same(place: Path) -> None:
    place.parent.mkdir(parents=True, mode=0o500)
    assert OneWindow(place).claim()


def test_windows_on_two_screens_do_not_know_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":1")
    one = meeting_place()
    monkeypatch.setenv("DISPLAY", ":2")
    assert meeting_place() != one


@pytest.mark.qt_log_ignore("does not support raise")
def test_what_is_handed_over_opens_in_the_window_that_comes_up_again(
    open_bench: Callable[..., Workbench], article: Path, corpus: Path
) -> None:
    bench = open_bench(article)
    bench.window.showMinimized()
    bench.handed([])
    assert not bench.window.isMinimized()
    assert bench.bridge.session.path == article.with_suffix(".hashiya")
    bench.handed([corpus])
    assert bench.bridge.session.path == corpus.with_suffix(".hashiya")
    assert bench.window.windowState() & Qt.WindowState.WindowMinimized == Qt.WindowState.WindowNoState


def test_a_rehearsal_marks_a_word_saves_and_leaves(tmp_path: Path, article: Path) -> None:
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "app", "window", "--rehearse", str(article)]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert '"spans": 1' in done.stdout
    assert '"label":"LOCATION"' in article.with_suffix(".annotations.jsonl").read_text(encoding="utf-8")
