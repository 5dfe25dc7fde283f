"""What stays behind of a program that ended by itself, and what a report says: never a word of an article."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton

from tests.widgets.conftest import ARTICLE
from widgets import log as log_file
from widgets.workbench import Workbench

ROOT = Path(__file__).parent.parent.parent
RUN = """
import os, sys
from widgets.log import start_log, end_log
start_log(lambda kind: None)
how = sys.argv[1]
if how == "raises":
    try:
        raise ValueError(sys.argv[2])
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    os._exit(1)
elif how == "aborts":
    text = sys.argv[2]
    os.abort()
elif how == "killed":
    os._exit(9)
end_log()
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(log_file, "log_folder", lambda: tmp_path / "hashiya" / "log")
    yield tmp_path / "hashiya" / "log"


def run(tmp_path: Path, how: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(tmp_path)}
    command = [sys.executable, "-c", RUN, how, ARTICLE]
    subprocess.run(command, env=environment, capture_output=True, check=False, timeout=60)


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the folder of the log is asked for as Linux names it")


@on_linux
@pytest.mark.parametrize("how", ["raises", "aborts", "killed"])
def test_the_next_start_knows_that_the_last_one_ended_by_itself_and_nothing_of_the_article(
    tmp_path: Path, folder: Path, how: str
) -> None:
    run(tmp_path, how)
    run(tmp_path, "ends")
    told = log_file.last_crash()
    assert told and told[0].startswith("Hashiya ")
    assert log_file.last_crash() == []
    if how == "raises":
        assert any("ValueError" in line for line in told)
    for file in folder.iterdir():
        content = file.read_text(encoding="utf-8", errors="replace")
        assert not any(word in content for word in ("المتحدث", "الريحان")), file.name


@on_linux
def test_a_run_that_ends_as_it_should_leaves_nothing_to_tell(tmp_path: Path, folder: Path) -> None:
    run(tmp_path, "ends")
    run(tmp_path, "ends")
    assert log_file.last_crash() == []
    assert not list(folder.glob("running-*"))


@on_linux
def test_a_program_that_still_runs_is_no_crash(tmp_path: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    with (folder / "running-1.log").open("w") as held:
        log_file._hold(held)
        log_file._keep_last(folder)
    assert log_file.last_crash() == []


def test_the_article_is_not_in_what_is_told_of_an_exception(caplog: pytest.LogCaptureFixture) -> None:
    text = ARTICLE
    try:
        raise ValueError(f"cannot mark {text!r}")
    except ValueError as error:
        told = log_file.told(error, error.__traceback__)
    assert "ValueError" in told and "test_reports" in told
    assert not any(word in told for word in ARTICLE.split())


def test_after_a_crash_a_notice_offers_what_happened_and_where_one_was_is_kept(bench: Workbench, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "last-crash.log").write_text("Hashiya 1\nFatal Python error: Aborted\n  File x.py, line 3\n")
    bench.comforts.look_back()
    (notice,) = bench.window.notices.shown()
    assert "Every mark" in notice.said and bench.bridge.is_open
    buttons = {button.text(): button for button in notice.findChildren(QToolButton)}
    buttons["Copy details for a report"].click()
    assert "Fatal Python error" in QGuiApplication.clipboard().text()
    buttons["Show what happened"].click()
    assert any("Aborted" in shown.text() for shown in bench.window.notices.shown())
    bench.comforts.look_back()


def test_copied_details_tell_versions_and_neither_article_nor_file(bench: Workbench) -> None:
    bench.window.actions_["copy-details"].trigger()
    told = QGuiApplication.clipboard().text()
    assert "Hashiya" in told and "PySide6" in told and "Qt" in told
    path = bench.bridge.session.path
    hidden = [*ARTICLE.split(), str(path), path.stem, path.parent.name, bench.bridge.session.annotator]
    assert [word for word in hidden if len(word) > 2 and word in told] == []
    assert logging.getLogger("hashiya")
