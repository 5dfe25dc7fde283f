"""The process under proof of endurance: the real window, so many actions, and what it held after each stretch.

python -m tests.torture.endurance_child PROJECT --actions N --out FOLDER
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import struct
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from ctypes import CDLL
from itertools import chain
from pathlib import Path
from threading import Event
from typing import IO, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken, isValid

from benchmarks.hand import resident_mib
from tests.torture.endurance_worker import Worker
from tests.torture.outcome import ending, progress
from widgets.log import end_log, log_folder, start_log

SAMPLE = struct.Struct("<Bff")
"""Of each action: its kind, and the milliseconds of the window's thread and of the clock."""
MINUTE, EARLY, WARM_UP, STRETCHES, BETWEEN = 60.0, 5, 0.05, 20, 200
REFERENCE = "reference"
"""The same piece of work over and over, to know how quick the machine was meanwhile; it is no action."""
_SCATTERED = bytes(8 << 20)


class Run:
    """Carries actions out, and writes down what each took."""

    def __init__(self, worker: Worker, samples: IO[bytes]) -> None:
        self.worker, self._samples = worker, samples
        self.kinds: list[str] = []
        self.done = self.written = self.warm = self.minute = self.again = 0
        self.rounds = self.early = self.in_early = 0
        self.began = self._warm_at = time.monotonic()

    def carry_out(self, kind: str, do: Callable[[], object]) -> None:
        """Do it, and time it until it is painted; what waited before it is let happen first."""
        QApplication.processEvents()
        wall, spent, painted = time.perf_counter(), time.thread_time(), self.worker._paints
        do()
        QApplication.sendPostedEvents()
        for _ in range(3):
            QApplication.processEvents()
            if self.worker._paints != painted:
                break
        self._write(kind, time.thread_time() - spent, time.perf_counter() - wall)
        self.done += 1

    def next_round(self) -> Iterator[None]:
        """The round that follows. The first is to get warm; then come those of the first minute."""
        before = self.done
        yield from self._round(self.rounds)
        self.rounds += 1
        if not self.warm:
            self.warm, self._warm_at = self.written, time.monotonic()
        elif not self.minute:
            self.early, self.in_early = self.early + 1, self.in_early + self.done - before
            if self.early >= EARLY and time.monotonic() - self._warm_at >= MINUTE:
                self.minute = self.written

    def as_at_first(self) -> Iterator[None]:
        """The rounds of the first minute once more, so that the last one is held to the same work."""
        self.minute, self.again = self.minute or self.written, self.written
        for number in range(1, 1 + self.early):
            yield from self._round(number)

    def _round(self, number: int) -> Iterator[None]:
        """One round of actions, with a stop after each; and how quick the machine is."""
        first = () if number else self.worker.get_warm()
        for kind, do in chain(first, self.worker.round_(number)):
            self.carry_out(kind, do)
            if self.done % BETWEEN == 0:
                wall, spent = time.perf_counter(), time.thread_time()
                _reference()
                self._write(REFERENCE, time.thread_time() - spent, time.perf_counter() - wall)
            yield
        self.worker.rest()

    def _write(self, kind: str, spent: float, wall: float) -> None:
        if kind not in self.kinds:
            self.kinds.append(kind)
        self._samples.write(SAMPLE.pack(self.kinds.index(kind), spent * 1e3, wall * 1e3))
        self.written += 1


def _reference() -> int:
    """Half of it in the processor, half in memory, of which the window uses more than the caches hold."""
    table = {number: str(number) for number in range(2_000)}
    scattered = sum(_SCATTERED[number * 79_193 % len(_SCATTERED)] for number in range(10_000))
    return scattered + sum(len(table[number * 7 % 2_000]) for number in range(10_000))


def held(worker: Worker) -> dict[str, Any]:
    """What the process holds while the hand rests."""
    gc.collect()
    if sys.platform.startswith("linux"):
        CDLL(None).malloc_trim(0)
    rss = resident_mib()
    roots: list[QObject] = [worker.application, *QApplication.topLevelWidgets()]
    for root in roots:
        for document in root.findChildren(QTextDocument):
            document.rootFrame()  # made when it is first asked for, some day
    objects = Counter(type(one).__name__ for root in roots for one in root.findChildren(QObject))
    loose = (one for one in gc.get_objects() if isinstance(one, QObject) and isValid(one) and one.parent() is None)
    own = Counter(type(one).__name__ for one in loose)
    files = [one.readlink() for one in Path("/proc/self/fd").glob("*") if one.is_symlink()]
    projects = files.count(worker.session.path.resolve())
    return {
        "rss_mib": round(rss, 2),
        "files": len(files) - projects,
        "project_files": projects,
        "threads": _count("/proc/self/task"),
        "windows": len(QApplication.topLevelWidgets()),
        "widgets": len(QApplication.allWidgets()),
        "qobjects": sum(objects.values()),
        "classes": dict(objects),
        "loose": dict(own),
        "known": dict(Counter(type(one).__name__ for one in Shiboken.getAllValidWrappers() if one is not None)),
        "python_objects": len(gc.get_objects()),
        "log_bytes": sum(file.stat().st_size for file in log_folder().glob("*")),
        "project_mib": round(worker.session.path.stat().st_size / 2**20, 1),
    }


def _count(folder: str) -> int:
    return len(os.listdir(folder)) if Path(folder).is_dir() else 0  # noqa: PTH208 - a listing, not paths


class _Heard(logging.Handler):
    """Warnings and errors: none is expected."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        if "plugin does not support" in record.getMessage():
            return
        self.lines[record.getMessage().splitlines()[0][:200]] += 1


def main() -> None:
    """Work through the actions, then close the window as a user does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--actions", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    wishes = parser.parse_args()
    crashes: list[str] = []
    start_log(crashes.append)
    heard = _Heard()
    logging.getLogger().addHandler(heard)
    worker = Worker(wishes.project, wishes.project.with_suffix(".settings"), wishes.actions)
    with (wishes.out / "samples").open("wb") as samples:
        run = Run(worker, samples)
        stretches: list[dict[str, Any]] = []
        with ending() as asked:
            _in_the_loop(worker.application, _stretches(run, wishes.actions, asked, stretches))
    steps = run.worker.session._database  # the log tells how many steps there were
    with steps.reading() as connection:
        count = connection.exec_driver_sql("SELECT max(seq) FROM log").scalar()
    closed = worker.bench.window.close()
    end_log()
    told = {
        "actions": run.done,
        "steps": count,
        "seconds": round(time.monotonic() - run.began, 1),
        "warm": run.warm,
        "minute": run.minute,
        "again": run.again,
        "kinds": run.kinds,
        "held": stretches,
        "crashes": crashes,
        "warnings": heard.lines,
        "closed": closed,
    }
    (wishes.out / "told.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    os._exit(0)


def _stretches(run: Run, actions: int, asked: Event, found: list[dict[str, Any]]) -> Iterator[None]:
    """The rounds, and what is held at the end of each stretch, the warm-up first; the loop runs at each stop."""
    marks = [round(actions * max(WARM_UP, part / STRETCHES)) for part in range(1, STRETCHES + 1)]
    while not run.again:
        enough = asked.is_set() or run.done + run.in_early >= actions
        yield from run.as_at_first() if enough else run.next_round()
        if run.done < marks[0] and not run.again:
            continue
        marks = [mark for mark in marks if mark > run.done] or [actions]
        run.worker.wait(run.worker.is_still)
        for _ in range(20):
            gc.collect()
            yield
        found.append({"actions": run.done, **held(run.worker)})
        last, rate = found[-1], run.done / (time.monotonic() - run.began)
        progress(
            f"endurance: {run.done:,} actions, {rate:.0f} a second, {time.process_time():.0f} s of the processor, "
            f"{last['rss_mib']} MiB, {last['files']} files, {last['threads']} threads, {last['windows']} windows, "
            f"{last['qobjects']} objects"
        )


def _in_the_loop(application: QApplication, script: Iterator[None]) -> None:
    """Go through `script` inside of the event loop, from stop to stop: what is to be deleted goes as it always does."""

    def go_on() -> None:
        try:
            next(script)
        except StopIteration:
            application.exit()  # quit() would close the window
        except BaseException:  # noqa: BLE001
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)  # the window is not taken apart while its script stands in the middle of it
        else:
            QTimer.singleShot(0, go_on)

    QTimer.singleShot(0, go_on)
    application.exec()


if __name__ == "__main__":
    main()
