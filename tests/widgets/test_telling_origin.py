"""Source, date and address in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.model.document import Origin
from widgets.workbench import Workbench


def test_source_date_and_address_are_typed_and_kept_with_enter(qtbot: QtBot, bench: Workbench) -> None:
    bench.window.actions_["origin"].trigger()
    bar = bench.window.origin
    for field, said in zip(bar.fields, ("رويترز", "someday", "https://a.example"), strict=True):
        field.setText(said)
    assert "2026-03-31" in bar._unread.text()
    bar.fields[1].setText("2026-01-02")
    assert bar._unread.text() == ""
    qtbot.keyClick(bar.fields[2], Qt.Key.Key_Return)
    assert bench.bridge.session.document.origin == Origin("رويترز", "2026-01-02", "https://a.example")
    assert bar.isHidden()
    assert bench.window.canvas.hasFocus()
    row = bench.window.articles.model.row(0)
    assert row is not None and row.source == "رويترز"


def test_esc_changes_nothing_and_letters_are_no_commands(qtbot: QtBot, bench: Workbench) -> None:
    bench.window.actions_["origin"].trigger()
    bar = bench.window.origin
    qtbot.keyClicks(bar.fields[0], "fs1")
    qtbot.keyClick(bar.fields[0], Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert bench.bridge.session.document.origin == Origin()
    assert not bench.bridge.session.annotations.state.flagged
