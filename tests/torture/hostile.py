"""Every reader is given inputs that nobody would write; no answer, too slow, too large, out of bounds: all count.

A run that is ended (SIGTERM) tells what it came to until then.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

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


def prove(short: bool) -> Outcome:
    """All targets, as many at a time as there are processors."""
    if sys.platform != "linux":
        return Outcome(skipped="processes are watched and bounded in the way of Linux only")
    in_memory = Path("/dev/shm")
    place = in_memory if os.access(in_memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="hashiya-hostile-", dir=place) as held:
        folder = Path(held)
        said = _worked(folder, short)
        names = sorted(slate.stem for slate in folder.glob("*.slate"))
        told = {name: _told(folder, name) for name in names}
        guided = (folder / "guided").read_text(encoding="ascii") if names else "0"
    return _outcome(told, int(guided), said)


def _worked(folder: Path, short: bool) -> str:
    """Let the worker do it; what it said when it ended in another way than it should, else nothing."""
    home = folder / "home"
    home.mkdir()
    wishes = [str(SHORT if short else LONG), str(TURN[short]), str(SECONDS[short])]
    command = [sys.executable, "-m", "tests.torture.hostile_worker", str(folder), *wishes]
    ended = threading.Event()
    before = signal.signal(signal.SIGTERM, lambda _signal, _frame: ended.set())
    with (folder / "said").open("wb") as said:
        environment = child_environment(home)
        worker = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=said, stderr=said, start_new_session=True)
    try:
        _wait(worker, folder, ended, time.monotonic() + SECONDS[short] + STARTING_SECONDS)
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
