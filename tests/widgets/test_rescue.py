"""A damaged project in the window: what is offered, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.backups import keep
from app.recover import Recovery, recover
from tests.store.made_projects import mark, opened, record, span, write_training
from widgets import rescue
from widgets.panels.notices import Notice
from widgets.panels.rescue_ways import RescueWays
from widgets.workbench import Workbench

Open = Callable[..., Workbench]
PAGE = 4096
ARTICLES = 40
LONG = 20_000


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Articles longer than a page, a mark in the first, and a backup of all."""
    lines = [record(f"a{n}", f"مقال {n} عن كركوك. " + "كلمة " * 600, (span("s1", 0, 4),)) for n in range(ARTICLES)]
    with closing(opened(write_training(tmp_path / "t.jsonl", *lines))) as session:
        mark(session, 0, 2)
    keep(tmp_path / "t.hashiya", "day")
    return tmp_path / "t.hashiya"


def without_its_head(project: Path) -> None:
    """Nothing of the project can be read by SQLite any more."""
    project.write_bytes(bytes(100) + project.read_bytes()[100:])


def with_another_letter(project: Path, number: int) -> None:
    """One letter of one article is another."""
    said = f"مقال {number} عن".encode()
    content = project.read_bytes()
    assert said in content
    project.write_bytes(content.replace(said, b"\xd8\xab" + said[2:]))


def ways(bench: Workbench) -> RescueWays:
    """What the page offers."""
    found = bench.window.nothing.findChild(RescueWays)
    assert isinstance(found, RescueWays)
    return found


def click(qtbot: QtBot, button: QWidget) -> None:
    """Press the button by the keyboard."""
    qtbot.keyClick(button, Qt.Key.Key_Space)  # type: ignore[no-untyped-call]


def notice_with(bench: Workbench, said: str) -> Notice | None:
    return next((notice for notice in bench.window.notices.shown() if said in notice.text()), None)


def test_a_damaged_project_comes_back_from_its_newest_whole_backup(
    qtbot: QtBot, open_bench: Open, project: Path
) -> None:
    without_its_head(project)
    bench = open_bench(project)
    assert QApplication.activeModalWidget() is None
    qtbot.waitUntil(lambda: ways(bench).restore.isVisible() and ways(bench).restore.hasFocus())
    assert f"{ARTICLES} articles and" in ways(bench).said()
    click(qtbot, ways(bench).restore)
    qtbot.waitUntil(lambda: bench.bridge.is_open, timeout=LONG)
    assert bench.bridge.session.count == ARTICLES
    assert project.with_name("t.damaged-1.hashiya").exists()


def test_what_can_be_read_is_brought_back_opened_and_told_of(qtbot: QtBot, open_bench: Open, project: Path) -> None:
    without_its_head(project)
    with_another_letter(project, 7)
    before = project.read_bytes()
    bench = open_bench(project)
    qtbot.waitUntil(lambda: ways(bench).recover.hasFocus() or ways(bench).restore.hasFocus())
    click(qtbot, ways(bench).recover)
    qtbot.waitUntil(lambda: bench.bridge.is_open, timeout=LONG)
    assert bench.bridge.session.path == project.with_name("t.recovered.hashiya")
    assert bench.bridge.session.count == ARTICLES
    notice = notice_with(bench, "What came back is in")
    assert notice is not None and "a7" in notice.text()
    assert project.read_bytes() == before


def test_a_damaged_project_can_be_left_as_it_is(qtbot: QtBot, open_bench: Open, project: Path) -> None:
    without_its_head(project)
    bench = open_bench(project)
    click(qtbot, ways(bench).leave)
    assert ways(bench).isHidden()
    assert "No article is open" in bench.window.nothing.said()


def test_bringing_back_can_be_cancelled_and_leaves_nothing(
    qtbot: QtBot, open_bench: Open, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    under_way, cancelled = Event(), Event()

    def held(project: Path, hear: Callable[[int], None]) -> Recovery:
        def heard(reached: int) -> None:
            hear(reached)
            under_way.set()
            cancelled.wait(LONG / 1000)

        return recover(project, None, heard)

    monkeypatch.setattr(rescue, "_brought_back", held)
    without_its_head(project)
    there = sorted(project.parent.glob("t*"))
    bench = open_bench(project)
    qtbot.waitUntil(lambda: ways(bench).restore.isVisible(), timeout=LONG)
    bench.undertakings.rescue._recover(project)
    assert not ways(bench).isEnabled()
    qtbot.waitUntil(under_way.is_set, timeout=LONG)
    bench.carrying.cancel()
    cancelled.set()
    qtbot.waitUntil(lambda: not bench.carrying.running, timeout=LONG)
    assert ways(bench).isEnabled() and not bench.bridge.is_open
    assert sorted(project.parent.glob("t*")) == there


def test_damage_in_an_article_that_nobody_opened_is_told_once_while_the_hand_rests(
    qtbot: QtBot, open_bench: Open, project: Path
) -> None:
    with_another_letter(project, 7)
    bench = open_bench(project)
    assert notice_with(bench, "a7") is None
    bench.undertakings.rescue.look()
    qtbot.waitUntil(lambda: notice_with(bench, "a7") is not None, timeout=LONG)
    notice = notice_with(bench, "a7")
    assert notice is not None
    titles = [button.text() for button in notice.findChildren(QToolButton)]
    assert "Bring back what can be read" in titles
    bench.window.notices.drop(notice)
    bench.undertakings.rescue.look()
    assert bench.undertakings.rescue._looking is None
    restore = next(button for button in notice.findChildren(QToolButton) if button.text().startswith("Go back"))
    restore.click()
    qtbot.waitUntil(lambda: notice_with(bench, "again as it was") is not None, timeout=LONG)
    assert bench.bridge.session.rows(7, 1)[0].id == "a7"


def test_a_project_found_whole_is_not_looked_through_again(
    qtbot: QtBot, open_bench: Open, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = open_bench(project)
    bench.undertakings.rescue.look()
    qtbot.waitUntil(lambda: bool(bench.bridge.session.recall("whole")), timeout=LONG)
    bench.close_project()
    bench.open_file(project)
    monkeypatch.setattr("app.soundness._look_at_table", lambda *told: pytest.fail("looked again"))
    bench.undertakings.rescue.look()
    qtbot.waitUntil(lambda: bench.undertakings.rescue._over, timeout=LONG)
    assert bench.window.notices.shown() == []


def test_the_look_gives_way_to_the_hand_and_goes_on_where_it_was(
    qtbot: QtBot, open_bench: Open, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []

    def slow(_project: Path, _known: str, reached: int, hear: Callable[[int], object]) -> str:
        begun.append(reached)
        while True:
            hear(1007)

    monkeypatch.setattr("app.soundness.check", slow)
    bench = open_bench(project)
    looker = bench.undertakings.rescue
    looker.look()
    qtbot.waitUntil(lambda: looker._reached == 1007)
    bench.commands.run("flag")
    assert looker._looking is None
    looker.look()
    qtbot.waitUntil(lambda: begun == [0, 1007])
    bench.close_project()
    assert looker._looking is None
