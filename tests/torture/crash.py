"""The window killed at random points of an hour of work: what it had shown is there, and nothing else was touched.

python -m tests.torture.crash --seed N [--kills N]     the same kills again
"""

from __future__ import annotations

import argparse
import json
import random
import secrets
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from typing import Final

from app.edit.commands import label
from app.model.place import Place
from app.session import Session
from app.store.migrations import MIGRATIONS
from app.text.boundaries import word_at
from benchmarks import corpus
from tests.torture.crash_checks import after_kill, folder_faults, seen_of, swept
from tests.torture.crash_killing import Plan, killed
from tests.torture.crash_states import States, all_states, published
from tests.torture.endurance_deciding import DEEDS
from tests.torture.outcome import Outcome, ending, progress

SHORT, LONG = 50, 1_000
WORKERS: Final = 2
LIFE: Final = 12
"""So many kills a project lives through before a new one is made."""
REPORT: Final = 50
"""After so many kills what was found is told."""
ARTICLES, ARTICLE_BYTES, TAKEN = 12, 1_500, 60
KINDS: Final = ("label", "label", "publish", "import", "export", "bulk", "migration", "start")
FIXTURES: Final = Path(__file__).parents[1] / "store" / "fixtures"


@dataclass
class Tally:
    """What came of the kills so far."""

    kills: Counter[str] = field(default_factory=Counter)
    doing: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    decided: int = 0
    one_more: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count what another lane counted."""
        self.kills += other.kills
        self.doing += other.doing
        self.counts += other.counts
        self.acknowledged += other.acknowledged
        self.decided += other.decided
        self.one_more += other.one_more
        self.failures += other.failures

    def figures(self, seed: int) -> dict[str, float | str]:
        """By name, as they are printed."""
        told: dict[str, float | str] = {"kills": sum(self.kills.values())}
        told |= {f"kills_{name}": count for name, count in sorted(self.kills.items())}
        told |= {f"killed_while_{name.replace('-', '_')}": count for name, count in sorted(self.doing.items())}
        told |= {"steps_acknowledged": self.acknowledged, "decisions_acknowledged": self.decided}
        told |= {"steps_one_more": self.one_more}
        names = ("steps_lost", "projects_damaged", "training_files_damaged", "exports_damaged", "half_imports")
        told |= {name: self.counts[name] for name in (*names, "touched", "leavings", "orphans")}
        return told | {"seed": seed}


class Book:
    """What all lanes have found so far; told on the way."""

    def __init__(self, kills: int, seed: int) -> None:
        self.tally, self._kills, self.seed, self._lock = Tally(), kills, seed, Lock()

    def add(self, found: Tally) -> None:
        """Count what one kill came to, from any thread."""
        with self._lock:
            self.tally.add(found)
            for failure in found.failures:
                progress(f"crash: FAILED {failure}")
            done = sum(self.tally.kills.values())
            if done % REPORT == 0:
                progress(f"crash: {done} of {self._kills} kills, {json.dumps(self.tally.figures(self.seed))}")


class Lane:
    """One project after the other, each killed until it has lived long enough."""

    def __init__(self, folder: Path, seed: int, book: Book) -> None:
        self._folder, self._chance, self._book = folder, random.Random(seed), book
        self._made = self._killed = 0

    def run(self, kills: int, asked_to_end: Event) -> None:
        """So many kills, or fewer when asked to end."""
        while self._killed < kills and not asked_to_end.is_set():
            place = Desk(self._folder / str(self._made))
            self._made += 1
            for _kill in range(min(LIFE, kills - self._killed)):
                found = self._kill(place)
                self._killed += 1
                self._book.add(found)
                if asked_to_end.is_set():
                    break
            shutil.rmtree(place.folder)

    def _kill(self, place: Desk) -> Tally:
        kind = self._chance.choice(KINDS)
        number, seed = self._killed, self._chance.randrange(2**31)
        found = Tally(Counter([kind]))
        project = place.older(number, self._chance) if kind == "migration" else place.project
        before = place.shown if kind != "migration" else place.shown_of(project)
        file = place.file(kind, number, self._chance)
        told = killed(Plan.of(kind, project, file, seed, self._chance), place.home)
        found.doing[told.doing] += 1
        found.acknowledged = told.acknowledged
        found.decided = sum(event["event"] == "seen" and event["kind"] in DEEDS for event in told.events)
        said = [*told.failed, *(f"went on by itself: {called}" for called in told.orphans)]
        found.counts["orphans"] = len(told.orphans)
        check = after_kill(
            project,
            seen_of(before, told),
            told,
            place.known.setdefault(project, {}),
            place.taken_ids(file) if kind == "import" else [],
        )
        if project == place.project:
            place.shown = check.states
        found.one_more = check.one_more
        found.counts += check.counts
        left = swept(place.folder, project, file if kind == "export" else None)
        found.counts["leavings"] = len(left)
        touched = place.faults()
        found.counts["touched"] = len(touched)
        said += [*check.wrong, *(f"left behind: {name}" for name in left), *touched]
        found.failures = [f"--seed {self._book.seed}: kill {number} ({kind} while {told.doing}): {one}" for one in said]
        return found


class Desk:
    """A folder with a project in it, and things beside it that are nobody's business."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder / "work", folder / "home"
        self.folder.mkdir(parents=True)
        self.home.mkdir()
        self.project = self.folder / "hour.hashiya"
        source = self.folder / "hour.jsonl"
        with source.open("wb") as stream:
            stream.writelines(corpus.lines(ARTICLES, ARTICLE_BYTES))
        with closing(Session.open(source)) as session:
            session.set_annotator("م-١")
            _begin(session)
        for name in ("neighbour.txt", "neighbour.annotations.jsonl", ".neighbour.hashiya.0123abcd.part"):
            (self.folder / name).write_text("لا شأن لأحد بهذا", encoding="utf-8")
        shutil.copy(self.project, self.folder / "neighbour.hashiya")
        self.untouched = {path: path.read_bytes() for path in self.folder.iterdir() if path != self.project}
        self.allowed = {self.project.name, "hour.annotations.jsonl"}
        self._told: set[str] = set()
        self.known: dict[Path, dict[str, set[str]]] = {}
        self.shown = self.shown_of(self.project)

    def faults(self) -> list[str]:
        """What changed in the folder that nobody asked to be changed; each is told once."""
        found = [one for one in folder_faults(self.folder, self.untouched, self.allowed) if one not in self._told]
        self._told.update(found)
        return found

    def older(self, number: int, chance: random.Random) -> Path:
        """A project that an older version made, under a name of its own."""
        version = chance.randint(1, len(MIGRATIONS))
        project = self.folder / f"older{number}.hashiya"
        shutil.copy(FIXTURES / f"version-{version}.hashiya", project)
        copies = [f"{project.stem}.version-{of}.hashiya" for of in range(version, len(MIGRATIONS) + 1)]
        self.allowed |= {project.name, f"{project.stem}.annotations.jsonl", *copies}
        return project

    def file(self, kind: str, number: int, chance: random.Random) -> Path | None:
        """What an import takes, or where an export goes: next to the project, under a new name."""
        if kind == "import":
            file = self.folder / f"more{number}.jsonl"
            with file.open("wb") as stream:
                stream.writelines(corpus.lines(TAKEN, ARTICLE_BYTES, 1_000 * (number + 1)))
            self.untouched[file] = file.read_bytes()
            return file
        if kind == "export":
            name = f"out{number}" + chance.choice((".jsonl", ""))
            self.allowed |= {name} | {f"{name}.{beside}" for beside in ("card.md", "features.json")}
            self.allowed.add(f"out{number}.report.jsonl")
            return self.folder / name
        return None

    def shown_of(self, project: Path) -> States:
        """What a project holds before anybody opens it; of an older one, what a copy of it comes to."""
        with tempfile.TemporaryDirectory() as apart:
            copy = Path(shutil.copy(project, apart))
            with closing(Session.open(copy)) as session:
                file = session.publish().path
                for article, said in (published(file)[0] if file.exists() else {}).items():
                    self.known.setdefault(project, {}).setdefault(article, set()).update(said)
                return all_states(session)

    def taken_ids(self, file: Path | None) -> list[str]:
        """The ids of the articles in a file that was imported."""
        if file is None:
            return []
        return [json.loads(line)["id"] for line in file.read_bytes().splitlines()]


def _begin(session: Session) -> None:
    """Some words labelled in every article."""
    labels = [one.id for one in session.schema.labels]
    for row in session.rows(0, session.count):
        session.go_to(row.key)
        words = (word_at(session.document.text, at) for at in range(3, 600, 60))
        for number, (start, end) in enumerate(dict.fromkeys(words)):
            if session.document.text[start:end].isalnum():
                session.do(label(start, end, labels[number % len(labels)]), place=Place(start, end))


def prove(short: bool) -> Outcome:
    """Fifty kills, or a thousand; with a seed of its own each time."""
    return kill(SHORT if short else LONG, secrets.randbelow(2**31))


def kill(kills: int, seed: int) -> Outcome:
    """So many kills, those that this seed chooses."""
    book = Book(kills, seed)
    with (
        tempfile.TemporaryDirectory(prefix="hashiya-crash-") as name,
        ending() as asked,
        ThreadPoolExecutor(WORKERS) as pool,
    ):
        lanes = [Lane(Path(name) / f"lane{number}", seed + number, book) for number in range(WORKERS)]
        for done in [pool.submit(lane.run, share, asked) for lane, share in zip(lanes, _shares(kills), strict=True)]:
            done.result()
    return Outcome(book.tally.figures(seed), book.tally.failures)


def _shares(kills: int) -> Iterator[int]:
    for number in range(WORKERS):
        yield kills // WORKERS + (number < kills % WORKERS)


def main() -> int:
    """Kills chosen by a seed, and what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**31))
    parser.add_argument("--kills", type=int, default=SHORT)
    wishes = parser.parse_args()
    outcome = kill(wishes.kills, wishes.seed)
    print(json.dumps({**outcome.figures, "failures": outcome.failures}, ensure_ascii=False, indent=1))
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
