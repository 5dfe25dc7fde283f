"""A disk that fails at every call: the project stays whole, what happened is said, and no step is lost.

Each job is done once to count its calls to the disk, then once for each call and each way in which it can fail: this
once, or from then on until the disk is back.
"""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple

from tests.torture import faults
from tests.torture.faults import HALF
from tests.torture.outcome import ROOT, Outcome, child_environment, progress

JOBS: Final = ("open", "save", "killed", "publish", "import", "make", "export", "migration", "backup")
SHORT_CASES: Final = 45
"""How many faults of each job are tried in the short run."""
WORKERS: Final = 2
_NAMES: Final = {"open", "create", "rename", "link", "unlink", "mkdir"}
_GROWS: Final = {"create", "write", "rename", "link", "mkdir", "cut"}
FAULTS: Final = {
    errno.ENOSPC: _GROWS,
    errno.EIO: _NAMES | _GROWS | {"sync"},
    errno.EACCES: _NAMES,
    errno.EROFS: (_NAMES | _GROWS) - {"open"},
    HALF: {"write"},
}
"""Which calls can fail how."""


class Case(NamedTuple):
    """One fault in one job: at which call, of which kind."""

    job: str
    at: int
    call: str
    error: int
    stays: bool

    def __str__(self) -> str:
        what = "half a write" if self.error == HALF else errno.errorcode[self.error]
        return f"{self.job}: {what} at call {self.at} ({self.call}){' and after' if self.stays else ''}"


@dataclass
class Tally:
    """What came of the faults so far."""

    injected: int = 0
    by_call: Counter[str] = field(default_factory=Counter)
    by_job: Counter[str] = field(default_factory=Counter)
    messages: int = 0
    mute: int = 0
    damaged: int = 0
    lost: int = 0
    failures: list[str] = field(default_factory=list)

    def take(self, case: Case, told: dict[str, Any]) -> None:
        """Count the answer to one case."""
        self.injected += told["failed"]
        if told["failed"]:
            self.by_call[case.call] += 1
            self.by_job[case.job] += 1
        self.messages += len(told["said"])
        bad = [said for said in told["said"] if not said.strip() or "{" in said or "Traceback" in said]
        wrong: list[str] = told["wrong"] + [f"says {said!r}" for said in bad]
        self.mute += len(bad) + sum("Traceback" in one or "ended without" in one for one in told["wrong"])
        self.damaged += sum("integrity_check" in one for one in wrong)
        self.lost += sum("is there, not" in one for one in wrong)
        if told.get("left") and not case.stays and case.call != "unlink":
            wrong.append(f"left behind: {', '.join(told['left'])}")
        self.failures += [f"{case}: {one}" for one in wrong]


class Worker:
    """The program on the disk that fails, asked case by case."""

    def __init__(self, folder: Path, library: Path) -> None:
        self._record = folder / "record"
        (folder / "disk").mkdir(parents=True)
        environment = child_environment(folder, **faults.environment(library, folder / "disk", self._record))
        command = [sys.executable, "-m", "tests.torture.disk_child"]
        self._child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
        )

    def calls(self, job: str) -> list[str]:
        """The kinds of the calls that the job makes when nothing fails."""
        told = self.ask(Case(job, 0, "", 0, False))
        if told["wrong"]:
            raise AssertionError(f"{job} fails on a disk that is whole: {told['wrong']}")
        numbered = [(call.path, call.offset) for call in faults.read_record(self._record) if call.kind == "?"]
        assert [number for _kind, number in numbered] == list(range(1, told["calls"] + 1))
        return [kind for kind, _number in numbered]

    def ask(self, case: Case) -> dict[str, Any]:
        """What came of one case."""
        assert self._child.stdin is not None and self._child.stdout is not None
        asked = {"job": case.job, "at": case.at, "error": case.error, "stays": case.stays}
        if self._record.exists():  # the program has it open
            os.truncate(self._record, 0)
        self._child.stdin.write(json.dumps(asked) + "\n")
        self._child.stdin.flush()
        told: dict[str, Any] = json.loads(self._child.stdout.readline())
        return told

    def end(self) -> None:
        """Let the program go."""
        self._child.kill()
        self._child.communicate()


def prove(short: bool) -> Outcome:
    """Every fault at every call; an even sample of them in the short run."""
    if why := faults.missing():
        return Outcome(skipped=why)
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="hashiya-disk-") as name:
        folder = Path(name)
        library = faults.build(folder)
        workers = [Worker(folder / str(number), library) for number in range(WORKERS)]
        try:
            calls = {job: workers[0].calls(job) for job in JOBS}
            cases = [case for job in JOBS for case in chosen(list(cases_of(job, calls[job])), short)]
            progress(f"{len(cases)} faults in {sum(map(len, calls.values()))} calls")
            with ThreadPoolExecutor(WORKERS) as pool:
                for done in pool.map(run, workers, [cases[number::WORKERS] for number in range(WORKERS)]):
                    for case, told in done:
                        tally.take(case, told)
        finally:
            for worker in workers:
                worker.end()
    return Outcome(figures(tally, len(cases), sum(map(len, calls.values()))), tally.failures)


def run(worker: Worker, cases: Sequence[Case]) -> list[tuple[Case, dict[str, Any]]]:
    """All of them, one after the other, told of job by job."""
    done = []
    for job, some in groupby(cases, lambda case: case.job):
        done += [(case, worker.ask(case)) for case in some]
        progress(f"{job} is through")
    return done


def cases_of(job: str, calls: Sequence[str]) -> Iterator[Case]:
    """Every way in which every call can fail."""
    for at, call in enumerate(calls, 1):
        for error, kinds in FAULTS.items():
            if call in kinds:
                yield Case(job, at, call, error, False)
                if error != HALF:
                    yield Case(job, at, call, error, True)


def chosen(cases: list[Case], short: bool) -> list[Case]:
    """All of them, or as many as the short run has time for, evenly."""
    if not short:
        return cases
    return [cases[number * len(cases) // SHORT_CASES] for number in range(SHORT_CASES)]


def figures(tally: Tally, cases: int, calls: int) -> dict[str, float | str]:
    """What the proof answers with."""
    by_call = {f"by_call_{name}": count for name, count in sorted(tally.by_call.items())}
    by_job = {f"by_scenario_{name}": count for name, count in sorted(tally.by_job.items())}
    return {
        "calls": calls,
        "cases": cases,
        "faults_injected": tally.injected,
        **by_call,
        **by_job,
        "messages": tally.messages,
        "messages_missing": tally.mute,
        "projects_damaged": tally.damaged,
        "steps_lost": tally.lost,
    }
