"""The window has its project learn, at the right moments and without waiting for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.edit.commands import label, set_status
from app.model.place import Place
from app.suggesting import SuggestSettings
from tests.test_learning import OFF, project
from widgets.learning import DECISIONS
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Open = Callable[..., Workbench]


def learned(bench: Workbench) -> list[bool]:
    """Begin to learn what the project teaches, and keep what is learned from then on."""
    heard: list[bool] = []
    session = bench.bridge.session
    session.learning_changed.connect(lambda: heard.append(session.is_learning))
    return heard


def suggested(bench: Workbench) -> set[str]:
    session = bench.bridge.session
    return {session.document.text[one.suggestion.start : one.suggestion.end] for one in session.suggestions}


def test_what_was_learned_comes_to_the_page_by_itself(open_bench: Open, tmp_path: Path, qtbot: QtBot) -> None:
    bench = open_bench(project(tmp_path))
    session = bench.bridge.session
    session.set_suggest_settings(SuggestSettings(off=OFF))
    assert bench.undertakings.learning
    bench.commands.suggesting.look_again()
    qtbot.waitUntil(lambda: "سارطة" in suggested(bench), timeout=30_000)
    qtbot.waitUntil(lambda: bool(bench.commands.suggesting.shown()), timeout=1000)


def test_it_learns_after_ten_decisions_and_after_a_finished_article_and_not_before(
    open_bench: Open, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("widgets.learning._RESTS", 0)
    bench = open_bench(project(tmp_path))
    session, learning = bench.bridge.session, bench.undertakings.learning
    session.set_annotator("A1")
    session.set_suggest_settings(SuggestSettings(off=OFF))
    qtbot.waitUntil(lambda: not learning._begin_soon.isActive() and not session.is_learning, timeout=30_000)
    heard = learned(bench)
    letters = [n for n, letter in enumerate(session.document.text) if letter.isalpha()][:DECISIONS]
    for n in letters[:-1]:
        session.do(label(n, n + 1, "ACTOR"), place=Place())
    QApplication.processEvents()
    assert heard == []
    session.do(label(letters[-1], letters[-1] + 1, "ACTOR"), place=Place())
    assert heard == [True]
    qtbot.waitUntil(lambda: not session.is_learning, timeout=30_000)
    session.do(set_status("complete"), place=Place())
    assert heard == [True, False, True]
    qtbot.waitUntil(lambda: not session.is_learning, timeout=30_000)


def test_it_rests_ten_times_as_long_as_learning_took(open_bench: Open, tmp_path: Path, qtbot: QtBot) -> None:
    bench = open_bench(project(tmp_path))
    session, learning = bench.bridge.session, bench.undertakings.learning
    session.set_annotator("A1")
    qtbot.waitUntil(lambda: not learning._begin_soon.isActive() and not session.is_learning, timeout=30_000)
    heard = learned(bench)
    session.do(set_status("complete"), place=Place())
    assert heard == [] and learning._later.isActive()
    bench.close_project()
    assert not learning._later.isActive()
