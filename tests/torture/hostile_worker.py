"""Every target in turn, in a process of its own.

`python -m tests.torture.hostile_worker FOLDER RUNS SLICE SECONDS [TARGET…]`; all targets where none is named. The
program is imported once, followed by atheris where that is installed, and each process is a fork of this one. A target
is given `SLICE` inputs at a time, those that had fewest turns first, until it had `RUNS` or the time is over.
"""

from __future__ import annotations

import logging
import os
import random
import resource as limits
import signal
import sys
import time
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Final, NamedTuple

from tests.torture.hostile_trial import LARGEST, Findings, Slate, Trial

GROWTH: Final = 1 << 30
STUCK_SECONDS: Final = 10
"""How much of the processor one input may have before its process is ended; where it uses none, six times as long."""
TURN_SHARE: Final = 4
"""A turn may be as long as so many targets' share of the time, so that one that is slow leaves time to the others."""
FIRST_SHARE: Final = 0.6
"""In so much of the time each target has had its first turn, however busy the machine is."""
_NO_CLOCK: Final = "-timeout=86400"
"""Inputs are timed here, by the processor. With 0 atheris ends whatever is under way when its clock strikes."""
_UNCAUGHT: Final = "Uncaught Python exception"
"""After these words atheris says what ended it."""
_LAZY: Final = ("lxml.html", "pypdf", "zstandard", "regex", "orjson", "charset_normalizer")
_USUAL: Final = 4_000
"""How long inputs are at most, but for every fourth turn."""


class Plan(NamedTuple):
    """How much is to be tried."""

    folder: Path
    runs: int
    turn: int
    seconds: float
    names: tuple[str, ...] = ()
    """Of the targets, or none for all."""


@dataclass
class Place:
    """Where one target is, and the process that is at it now."""

    name: str
    slate: Slate
    findings: Path
    turns: int = 0
    pid: int = 0
    began: float = 0.0
    seen: tuple[int, float, float] = field(default=(0, 0.0, 0.0))
    """The input that was with the target when looked at last, and time and processor time when it was seen first."""


def main(plan: Plan) -> None:
    """Give turns until all had enough or the time is over."""
    atheris = _followed()
    from tests.torture.hostile_targets import targets

    logging.disable()
    names = plan.names or sorted(targets())
    places = [Place(name, Slate(plan.folder / f"{name}.slate"), plan.folder / f"{name}.json") for name in names]
    (plan.folder / "guided").write_text(str(int(atheris is not None)), encoding="ascii")
    until = time.monotonic() + plan.seconds
    longest = TURN_SHARE * plan.seconds / len(places) / (plan.runs / plan.turn)
    soonest = FIRST_SHARE * plan.seconds * (os.cpu_count() or 2) / len(places)
    parent = os.getppid()
    while time.monotonic() < until and os.getppid() == parent:
        busy = [one for one in places if one.pid]
        waiting = [one for one in places if not one.pid and one.slate.begun < plan.runs]
        if not busy and not waiting:
            return
        if waiting and len(busy) < (os.cpu_count() or 2):
            _start(min(waiting, key=lambda one: one.turns), plan, atheris)
            continue
        for one in busy:
            _look(one, min(longest, soonest) if one.turns == 1 else longest)
        time.sleep(0.02)
    for one in places:
        if one.pid:
            os.kill(one.pid, signal.SIGKILL)


def _followed() -> ModuleType | None:
    """atheris, when it is here, with the program imported so that it follows it."""
    wanted = ("tests.torture.hostile_targets", "widgets.settings", "widgets.keymap")
    if find_spec("atheris") is None:
        for name in (*wanted, *filter(find_spec, _LAZY)):
            import_module(name)
        return None
    atheris: ModuleType = import_module("atheris")
    with atheris.instrument_imports(include=["app", "widgets.settings"]):
        import_module("app.formats.registry").every_format()
        for name in wanted:
            import_module(name)
    for name in filter(_is_here, _LAZY):
        import_module(name)
    return atheris


def _is_here(name: str) -> bool:
    return find_spec(name.partition(".")[0]) is not None


def _start(one: Place, plan: Plan, atheris: ModuleType | None) -> None:
    one.turns += 1
    one.began = time.monotonic()
    one.seen = (-1, 0.0, 0.0)
    one.pid = os.fork()
    if one.pid == 0:
        try:
            _turn(one, plan, atheris)
        finally:
            os._exit(1)


def _look(one: Place, longest: float) -> None:
    """Whether it has ended, and how; whether one input has kept it for too long; whether its turn is over."""
    ended, status = os.waitpid(one.pid, os.WNOHANG)
    kind = ""
    if ended and status:
        kind, where = "crashes", f"ended by status {status}"
    elif not ended and _is_stuck(one):
        kind, where = "hangs", "until it was ended"
    if kind:
        where += "" if one.slate.begun > one.slate.ended else ", between two inputs"
        where += f": {_last_words(one.findings.with_suffix('') / 'said')}"
        Findings(one.name, one.findings).add(kind, one.slate.last, where)
        one.slate.end()
    if not ended and (kind or time.monotonic() - one.began > longest):
        os.kill(one.pid, signal.SIGKILL)
        os.waitpid(one.pid, 0)
        ended = one.pid
    if ended:
        one.pid = 0


def _last_words(said: Path) -> str:
    """What a process said when it ended: the exception that nobody caught, else the end of it."""
    words = said.read_text(encoding="utf-8", errors="replace")
    _before, found, after = words.rpartition(_UNCAUGHT)
    return after[:500] if found else words[-400:]


def _is_stuck(one: Place) -> bool:
    begun, now, used = one.slate.begun, time.monotonic(), _used(one.pid)
    if begun != one.seen[0] or begun == one.slate.ended:
        one.seen = (begun, now, used)
        return False
    return used - one.seen[2] > STUCK_SECONDS or now - one.seen[1] > STUCK_SECONDS * 6


def _used(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _turn(one: Place, plan: Plan, atheris: ModuleType | None) -> None:
    """Some inputs more, in a process of their own. Does not come back where atheris is used."""
    from tests.torture.hostile_seeds import WORDS, seeds

    folder = plan.folder / one.name
    folder.mkdir(exist_ok=True)
    said = os.open(folder / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 1)
    os.dup2(said, 2)
    trial = Trial(one.name, folder, one.slate, Findings(one.name, one.findings))
    known = seeds(one.name)
    wanted = min(plan.turn, plan.runs - one.slate.begun)
    _bound()
    if one.turns == 1:
        for begun in known:
            trial.give(begun)
    if atheris is None:
        chance = random.Random(f"{one.name} {one.turns}")
        for _ in range(wanted):
            trial.give(_changed(known, chance))
        os._exit(0)
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for number, begun in enumerate(known):
        (corpus / f"seed{number}").write_bytes(begun)
    words = folder / "words"
    words.write_text("".join('"' + "".join(f"\\x{b:02x}" for b in w[:60]) + '"\n' for w in WORDS), encoding="ascii")
    longest = _USUAL if one.turns % 4 else LARGEST
    wishes = [f"-runs={wanted}", f"-max_len={longest}", f"-dict={words}", f"-seed={one.turns}", _NO_CLOCK]
    atheris.Setup(
        [
            sys.argv[0],
            *wishes,
            "-rss_limit_mb=0",
            "-verbosity=0",
            "-reload=0",
            f"-artifact_prefix={folder}/",
            str(corpus),
        ],
        trial.give,
    )
    atheris.Fuzz()


def _bound() -> None:
    """From here on there is so much more memory, and no more."""
    size = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    limits.setrlimit(limits.RLIMIT_AS, (size + GROWTH, limits.RLIM_INFINITY))


def _changed(known: list[bytes], chance: random.Random) -> bytes:
    """One of `known` with a few changes by chance."""
    from tests.torture.hostile_seeds import WORDS

    said = bytearray(chance.choice(known))
    for _ in range(chance.randint(0, 6)):
        at = chance.randint(0, len(said))
        kind = chance.randrange(5)
        if kind == 0:
            said[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del said[at : at + chance.randint(1, 30)]
        elif kind == 2:
            said[at:at] = said[at : at + chance.randint(1, 60)] * chance.randint(1, 20)
        elif kind == 3:
            other = chance.choice(known)
            said[at : at + 40] = other[at : at + chance.randint(1, 200)]
        else:
            said[at:at] = chance.choice(WORDS)
    return bytes(said[:LARGEST])


if __name__ == "__main__":
    main(Plan(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), tuple(sys.argv[5:])))
