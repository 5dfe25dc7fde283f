"""The real window, worked in by a hand that says on a pipe what it saw, until the process is killed.

python -m tests.torture.crash_child PROJECT --seed N --kind KIND [--file FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app import elsewhere
from app.bulk import Work
from app.edit.bulk import Meant
from tests.torture.crash_states import all_states, with_decisions
from tests.torture.endurance_worker import Turn, Worker
from widgets.application import run
from widgets.workbench import Workbench

WARM_UP = 4
"""Turns before what the kill is meant for begins."""
_PATIENCE = 120.0


class Annotator(Worker):
    """A hand in a window that is there already; each action is said when it begins and when it is on the screen."""

    def __init__(self, bench: Workbench, chance: random.Random) -> None:
        self.application, self.bench = bench._application, bench
        self.canvas, self.house = bench.window.canvas, bench.house
        self._chance = chance
        self.commits = []
        self._paints = 0
        self._ticks = QTimer(interval=5)
        self._count_paints()
        self._turns: tuple[Callable[[], Turn], ...] = (
            *(self._mark, self._mark, self._mark, self._undo, self._delete, self._relabel, self._edges),
            *(self._answer, self._link, self._next, self._status, self._note, self._list),
            *(self._fields, self._suggested, self._suggested, self._suggested),
        )
        self._many = False
        bench.bridge.session.documents_changed.connect(self._did_many)
        # Before the window hears of it, which may go on to the next article.
        heard = bench.bridge.session.changed
        others = list(heard._slots)
        heard.clear()
        for slot in (self._did, *others):
            heard.connect(slot)

    def work(self) -> None:
        """One turn, as they come."""
        for kind, do in self._chance.choice(self._turns)():
            self.begin(kind)
            do()
            self.settle()
            self.acknowledge(kind)

    def begin(self, kind: str, **more: str) -> None:
        """Say what is begun."""
        say(event="begin", kind=kind, **more)

    def acknowledge(self, kind: str) -> None:
        """Say what the screen shows of the article at hand, unless it also says that it is not saved."""
        self.until(lambda: not self.bench.carrying.running)
        if self._many:  # a step of many articles was turned
            self.tell_all(kind)
            return
        session = self.session
        if session.trouble is None and session.key is not None:
            say(event="seen", kind=kind, article=session.document.id, state=self._state())

    def tell_all(self, kind: str) -> None:
        """Say what became of every article: something that reaches over all of them was told on the screen."""
        self.settle()
        self._many = False
        say(event="all", kind=kind, states=all_states(self.session))

    def publish(self) -> None:
        """The training file, asked for; the hand works on meanwhile as it pleases."""
        self.begin("publish")
        self.act("publish")
        for _turn in range(self._chance.randrange(3)):
            self.work()
        self.until(lambda: not self.bench.publisher.running)
        say(event="published")

    def take(self, file: Path) -> None:
        """A file of articles imported: its page, and Enter before it has looked at all of the file."""
        self.begin("import")
        self.act("import")
        page = self.bench.importing.page
        assert page is not None
        self.bench.importing.open([file])
        page.list.setFocus()
        self._press(Qt.Key.Key_Return)
        self.until(lambda: self.bench.importing.page is None)
        self.tell_all("import")

    def export(self, file: Path) -> None:
        """The project exported, with the page that is meant for it."""
        self.begin("export")
        self.act("export")
        page = self.bench.exporting.page
        assert page is not None
        self.until(lambda: page._outlook is not None)
        page.choose("brat" if file.suffix == "" else "native")
        page.form.set_place(file)
        page.begin.click()
        self.until(lambda: not self.bench.exporting.running)
        self.settle()
        say(event="exported", there=file.exists())

    def bulk(self) -> None:
        """All articles marked as done or flagged, or a label renamed in them."""
        who, every = self.session.annotator, list(range(self.session.count))
        source, target = self._chance.sample([label.id for label in self.session.schema.labels], 2)
        work = self._chance.choice(
            (
                Work(who, every, status="complete"),
                Work(who, every, flagged=True),
                Work(who, every, meant=Meant(source), label=target),
            )
        )
        self.begin("bulk")
        self.bench.several.carry_out(work, lambda done: f"{done.articles}")
        self.until(lambda: not self.bench.carrying.running)
        self.tell_all("bulk")

    def _fields(self) -> Turn:
        fields = self.bench.window.inspector.fields.form
        yield "fields", lambda: self.act("fields")
        letter, choice = self._chance.choice("بتث"), self._chance.choice(((Qt.Key.Key_B, "b"), (Qt.Key.Key_N, "n")))
        yield "field", lambda: (self._press(Qt.Key.Key_unknown, letter), self._press(Qt.Key.Key_Return))
        fields.row("relevance").field.setFocus()
        yield "field", lambda: self._press(*choice)
        yield "field", lambda: self._press(Qt.Key.Key_Escape)
        self.canvas.setFocus()

    def _suggested(self) -> Turn:
        """A suggestion accepted, rejected, or accepted with all that are like it."""
        self.until(lambda: self.bench.commands.suggesting)  # made once the window has been painted
        suggesting = self.bench.commands.suggesting
        self.until(lambda: not suggesting._getting_ready and not suggesting._look_now.isActive())
        yield from islice(self._decide(), 1)

    def _press(self, key: Qt.Key, text: str = "") -> None:
        """Press and let go of a key where the keyboard is, which a press may have taken elsewhere."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            focus = QApplication.focusWidget() or self.canvas
            QApplication.sendEvent(focus, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))

    def until(self, so: Callable[[], object]) -> None:
        """Let the window go on until something is so."""
        late = time.monotonic() + _PATIENCE
        while not so():
            QApplication.processEvents()
            if time.monotonic() > late:
                raise AssertionError("waited in vain")
            time.sleep(0.001)

    def _did(self, _step: object, _origin: object) -> None:
        # On the disk, and not on the screen yet.
        if self.session.trouble is None:
            say(event="did", article=self.session.document.id, state=self._state())

    def _state(self) -> str:
        return with_decisions(self.session, self.session.key or 0, self.session.annotations)

    def _did_many(self) -> None:
        self._many = True


def say(**what: object) -> None:
    """One line where the parent hears it at once."""
    os.write(1, (json.dumps(what, ensure_ascii=False) + "\n").encode())


def script(bench: Workbench, wishes: argparse.Namespace) -> None:
    """Work, do what was wished for, and work on until the process is killed."""
    chance = random.Random(wishes.seed)
    if not bench.bridge.is_open:
        raise AssertionError(f"not opened: {[notice.said for notice in bench.window.notices.shown()]}")
    hand = Annotator(bench, chance)
    say(event="ready", states=all_states(hand.session))
    if not hand.session.annotator:
        hand.session.set_annotator("م-١")
    for _turn in range(chance.randrange(WARM_UP)):
        hand.work()
    special = {
        "publish": hand.publish,
        "import": partial(hand.take, wishes.file),
        "export": partial(hand.export, wishes.file),
        "bulk": hand.bulk,
    }
    if wishes.kind in special:
        special[wishes.kind]()
    while True:
        hand.work()
        time.sleep(chance.random() * 0.02)


def main() -> int:
    """Start the application as a user does, and have a hand work in it as soon as the project is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--kind", default="label")
    parser.add_argument("--file", type=Path)
    wishes = parser.parse_args()
    elsewhere.WORTH_IT = 1  # type: ignore[misc] # every import and export in a process of its own, as for large files
    begin = Workbench.begin

    def begun(bench: Workbench, files: list[Path], sample: bool = False) -> None:
        say(event="begin", kind="opening")
        begin(bench, files, sample)
        QTimer.singleShot(0, bench, lambda: guarded(lambda: script(bench, wishes)))

    Workbench.begin = begun  # type: ignore[method-assign,assignment]
    say(event="begin", kind="start")
    return run([str(wishes.project)])


def guarded(script: Callable[[], None]) -> None:
    """The script; what goes wrong in it is told and ends the process."""
    try:
        script()
    except BaseException as error:  # noqa: BLE001 - the parent judges it
        try:
            traceback.print_exc()
            say(event="failed", why=f"{type(error).__name__}: {error}")
        finally:
            os._exit(3)


if __name__ == "__main__":
    sys.exit(main())
