"""Two windows, each in a process of its own, on one project: every step of either is kept, or refused and told.

The steps of an article must make one chain: each begins at the state in which the one before it left the article. A
lost update would be a step that begins at a state which was no longer there.
"""

from __future__ import annotations

import json
import random
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event, Timer
from typing import Any, Final

from app.session import Session
from tests.torture.crash import Desk
from tests.torture.crash_states import States, states
from tests.torture.outcome import ROOT, Outcome, child_environment, ending, progress

SHORT, LONG = 240, 10_000
WINDOWS: Final = 2
PATIENCE, SECONDS_A_STEP = 120.0, 1.0
"""After so long, and so long for each step, a window is taken to hang."""
HOLD: Final = """
import sys, time
from pathlib import Path
from app.store.engine import Database
with Database(Path(sys.argv[1])).writing() as connection:
    connection.exec_driver_sql("UPDATE layers SET note = 'nobody ever said this'")
    print("holds", flush=True)
    time.sleep(60)
"""
"""A program that has begun to write, and never ends."""

Said = dict[str, Any]


class Window:
    """One window in its process."""

    def __init__(self, project: Path, home: Path, seed: int, steps: int) -> None:
        home.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "tests.torture.together_child", str(project)]
        command += ["--seed", str(seed), "--steps", str(steps)]
        self.events: list[Said] = []
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env=child_environment(home),
        )

    def until(self, wanted: str) -> None:
        """Hear it out until it says so, or ends."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.events.append(json.loads(line))
            if self.events[-1]["event"] == "failed":
                progress(f"together: FAILED {self.events[-1]['why']}")
            if self.events[-1]["event"] == wanted:
                return
        self.events.append({"event": "failed", "why": f"it ended before it was {wanted}"})

    def go_on(self, word: str = "") -> None:
        """Let it go on; with "end" it is through as soon as it hears it."""
        if self._process.poll() is None and self._process.stdin is not None:
            self._process.stdin.write(f"{word}\n")
            self._process.stdin.flush()

    def stop(self) -> None:
        """End it, whatever it does: whoever listens to it is told."""
        self._process.kill()

    def end(self) -> None:
        """Wait for it to close by itself; then end it."""
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self.events.append({"event": "failed", "why": "it does not close"})
        self._process.kill()
        self._process.communicate()

    @property
    def runs(self) -> bool:
        """Whether it still works."""
        return self.events[-1]["event"] not in ("through", "failed")


def prove(short: bool) -> Outcome:
    """So many steps together; a seed of its own each time."""
    return work(SHORT if short else LONG, secrets.randbelow(2**31))


def work(steps: int, seed: int) -> Outcome:
    """So many steps of two windows together, while programs that hold the project to write are killed."""
    with (
        tempfile.TemporaryDirectory(prefix="hashiya-together-") as name,
        ending() as asked,
        ThreadPoolExecutor(WINDOWS) as pool,
    ):
        desk = Desk(Path(name))
        project, before = desk.project, desk.shown
        windows = [
            Window(project, Path(name) / f"home{number}", seed + number, steps // WINDOWS) for number in range(WINDOWS)
        ]
        late = Timer(PATIENCE + steps * SECONDS_A_STEP, lambda: [window.stop() for window in windows])
        late.start()
        try:
            list(pool.map(lambda window: window.until("ready"), windows))
            for window in windows:
                window.go_on()
            waiting = [pool.submit(window.until, "through") for window in windows]
            killed = _hold_and_kill(project, windows, random.Random(seed), asked)
            if asked.is_set():
                for window in windows:
                    window.go_on("end")
            for one in waiting:
                one.result()
            for window in windows:
                window.go_on()
            list(pool.map(lambda window: window.until("shown"), windows))
        finally:
            late.cancel()
            for window in windows:
                window.end()
        return _judged(project, before, windows, killed, seed)


def _hold_and_kill(project: Path, windows: list[Window], chance: random.Random, asked_to_end: Event) -> int:
    """Now and then a program that has begun to write, killed in the middle of it; how many."""
    killed = 0
    while all(window.runs for window in windows) and not asked_to_end.wait(chance.uniform(1.0, 5.0)):
        command = [sys.executable, "-c", HOLD, str(project)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, env=child_environment(project.parent)
        ) as holder:
            assert holder.stdout is not None
            if holder.stdout.readline():
                time.sleep(chance.uniform(0.0, 0.4))
                killed += 1
            holder.kill()
        if killed % 20 == 0:
            told = Counter(event["event"] for window in windows for event in [*window.events])
            progress(f"together: {told['did']} steps, {told['refused']} refused, {killed} holders killed")
    return killed


def _judged(project: Path, before: States, windows: list[Window], killed: int, seed: int) -> Outcome:
    events = [event for window in windows for event in window.events]
    steps = sorted((event for event in events if event["event"] == "did"), key=lambda event: int(event["seq"]))
    refused = [event for event in events if event["event"] == "refused"]
    failures = [event["why"] for event in events if event["event"] == "failed"]
    failures += ["a step was refused and nobody told" for event in refused if not event["told"]]
    with closing(Session.open(project)) as session:
        now, said = states(session), session._database.pragma("integrity_check")
    lost = _broken_chains(before, steps, now)
    shown = [event for event in events if event["event"] == "shown"]
    unseen = [f"a window does not show {one}" for event in shown for one in now if event["states"].get(one) != now[one]]
    failures += [*lost, *unseen, *([] if said == "ok" else [f"the project is damaged: {said}"])]
    figures: dict[str, float | str] = {
        "steps": len(steps),
        "articles_of_both": _of_both(windows),
        "refused_and_told": len(refused),
        "lost": len(lost),
        "unseen": len(unseen),
        "holders_killed": killed,
        "waits_ms_max": max((event["longest_ms"] for event in shown), default=0),
        "seed": seed,
    }
    return Outcome(figures, [f"seed {seed}: {failure}" for failure in failures])


def _broken_chains(before: States, steps: list[Said], now: States) -> list[str]:
    """Steps that do not begin where the one before them ended; articles that are not as their last step left them."""
    at, broken = dict(before), []
    for step in steps:
        article = step["article"]
        if step["before"] != at[article]:
            broken.append(f"step {step['seq']} in {article} was made on a state that was no longer there")
        at[article] = step["after"]
    return broken + [f"{article} is not as its last step left it" for article in at if at[article] != now.get(article)]


def _of_both(windows: list[Window]) -> int:
    touched = [{event["article"] for event in window.events if event["event"] == "did"} for window in windows]
    return len(set.intersection(*touched))
