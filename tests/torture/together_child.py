"""One of two windows on one project: works, and says of each step between which states of the article it lies.

python -m tests.torture.together_child PROJECT --seed N --steps N
"""

from __future__ import annotations

import argparse
import random
import select
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.errors import HashiyaError
from tests.torture.crash_child import Annotator, guarded, say
from tests.torture.crash_states import state_of
from widgets.application import run
from widgets.workbench import Workbench

SHARED = 2
"""In so many articles both windows work; elsewhere they are where they please."""


class Colleague(Annotator):
    """A hand that another one works beside."""

    def __init__(self, bench: Workbench, chance: random.Random) -> None:
        super().__init__(bench, chance)
        self.steps = 0
        self._before = state_of(self.session.annotations)
        self._begun = 0.0
        self._longest = 0.0
        bench.bridge.refused.connect(self._refused)
        bench.bridge.failed.connect(self._failed)
        bench.bridge.noticed.connect(self._failed)
        bench.bridge.moved.connect(self._moved)

    def work(self) -> None:
        """One turn, now and then in one of the articles that both are in."""
        if self._chance.random() < 0.3:
            rows = self.session.rows(0, SHARED if self._chance.random() < 0.7 else self.session.count)
            self.bench.bridge.go_to(self._chance.choice(rows).key)
        super().work()

    def begin(self, kind: str, **more: str) -> None:
        """An action begins: from here on it may have to wait for the other window."""
        self._begun = time.perf_counter()

    def acknowledge(self, kind: str) -> None:
        """An action is on the screen."""
        self._longest = max(self._longest, time.perf_counter() - self._begun)
        if self.session.trouble is not None:
            raise AssertionError(f"the window says that the disk is in trouble: {self.session.trouble.code}")

    def look_through(self) -> None:
        """Open every article, and say what the screen shows of it."""
        shown = {}
        for row in self.session.rows(0, self.session.count):
            self.bench.bridge.go_to(row.key)
            self.settle()
            shown[self.session.document.id] = state_of(self.session.annotations)
        say(event="shown", states=shown, longest_ms=round(self._longest * 1e3))

    def _did(self, _step: object, _origin: object) -> None:
        sheet: Any = self.session._sheet
        now = state_of(sheet.annotations)
        say(event="did", article=sheet.document.id, before=self._before, after=now, seq=sheet.revision)
        self._before = now
        self.steps += 1

    def _moved(self) -> None:
        self._before = state_of(self.session.annotations)

    def _refused(self, refusal: HashiyaError) -> None:
        if refusal.code == "changed-elsewhere":
            say(event="refused", told=bool(self.bench.window.status.message.text()))

    def _failed(self, error: HashiyaError) -> None:
        say(event="failed", why=f"the user was told: {error!r}")


def _told_to_end() -> bool:
    """Whether a line waits to be read, which is not sent before the end otherwise."""
    return bool(select.select([sys.stdin], [], [], 0)[0])


def main() -> int:
    """Start the application, work, wait for the other window, and look through all articles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--steps", type=int, required=True)
    wishes = parser.parse_args()

    def work(bench: Workbench) -> None:
        hand = Colleague(bench, random.Random(wishes.seed))
        say(event="ready")
        sys.stdin.readline()
        while hand.steps < wishes.steps and not _told_to_end():
            hand.work()
        say(event="through")
        while sys.stdin.readline() == "end\n":
            pass
        hand.look_through()
        bench.window.close()
        QApplication.quit()

    begin = Workbench.begin

    def begun(bench: Workbench, files: list[Path], sample: bool = False) -> None:
        begin(bench, files, sample)
        QTimer.singleShot(0, bench, lambda: guarded(lambda: work(bench)))

    Workbench.begin = begun  # type: ignore[method-assign,assignment]
    return run([str(wishes.project)], new_window=True)


if __name__ == "__main__":
    sys.exit(main())
