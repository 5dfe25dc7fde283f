"""What is looked at after a kill: the project, its training file, what came out of it, and the folder around it."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from app.errors import HashiyaError
from app.export import export
from app.formats.native_check import check_file
from app.session import Session
from tests.torture.crash_killing import Told
from tests.torture.crash_states import States, all_states, published, trained, without_decisions

_TURNS_BACK = {"undo": "redo", "redo": "undo"}
_REACHING = ("bulk", "undo", "redo")
"""What may change many articles in one step."""


@dataclass
class Seen:
    """What the screen showed last: of every article, and what an article came to in steps that were not shown yet."""

    shown: States
    more: list[tuple[str, str]]
    all_told: set[str]
    ever: dict[str, set[str]]


@dataclass
class Check:
    """What was found in the project."""

    states: States = field(default_factory=dict)
    one_more: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def note(self, name: str, said: str) -> None:
        """One thing that is not as it was promised."""
        self.counts[name] += 1
        self.wrong.append(said)


def seen_of(before: States, told: Told) -> Seen:
    """What was acknowledged before the kill, on top of what was there before the start."""
    seen = Seen(dict(before), [], set(), {article: {state} for article, state in before.items()})
    for event in told.events:
        match event["event"]:
            case "did":
                seen.more.append((event["article"], event["state"]))
                seen.ever.setdefault(event["article"], set()).add(event["state"])
            case "seen":
                seen.shown |= dict(seen.more)
                seen.more.clear()
                seen.shown[event["article"]] = event["state"]
                seen.ever.setdefault(event["article"], set()).add(event["state"])
            case "ready" | "all":
                seen.more.clear()
                seen.shown = dict(event["states"])
                seen.all_told.add(event.get("kind", "ready"))
                for article, state in event["states"].items():
                    seen.ever.setdefault(article, set()).add(state)
    return seen


def after_kill(project: Path, seen: Seen, told: Told, known: dict[str, set[str]], taken: list[str]) -> Check:
    """Open the project as a user would, and hold it against what was seen. `known` is what it ever came to."""
    check = Check()
    for article, there in seen.ever.items():
        known.setdefault(article, set()).update(map(without_decisions, there))
    ready = [event["states"] for event in told.events if event["event"] == "ready"]
    if ready and told.events and (lost := _different(ready[0], seen.ever, first=True)):
        check.note("steps_lost", f"not there when it was opened again: {lost}")
    try:
        with closing(Session.open(project)) as session:
            _project(session, seen, told, taken, check)
            for article, state in check.states.items():
                known.setdefault(article, set()).add(without_decisions(state))
            _training(session.training_file, known, check)
            if session.notices and any(notice.code != "source-changed" for notice in session.notices):
                check.note("projects_damaged", f"opening says {[notice.code for notice in session.notices]}")
            session.publish()
            now, faults = published(session.training_file) if session.training_file.exists() else ({}, [])
            differs = [article for article, said in trained(session).items() if said not in now.get(article, ())]
            if faults or differs:
                check.note("training_files_damaged", f"written again it differs: {faults[:3]}, in {differs}")
    except HashiyaError as error:
        check.note("projects_damaged", f"cannot be opened: {error!r}")
    for event in told.events:
        if event["event"] == "exported" and not event["there"]:
            check.note("exports_damaged", "it was said to be exported, and nothing is there")
    return check


def _project(session: Session, seen: Seen, told: Told, taken: list[str], check: Check) -> None:
    if (said := session._database.pragma("integrity_check")) != "ok":
        check.note("projects_damaged", f"integrity_check: {said}")
    check.states = all_states(session)
    there = [article for article in taken if article in check.states]
    if there and len(there) != len(taken):
        check.note("half_imports", f"{len(there)} of {len(taken)} articles are there")
    if taken and "import" in seen.all_told and not there:
        check.note("steps_lost", "the file that was imported is not there")
    expected = dict.fromkeys(there, "") | seen.shown
    if told.doing in _REACHING and _took_back(session, expected, told, check):
        return
    now = {article: state for article, state in check.states.items() if expected.get(article) != state}
    gone = expected.keys() - check.states.keys()
    if gone:
        check.note("steps_lost", f"articles that were there are gone: {sorted(gone)}")
    check.one_more += bool(now)
    for article, state in now.items():
        if (article, state) in seen.more or (len(now) == 1 and _one_step_more(session, article, expected, told)):
            continue
        check.note("steps_lost", f"{article} is {state!r}, not {expected.get(article)!r}, while {told.doing}")


def _took_back(session: Session, expected: States, told: Told, check: Check) -> bool:
    """Whether a step of many articles was through unseen: then turning that one step back gives what was seen."""
    changed = [article for article, state in check.states.items() if expected.get(article) != state]
    if not changed:
        return False
    turn = _TURNS_BACK.get(told.doing, "undo")
    session.go_to(session.key_of(changed[0]) or 0)
    head, _articles = session.reach(turn)
    if not head and told.doing != "bulk":
        return False
    if head:
        session.turn_all(head, turn)
    check.states = all_states(session)
    check.one_more += 1
    if lost := _different(check.states, {article: {state} for article, state in expected.items()}):
        check.note("steps_lost", f"half of a change in many articles, while {told.doing}: {lost}")
    return True


def _one_step_more(session: Session, article: str, expected: States, told: Told) -> bool:
    """Whether the article is one step beyond what was seen: then taking it back gives that."""
    turn = _TURNS_BACK.get(told.doing, "undo")
    session.go_to(session.key_of(article) or 0)
    getattr(session, turn)()
    back = all_states(session)[article]
    getattr(session, _TURNS_BACK[turn])()
    return back == expected.get(article, "")


def _different(now: States, allowed: Mapping[str, Iterable[str]], first: bool = False) -> list[str]:
    wrong = [article for article in allowed if article in now and now[article] not in allowed[article]]
    return wrong if first else [*wrong, *(article for article in allowed if article not in now)]


def _training(file: Path, known: Mapping[str, set[str]], check: Check) -> None:
    """The training file as the kill left it: whole, and every article in it as it once was on the screen."""
    if not file.exists():
        return
    there, faults = published(file)
    strange = [article for article, said in there.items() if not said <= known.get(article, set())]
    if faults or strange:
        check.note("training_files_damaged", f"{file.name}: {faults[:3]}; never like that: {strange}")


def swept(folder: Path, project: Path, exported: Path | None) -> list[str]:
    """What is left beside the project once it was opened an hour later, and exported again where that was cut off."""
    for left in folder.glob(".*"):
        if not left.name.startswith(".neighbour"):
            for path in (left, *left.rglob("*")):
                os.utime(path, (1, 1))
    with closing(Session.open(project)) as session:
        session.publish()
    if exported is not None and exported.exists():
        if exported.is_file() and (faults := list(check_file(exported))):
            return [f"a damaged export: {faults[0]!r}"]
        if exported.is_dir() and any(path.suffix == ".part" for path in exported.rglob("*")):
            return ["a damaged export"]
        shutil.rmtree(exported) if exported.is_dir() else exported.unlink()
    if exported is not None:
        format = "native" if exported.suffix else "brat"
        export(project, exported, format=format, force=True)
    return [left.name for left in folder.glob(".*") if not left.name.startswith(".neighbour")]


def folder_faults(folder: Path, untouched: Mapping[Path, bytes], allowed: Iterable[str]) -> list[str]:
    """What changed in the folder that nobody asked to be changed."""
    wrong = [f"{path.name} was touched" for path, held in untouched.items() if path.read_bytes() != held]
    names = {path.name for path in untouched} | set(allowed)
    there = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    return wrong + [f"{name} is nobody's" for name in there - names]
