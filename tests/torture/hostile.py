"""Every reader is given inputs that nobody would write; no answer, too slow, too large, out of bounds: all count."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.torture.hostile_targets import targets
from tests.torture.outcome import ROOT, Outcome, child_environment, progress

SHORT, LONG = 5_000, 200_000
SHORT_SECONDS, LONG_SECONDS = 3, 3_600
STARTING_SECONDS = 60
"""How long one target may go on; what could not be tried by then is told by `inputs_tried`."""
KINDS = {"crashes": "crashes", "hangs": "hangs_over_2s", "memory": "memory_over_1GiB"}
KINDS |= {"outside": "writes_outside", "ran": "programs_run"}


def prove(short: bool) -> Outcome:
    """Two targets at a time, each in a process of its own."""
    names = sorted(targets())
    with tempfile.TemporaryDirectory() as held, ThreadPoolExecutor(2) as pool:
        told = dict(zip(names, pool.map(lambda name: _tried(name, short, Path(held)), names), strict=True))
    figures: dict[str, float | str] = {"targets": len(names)}
    figures["inputs_tried"] = sum(one["inputs"] for one in told.values())
    figures["fewest_inputs_of_a_target"] = min(one["inputs"] for one in told.values())
    figures["guided_by_coverage"] = int(all(one.get("guided") for one in told.values()))
    for kind, shown in KINDS.items():
        figures[shown] = sum(one.get(kind, 0) for one in told.values())
    failures = [f"{name}: {place} {said[:400]}" for name, one in told.items() for place, said in one["places"].items()]
    failures += [
        f"{name}: {one[kind]} {kind}" for name, one in told.items() for kind in ("outside", "ran") if one[kind]
    ]
    return Outcome(figures | {f"inputs_{name}": one["inputs"] for name, one in told.items()}, failures)


def _tried(name: str, short: bool, folder: Path) -> dict[str, Any]:
    report, home = folder / f"{name}.json", folder / f"{name}.home"
    home.mkdir()
    command = [sys.executable, "-m", "tests.torture.hostile_worker", name, str(SHORT if short else LONG), str(report)]
    with (folder / f"{name}.said").open("wb") as said:
        worker = subprocess.Popen(command, env=child_environment(home), cwd=ROOT, stdout=said, stderr=said)
        _wait(worker, STARTING_SECONDS, report)
        _wait(worker, SHORT_SECONDS if short else LONG_SECONDS)
        stopped = worker.poll() is None
        worker.kill()
        worker.wait()
    nothing = {"inputs": 0, "crashes": 0, "hangs": 0, "memory": 0, "outside": 0, "ran": 0, "places": {}}
    told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else nothing
    if not stopped and worker.returncode:
        last = (folder / f"{name}.said").read_text(encoding="utf-8", errors="replace")[-600:]
        told["crashes"] += 1
        told["places"][f"ended by {worker.returncode}: {last}"] = ""
    if told["inputs"] == 0:
        told["places"]["nothing was tried"] = ""
    progress(f"hostile {name}: {told['inputs']} inputs, {len(told['places'])} findings")
    return told


def _wait(worker: subprocess.Popen[bytes], seconds: float, file: Path | None = None) -> None:
    """Until the worker has ended, `file` is there or the time is over."""
    until = time.monotonic() + seconds
    while worker.poll() is None and time.monotonic() < until and not (file and file.is_file()):
        time.sleep(0.1)
