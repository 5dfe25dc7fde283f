"""«Send my work» from an open project."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.widgets.hands import select
from widgets.workbench import Workbench


def told(bench: Workbench) -> str:
    return "\n".join(notice.text() for notice in bench.window.notices.shown())


def test_the_work_of_an_open_project_is_written_to_one_file(qtbot: QtBot, bench: Workbench, tmp_path: Path) -> None:
    select(bench, "تل الريحان")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_2)
    out = tmp_path / "work.zip"
    bench.sending.write(out)
    qtbot.waitUntil(lambda: "can be mailed" in told(bench))
    with zipfile.ZipFile(out) as archive:
        assert archive.namelist()[0] == "article.A1.annotations.jsonl"


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_where_to_is_asked_with_the_usual_name(bench: Workbench) -> None:
    bench.window.actions_["send"].trigger()
    (dialog,) = bench.window.findChildren(QFileDialog)
    assert [Path(file).name for file in dialog.selectedFiles()] == ["article.A1.zip"]
    dialog.reject()


def test_nothing_begun_and_nobody_named_are_told(
    qtbot: QtBot, open_bench: Callable[..., Workbench], article: Path, tmp_path: Path
) -> None:
    bench = open_bench(article)
    bench.window.actions_["send"].trigger()
    assert "whose annotations" in told(bench)
    bench.bridge.session.set_annotator("A1")
    bench.sending.write(tmp_path / "work.zip")
    qtbot.waitUntil(lambda: "nothing to send" in told(bench))
    assert not (tmp_path / "work.zip").exists()
