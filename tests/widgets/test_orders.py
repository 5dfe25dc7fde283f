"""The list of articles in another order, or of one source."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from widgets.workbench import Workbench

META = [("رويترز", "2026-01-02"), ("Anadolu", "2026-03-01"), ("رويترز", "2025-05-05")]


@pytest.fixture
def bench(open_bench: Callable[..., Workbench], tmp_path: Path) -> Workbench:
    path = tmp_path / "corpus.jsonl"
    lines = [
        json.dumps({"id": f"a{n}", "text": f"مقال {n}", "meta": {"source": source, "date": date}})
        for n, (source, date) in enumerate(META)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return open_bench(path)


def ids(bench: Workbench) -> list[str]:
    model = bench.window.articles.model
    return [row.id for row in map(model.row, range(model.rowCount())) if row]


def choose(bench: Workbench, title: str) -> None:
    menu = bench.window.articles.orders()
    next(action for action in menu.actions() if title in action.text()).trigger()
    menu.close()


def test_the_list_is_sorted_and_narrowed_to_a_source_and_says_so(bench: Workbench) -> None:
    articles = bench.window.articles
    choose(bench, "newest")
    assert (ids(bench), articles.list.currentIndex().row()) == (["a1", "a0", "a2"], 1)
    articles.ask({"source": "رويترز"})
    assert ids(bench) == ["a0", "a2"]
    (chip, *_clear) = articles.chips.chips()
    assert "رويترز" in chip.text()
    assert articles.order.isChecked()
    chip.click()
    choose(bench, "As they come")
    assert (ids(bench), articles.chips.isHidden(), articles.order.isChecked()) == (["a0", "a1", "a2"], True, False)


def test_a_row_tells_where_its_article_comes_from(bench: Workbench) -> None:
    index = bench.window.articles.model.index(1)
    assert "Anadolu" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "2026-03-01" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_what_is_typed_finds_sources_and_dates_too(bench: Workbench) -> None:
    bench.window.articles.search.setText("2026-0")
    bench.window.articles.look_again()
    assert ids(bench) == ["a0", "a1"]
