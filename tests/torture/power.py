"""The power fails: what was asked of the disk is written anew up to each point of a session, less what it may lose.

The recorded calls of a session are replayed in a model of a disk that keeps only what it was told to keep. At each
point it may have lost every write since the last sync of a file, have any of them, or half of one; names come in
their order, as a journal of a file system keeps them, but not before their folder was synced is any of them sure.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any, Final, NamedTuple

from tests.torture import faults
from tests.torture.faults import Call
from tests.torture.outcome import ROOT, Outcome, child_environment, ending, progress
from tests.torture.power_disk import Disk

SEED: Final = 20261123
KINDS: Final = ("", "nfs")
"""A disk of this computer, where the project has a WAL, and a folder of another, where it has a rollback journal."""
SHORT_STEPS: Final = 10
STEPS: Final = 60
SHORT_WAYS: Final = 1
WAYS: Final = 12
"""How many disks with some of the unsynced writes are tried at each point, beside that with none and that with all."""
WORKERS: Final = 2


class State(NamedTuple):
    """What a disk may hold after the power failed at call `at`, and what had been promised by then."""

    at: int
    how: str
    promised: str
    files: dict[str, bytes]


def prove(short: bool) -> Outcome:
    """Record sessions, cut them at every point where something was synced or promised, and open what is left."""
    if why := faults.missing():
        return Outcome(skipped=why)
    figures: Counter[str] = Counter()
    failures: list[str] = []
    with ending() as asked:
        for kind in KINDS:
            if not asked.is_set():
                counted, wrong = cut_through(kind, *((SHORT_STEPS, SHORT_WAYS) if short else (STEPS, WAYS)), asked)
                figures.update(counted)
                failures += [f"{kind or 'disk'}: {one}" for one in wrong]
    lost = sum("is there, not" in failure for failure in failures)
    return Outcome({**figures, "steps_lost": lost, "damaged": len(failures) - lost}, failures)


def cut_through(kind: str, steps: int, ways: int, asked_to_end: Event) -> tuple[dict[str, int], list[str]]:
    """One session on such a disk, cut everywhere: its figures, and what was wrong afterwards."""
    with tempfile.TemporaryDirectory(prefix="hashiya-power-") as name:
        folder = Path(name)
        calls = recorded(folder, steps, kind)
        cuts = cuts_of(calls)
        progress(f"power: {len(calls)} calls, cut at {len(cuts)} points")
        root = (folder / "disk").resolve()
        with ThreadPoolExecutor(WORKERS) as pool:
            halves = [cuts[number::WORKERS] for number in range(WORKERS)]
            found = list(pool.map(lambda some: look(folder, root, calls, some, ways, asked_to_end), halves))
    told = [one for half in found for one in half]
    promises = [json.loads(call.path)["what"] for call in calls if call.kind == "m"]
    counted = {"calls": len(calls), "cuts": len(cuts), "states_tried": len(told)}
    counted |= {"steps_promised": promises.count("step"), "promises": len(promises)}
    return counted, [f"{one['how']} at call {one['at']}: {wrong}" for one in told for wrong in one["wrong"]]


def recorded(folder: Path, steps: int, kind: str) -> list[Call]:
    """What a session of so many steps asked of its disk, with its promises."""
    disk, record = folder / "disk", folder / "record"
    disk.mkdir()
    environment = child_environment(folder, **faults.environment(faults.build(folder), disk, record))
    command = [sys.executable, "-m", "tests.torture.power_child", "work", str(disk), str(steps), kind]
    subprocess.run(command, check=True, env=environment, cwd=ROOT, timeout=600)
    # What SQLite shares between programs is made anew from the log.
    return [call for call in faults.read_record(record) if call.kind != "?" and not call.path.endswith("-shm")]


def cuts_of(calls: list[Call]) -> list[int]:
    """After which calls the power fails: before and after every sync, at every promise and every name."""
    cuts = {0, len(calls)}
    for at, call in enumerate(calls):
        if call.kind in "smrlu":
            cuts |= {at, at + 1}
    return sorted(cuts)


def states(calls: list[Call], root: Path, cuts: list[int], ways: int) -> Iterator[State]:
    """Every disk that is tried."""
    disk, promised, at = Disk(str(root)), "{}", 0
    marks = [json.loads(call.path) for call in calls if call.kind == "m"]
    shapes = {mark["step"]: mark["shape"] for mark in marks}
    chance = random.Random(SEED)
    for cut in cuts:
        for call in calls[at:cut]:
            if call.kind == "m":
                told = json.loads(call.path)
                # One step more than was said may have reached the disk.
                told["shapes"] = [shapes[step] for step in (told["step"], told["step"] + 1) if step in shapes]
                promised = json.dumps(told)
            else:
                disk.take(call)
        at = cut
        yield State(cut, "nothing unsynced", promised, disk.left(lambda _pending: 0.0, chance))
        yield State(cut, "everything", promised, disk.left(lambda _pending: 1.0, chance))
        for _way in range(ways):
            yield State(cut, "some of it", promised, disk.left(lambda _pending: chance.random(), chance))


def digest(state: State) -> bytes:
    """What two disks have in common of which one need be opened only."""
    found = hashlib.sha256(state.promised.encode())
    for name, content in sorted(state.files.items()):
        found.update(f"{name}:{len(content)}:".encode() + content)
    return found.digest()


def look(
    folder: Path, root: Path, calls: list[Call], cuts: list[int], ways: int, asked_to_end: Event
) -> list[dict[str, Any]]:
    """Have a program open each disk where the first one was, and tell what is wrong with it."""
    told: list[dict[str, Any]] = []
    seen: set[bytes] = set()
    command = [sys.executable, "-m", "tests.torture.power_child", "look"]
    place = Path(tempfile.mkdtemp(dir=folder))
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=child_environment(folder),
        cwd=ROOT,
    )
    assert child.stdin is not None and child.stdout is not None
    for state in states(calls, root, cuts, ways):
        known = digest(state)
        if asked_to_end.is_set():
            break
        if known in seen:
            continue
        seen.add(known)
        shutil.rmtree(place)
        place.mkdir()
        for name, content in state.files.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(content)
        child.stdin.write(json.dumps({"place": str(place), "promised": json.loads(state.promised)}) + "\n")
        child.stdin.flush()
        told.append({"at": state.at, "how": state.how, "wrong": json.loads(child.stdout.readline())})
        for wrong in told[-1]["wrong"]:
            progress(f"power: FAILED {state.how} at call {state.at}: {wrong}")
        if len(told) % 1000 == 0:
            progress(f"power: {len(told)} disks opened by one of {WORKERS}, at call {state.at} of {len(calls)}")
    child.stdin.close()
    child.wait()
    return told
