"""Sources that other packages bring: asked in a process of their own, and switched off when they misbehave."""

from __future__ import annotations

import re
import textwrap
import threading
import time
from pathlib import Path

import pytest

from app.labels import default_schema
from app.model.annotation import Annotations
from app.suggest.base import Article
from app.suggest.plugged import Plugged, plugged
from app.suggest.sources import LATER, MEMORY_SOURCES
from tests.store.made_projects import mark, write
from tests.test_learning import Room

ROOT = Path(__file__).resolve().parents[2]
TEXT = "وصلت السفينة إلى ميناء سارطة أمس."
MISBEHAVING = """
    import os, sys, time
    from app.suggest.base import Suggestion, Why

    def one(label, start, end):
        return Suggestion(label, start, end, "rule", "", 0.9, Why("added-source", {}))

    class Source:
        kind = "rule"

    class Raises(Source):
        def suggest(self, article):
            raise LookupError("no")

    class Hangs(Source):
        def suggest(self, article):
            while True:
                pass

    class Crashes(Source):
        def suggest(self, article):
            os._exit(3)

    class Outside(Source):
        def suggest(self, article):
            return [one("LOCATION", 5, 10_000)]

    class Unknown(Source):
        def suggest(self, article):
            return [one("NOSUCH", 0, 4)]

    class Talks(Source):
        def suggest(self, article):
            print("x" * 100_000)
            sys.stdin.read()
            return [one("LOCATION", 0, 4)]
"""
NAMES = ("Raises", "Hangs", "Crashes", "Outside", "Unknown", "Talks")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place where the package of the documentation is installed, and one whose sources misbehave."""
    site = tmp_path / "site"
    told = site / "sources-1.0.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: sources\nVersion: 1.0\n")
    points = "".join(f"{name.lower()} = misbehaving:{name}\n" for name in NAMES)
    (told / "entry_points.txt").write_text(f"[hashiya.suggest]\nharbours = harbours:Harbours\n{points}")
    page = (ROOT / "docs" / "suggestions.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (site / "harbours.py").write_text(example, "utf-8")
    (site / "misbehaving.py").write_text(textwrap.dedent(MISBEHAVING), "utf-8")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setenv("PYTHONPATH", str(site))
    return site


def test_the_example_of_the_documentation_suggests(installed: Path) -> None:
    names = [source.name for source in plugged(("raises", *LATER, *MEMORY_SOURCES))]
    assert "harbours" in names and "raises" not in names
    source = Plugged("harbours", patience=60)
    (found,) = source.suggest(Article("a", TEXT, Annotations(), default_schema()))
    assert (found.label, TEXT[found.start : found.end]) == ("LOCATION", "سارطة")
    assert (found.source, found.source_name, found.why.code) == ("rule", "harbours", "added-source")
    source.close()


@pytest.mark.parametrize(("name", "code"), [("raises", "source-raised"), ("crashes", "source-ended")])
def test_one_that_fails_is_told_of_and_asked_no_more(installed: Path, name: str, code: str) -> None:
    lost: list[tuple[str, str]] = []
    source = Plugged(name, lost=lambda name, error: lost.append((name, error.code)), patience=60)
    article = Article("a", TEXT, Annotations(), default_schema())
    assert source.suggest(article) == [] and source.suggest(article._replace(text=TEXT * 2)) == []
    assert lost == [(name, code)]
    source.close()


def test_one_that_hangs_is_ended_and_keeps_nobody_waiting(installed: Path) -> None:
    lost: list[str] = []
    there = threading.Event()
    source = Plugged("hangs", lost=lambda _n, error: (lost.append(error.code), there.set()), patience=0, limits=(3, 3))
    began = time.monotonic()
    assert source.suggest(Article("a", TEXT, Annotations(), default_schema())) == []
    assert time.monotonic() - began < 0.5
    assert there.wait(30) and lost == ["source-slow"] and not source._process.is_running
    source.close()


def test_what_one_prints_or_reads_is_no_message(installed: Path) -> None:
    source = Plugged("talks", patience=60)
    assert len(source.suggest(Article("a", TEXT, Annotations(), default_schema()))) == 1
    source.close()


def test_in_a_project_the_good_ones_suggest_and_the_others_are_switched_off(installed: Path, tmp_path: Path) -> None:
    wrong = ("raises", "crashes", "outside", "unknown")
    room = Room(write(tmp_path / "a.txt", TEXT))
    session = room.session
    session.get_ready_to_suggest()
    how = session.suggest_settings
    session.set_suggest_settings(how._replace(off=(*how.off, "hangs", "talks", "crf")))
    session.suggest_now()
    assert room.until(lambda: "سارطة" in room.suggested() and session.source_troubles.keys() >= {*wrong}, 60)
    codes = {name: error.code for name, error in session.source_troubles.items()}
    assert codes["outside"] == codes["unknown"] == "source-nonsense"
    assert {"source-raised", "source-ended", "source-nonsense"} <= set(room.told)
    mark(session, 0, 4)
    assert "سارطة" in room.suggested()
    session.close()
