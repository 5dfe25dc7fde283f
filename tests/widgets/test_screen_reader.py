"""The real way: the window on an X server, and a screen reader that asks for it over AT-SPI."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import dev
from app.formats.native import encode
from app.model.annotation import Annotations, Fragment, Span
from app.model.document import Document
from app.model.record import Record

ROOT = Path(__file__).parents[2]
READER = Path(__file__).with_name("screen_reader.py")
SYSTEM_PYTHON = "/usr/bin/python3"
BUS = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
TEXT = "قال المتحدث 😀 إن 12 مدنياً قتلوا في تل الريحان أمس.\nووصلت سفينة UN-WFP 204 إلى الميناء."
WORDS = (("12 مدنياً قتلوا", "CASUALTY"), ("تل الريحان", "LOCATION"))
WALK = '"$1" -m app "$2" & window=$!; shift 2; "$@"; status=$?; kill $window; wait $window 2>/dev/null; exit $status'


def lacking() -> str:
    """What this computer has not that a screen reader needs; "" if it has everything."""
    if not sys.platform.startswith("linux"):
        return "AT-SPI is there on Linux only"
    tools = [tool for tool in ("Xvfb", "dbus-run-session") if shutil.which(tool) is None]
    if tools:
        return f"not installed: {', '.join(tools)}"
    libraries = [library for library in dev.X11 if not dev.loads(library)]
    if libraries:
        return f"a window needs these libraries: {', '.join(libraries)}"
    if not (Path(SYSTEM_PYTHON).exists() and BUS.exists()):
        return "there is no bus for screen readers: install at-spi2-core, python3-pyatspi"
    asked = subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False, env={})
    return "" if asked.returncode == 0 else "the system's Python has no pyatspi: install python3-pyatspi, at-spi2-core"


@pytest.fixture
def display() -> Iterator[str]:
    """An X server of the test's own, where a screen reader can be had."""
    if reason := lacking():
        pytest.skip(reason)
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


def environment(folder: Path, display: str) -> dict[str, str]:
    """A home and a session of their own, in which Qt answers screen readers from the start."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    wishes = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    folders = {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    unwanted = {"WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "NO_AT_BRIDGE"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, **wishes, **folders, "XDG_RUNTIME_DIR": str(runtime), "PYTHONPATH": str(ROOT)}


def walk(file: Path, environment: dict[str, str], words: str = "") -> dict[str, object]:
    """What the screen reader tells of the window with `file`; both have a session bus to themselves.

    With `words` it labels them as a place, and says who did.

    What they print goes to files: the bus of screen readers outlives its session, and would keep a pipe open.
    """
    told, trouble = file.with_name("told.json"), file.with_name("trouble.txt")
    start = ["dbus-run-session", "--", "bash", "-c", WALK, "walk", sys.executable, str(file)]
    command = [*start, SYSTEM_PYTHON, str(READER), *filter(None, [words])]
    with told.open("wb") as out, trouble.open("wb") as err:
        session = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        try:
            status = session.wait(timeout=40)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(session.pid, signal.SIGKILL)
    assert status == 0, trouble.read_text(encoding="utf-8", errors="replace")
    lines = told.read_text(encoding="utf-8").splitlines()
    found: dict[str, object] = json.loads(next(line for line in lines if line.startswith("{")))
    return found


def test_a_screen_reader_reads_the_article_and_its_spans_and_hears_where_it_goes(tmp_path: Path, display: str) -> None:
    spans = [
        Span(label, label, (Fragment(TEXT.index(words), TEXT.index(words) + len(words)),)) for words, label in WORDS
    ]
    file = tmp_path / "article.jsonl"
    file.write_bytes(encode(Record(Document("a1", TEXT), Annotations.of(spans), "A1", "conflict-news", "1")))
    found = walk(file, environment(tmp_path, display))
    place = TEXT.index("تل الريحان") + 1  # a screen reader counts UTF-16 code units, and there is a face before it
    assert found["text"] == TEXT
    assert found["locale"].startswith("ar")
    assert {"focusable", "multi-line", "read-only", "showing"} <= set(found["states"])
    assert found["spans"] == [["label", "12 مدنياً قتلوا, Casualty", 0], ["label", "تل الريحان, Location", 1]]
    assert found["parent"] == "Article"
    assert found["word"].strip() == "تل"
    assert found["start"] == found["offset_of_letter"] == place
    assert found["is_in_span"]
    assert found["told"] == [
        *("@1", f"@{place}", "Location: تل الريحان"),
        *("@2", "Selected: قا"),
    ]


def test_an_article_is_opened_read_labelled_and_saved_by_a_screen_reader(tmp_path: Path, display: str) -> None:
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    found = walk(file, environment(tmp_path, display), "تل الريحان")
    assert found["text"] == TEXT
    assert found["spans"] == ["تل الريحان, Location"]
    assert any(name.startswith("Suggestion: Cue, قال") for name in found["children"])
    assert "Selected: تل الريحان" in found["told"]
    assert "Marked as Location: تل الريحان" in found["told"]
    lines = (tmp_path / "article.annotations.jsonl").read_text(encoding="utf-8").splitlines()
    written = json.loads(lines[-1])
    assert written["annotator"] == "A1"
    assert [(span["label"], span["text"]) for span in written["spans"]] == [("LOCATION", "تل الريحان")]
