"""The program itself on an X server with an Arabic layout: what its keys write is not what they mean."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.errors import CallError
from app.model.annotation import Attribute
from app.session import Session
from widgets.display import require_display

TOOLS = ("Xvfb", "xdotool", "setxkbmap")
LACKING = [tool for tool in TOOLS if shutil.which(tool) is None]
pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 is on Linux"),
    pytest.mark.skipif(bool(LACKING), reason=f"not installed: {', '.join(LACKING)}"),
]
# Keycodes of X11: where the keys 2, F, T and X are, whatever is written there.
TWO, F, T, X = "11", "41", "28", "53"
WORDS = "الميناء هنا\n"
PATIENCE = 12.0


def until(found: Callable[[], object], what: str) -> object:
    """What `found` answers once it is something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := found():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen")


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """The environment of programs on an X server of the test's own, with an Arabic keyboard."""
    receiving, sending = os.pipe()
    command = ["Xvfb", "-displayfd", str(sending), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[sending], stderr=subprocess.DEVNULL)
    os.close(sending)
    try:
        with os.fdopen(receiving) as stream:
            number = stream.readline().strip()
        if not number:
            pytest.skip("no X server can be started here")
        monkeypatch.setenv("DISPLAY", f":{number}")
        monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        try:
            require_display()
        except CallError as error:
            pytest.skip(f"no window can be opened on X here: {error}")
        there = dict(os.environ)
        subprocess.run(["setxkbmap", "ara"], env=there, capture_output=True, check=True)
        said = subprocess.run(["setxkbmap", "-query"], env=there, capture_output=True, text=True, check=True).stdout
        assert said.split()[-1] == "ara"
        yield there
    finally:
        server.terminate()
        server.wait()


def test_commands_are_keys_and_not_letters_in_an_arabic_layout(screen: dict[str, str], tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(WORDS, encoding="utf-8")
    session = Session.open(article)
    session.set_annotator("A1")
    project = session.path
    session.close()
    program = subprocess.Popen([sys.executable, "-m", "app", str(project)], env=screen)

    def ask(*words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=screen, capture_output=True, text=True)
        return done.stdout.strip()

    try:
        window = str(until(lambda: ask("search", "--onlyvisible", "--name", "article"), "a window")).split()[-1]
        ask("windowfocus", "--sync", window)
        time.sleep(1)
        ask("key", "--delay", "80", "ctrl+shift+Left", TWO, "Return", T, "Escape", X, F)
        time.sleep(0.5)
        ask("key", "ctrl+q")
        program.wait(PATIENCE)
    finally:
        program.kill()
        program.wait()
    again = Session.open(project)
    try:
        marks = [(span.start, span.end, span.label) for span in again.annotations.ordered()]
        assert marks == [(len("ال"), len("الميناء"), "LOCATION")]
        (span,) = again.annotations.spans.values()
        assert Attribute("kind", "city") in span.attributes
        assert again.annotations.state.flagged
    finally:
        again.close()
