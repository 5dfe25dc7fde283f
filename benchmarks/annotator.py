"""`python -m benchmarks.annotator`: an annotator who makes every span of the sample articles from nothing.

By keyboard alone, in an Arabic layout and by the fewest keys there are, or by mouse alone, always in the real window.
`keys_per_span` counts from the caret standing at the span's start, or at the start of the word that it begins in.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.text.boundaries import word_at
from benchmarks.strokes import NONE, Making, Steps, Stroke, Strokes, Wanted
from resources import resource
from widgets.canvas.page import ArticlePage
from widgets.workbench import Workbench

MEDIAN_LIMIT = 4
LEFT_BUTTON, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
_EVDEV = {"[": 26, "]": 27, "X": 45} | {str(n): n + 1 for n in range(1, 10)}
_OFFSET = 0 if sys.platform == "win32" else 8
_ARABIC = {"[": "ج", "]": "د", "X": "ء"} | {str(n): chr(0x660 + n) for n in range(1, 10)}
_NOTCH = 120
Line = dict[str, Any]


class Made(NamedTuple):
    """How a span was made: the keys on the way to it, and those from there to the labelled span."""

    wish: Wanted
    way: Strokes
    strokes: Strokes


def gold() -> list[Line]:
    """The annotated sample articles."""
    return [json.loads(line) for line in resource("samples", "annotated.jsonl").read_bytes().split(b"\n") if line]


def unmarked(line: Line, folder: Path) -> Path:
    """The article of `line` with nothing marked in it, as a file."""
    path = folder / "article.jsonl"
    path.write_text(json.dumps({"id": line["id"], "text": line["text"]}, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def wanted(line: Line) -> list[Wanted]:
    """The spans of `line`, in reading order; the samples have none of several pieces."""
    return [Wanted(span["start"], span["end"], span["label"]) for span in line["spans"]]


class Typist:
    """Makes spans by keyboard alone."""

    def __init__(self, bench: Workbench) -> None:
        self._canvas, self._session = bench.window.canvas, bench.bridge.session
        self._canvas.setFocus()
        self._steps = Steps(_page_of(bench))

    def make(self, wish: Wanted) -> Made:
        """Go there and make it, by the fewest keys in all."""
        making, plans = Making(self._session, wish), []
        for start in {wish.start, word_at(self._canvas.text, wish.start)[0]}:
            there, way = self._steps.way(self._canvas.caret, start)
            plans.append(Made(wish, way, making.strokes(self._steps, there)))
        made = min(plans, key=lambda plan: (len(plan.way) + len(plan.strokes), len(plan.strokes)))
        for stroke in (*made.way, *made.strokes):
            _press(self._canvas, stroke)
        return made


class Pointer:
    """Makes spans by mouse alone."""

    def __init__(self, bench: Workbench) -> None:
        self._bench, self._canvas = bench, bench.window.canvas
        self._page = _page_of(bench)

    def make(self, wish: Wanted) -> None:
        """Drag from the first letter to the last, then press the label's chip."""
        viewport = self._canvas.viewport()
        self._wheel_to(wish.start)
        aside = QPoint(3, self._at(wish.start, True).y())
        _click(viewport, aside)
        first, last = self._at(wish.start, True), self._at(wish.end - 1, False)
        _mouse(viewport, QEvent.Type.MouseButtonPress, first)
        for stop in (first + QPoint(2, 0), (first + last) / 2, last):
            _mouse(viewport, QEvent.Type.MouseMove, stop)
        _mouse(viewport, QEvent.Type.MouseButtonRelease, last)
        chip = self._bench.window.strip.chips.chip(wish.label)
        assert chip
        _click(chip, chip.rect().center())

    def _at(self, offset: int, leading: bool) -> QPoint:
        """A point of the viewport in the half of a letter that the text comes to first, or last."""
        placed = self._page.placed(offset, False)
        box = next(box for box in placed.paragraph.boxes(placed.line) if box.start <= offset < box.end)
        share = 0.75 if leading == box.rtl else 0.25
        top, bottom = self._page.letters(placed)
        x = box.left + (box.right - box.left) * share + self._page.margin
        return (QPointF(x, (top + bottom) / 2) + self._canvas.origin()).toPoint()

    def _wheel_to(self, offset: int) -> None:
        """Turn the wheel until the line of `offset` is in the upper half of the window, or the article ends."""
        viewport, bar = self._canvas.viewport(), self._canvas.verticalScrollBar()
        while not 40 < (y := self._at(offset, True).y()) < viewport.height() / 2:
            before = bar.value()
            _wheel(viewport, -_NOTCH if y > 40 else _NOTCH)
            if bar.value() == before:
                return


def _page_of(bench: Workbench) -> ArticlePage:
    page = bench.window.canvas.page
    assert page
    return page


def _press(to: QWidget, stroke: Stroke) -> None:
    """Send what an Arabic layout sends for a key."""
    text = _ARABIC.get(stroke.name, "")
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        key, code = stroke.key or ord(text), _EVDEV.get(stroke.name, -_OFFSET) + _OFFSET
        QApplication.sendEvent(to, QKeyEvent(kind, key, stroke.held, code, 0, 0, text))


def _click(on: QWidget, at: QPoint) -> None:
    _mouse(on, QEvent.Type.MouseButtonPress, at)
    _mouse(on, QEvent.Type.MouseButtonRelease, at)


def _mouse(on: QWidget, kind: QEvent.Type, at: QPoint) -> None:
    button = NO_BUTTON if kind == QEvent.Type.MouseMove else LEFT_BUTTON
    down = NO_BUTTON if kind == QEvent.Type.MouseButtonRelease else LEFT_BUTTON
    QApplication.sendEvent(on, QMouseEvent(kind, QPointF(at), QPointF(on.mapToGlobal(at)), button, down, NONE))


def _wheel(on: QWidget, turn: int) -> None:
    middle = QPointF(on.rect().center())
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(middle, on.mapToGlobal(middle), QPoint(), QPoint(0, turn), NO_BUTTON, NONE, phase, False)
    QApplication.sendEvent(on, event)


def main() -> int:
    """Make every span of every sample, print what it took, and answer with 1 when the median is over the limit."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="hashiya-annotator-") as folder:
        made = _all_made(Path(folder))
        counts = [len(one.strokes) for one, _surface in made]
        if "--json" in sys.argv:
            print(json.dumps(counts), flush=True)
            os._exit(0)
        median, mean = statistics.median(counts), statistics.mean(counts)
        ways = statistics.mean(len(one.way) for one, _surface in made)
        print(f"keys_per_span  n={len(counts)}  median {median:g}  mean {mean:.2f}  worst {max(counts)}")
        print(f"keys on the way to a span: mean {ways:.2f}")
        for one, surface in sorted(made, key=lambda pair: -len(pair[0].strokes))[:10]:
            print(f"{len(one.strokes):4} {one.wish.label:9} {surface}\n       {' '.join(map(str, one.strokes))}")
        sys.stdout.flush()
    return 1 if median > MEDIAN_LIMIT else 0


def _all_made(folder: Path) -> list[tuple[Made, str]]:
    from widgets.application import HashiyaApplication
    from widgets.settings import Settings

    application, made = HashiyaApplication(), []
    for number, line in enumerate(gold()):
        here = folder / str(number)
        here.mkdir()
        bench = Workbench(application, Settings(here / "settings.json"))
        bench.undertakings  # noqa: B018 - made, as it is a moment after a start
        bench.window.resize(1440, 900)
        bench.window.show()
        bench.open_file(unmarked(line, here))
        bench.bridge.session.set_annotator("bench")
        QApplication.processEvents()
        typist = Typist(bench)
        made += [(typist.make(wish), line["text"][wish.start : wish.end]) for wish in wanted(line)]
        bench.close_project()
        bench.window.close()
    return made


if __name__ == "__main__":
    sys.exit(main())
