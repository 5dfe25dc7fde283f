"""A hand on the real window: sends keys and wheel turns, and times each until what it changed is painted."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from app.model.place import Place
from app.session import Session
from app.store.engine import Database
from app.text.boundaries import next_word, word_at
from widgets.application import HashiyaApplication
from widgets.canvas.view import ArticleView
from widgets.seeking import Seeker
from widgets.settings import Settings
from widgets.workbench import Workbench

CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
NOTHING_TO_PAINT = 0.5
"""After so many seconds nothing more is waited for: what was done changed nothing."""
Times = list[float]


class Hand:
    """The window on `project`, offscreen, and one hand working in it."""

    def __init__(self, project: Path, settings: Path) -> None:
        self.application = HashiyaApplication()
        self.bench = Workbench(self.application, Settings(settings))
        self.bench.undertakings  # noqa: B018 - made, as it is a moment after a start
        self.bench.window.resize(1440, 900)
        self.bench.window.show()
        self.bench.open_file(project)
        self.canvas = self.bench.window.canvas
        self.commits: Times = []
        self._paints = 0
        self._count_paints()
        self._time_commits()
        self.settle()

    @property
    def session(self) -> Session:
        """The open session."""
        return self.bench.bridge.session

    def settle(self) -> None:
        """Let everything be painted that waits for it."""
        for _ in range(3):
            QApplication.sendPostedEvents()
            QApplication.processEvents()

    def timed(self, do: Callable[[], object]) -> float:
        """Milliseconds from the call of `do` until the article that it changed is painted and flushed.

        What the panes around the article do a moment later, on timers, is let happen after the clock was stopped.
        """
        painted, start = self._paints, time.perf_counter()
        do()
        QApplication.sendPostedEvents()
        while self._paints == painted and time.perf_counter() - start < NOTHING_TO_PAINT:
            QApplication.processEvents()
        taken = (time.perf_counter() - start) * 1e3
        self.settle()
        return taken

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, text: str = "") -> None:
        """Press and let go of a key, with the focus where it is."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self.canvas, QKeyEvent(kind, key, held, text))

    def open(self, times: int) -> Times:
        """Open articles of the project, one after the other and back."""
        keys = [self.session.rows(k, 1)[0].key for k in range(2)]
        return [self.timed(lambda key=keys[k % 2]: self.bench.bridge.go_to(key)) for k in range(1, times + 1)]

    def next_article(self, times: int) -> Times:
        """Ctrl+PageDown, from the first article on."""
        self.bench.bridge.go_to(self.session.rows(0, 1)[0].key)
        self.settle()
        return [self.timed(lambda: self.key(Qt.Key.Key_PageDown, CONTROL)) for _ in range(times)]

    def label(self, times: int) -> Times:
        """Select a word, then press the key of a label; only the key is timed."""
        text, at, times_taken = self.session.document.text, 0, []
        for number in range(times):
            at = next_word(text, at)
            while not text[at].isalnum():
                at = next_word(text, at)
            start, end = word_at(text, at)
            self.canvas.set_place(Place(start, end, ""))
            self.settle()
            key = Qt.Key(Qt.Key.Key_1 + number % 4)
            times_taken.append(self.timed(lambda key=key, number=number: self.key(key, text=str(1 + number % 4))))
        return times_taken

    def answer(self, times: int) -> Times:
        """Open the questions of one casualty after the other, and press the key of a choice; only that is timed."""
        there = [span.id for span in self.session.annotations.ordered() if span.label == "CASUALTY"]
        taken = []
        for number in range(times):
            # In the middle of the article, where nothing is on the screen by accident.
            self.canvas.focus_span(there[(len(there) // 2 + number) % len(there)])
            self.key(Qt.Key.Key_Return)
            self.settle()
            key, text = ((Qt.Key.Key_K, "k"), (Qt.Key.Key_I, "i"))[number // len(there) % 2]
            taken.append(self.timed(lambda key=key, text=text: self._press(key, text)))
            self._press(Qt.Key.Key_Escape)
        self.canvas.setFocus()
        return taken

    def undo(self, times: int) -> Times:
        """Ctrl+Z, from wherever the hand is."""
        return [self.timed(lambda: self.key(Qt.Key.Key_Z, CONTROL)) for _ in range(times)]

    def scroll(self, times: int) -> Times:
        """Turn the wheel by a notch, down the article and back up at its end."""
        bar, taken, down = self.canvas.verticalScrollBar(), [], True
        bar.setValue(0)
        self.settle()
        for _ in range(times):
            down = bar.value() < bar.maximum() if down else bar.value() == 0
            taken.append(self.timed(lambda down=down: self._turn(down)))
        return taken

    def drag(self, times: int) -> Times:
        """Select with the mouse: each of its moves, to another place among the lines on the screen, is timed."""
        self.canvas.verticalScrollBar().setValue(0)
        self.canvas.focus_span("")
        self.settle()
        width, height = self.canvas.viewport().width(), self.canvas.viewport().height()
        self._mouse(QEvent.Type.MouseButtonPress, QPointF(width * 0.75, height * 0.3))
        places = [
            QPointF(width * (0.2 + 0.6 * (k * 7 % 10) / 10), height * (0.3 + (k % 25) / 50)) for k in range(times)
        ]
        taken = []
        for at in places:
            before = self.canvas.place()
            spent = self.timed(lambda at=at: self._mouse(QEvent.Type.MouseMove, at))
            taken += [spent] if self.canvas.place() != before else []  # else there was nothing to paint
        self._mouse(QEvent.Type.MouseButtonRelease, places[-1])
        self.canvas.select(0, 0)
        return taken

    def find(self, times: int) -> Times:
        """Look for a word in the article, folded, until its matches are counted and painted."""
        finding, field = self.bench.commands.finding, self.bench.window.finder.field
        finding.does["find"]()
        taken = []
        for number in range(times):
            start = time.perf_counter()
            field.setText(("درقونة", "البلسان")[number % 2])
            self._wait_for(finding._seeker)
            taken.append((time.perf_counter() - start) * 1e3)
        self.bench.window.finder.closed.emit()
        self.settle()
        return taken

    def everywhere(self, times: int) -> Times:
        """List every place of a word that stands in the article ten times a copy."""
        text = self.session.document.text
        start = text.index(" في ") + 1
        self.canvas.set_place(Place(start, start + 2))
        self.key(Qt.Key.Key_1, text="1")
        self.settle()
        taken, everywhere = [], self.bench.commands.everywhere
        for _ in range(times):
            begun = time.perf_counter()
            everywhere.open()
            self._wait_for(everywhere._seeker)
            taken.append((time.perf_counter() - begun) * 1e3)
            everywhere.close()
            self.settle()
        return taken

    def _wait_for(self, seeker: Seeker) -> None:
        """Until the search has ended and all that it found is painted."""
        QApplication.sendPostedEvents()
        while seeker.running:
            QApplication.processEvents()
        QApplication.sendPostedEvents()

    def _press(self, key: Qt.Key, text: str = "") -> None:
        """Press and let go of a key where the keyboard is."""
        focus = QApplication.focusWidget()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(focus, QKeyEvent(kind, key, NONE, text))

    def _mouse(self, kind: QEvent.Type, at: QPointF) -> None:
        left, viewport = Qt.MouseButton.LeftButton, self.canvas.viewport()
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else left
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else left
        QApplication.sendEvent(viewport, QMouseEvent(kind, at, viewport.mapToGlobal(at), button, held, NONE))

    def _turn(self, down: bool) -> None:
        middle = QPointF(self.canvas.viewport().rect().center())
        turn = QPoint(0, -120 if down else 120)
        everywhere = self.canvas.viewport().mapToGlobal(middle)
        phase, buttons = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
        event = QWheelEvent(middle, everywhere, QPoint(), turn, buttons, NONE, phase, False)
        QApplication.sendEvent(self.canvas.viewport(), event)

    def _count_paints(self) -> None:
        paint = ArticleView.paintEvent

        def counted(view: ArticleView, event: QPaintEvent) -> None:
            paint(view, event)
            self._paints += 1

        ArticleView.paintEvent = counted  # type: ignore[method-assign]

    def _time_commits(self) -> None:
        """Time each commit of the project, as a share of the key presses around it."""
        commit = Database._commit

        def timed(database: Database) -> None:
            start = time.perf_counter()
            commit(database)
            self.commits.append((time.perf_counter() - start) * 1e3)

        Database._commit = timed  # type: ignore[method-assign]


def resident_mib() -> float:
    """The memory that this process holds now, in MiB (the most it held, where the system tells no better)."""
    if sys.platform.startswith("linux"):
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)
