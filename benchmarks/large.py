"""`python3 dev.py bench --corpus [--articles N]`: what a project of a hundred thousand articles costs.

Each part is measured in a process of its own. Nothing is left behind: everything is made in a folder for the purpose.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

ARTICLES, ARTICLES_QUICK = 100_000, 5_000
ANNOTATED, ARRIVING = 10_000, 5_000
STARTS: Final = 7
ROOM: Final = 14_000
"""How many bytes of disk an article takes at most: in its file, in the project with its index, and exported."""

MOST: Final = {
    "first_paint_ms": 1000,
    "rss_mib": 300,
    "next_ms": 30,
    "search_ms": 100,
    "filter_ms": 150,
    "export_rss_mib": 400,
    "import_gap_ms": 50,
    "export_gap_ms": 50,
    "preview_gap_ms": 50,
    "label_written_kib": 1024,
}
LEAST: Final = {"import_per_s": 1200, "export_per_s": 3000}
AT_P95: Final = ("next_ms", "search_ms", "filter_ms")
Figures = dict[str, Any]
Run = Callable[[list[str]], str]


def measure(articles: int, size: int, quick: bool, run: Run) -> Figures:
    """Every figure of a corpus of so many articles; `run` starts Python with arguments and gives what it prints."""
    _need_room(articles, size)
    with tempfile.TemporaryDirectory(prefix="hashiya-corpus-") as folder:
        project = Path(folder, "corpus.hashiya")
        annotated, arriving = min(articles, ANNOTATED), min(articles, ARRIVING)
        case = ["-m", "benchmarks.large_cases", "--project", str(project), "--articles", str(articles)]
        case += ["--size", str(size), "--annotated", str(annotated), "--arriving", str(arriving)]
        case += ["--quick"] if quick else []
        figures: Figures = {"articles": articles}
        for name in ("take", "annotate", "window", "export", "while"):
            figures |= json.loads(run([*case, name]))
            if name == "annotate":
                figures["first_paint_ms"] = _starts(project, 1 if quick else STARTS, run)
    return figures


def over(figures: Figures) -> list[str]:
    """What passes a limit, a line each."""
    found = []
    for name, most in MOST.items():
        value = _value(name, figures)
        found += [f"{name}: {value} > {most}"] if value > most else []
    return found + [f"{name}: {figures[name]} < {least}" for name, least in LEAST.items() if figures[name] < least]


def table(figures: Figures) -> str:
    """The figures beside their limits."""
    lines = []
    for name, found in figures.items():
        if isinstance(found, dict):
            said = "  ".join(f"{column} {value}" for column, value in found.items())
        else:
            said = str(found)
        limit = f"at most {MOST[name]}" if name in MOST else f"at least {LEAST[name]}" if name in LEAST else ""
        lines.append(f"{name:22} {said:60} {limit}".rstrip())
    return "\n".join(lines)


def _value(name: str, figures: Figures) -> float:
    found = figures[name]
    return float(found["p95" if name in AT_P95 else "median"] if isinstance(found, dict) else found)


def _starts(project: Path, times: int, run: Run) -> dict[str, float]:
    from benchmarks.large_cases import summary

    taken = []
    for _ in range(times + 1):
        start = time.time()
        taken.append((float(run(["-m", "benchmarks.first_paint", str(project)])) - start) * 1e3)
    return summary(taken[1:])  # the first one warms the disk


def _need_room(articles: int, size: int) -> None:
    needed = articles * max(size, 1_000) // 5 * ROOM // 1_000 + min(articles, ANNOTATED) * 60_000
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if free < needed:
        sys.exit(f"This needs {needed >> 20:,} MiB in {tempfile.gettempdir()}, and {free >> 20:,} MiB are free there.")


def started(environment: dict[str, str]) -> Run:
    """Starts this Python in `environment`."""

    def run(arguments: list[str]) -> str:
        command = [sys.executable, *arguments]
        return subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True).stdout

    return run
