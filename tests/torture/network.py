"""The main job under a tracer, and where there is no network at all; and what the program tells of an article: nothing.

Without strace the sockets are those that Python itself asks for (its audit hook), and the figures say so.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from resources import resource
from tests.torture.network_child import CANARIES
from tests.torture.outcome import ROOT, Outcome, child_environment

_FAMILY: Final = re.compile(r"\b(?:socket|socketpair)\((AF_\w+|\d+)")
_CONNECT: Final = re.compile(r"\b(connect|sendto|bind)\(\d+, .*?sa_family=(AF_\w+)(?:, sun_path=(@?\"[^\"]*\"))?")
_ALLOWED: Final = re.compile(r"X11-unix/|/bus\b|dbus|at-spi|nscd|wayland|/tmp/\.ICE-unix/")
"""Where a unix socket may lead: to the display, the session bus, screen readers, and the names of users."""
_AUDIT: Final = """
import sys
def heard(event, values):
    if event in ("socket.__new__", "socket.connect", "socket.getaddrinfo", "socket.bind"):
        open({log!r}, "a").write(f"{{event}} {{values}}\\n")
sys.addaudithook(heard)
"""


def prove(short: bool) -> Outcome:
    """The job under strace, without a screen and on an X server; the same without a network; and the canaries."""
    with tempfile.TemporaryDirectory(prefix="hashiya-network-") as folder:
        place = Path(folder)
        failures: list[str] = []
        figures: dict[str, float | str] = {}
        for part in (_traced, _isolated, _silent):
            found, wrong = part(place)
            figures |= found
            failures += wrong
        return Outcome(figures, failures)


def _jobs(place: Path) -> Iterator[list[str]]:
    """The main job as commands: a window that labels and saves, and what a lead does with what came of it."""
    place.mkdir(parents=True, exist_ok=True)
    article = place / "article.txt"
    shutil.copy(resource("samples", "harbour-ceasefire.ar.txt"), article)
    shutil.copy(resource("samples", "annotated.jsonl"), place / "more.jsonl")
    project = str(place / "article.hashiya")
    yield ["window", "--rehearse", str(article)]
    yield ["import", project, str(place / "more.jsonl")]
    yield ["export", project, str(place / "out.jsonl")]
    yield ["check", str(place / "out.jsonl")]
    yield ["convert", str(place / "out.jsonl"), str(place / "out.conll")]
    yield ["find", project, "الميناء"]
    yield ["render", project, "--out", str(place / "picture.png")]


def _run(before: Sequence[str], job: Sequence[str], home: Path, **more: str) -> str:
    """Have the program do a job; what it complained of when it failed."""
    command = [*before, sys.executable, "-m", "app", *job]
    surroundings = child_environment(home, **more)
    ended = subprocess.run(command, env=surroundings, cwd=ROOT, capture_output=True, timeout=120, check=False)
    # What `find` does not find is no failure, but nothing is asked for here that is not there.
    return f"{' '.join(job[:1])}: {ended.returncode} {ended.stderr.decode()[-300:]}" if ended.returncode else ""


def _traced(place: Path) -> tuple[dict[str, float | str], list[str]]:
    """Every socket that is asked for, by all processes and threads of every job."""
    strace = shutil.which("strace")
    if strace is None:
        return _overheard(place)
    log, failures = place / "strace.log", []
    tracer = [strace, "-f", "-s", "200", "-A", "-o", str(log), "-e", "trace=%network"]
    for number, job in enumerate(_jobs(place / "traced")):
        failures += [_run(tracer, job, place / f"home-{number}")]
    screens = 0
    with _screen() as display:
        if display:
            screens = 1
            job = next(_jobs(place / "on-x"))
            failures += [_run(tracer, job, place / "home-x", QT_QPA_PLATFORM="xcb", DISPLAY=display)]
    found, wrong = read_trace(log.read_text(encoding="utf-8", errors="replace"))
    return {**found, "x_servers": screens, "tracer": "strace"}, [*filter(None, failures), *wrong]


def read_trace(log: str) -> tuple[dict[str, float | str], list[str]]:
    """What strace has written: figures of its sockets, and a line for each that nobody may ask for."""
    families = Counter(_FAMILY.findall(log))
    leads = [(family, path) for _call, family, path in _CONNECT.findall(log)]
    wrong = [f"{count} sockets of {family}" for family, count in families.items() if family != "AF_UNIX"]
    wrong += [f"led to {family} {path}" for family, path in leads if family != "AF_UNIX"]
    wrong += [f"led to {path}" for family, path in leads if family == "AF_UNIX" and path and not _ALLOWED.search(path)]
    figures: dict[str, float | str] = {
        "sockets_unix": families.pop("AF_UNIX", 0),
        "sockets_inet": families.pop("AF_INET", 0) + families.pop("AF_INET6", 0),
        "sockets_other": sum(families.values()),
        "connects_local": sum(family == "AF_UNIX" for family, _path in leads),
        "connects_beyond": sum(family != "AF_UNIX" for family, _path in leads),
        "processes_and_threads_traced": len({line.split()[0] for line in log.splitlines() if "+++ exited" in line}),
    }
    return figures, wrong


def _overheard(place: Path) -> tuple[dict[str, float | str], list[str]]:
    """Where there is no tracer: what Python is asked for, which a library written in C need not ask."""
    hook, log, failures = place / "hook", place / "audit.log", []
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(_AUDIT.format(log=str(log)), encoding="utf-8")
    for number, job in enumerate(_jobs(place / "traced")):
        path = os.pathsep.join((str(hook), str(ROOT)))
        failures += [_run([], job, place / f"home-{number}", PYTHONPATH=path)]
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    wrong = [line for line in lines if "AF_UNIX" not in line and ", 1, " not in line]
    return {"sockets_asked_of_python": len(lines), "tracer": "audit hook"}, [*filter(None, failures), *wrong]


def _isolated(place: Path) -> tuple[dict[str, float | str], list[str]]:
    """The same jobs where there is no network, not even the computer's own: all of it is done there."""
    alone = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        return {"jobs_without_network": 0}, []
    done = [_run(alone, job, place / f"alone-{n}") for n, job in enumerate(_jobs(place / "isolated"))]
    return {"jobs_without_network": done.count("")}, [*filter(None, done)]


def _silent(place: Path) -> tuple[dict[str, float | str], list[str]]:
    """No word of an article, a note or a search in the log, the crash report, the details copied, or the settings."""
    home, files = place / "silent", place / "silent-files"
    for folder in (home, files):
        folder.mkdir()
    article = files / "article.txt"
    article.write_text(f"{CANARIES['text']} {CANARIES['arabic']} في الميناء\n" * 20, encoding="utf-8")
    surroundings, wrong = child_environment(home), []
    for part in ("crash", "after"):
        command = [sys.executable, "-m", "tests.torture.network_child", part, str(article), str(home / f"told-{part}")]
        ended = subprocess.run(command, env=surroundings, cwd=ROOT, capture_output=True, timeout=120, check=False)
        if (ended.returncode == 0) == (part == "crash"):
            wrong.append(f"{part}: exit status {ended.returncode}: {ended.stderr.decode()[-300:]}")
        (home / f"said-{part}").write_bytes(ended.stdout + ended.stderr)
    told = [file for file in home.rglob("*") if file.is_file()]
    if not any("last-crash" in file.name and b"Abort" in file.read_bytes() for file in told):
        wrong.append("no crash report was written, so there was nothing to look into")
    if b"ValueError" not in b"".join(file.read_bytes() for file in told if file.suffix == ".log"):
        wrong.append("the log does not tell of the failure, so there was nothing to look into")
    found = [f"{name} in {file.relative_to(home)}" for file in told for name in _canaries(file.read_bytes())]
    return {"files_searched": len(told), "canaries": len(CANARIES), "canaries_found": len(found)}, [*wrong, *found]


def _canaries(content: bytes) -> list[str]:
    """The canaries in a file, written as text, as JSON escapes it, or as Windows and Qt keep it."""
    spellings = {
        name: (word.encode(), json.dumps(word)[1:-1].encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))
        for name, word in CANARIES.items()
    }
    return [name for name, ways in spellings.items() if any(way in content for way in ways)]


@contextmanager
def _screen() -> Iterator[str]:
    """An X server of its own; "" where there is none."""
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        yield ""
        return
    read, write = os.pipe()
    command = [xvfb, "-displayfd", str(write), "-screen", "0", "1366x900x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait()
