"""A working week in the window: memory, files, threads, windows and objects stay what they were, and so does the time.

python -m tests.torture.endurance --actions N --folder FOLDER     as many actions as that
"""

from __future__ import annotations

import argparse
import json
import math
import sqlite3
import struct
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

from app.session import Session
from benchmarks import corpus
from tests.torture.outcome import ROOT, Outcome, child_environment, ending

ARTICLES: Final = 1_000
LONG, SHORT = 1_000_000, 15_000
MEMORY: Final = {True: 0.20, False: 0.10}
"""By how much memory may grow after the warm-up, in the short run and in the long one."""
SLOWER: Final = {True: 1.6, False: 1.2}
"""How many times the first minute's p95 the last may be; so few actions in so short a time say less."""
OFTEN: Final = 100
"""What was done more seldom than that at either end is compared by its median."""
AT_LEAST: Final = {True: 30, False: 50}
"""What was done more seldom than that at either end is compared with nothing."""
NOISE_MS: Final = 0.3
"""By so much a p95 may always be more: what takes no longer than that is as quick as the clock can tell."""
SAMPLE: Final = struct.Struct("<Bff")
REFERENCE: Final = "reference"
PROJECT: Final = "corpus.hashiya"
_SECONDS: Final = 6 * 3600
_LINES: Final = {"QTextLayout": 64, "QTextLine": 64, "QPen": 8, "QColor": 8, "QStaticText": 8}
"""By how many what is kept of the lines shown last may differ: a heading has one line or two; one text a label."""

_HANDLES: Final = 2
"""By how many handles of the project's own file may be more. While a thread holds a lock on a file, SQLite keeps the
handle of each connection to it that is closed, and uses it again: as many as there ever were connections at once."""


class Times(NamedTuple):
    """How long actions of a kind took at one end of the run: the thread's milliseconds, and the clock's."""

    spent: list[float]
    wall: list[float]

    def at(self, part: float, clock: bool = False) -> float:
        """The time that so large a part of them did not pass."""
        ordered = sorted(self.wall if clock else self.spent)
        return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0


def prove(short: bool) -> Outcome:
    """A million actions, or fifteen thousand."""
    return endure(SHORT if short else LONG, short)


def endure(actions: int, short: bool) -> Outcome:
    """Have so many actions done in a process of its own, and judge what it held and how quick it was."""
    with tempfile.TemporaryDirectory(prefix="hashiya-endurance-") as folder:
        place = Path(folder)
        status = work(actions, place)
        return (
            judged(place, short) if status == 0 else Outcome({"actions": 0}, [f"the window ended by itself: {status}"])
        )


def work(actions: int, place: Path) -> int:
    """So many actions, in a process of its own that writes what it has to tell into the folder; its exit status."""
    command = [sys.executable, "-m", "tests.torture.endurance_child", str(_project(place)), "--actions", str(actions)]
    # Painting at once rather than five milliseconds later: a hand that never rests need not wait for the screen.
    surroundings = child_environment(place, QT_QPA_UPDATE_IDLE_TIME="0")
    with ending() as asked, subprocess.Popen([*command, "--out", str(place)], env=surroundings, cwd=ROOT) as child:
        while child.poll() is None:
            if asked.wait(1.0):
                child.terminate()  # it ends with what it did at first
                return child.wait(_SECONDS)
        return child.returncode


def judged(place: Path, short: bool) -> Outcome:
    """What is to be said of the run that was written down in this folder."""
    told = json.loads((place / "told.json").read_text(encoding="utf-8"))
    first, last = _ends((place / "samples").read_bytes(), told, AT_LEAST[short])
    failures = [*_left_over(told, short), *_slower(first, last, short), *_broken(told, place / PROJECT)]
    return Outcome(_figures(told, first, last), failures)


def _project(folder: Path) -> Path:
    """A thousand articles, each with 60 spans."""
    file, project = folder / "corpus.jsonl", folder / PROJECT
    with file.open("wb") as stream:
        stream.writelines(corpus.lines(ARTICLES))
    with closing(Session.create(project)) as session:
        session.set_annotator(corpus.ANNOTATOR)
        session.import_file(file)
    file.unlink()
    corpus.annotate(project, ARTICLES)
    return project


def _ends(samples: bytes, told: dict[str, Any], least: int) -> tuple[dict[str, Times], dict[str, Times]]:
    """Times by kind: of the first minute after the first round, and of the last, which does the same once more.

    A kind that came less often than `least` in them has its first and last hundred, or halves.
    """
    kinds, by_kind = told["kinds"], [[] for _kind in told["kinds"]]  # type: ignore[var-annotated]
    for number, (kind, spent, wall) in enumerate(SAMPLE.iter_unpack(samples)):
        if number >= told["warm"]:
            by_kind[kind].append((number, spent, wall))
    first, last = {}, {}
    for kind, found in zip(kinds, by_kind, strict=True):
        early = [one for one in found if one[0] < told["minute"]]
        late = [one for one in found if one[0] >= told["again"]]
        if min(len(early), len(late)) < least:
            count = min(OFTEN, len(found) // 2)
            early, late = found[:count], found[len(found) - count :]
        first[kind], last[kind] = _times(early), _times(late)
    return first, last


def _times(found: list[tuple[int, float, float]]) -> Times:
    return Times([spent for _n, spent, _wall in found], [wall for _n, _spent, wall in found])


def _speed(first: dict[str, Times], last: dict[str, Times]) -> float:
    """How much slower the machine was at the end than at the beginning: others work on it as well."""
    before, after = first[REFERENCE].at(0.5), last[REFERENCE].at(0.5)
    return after / before if before else 1.0


def _slower(first: dict[str, Times], last: dict[str, Times], short: bool) -> list[str]:
    """Kinds of actions that take longer at the end, by the processor time of the window's thread."""
    found, speed = [], max(1.0, _speed(first, last))
    for kind in first:
        count = len(first[kind].spent)
        if kind == REFERENCE or count < AT_LEAST[short]:
            continue
        part = 0.95 if count >= OFTEN else 0.5
        before, after = first[kind].at(part), last[kind].at(part)
        limit = before * SLOWER[short] * speed + NOISE_MS
        if after > limit and _beyond_chance(last[kind].spent, limit, 1 - part):
            found.append(f"{kind}: {before:.2f} ms at the beginning, {after:.2f} ms at the end (n = {count})")
    return found


def _beyond_chance(times: list[float], limit: float, part: float) -> bool:
    """Whether more than that part of them are over the limit, by more than three standard deviations (binomial)."""
    over, count = sum(time > limit for time in times), len(times)
    return over > count * part + 3 * math.sqrt(count * part * (1 - part))


def _left_over(told: dict[str, Any], short: bool) -> list[str]:
    """What the process holds after the last action that it did not hold after the warm-up."""
    warm, end, found = told["held"][0], told["held"][-1], []
    if end["rss_mib"] > warm["rss_mib"] * (1 + MEMORY[short]):
        found.append(f"memory: {warm['rss_mib']} MiB, then {end['rss_mib']} MiB")
    allowed = {"project_files": _HANDLES}
    for name in ("files", "project_files", "threads", "windows", "widgets", "qobjects"):
        if end[name] > warm[name] + allowed.get(name, 0):
            found.append(f"{name}: {warm[name]}, then {end[name]}")
    # What PySide goes on knowing of when Qt has deleted it lets the program crash one day: see widgets/tab_order.py.
    for part in ("classes", "loose", "known"):
        more = {name: count - warm[part].get(name, 0) for name, count in end[part].items()}
        more = {name: count - (_LINES.get(name, 0) if part == "known" else 0) for name, count in more.items()}
        found += [f"{part}: {count} {name} more than there were" for name, count in more.items() if count > 0]
    return found


def _broken(told: dict[str, Any], project: Path) -> list[str]:
    """What went wrong beside that."""
    found = [f"nobody caught {kind}" for kind in told["crashes"]]
    found += [f"logged {count} times: {said}" for said, count in told["warnings"].items()]
    found += [] if told["closed"] else ["the window did not close"]
    with closing(sqlite3.connect(project)) as database:
        (said,) = database.execute("PRAGMA integrity_check").fetchone()
    return found if said == "ok" else [*found, f"the project is damaged: {said}"]


def _figures(told: dict[str, Any], first: dict[str, Times], last: dict[str, Times]) -> dict[str, float | str]:
    warm, end = told["held"][0], told["held"][-1]
    figures: dict[str, float | str] = {"actions": told["actions"], "kinds": len(told["kinds"]) - 1}
    figures |= {"steps": told["steps"], "articles": ARTICLES, "per_second": round(told["actions"] / told["seconds"], 1)}
    for name in ("rss_mib", "files", "project_files", "threads", "windows", "qobjects"):
        figures |= {f"{name}_warm": warm[name], f"{name}_end": end[name]}
    figures["memory_growth"] = round(end["rss_mib"] / warm["rss_mib"] - 1, 4)
    figures["log_bytes"] = end["log_bytes"]
    figures["machine_slower"] = round(_speed(first, last), 3)
    for kind in sorted(first):
        if kind != REFERENCE and len(first[kind].spent) >= OFTEN:
            name = kind.replace("-", "_")
            figures[f"{name}_p95_ms"] = f"{first[kind].at(0.95):.2f} → {last[kind].at(0.95):.2f}"
            figures[f"{name}_p95_wall_ms"] = f"{first[kind].at(0.95, True):.2f} → {last[kind].at(0.95, True):.2f}"
    return figures


def main() -> int:
    """As many actions as are asked for, and what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=LONG, help="0: judge what is in the folder")
    parser.add_argument("--folder", type=Path, required=True, help="where it works, and leaves what it measured")
    wishes = parser.parse_args()
    wishes.folder.mkdir(parents=True, exist_ok=True)
    status = work(wishes.actions, wishes.folder) if wishes.actions else 0
    short = 0 < wishes.actions < LONG
    outcome = Outcome(failures=[f"exit status {status}"]) if status else judged(wishes.folder, short)
    said = json.dumps({**outcome.figures, "failures": outcome.failures}, ensure_ascii=False, indent=1)
    (wishes.folder / "endurance.json").write_text(said, encoding="utf-8")
    print(said)
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
