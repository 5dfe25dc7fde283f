"""The list of articles narrowed by what was said of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.edit.commands import set_status
from app.model.place import Place
from tests.store.made_projects import MOMENT, record, span, write_training
from widgets.panels.articles import ArticlesPanel
from widgets.workbench import Workbench

Open = Callable[..., Workbench]


@pytest.fixture
def bench(open_bench: Open, tmp_path: Path) -> Workbench:
    """A location in "a", an unknown label in "b", nothing in "c"; all by B2."""
    spans = {"a": (span("s1", 0, 6),), "b": (span("s1", 0, 6, "NO_SUCH_LABEL"),), "c": ()}
    path = write_training(tmp_path / "corpus.jsonl", *(record(id, spans=said) for id, said in spans.items()))
    opened: Workbench = open_bench(path)
    opened.bridge.session.set_annotator("A1")
    return opened


def listed(panel: ArticlesPanel) -> str:
    return "".join(row.id for n in range(panel.model.rowCount()) if (row := panel.model.row(n)))


def test_the_form_filters_and_chips_take_it_back(qtbot: QtBot, bench: Workbench) -> None:
    panel = bench.window.articles
    assert panel.form.isHidden()
    panel.filter.click()
    assert panel.form.label.hasFocus()
    titles = {action.text(): action for action in panel.form.label.choices().actions()}
    next(action for said, action in titles.items() if "Location" in said).trigger()
    assert listed(panel) == "a"
    qtbot.keyClick(panel.form.label, Qt.Key.Key_Escape)
    assert panel.form.isHidden() and panel.list.hasFocus()
    chip, clear = panel.chips.chips()
    assert "Location" in chip.text() and clear.text() == "Clear all"
    chip.click()
    assert listed(panel) == "abc" and not panel.chips.chips()


def test_articles_with_problems_are_looked_for_in_the_background(qtbot: QtBot, bench: Workbench) -> None:
    panel = bench.window.articles
    panel.filter.click()
    panel.form.problems.click()
    qtbot.waitUntil(lambda: listed(panel) == "b", timeout=10_000)
    qtbot.waitUntil(lambda: bench.bridge.session.unjudged() == 0, timeout=10_000)
    panel.form.problems.click()
    assert listed(panel) == "abc"


def test_an_empty_list_says_which_filter_empties_it_and_drops_it_with_one_press(bench: Workbench) -> None:
    panel = bench.window.articles
    panel.ask({"labels": ("LOCATION",), "address": "nowhere"})
    assert listed(panel) == "" and not panel.mend.isHidden()
    assert "nowhere" in panel._nothing.text()
    panel.mend.click()
    assert listed(panel) == "a" and panel.mend.isHidden() and panel.model.wish.labels == ("LOCATION",)


def test_a_date_that_cannot_be_read_is_told_and_filters_nothing(qtbot: QtBot, bench: Workbench) -> None:
    panel = bench.window.articles
    panel.filter.click()
    panel.form.since.setFocus()
    qtbot.keyClicks(panel.form.since, "once")
    qtbot.keyClick(panel.form.since, Qt.Key.Key_Return)
    assert listed(panel) == "abc" and panel.form.since.property("faulty")
    panel.form.since.clear()
    qtbot.keyClicks(panel.form.since, MOMENT[:10])
    qtbot.keyClick(panel.form.since, Qt.Key.Key_Return)
    assert listed(panel) == "" and not panel.form.since.property("faulty")


def test_an_article_that_fits_no_longer_stays_until_it_is_left(qtbot: QtBot, bench: Workbench) -> None:
    panel, session = bench.window.articles, bench.bridge.session
    panel.filter_button("open").click()
    key = session.key_of("a") or 0
    bench.bridge.go_to(key)
    bench.bridge.do(set_status("complete"), Place())
    qtbot.wait(400)
    assert listed(panel) == "abc"
    bench.bridge.go_to(session.key_of("b") or 0)
    qtbot.waitUntil(lambda: listed(panel) == "bc", timeout=5000)


def test_the_next_article_is_the_next_one_in_the_list_however_it_is_filtered_or_sorted(bench: Workbench) -> None:
    panel, session = bench.window.articles, bench.bridge.session
    at = {row.id: row.key for row in session.rows(0, 3)}
    panel.ask({"sort": "spans", "labels": ("LOCATION", "NO_SUCH_LABEL")})
    assert listed(panel) == "ab" and session.document.id == "a"
    bench.commands.run("next-article")
    bench.commands.run("next-article")  # the list ends here, the project does not
    assert session.document.id == "b"
    bench.commands.run("previous-article")
    assert session.document.id == "a"
    panel.clear_filter()
    panel.ask({"sort": "source"})
    bench.commands.open_article(at["c"])
    bench.commands.run("previous-article")
    assert session.document.id == "b"


def test_done_and_next_goes_along_the_list_also_past_what_fits_no_longer(qtbot: QtBot, bench: Workbench) -> None:
    panel, session = bench.window.articles, bench.bridge.session
    panel.filter_button("open").click()
    bench.commands.run("done")
    assert session.document.id == "b"
    qtbot.waitUntil(lambda: listed(panel) == "bc", timeout=5_000)
    bench.commands.run("done")
    qtbot.waitUntil(lambda: listed(panel) == "c", timeout=5_000)
    panel.ask({"labels": ("LOCATION",)})
    assert listed(panel) == "" and session.document.id == "c"
    bench.commands.run("done")
    assert session.document.id == "c"
    panel.clear_filter()
    panel.filter_button("done").click()
    assert listed(panel) == "abc"
    bench.commands.run("previous-article")
    assert session.document.id == "b"
    bench.commands.run("done")  # nothing is to do: on it goes in the list
    assert session.document.id == "c"


def test_what_empties_the_list_is_sought_for_a_moment_only(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("widgets.panels.articles._SEEKING_SECONDS", 0.0)
    panel = bench.window.articles
    panel.ask({"labels": ("LOCATION",), "address": "nowhere"})
    assert panel._nothing.text() == "No article fits." and panel.mend.text() == "Clear all filters"
    panel.mend.click()
    assert listed(panel) == "abc"
