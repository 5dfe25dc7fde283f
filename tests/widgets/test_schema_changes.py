"""The window when the project's schema becomes another one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.edit.moves import Moves
from app.labels import default_schema, shipped_schema
from app.model.place import Place
from tests.widgets.hands import marks, press, select
from widgets.workbench import Workbench


def test_another_schema_is_shown_at_once_and_the_hand_stays_where_it_is(bench: Workbench) -> None:
    start, end = select(bench, "تل الريحان")
    press(bench.window.canvas, Qt.Key.Key_2, "2")
    place = Place(3, 11, bench.bridge.session.annotations.ordered()[0].id)
    bench.window.canvas.set_place(place)
    bench.bridge.session.set_schema(shipped_schema("wojood"), Moves({"LOCATION": "GPE"}))
    assert marks(bench) == [(start, end, "GPE")]
    assert bench.window.canvas.place() == place
    chips = bench.window.strip.chips
    assert chips.chip("GPE") and chips.chip("LOCATION") is None
    select(bench, "المتحدث")
    press(bench.window.canvas, Qt.Key.Key_3, "3")
    assert (4, 11, "OCC") in marks(bench)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_chips_of_many_labels_leave_a_laptop_its_article(
    open_bench: Callable[..., Workbench], article: Path, language: str
) -> None:
    bench = open_bench(article, language=language, size=(1366, 768))
    few = bench.window.strip.height()
    bench.bridge.session.set_schema(shipped_schema("wojood"))
    QApplication.processEvents()
    rows = {chip.y() for one in shipped_schema("wojood").labels if (chip := bench.window.strip.chips.chip(one.id))}
    assert len(rows) <= 3 and bench.window.strip.height() <= 2.5 * few


def test_what_the_schema_no_longer_declares_stays_in_the_article_and_is_known_again(bench: Workbench) -> None:
    select(bench, "تل الريحان")
    press(bench.window.canvas, Qt.Key.Key_2, "2")
    whole = marks(bench)
    schema = default_schema()
    fewer = replace(schema, labels=tuple(one for one in schema.labels if one.id != "LOCATION"), relations=())
    bench.bridge.session.set_schema(fewer)
    assert marks(bench) == whole and bench.window.strip.chips.chip("LOCATION") is None
    bench.window.inspector.catch_up()
    bench.bridge.session.set_schema(schema)
    assert marks(bench) == whole and bench.window.strip.chips.chip("LOCATION")


def test_a_renaming_is_taken_back_with_the_key_that_takes_back_a_mark(bench: Workbench) -> None:
    start, end = select(bench, "تل الريحان")
    press(bench.window.canvas, Qt.Key.Key_2, "2")
    bench.bridge.session.set_schema(shipped_schema("wojood"), Moves({"LOCATION": "GPE"}))
    for expected in ([(start, end, "LOCATION")], []):
        bench.window.actions_["undo"].trigger()
        assert marks(bench) == expected
    for _time in range(2):
        bench.window.actions_["redo"].trigger()
    assert marks(bench) == [(start, end, "GPE")]
