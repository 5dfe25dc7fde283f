"""Every reader is given inputs that nobody would write; no answer, too slow, too large, out of bounds: all count.

A run that is ended (SIGTERM) tells what it came to until then.

python -m tests.torture.hostile [--runs N] [--seconds S] [TARGET…]     some targets only
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, NamedTuple

from tests.torture.hostile_trial import KINDS, Slate
from tests.torture.outcome import ROOT, Outcome, child_environment, progress

SHORT, LONG = 5_000, 200_000
TURN = {True: 2_500, False: 10_000}
SECONDS = {True: 95, False: 8 * 3_600}
"""How long all targets together may go on, from when the program is imported; `inputs_…` tells what they came to."""
STARTING_SECONDS = 120
TOLD = {"crashes": "crashes", "hangs": "hangs_over_2s", "memory": "memory_over_1GiB"}
TOLD |= {"outside": "writes_outside", "ran": "programs_run"}
_SAID_SECONDS = 60


class Plan(NamedTuple):
    """So many inputs for each target, so many of them in one process, in so many seconds; all targets without names."""

    runs: int
    turn: int
    seconds: float
    names: tuple[str, ...] = ()


def prove(short: bool) -> Outcome:
    """All targets, as many at a time as there are processors."""
    return tried(Plan(SHORT if short else LONG, TURN[short], SECONDS[short]))


def tried(plan: Plan) -> Outcome:
    """What came of these inputs."""
    if sys.platform != "linux":
        return Outcome(skipped="processes are watched and bounded in the way of Linux only")
    in_memory = Path("/dev/shm")
    place = in_memory if os.access(in_memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="hashiya-hostile-", dir=place) as held:
        folder = Path(held)
        said = _worked(folder, plan)
        names = sorted(slate.stem for slate in folder.glob("*.slate"))
        told = {name: _told(folder, name) for name in names}
        guided = (folder / "guided").read_text(encoding="ascii") if names else "0"
    return _outcome(told, int(guided), said)


def _worked(folder: Path, plan: Plan) -> str:
    """Let the worker do it; what it said when it ended in another way than it should, else nothing."""
    home = folder / "home"
    home.mkdir()
    wishes = [str(plan.runs), str(plan.turn), str(plan.seconds), *plan.names]
    command = [sys.executable, "-m", "tests.torture.hostile_worker", str(folder), *wishes]
    ended = threading.Event()
    before = signal.signal(signal.SIGTERM, lambda _signal, _frame: ended.set())
    with (folder / "said").open("wb") as said:
        environment = child_environment(home)
        worker = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=said, stderr=said, start_new_session=True)
    try:
        _wait(worker, folder, ended, time.monotonic() + plan.seconds + STARTING_SECONDS)
        status = worker.poll()
    finally:
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        signal.signal(signal.SIGTERM, before)
    return (folder / "said").read_text(encoding="utf-8", errors="replace")[-600:] if status else ""


def _wait(worker: subprocess.Popen[bytes], folder: Path, ended: threading.Event, until: float) -> None:
    spoken = time.monotonic()
    while worker.poll() is None and not ended.wait(0.2) and time.monotonic() < until:
        if time.monotonic() - spoken > _SAID_SECONDS:
            spoken = time.monotonic()
            begun = [Slate(slate).begun for slate in folder.glob("*.slate")]
            progress(f"hostile: {sum(begun)} inputs, {min(begun, default=0)} at least")


def _told(folder: Path, name: str) -> dict[str, Any]:
    found = folder / f"{name}.json"
    nothing: dict[str, Any] = dict.fromkeys(KINDS, 0) | {"places": {}}
    told: dict[str, Any] = json.loads(found.read_text(encoding="utf-8")) if found.is_file() else nothing
    told["inputs"] = Slate(folder / f"{name}.slate").ended
    progress(f"hostile {name}: {told['inputs']} inputs, {len(told['places'])} findings")
    return told


def _outcome(told: dict[str, dict[str, Any]], guided: int, said: str) -> Outcome:
    figures: dict[str, float | str] = {"targets": len(told), "guided_by_coverage": guided}
    figures["inputs_tried"] = sum(one["inputs"] for one in told.values())
    figures["fewest_inputs_of_a_target"] = min((one["inputs"] for one in told.values()), default=0)
    for kind, shown in TOLD.items():
        figures[shown] = sum(one[kind] for one in told.values())
    failures = [f"{name}: {where} by {kept}" for name, one in told.items() for where, kept in one["places"].items()]
    failures += [f"{name}: nothing was tried" for name, one in told.items() if not one["inputs"]]
    failures += [f"the worker ended: {said}"] if said else []
    failures += [] if told else ["there were no targets"]
    return Outcome(figures | {f"inputs_{name}": one["inputs"] for name, one in told.items()}, failures)


def main() -> int:
    """Some targets, and what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=LONG)
    parser.add_argument("--seconds", type=float, default=SECONDS[False])
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    wishes = parser.parse_args()
    outcome = tried(Plan(wishes.runs, TURN[False], wishes.seconds, tuple(wishes.targets)))
    print(json.dumps({**outcome.figures, "failures": outcome.failures}, ensure_ascii=False, indent=1))
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
