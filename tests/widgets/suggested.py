"""A window whose suggestions a test chooses, and what a hand does to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.suggest.base import Article, Suggestion, Why
from tests.widgets.hands import press
from widgets.workbench import Workbench

Open = Callable[..., Workbench]
Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
TEXT = "وصل الوفد إلى ساريا ثم عاد من ساريا وفيها: «ساريا» جميلة. قال الوفد إنه باق في ساريا."
SHIPPED = ("repetition", "dictionary", "casualties", "quotes", "gazetteer", "crf")
FIRST, SECOND, THIRD, WHO = "LOCATION:14:19", "LOCATION:30:35", "LOCATION:44:49", "ACTOR:4:9"


class Told:
    """A source that says what it is told to, and fails when it is told to."""

    kind = "rule"

    def __init__(self, *places: tuple[str, int, int, float], name: str = "told") -> None:
        self.places = places
        self.name = name
        self.fails = False

    def suggest(self, article: Article) -> Iterator[Suggestion]:
        if self.fails:
            raise RuntimeError("told to")
        for label, start, end, score in self.places:
            if end <= len(article.text):
                yield Suggestion(label, start, end, "rule", self.name, score, Why("known-place", {}))


PLACES = (("ACTOR", 4, 9, 0.6), ("LOCATION", 14, 19, 0.9), ("LOCATION", 30, 35, 0.9), ("LOCATION", 44, 49, 0.9))


def begin(bench: Workbench, *places: tuple[str, int, int, float], name: str = "told") -> Told:
    """Have `places` suggested, and nothing else."""
    session, source = bench.bridge.session, Told(*(places or PLACES), name=name)
    session.set_suggest_settings(session.suggest_settings._replace(off=SHIPPED))
    session._all_sources().put(source)
    look(bench)
    return source


def look(bench: Workbench) -> None:
    """Wait until the window has looked for suggestions, and told of them."""
    suggesting = bench.commands.suggesting
    assert suggesting
    suggesting.look_again()
    told(bench)


def told(bench: Workbench) -> None:
    """Wait until the bar has told how things stand."""
    suggesting = bench.commands.suggesting
    assert suggesting
    for _ in range(4000):
        if not (suggesting._look_now.isActive() or suggesting._getting_ready or suggesting._tell_soon.isActive()):
            return
        QTest.qWait(5)
    raise AssertionError("the bar never told")


def opened(open_bench: Open, folder: Path) -> Workbench:
    """The window on an article with four suggestions, the hand at its beginning."""
    path = folder / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    bench = open_bench(path)
    bench.bridge.session.set_annotator("A1")
    begin(bench)
    bench.window.canvas.setFocus()
    return bench


def ids(bench: Workbench) -> list[str]:
    return [one.id for one in bench.bridge.session.suggestions]


def focus(bench: Workbench) -> str:
    """What is in focus, a suggestion or else a span's surface."""
    canvas = bench.window.canvas
    span = bench.bridge.session.annotations.spans.get(canvas.focused_span())
    return canvas.suggested_focus or (TEXT[span.start : span.end] if span else "")


def go(bench: Workbench, id: str) -> None:
    bench.window.canvas.set_suggested_focus(id)
    assert focus(bench) == id


def key(bench: Workbench, key: int, text: str = "", scan: int = 0, held: Qt.KeyboardModifier | None = None) -> None:
    press(bench.window.canvas, key, text, scan, held or Qt.KeyboardModifier.NoModifier)


def button(part: QWidget) -> None:
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)
