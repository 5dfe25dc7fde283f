"""Looking for a display before Qt would abort over it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import CallError
from widgets import display

ROOT = Path(__file__).parent.parent.parent
ON_X11 = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="a display is always there")


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for variable in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    return monkeypatch


@ON_X11
def test_without_a_display_it_is_said_so(nowhere: pytest.MonkeyPatch) -> None:
    with pytest.raises(CallError) as caught:
        display.require_display()
    assert caught.value.code == "no-display"


@ON_X11
def test_a_missing_library_is_named_with_its_package(nowhere: pytest.MonkeyPatch) -> None:
    nowhere.setenv("DISPLAY", ":77")
    nowhere.setattr(display, "_loads", lambda name: "cursor" not in name)
    with pytest.raises(CallError) as caught:
        display.require_display()
    assert caught.value.code == "library-missing"
    assert "libxcb-cursor0" in str(caught.value.values["packages"])


@ON_X11
def test_a_display_that_does_not_answer_is_named(nowhere: pytest.MonkeyPatch) -> None:
    nowhere.setenv("DISPLAY", ":77")
    nowhere.setattr(display, "_loads", lambda name: True)
    nowhere.setattr(display, "_x_server_answers", lambda: False)
    with pytest.raises(CallError) as caught:
        display.require_display()
    assert caught.value.values["display"] == ":77"


def test_the_screen_of_tests_is_good_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    display.require_display()


@ON_X11
def test_the_program_leaves_with_two_and_one_line(nowhere: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-m", "app", "x.txt"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert len(ran.stderr.splitlines()) == 1
    assert "display" in ran.stderr
