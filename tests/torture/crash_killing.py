"""A window started, listened to and killed; and whether anything it had started lived on."""

from __future__ import annotations

import json
import os
import random
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from tests.torture.outcome import ROOT, child_environment

PATIENCE: Final = 120.0
ORPHAN_SECONDS: Final = 15.0
WITHIN: Final = {"start": 1.2, "migration": 0.15, "publish": 0.08, "import": 2.4, "export": 1.2, "bulk": 0.25}
"""So many seconds after a thing has begun it is killed at the latest."""
FROM: Final = {"start": "start", "migration": "opening"}
"""With what the clock of a kill begins, where it has another name."""


class Plan(NamedTuple):
    """One kill: what is to be going on, and when: `after` so many acknowledged steps, then `wait` seconds."""

    kind: str
    project: Path
    file: Path | None
    seed: int
    after: int
    wait: float

    @staticmethod
    def of(kind: str, project: Path, file: Path | None, seed: int, chance: random.Random) -> Plan:
        """A point in time that nobody chose."""
        if kind in WITHIN:
            return Plan(kind, project, file, seed, 0, chance.random() * WITHIN[kind])
        return Plan(kind, project, file, seed, chance.randint(1, 25), chance.random() * 0.03)

    def is_time(self, told: Told) -> bool:
        """Whether the clock of the kill begins now."""
        if self.kind in WITHIN:
            return told.begun.get(FROM.get(self.kind, self.kind), 0) > 0
        return told.acknowledged >= self.after


@dataclass
class Told:
    """What the window said before it was killed."""

    events: list[dict[str, Any]] = field(default_factory=list)
    begun: dict[str, int] = field(default_factory=dict)
    acknowledged: int = 0
    failed: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    doing: str = "start"

    def take(self, line: bytes) -> None:
        """Hear one line; one that was cut off was never said."""
        if not line.endswith(b"\n"):
            return
        event = json.loads(line)
        self.events.append(event)
        match event["event"]:
            case "begin":
                self.begun[event["kind"]] = self.begun.get(event["kind"], 0) + 1
                self.doing = event["kind"]
            case "seen" | "all":
                self.acknowledged += 1
            case "failed":
                self.failed.append(event["why"])
        if event["event"] in ("seen", "all", "published", "exported", "ready"):
            self.doing = "rest"


def killed(plan: Plan, home: Path) -> Told:
    """Start the window, kill it when it is time, and wait until all that it started has ended."""
    command = [sys.executable, "-m", "tests.torture.crash_child", str(plan.project), "--seed", str(plan.seed)]
    command += ["--kind", plan.kind, *(("--file", str(plan.file)) if plan.file else ())]
    told = Told()
    with (home / "stderr").open("wb") as errors:
        child = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=errors,
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
            env=child_environment(home),
            start_new_session=True,
            bufsize=0,
        )
    try:
        _listen(child, plan, told)
    finally:
        child.kill()
        child.wait()
    if child.returncode != -signal.SIGKILL:
        said = (home / "stderr").read_text(errors="replace")[-600:]
        told.failed.append(f"ended by itself with {child.returncode}: {said}")
    told.orphans = _orphans(child.pid)
    return told


def _listen(child: subprocess.Popen[bytes], plan: Plan, told: Told) -> None:
    """Hear the child out until it is time; what is in the pipe when it is killed was said as well."""
    assert child.stdout is not None
    rest, late, kill_at = b"", time.monotonic() + PATIENCE, None
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            now = time.monotonic()
            until = late if kill_at is None else kill_at
            if now >= until:
                break
            if not selector.select(until - now):
                continue
            read = os.read(child.stdout.fileno(), 65536)
            if not read:
                child.wait()
                return
            *lines, rest = [*(rest + read).splitlines(keepends=True), b""]
            if lines and not lines[-1].endswith(b"\n"):
                rest = lines.pop()
            for line in lines:
                told.take(line)
            if kill_at is None and plan.is_time(told):
                kill_at = time.monotonic() + plan.wait
    if kill_at is None:
        told.failed.append(f"nothing happened for {PATIENCE} s")
    child.send_signal(signal.SIGKILL)
    child.wait()
    # What it had started may hold the pipe for a moment more.
    os.set_blocking(child.stdout.fileno(), False)
    while True:
        try:
            read = os.read(child.stdout.fileno(), 65536)
        except BlockingIOError:
            break
        if not read:
            break
        rest += read
    for line in rest.splitlines(keepends=True):
        told.take(line)


def _orphans(session: int) -> list[str]:
    """What of this session does not end by itself, as it was called; it is ended.

    A process that waits for a processor, which others have, is no such: it may be slow, and use little of one.
    """
    asleep, late, now = 0.0, time.monotonic() + PATIENCE, time.monotonic()
    while left := list(_members(session)):
        before, now = now, time.monotonic()
        asleep += now - before if all(one.state == "S" for one in left) else 0.0
        if asleep > ORPHAN_SECONDS or any(one.used > ORPHAN_SECONDS for one in left) or now > late:
            break
        time.sleep(0.01)
    for one in left:
        with suppress(ProcessLookupError):
            os.kill(one.number, signal.SIGKILL)
    return [one.called for one in left]


class _Process(NamedTuple):
    number: int
    state: str
    used: float
    called: str


def _members(session: int) -> Iterator[_Process]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, *fields = (folder / "stat").read_text().rpartition(")")[2].split()
            called = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            continue
        if int(fields[2]) == session and state != "Z":
            used = (int(fields[10]) + int(fields[11])) / os.sysconf("SC_CLK_TCK")
            yield _Process(int(folder.name), state, used, called)
