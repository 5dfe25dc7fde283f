"""A start on a computer that has never seen the program: the language of the system, until a person chooses one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.widgets.hands import select
from widgets.settings import Settings
from widgets.workbench import Workbench

# The program as it starts, told to say what is on the screen once the article is there, and to end.
_START = """
import json, sys
from PySide6.QtCore import QTimer
from widgets import application
from widgets.workbench import Workbench

wish = sys.argv[1]
show, tries = Workbench.show, [0]

def seen(bench):
    tries[0] += 1
    if bench.window.canvas.page is None and tries[0] < 200:
        QTimer.singleShot(50, lambda: seen(bench))
        return
    window = bench.window
    QTimer.singleShot(0, window.close)
    if wish:
        bench.house.use_language(wish)
    print(json.dumps({
        "mirrored": window.isRightToLeft(),
        "open": window.actions_["open"].text().split("\\t")[0].replace("&", ""),
        "steps": window.first_steps.isVisible(),
        "done": window.status.done.text(),
        "clock": window.status.saved.text(),
    }))

def told(bench):
    show(bench)
    seen(bench)

Workbench.show = told
sys.exit(application.run([]))
"""
_ARABIC = set("٠١٢٣٤٥٦٧٨٩")


def start(home: Path, wish: str = "", **variables: str) -> dict[str, Any]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "SYSTEMROOT")}
    kept |= {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "QT_QPA_PLATFORM": "offscreen"} | variables
    ended = subprocess.run(
        [sys.executable, "-c", _START, wish], env=kept, capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    said: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return said


by_variables = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the system is asked otherwise there")


@by_variables
@pytest.mark.parametrize(
    ("variables", "arabic"),
    [
        ({"LANG": "ar_EG.UTF-8"}, True),
        ({"LANG": "C.UTF-8", "LANGUAGE": "ar"}, True),
        ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "fr:ar:en"}, True),
        ({"LANG": "ar_EG.UTF-8", "LANGUAGE": "en_GB:ar"}, False),
        ({"LANG": "fr_FR.UTF-8"}, False),
        ({"LANG": "fa_IR.UTF-8"}, False),
        ({"LANG": "C"}, False),
        ({}, False),
    ],
)
def test_the_first_window_speaks_the_language_of_the_system(
    tmp_path: Path, variables: dict[str, str], arabic: bool
) -> None:
    seen = start(tmp_path, **variables)
    assert seen["mirrored"] is arabic
    assert seen["open"] == ("فتح…" if arabic else "Open…") and seen["steps"]
    if not arabic:
        assert not _ARABIC & set(seen["done"] + seen["clock"])


@by_variables
@pytest.mark.parametrize(("country", "arabic"), [("ar_EG", True), ("ar_MA", False)])
def test_digits_are_those_of_the_country(tmp_path: Path, country: str, arabic: bool) -> None:
    seen = start(tmp_path, LANG=f"{country}.UTF-8")
    assert seen["mirrored"] and bool(_ARABIC & set(seen["done"])) is arabic


@by_variables
def test_what_a_person_chose_is_spoken_at_the_next_start_whatever_the_system_speaks(tmp_path: Path) -> None:
    assert start(tmp_path, "en", LANG="ar_EG.UTF-8")["open"] == "Open…"
    seen = start(tmp_path, LANG="ar_EG.UTF-8")
    assert seen["open"] == "Open…" and not seen["mirrored"]


def test_keys_pressed_while_the_window_comes_are_not_lost(
    qtbot: QtBot, qapp: QApplication, settings: Settings, article: Path
) -> None:
    bench = Workbench(qapp, settings)  # type: ignore[arg-type]
    bench.show()
    bench.start([article])
    select(bench, "12 مدنياً قتلوا")
    qtbot.keyClick(bench.window.canvas, Qt.Key.Key_1)
    assert bench.window.prompt.isVisible()
    qtbot.keyClicks(bench.window.prompt.field, "A1")
    qtbot.keyClick(bench.window.prompt.field, Qt.Key.Key_Return)
    assert len(bench.bridge.session.annotations.spans) == 1
    bench.close_project()
    bench.window.close()
    bench.deleteLater()
