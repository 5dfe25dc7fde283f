"""Who listens to the window hears what it says of itself, not only what happens in the article."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from pytestqt.qtbot import QtBot

from tests.widgets.hands import select
from widgets import announcing
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, bool]]]:
    """What is spoken, and whether at once."""
    told: list[tuple[str, bool]] = []

    def hear(event: QAccessibleAnnouncementEvent) -> None:
        told.append((event.message(), event.politeness() == QAccessible.AnnouncementPoliteness.Assertive))

    monkeypatch.setattr(announcing, "_send", hear)
    QAccessible.setActive(True)
    yield told
    QAccessible.setActive(False)


def test_a_refusal_is_spoken(open_bench: Callable[..., Workbench], article: Path, heard: list[object]) -> None:
    bench = open_bench(article)
    bench.commands.run("delete")
    assert heard == [("No span is in focus. Click one in the text, or walk through them with Tab.", False)]


def test_that_something_was_not_saved_is_spoken_at_once(
    open_bench: Callable[..., Workbench], article: Path, heard: list[object]
) -> None:
    bench = open_bench(article)
    bench.window.status.set_trouble("the disk is full")
    bench.window.notices.tell("The disk is full.", ("article.txt",), "error")
    assert heard == [("Not saved: the disk is full", True), ("The disk is full.\narticle.txt", True)]


def test_what_was_found_is_spoken_once_and_without_marks_of_direction(
    qtbot: QtBot, open_bench: Callable[..., Workbench], article: Path, heard: list[tuple[str, bool]]
) -> None:
    bench = open_bench(article)
    bench.bridge.session.set_annotator("A1")
    select(bench, "الميناء")
    bench.commands.label("LOCATION")
    heard.clear()
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [("الميناء: 1 place · 1 marked already", False)]
    qtbot.keyClick(bench.window.review.list, Qt.Key.Key_Escape)
    bench.commands.run("find")
    heard.clear()
    bench.window.finder.field.setText("zzz")
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [("Not found", False)]


def test_nothing_is_spoken_while_nobody_listens(
    open_bench: Callable[..., Workbench], article: Path, heard: list[object]
) -> None:
    QAccessible.setActive(False)
    open_bench(article).commands.run("delete")
    assert heard == []
