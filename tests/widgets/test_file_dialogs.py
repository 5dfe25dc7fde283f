"""Files are asked for in a dialog that can be read, in both directions, where the system has none of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QFileDialog, QStyle, QStyleOptionComboBox, QStylePainter, QTreeView
from pytestqt.qtbot import QtBot

from tests.widgets.every_page import dialog
from widgets.file_dialogs import kind
from widgets.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Open = Callable[..., Workbench]


def test_a_kind_of_files_with_its_isolate_still_tells_which_files_fit(qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("a.txt", "b.md"):
        (tmp_path / name).touch()
    asked = QFileDialog(None, "", str(tmp_path))
    qtbot.addWidget(asked)
    asked.setOption(QFileDialog.Option.DontUseNativeDialog)
    asked.setNameFilters([kind("نصوص", "*.txt", "*.rtf")])
    asked.show()
    (files,) = (view for view in asked.findChildren(QTreeView) if view.objectName() == "treeView")

    def listed() -> list[str]:
        top = files.rootIndex()
        return [str(files.model().index(row, 0, top).data()) for row in range(files.model().rowCount(top))]

    qtbot.waitUntil(lambda: listed() == ["a.txt"])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_that_is_said_of_a_file_is_cut_off_and_a_path_begins_with_its_slash(
    open_bench: Open, article: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    bench = open_bench(article, language=language)
    with dialog(bench, "open") as asked:
        heads = asked.findChild(QTreeView, "treeView").header()  # type: ignore[union-attr]
        wide = [heads.sectionSize(column) >= heads.sectionSizeHint(column) for column in range(heads.count())]
        assert all(wide)
        box = asked.findChild(QComboBox, "lookInCombo")
        assert isinstance(box, QComboBox) and box.currentText()
        said: list[str] = []
        draw = QStylePainter.drawControl

        def heard(painter: QStylePainter, part: QStyle.ControlElement, option: QStyleOptionComboBox) -> None:
            said.append(option.currentText)  # type: ignore[attr-defined]
            draw(painter, part, option)

        monkeypatch.setattr(QStylePainter, "drawControl", heard)
        box.grab()
        assert said and said[0].startswith("\u2066") and said[0].endswith("\u2069")
