"""The program on a disk that fails: does the jobs it is told of, each in a process of its own, and looks at the ruins.

python -m tests.torture.disk_child     one JSON object a line comes in, one goes out
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

from tests.torture.disk_jobs import JOBS, left
from tests.torture.faults import Faults

HANG_SECONDS = 60


def main() -> None:
    """Answer each line; the templates of the jobs are made beside, once."""
    faults = Faults()
    root = Path(os.environ["FAULTS_ROOT"])
    for line in sys.stdin:
        told = answered(json.loads(line), root, faults)
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


def answered(asked: dict[str, Any], root: Path, faults: Faults) -> dict[str, Any]:
    """Do one job under one fault; what it said, and what is wrong after it."""
    job = JOBS[asked["job"]]
    template, folder = root / f"{os.getpid()}-{job.make.__name__}", root / f"case-{os.getpid()}"
    if not template.exists():
        # Made where it will be worked on: a project knows its exports by their whole name.
        folder.mkdir()
        job.make(folder)
        folder.rename(template)
    shutil.copytree(template, folder)
    try:
        told = in_a_fork(asked, folder, faults)
        if "wrong" not in told:
            told["wrong"] = job.look(folder, told["promised"])
            told["left"] = left(folder)
    except Exception:  # noqa: BLE001 - whatever it is, the parent must hear of it
        told = {"wrong": [traceback.format_exc()[-600:]], "said": [], "failed": 0}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return told


def in_a_fork(asked: dict[str, Any], folder: Path, faults: Faults) -> dict[str, Any]:
    """Have a copy of this process do it: what it leaves open is closed as a kill closes it."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        os.close(out)
        signal.alarm(HANG_SECONDS)
        told = worked(asked, folder, faults)
        os.write(into, json.dumps(told).encode())
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as stream:
        told = stream.read()
    status = os.waitpid(child, 0)[1]
    if not told:
        why = "it hung" if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM else f"status {status}"
        return {"wrong": [f"the program ended without a word: {why}"], "said": [], "failed": 0}
    found: dict[str, Any] = json.loads(told)
    return found


def worked(asked: dict[str, Any], folder: Path, faults: Faults) -> dict[str, Any]:
    """The job done, with the faults it is to meet."""

    def arm() -> None:
        faults.arm(asked["at"], asked["error"], asked["stays"])

    try:
        done = JOBS[asked["job"]].work(folder, faults, arm)
    except BaseException:  # noqa: BLE001 - an error without a sentence is what is looked for
        faults.disarm()
        return {"wrong": [traceback.format_exc()[-900:]], "said": [], "failed": faults.failed}
    calls = faults.disarm()
    return {"said": done.said, "promised": done.promised, "failed": done.failed, "calls": calls}


if __name__ == "__main__":
    main()
