"""What suggestions spare an annotator: `python3 dev.py bench --suggest [--json] [--gold FILE] [--as LOC=LOCATION]…`.

A simulated annotator goes through articles that a person has marked, in a project that begins with nothing. In reading
order it accepts a suggestion that the person marked just so (1 action), rejects any other (1), and marks itself what
is not suggested when it comes to it (4). Attributes and relations count for nothing. After each article the project
learns, as it does in the window, and the annotator waits until it has.

Learning again is measured by itself: what fifty articles teach is learned in a process that is started for it, and in
one that is there already and has met their words, as the window has one from its second time on; wall time until the
model is back, the process given way to everything else as in the window. The median of three.
"""

from __future__ import annotations

import json
import queue
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

from app.edit.commands import label, set_status
from app.model.place import Place
from app.session import Session
from app.suggest.asking_worker import Process
from resources import resource

ACCEPT, REJECT, MARK = 1, 1, 4
AIM: Final = 2.0
"""Actions a mention, from the sixth article on."""
WORDS: Final = 600
_FIRST: Final = 5
_STEP: Final = 10
_LATE: Final = 5.0
_LEARNED_AGAIN: Final = 50

Mark = tuple[int, int, str]


class Gold(NamedTuple):
    """An article that a person has marked: where each mention begins and ends, in code points, and its label."""

    id: str
    text: str
    marks: frozenset[Mark]


class Effort(NamedTuple):
    """What one article took: mentions in it, what was shown, accepted and marked by hand, and milliseconds to look."""

    mentions: int
    shown: int
    accepted: int
    by_hand: int
    words: int
    first_ms: float

    @property
    def actions(self) -> int:
        """How many actions the annotator needed."""
        return ACCEPT * self.accepted + REJECT * (self.shown - self.accepted) + MARK * self.by_hand


class Replay:
    """The annotator at work in an open project; `stalls` are the milliseconds that its thread was held while learning.

    `seconds` is how long learning took, by how many articles it learned from.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._posts: queue.Queue[Callable[[], None]] = queue.Queue()
        self.stalls: list[float] = []
        self.seconds: list[tuple[int, float]] = []
        session.begin_learning(self._posts.put)
        session.get_ready_to_suggest()
        self._wait()

    def annotate(self, gold: Gold) -> Effort:
        """Go through one article as its person did, finish it, and have the project learn."""
        session = self._session
        key = session.key_of(gold.id)
        assert key is not None
        session.go_to(key)
        began = time.perf_counter()
        session.suggest_now()
        first_ms = (time.perf_counter() - began) * 1e3
        self._hear_late()
        accepted = rejected = by_hand = 0
        while step := self._next(gold.marks):
            start, end, name = step[0]
            if step[1] is None:
                session.do(label(start, end, name), place=Place(start, end))
                by_hand += 1
            elif step[0] in gold.marks:
                session.accept([step[1]], place=Place(start, end))
                accepted += 1
            else:
                session.reject([step[1]])
                rejected += 1
        session.do(set_status("complete"), place=Place())
        session.learn_in_background()
        self._wait()
        words = len(gold.text.split())
        return Effort(len(gold.marks), accepted + rejected, accepted, by_hand, words, first_ms)

    def _next(self, marks: frozenset[Mark]) -> tuple[Mark, str | None] | None:
        """What comes next in reading order: a suggestion with its id, or a mention that nothing suggests."""
        session = self._session
        offered: dict[Mark, str | None] = {
            (one.suggestion.start, one.suggestion.end, one.suggestion.label): one.id for one in session.suggestions
        }
        made = {(span.start, span.end, span.label) for span in session.annotations.spans.values()}
        left = {mark: None for mark in marks - made if mark not in offered}
        return min((offered | left).items(), default=None)

    def _hear_late(self) -> None:
        """Wait for what the learned source says of the article, which comes a moment later, once it has learned."""
        if self._session.last_learned is not None:
            deadline = time.monotonic() + _LATE
            while time.monotonic() < deadline:
                try:
                    self._posts.get(timeout=0.01)()
                    return
                except queue.Empty:
                    continue

    def _wait(self) -> None:
        """Do what the threads ask for until nothing is learned any more; notice how long this one is held."""
        known = self._session.last_learned
        while self._session.is_learning:
            began = time.perf_counter()
            time.sleep(0.001)
            while not self._posts.empty():
                self._posts.get()()
            self.stalls.append((time.perf_counter() - began) * 1e3 - 1)
        learned = self._session.last_learned
        if learned is not None and learned is not known:
            self.seconds.append((learned.articles, learned.seconds))


def read_gold(path: Path, names: Mapping[str, str]) -> list[Gold]:
    """The articles of JSON lines with `text` and `spans` (start, end, label); with `names` only labels named there."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if number % 5 == 4 and names:
            continue  # every fifth article of a corpus is left alone, for tests
        one = json.loads(line)
        marks = ((span["start"], span["end"], span["label"]) for span in one["spans"])
        kept = ((start, end, names.get(name, "")) if names else (start, end, name) for start, end, name in marks)
        found.append(Gold(one["id"], one["text"], frozenset(mark for mark in kept if mark[2])))
    return found


def measure(golds: list[Gold]) -> dict[str, Any]:
    """Go through all of them in a new project; the figures."""
    with tempfile.TemporaryDirectory(prefix="hashiya-bench-") as folder:
        lines = Path(folder) / "replayed.jsonl"
        lines.write_text("".join(json.dumps({"id": one.id, "text": one.text}) + "\n" for one in golds), "utf-8")
        with closing(Session.open(lines)) as session:
            session.set_annotator("simulated")
            replay = Replay(session)
            efforts = [replay.annotate(one) for one in golds]
    return figures(efforts, replay)


def learning_again(golds: list[Gold]) -> dict[str, Any]:
    """Seconds to learn from these articles, and the private memory of the process that is ready for it."""
    lessons = [
        [one.text, len(one.text), [[name, start, end] for start, end, name in sorted(one.marks)]] for one in golds
    ]
    told = {"do": "learn", "schema": "replayed", "lessons": lessons}
    seconds: dict[bool, list[float]] = {False: [], True: []}
    held = 0
    for is_ready in (False, True) * 3:
        process = Process(aside=True)
        if is_ready:
            process.ask({"do": "warm", "texts": [one.text for one in golds]})
            held = private_mib(process.id)
        began = time.perf_counter()
        process.ask(told)
        seconds[is_ready].append(time.perf_counter() - began)
        process.close()
    return {
        "articles": len(golds),
        "words": sum(len(one.text.split()) for one in golds),
        "started_s": round(statistics.median(seconds[False]), 2),
        "ready_s": round(statistics.median(seconds[True]), 2),
        "ready_mib": held,
    }


def private_mib(process: int) -> int:
    """How much memory nobody else has of a process, where the system says so; else 0."""
    rollup = Path("/proc", str(process), "smaps_rollup")
    if not rollup.exists():
        return 0
    lines = (line.split() for line in rollup.read_text("utf-8").splitlines())
    return round(sum(int(line[1]) for line in lines if line[0].startswith("Private")) / 1024)


def figures(efforts: list[Effort], replay: Replay) -> dict[str, Any]:
    """What was measured, in all and by article."""
    looks, words = sorted(one.first_ms for one in efforts), sum(one.words for one in efforts)
    seconds = [taken for _articles, taken in replay.seconds]
    stalls = sorted(replay.stalls)
    return {
        "articles": len(efforts),
        "actions_per_mention": _actions(efforts),
        "actions_per_mention_from_sixth": _actions(efforts[_FIRST:]),
        "aim": AIM,
        "without_suggestions": MARK,
        "shown_precision": _share(efforts, "accepted", "shown"),
        "shown_recall": _share(efforts, "accepted", "mentions"),
        "by_article": [_actions([one]) for one in efforts],
        "curve": [
            {
                "articles": first,
                "actions_per_mention": _actions(part),
                "shown_precision": _share(part, "accepted", "shown"),
                "shown_recall": _share(part, "accepted", "mentions"),
            }
            for first in range(0, len(efforts), _STEP)
            if (part := efforts[first : first + _STEP])
        ],
        "training_s": {"n": len(seconds), "last": _last(seconds), "max": round(max(seconds, default=0), 2)},
        "trained_articles": replay.seconds[-1][0] if replay.seconds else 0,
        "look_ms": {
            "median": round(statistics.median(looks), 2),
            "max": round(looks[-1], 2),
            "words": round(words / len(efforts)),
            f"by_{WORDS}_words": round(sum(looks) * WORDS / max(words, 1), 2),
        },
        "stall_ms": {
            "n": len(stalls),
            "p99": round(stalls[len(stalls) * 99 // 100], 2) if stalls else 0,
            "max": round(max(stalls, default=0), 2),
        },
    }


def run(gold: Path | None, renamed: Iterable[str], most: int | None) -> dict[str, Any]:
    """The figures for a file, or for the demonstration project that ships."""
    names = dict(one.split("=", 1) for one in renamed)
    golds = read_gold(gold or resource("samples", "demonstration.jsonl"), names)[:most]
    return {**measure(golds), "learning_again": learning_again(golds[:_LEARNED_AGAIN])}


def table(measured: Mapping[str, Any]) -> str:
    """The figures for a person."""
    lines = [f"{name:32} {value}" for name, value in measured.items() if name not in ("curve", "by_article", "machine")]
    lines += ["", "articles   actions a mention   precision   recall of what was shown"]
    lines += [
        f"{row['articles'] + 1:4}-{row['articles'] + _STEP:<4}  {row['actions_per_mention']:17}"
        f"   {row['shown_precision']:9}   {row['shown_recall']:6}"
        for row in measured["curve"]
    ]
    return "\n".join(lines)


def _actions(efforts: list[Effort]) -> float:
    return round(sum(one.actions for one in efforts) / max(sum(one.mentions for one in efforts), 1), 2)


def _share(efforts: list[Effort], part: str, whole: str) -> float:
    whole_count: int = sum(getattr(one, whole) for one in efforts)
    part_count: int = sum(getattr(one, part) for one in efforts)
    return round(part_count / max(whole_count, 1), 3)


def _last(values: list[float]) -> float:
    return round(values[-1], 2) if values else 0.0
