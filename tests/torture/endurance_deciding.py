"""A hand that decides about suggestions, a turn at a time; each takes back what it did."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.hand import CONTROL, NONE, Hand

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
Action = tuple[str, Callable[[], object]]
Turn = Iterator[Action]

_WAIT_MS = 300_000
DEEDS = {
    "accept": (Key.Key_Return, NONE),
    "reject": (Key.Key_Backspace, NONE),
    "accept-alike": (Key.Key_Return, SHIFT),
}
"""What can be decided of a suggestion, and the key of each."""


class Decider(Hand):
    """Decides about what is suggested, by keys and the bar."""

    def __init__(self, project: Path, settings: Path) -> None:
        super().__init__(project, settings)
        self._chance = random.Random()
        self._ticks = QTimer(interval=5)

    def wait(self, until: Callable[[], object]) -> None:
        """Let the event loop run until something is so, without spending time of the processor on asking."""
        late = QTimer(interval=_WAIT_MS, singleShot=True)
        late.start()
        self._ticks.start()
        while not until():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if not late.isActive():
                raise AssertionError(f"waited {_WAIT_MS} ms in vain")
        self._ticks.stop()

    def act(self, id: str) -> None:
        """Ask for an action of the window."""
        self.bench.window.actions_[id].trigger()

    def _tab(self) -> Turn:
        held = SHIFT if self._chance.random() < 0.3 else NONE
        yield "tab", lambda: self.key(Key.Key_Tab, held)

    def _decide(self, deed: str = "") -> Turn:
        """Decide of a suggestion, and take that back: a source that is refused often would fall silent."""
        deed = deed or self._chance.choice([*DEEDS])
        if self._to_a_suggestion():
            yield deed, lambda: self.key(*DEEDS[deed])
            yield f"undo-{deed}", lambda: self.key(Key.Key_Z, CONTROL)
            self.canvas.set_suggested_focus("")

    def _shape_suggested(self) -> Turn:
        if self._to_a_suggestion():
            edge = self._chance.choice(("grow-start", "grow-end"))
            yield "shape-suggestion", lambda: self.act(edge)
            self.canvas.set_suggested_focus("")

    def _to_a_suggestion(self) -> bool:
        """Have one of the suggestions in focus; False where there is none."""
        there = [one.id for one in self.bench.commands.suggesting.shown()]
        if there:
            self.canvas.setFocus()
            self.canvas.set_suggested_focus(self._chance.choice(there))
        return bool(there)

    def _threshold(self) -> Turn:
        """Less sure ones, then those of before; the bar waits a moment for the hand to come to rest."""
        slider, before = self.bench.window.suggestions.slider, self.bench.window.suggestions.slider.value()
        for least in (self._chance.randrange(5, before, 5), before):
            yield "threshold", lambda least=least: slider.setValue(least)
            self.wait(lambda least=least: round(100 * self.session.suggest_settings.threshold) == least)

    def _suggest_here(self) -> Turn:
        for kind in ("suggest-not-here", "suggest-here"):
            yield kind, lambda: self.act("suggest-here")

    def _suggest(self) -> Turn:
        for kind in ("suggest-off", "suggest-on"):
            yield kind, lambda: self.act("suggest")

    def _suggestion_menu(self) -> Turn:
        bar = self.bench.window.suggestions
        for _ in range(2):
            yield "suggestion-menu", lambda: bar.menu.popup(bar.mapToGlobal(bar.rect().center()))
            while popup := QApplication.activePopupWidget():
                popup.close()
