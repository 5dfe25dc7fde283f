"""`python3 dev.py bench [--json] [--text FILE] [--quick]`: what a key press, a scroll step, an opening cost.

With `--corpus`, what a large project costs instead (`benchmarks/large.py`); with `--suggest`, what suggestions spare
(`benchmarks/suggest.py`).

Each size is measured in a process of its own, offscreen, in the real window at 1440 × 900, on projects made for it.
"Painted" is the end of the paint events that show it, flushed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import corpus, large, suggest
from benchmarks.lookups import load_ms, lookup_ms
from benchmarks.material import SIZES, article, records
from benchmarks.numbers import numbers_per_s

Figures = dict[str, dict[str, dict[str, float]]]
LIMITS = {
    "start_ms": {"x1": 900},
    "open_ms": {"x1": 30, "x20": 60, "x200": 150},
    "label_ms": {"x1": 8, "x20": 10, "x200": 16},
    "next_ms": {"x1": 30},
    "scroll_ms": {"x1": 8, "x20": 8, "x200": 10},
    "undo_ms": {"x1": 8, "x20": 10, "x200": 16},
    "attribute_ms": {"x1": 10, "x20": 10, "x200": 10},
    "drag_ms": {"x1": 8, "x20": 8, "x200": 8},
    "find_ms": {"x200": 100},
    "everywhere_ms": {"x200": 150},
    "keys_per_span": {"x1": 4},
    "gazetteer_load_ms": {"x1": 60},
    "lookup_ms": {"x1": 1},
    "rss_mib": {"x1": 140, "x20": 160, "x200": 260},
}
AT_P95 = ("label_ms", "attribute_ms", "next_ms", "scroll_ms", "undo_ms", "drag_ms", "lookup_ms")
LEAST = {"numbers_per_s": {"x1": 20_000}}
KEYS, OPENINGS = 300, 30
QUICK = 30


def main() -> int:
    """Measure, print, and answer with 1 when a limit was passed."""
    wishes = _wishes()
    if wishes.case:
        return _measure_here(wishes)
    if wishes.corpus:
        return _measure_corpus(wishes)
    if wishes.suggest:
        return _measure_suggestions(wishes)
    figures: Figures = {}
    with tempfile.TemporaryDirectory(prefix="hashiya-bench-") as folder:
        for size in SIZES:
            for name, row in _measured(wishes, size, Path(folder)).items():
                figures.setdefault(name, {})[size] = row
        figures["start_ms"] = {"x1": _summary(_starts(wishes, Path(folder)))}
        figures["keys_per_span"] = {"x1": _summary(_keys_per_span(Path(folder)))}
    figures["gazetteer_load_ms"] = {"x1": _summary(load_ms(QUICK))}
    figures["lookup_ms"] = {"x1": _summary(lookup_ms(QUICK))}
    figures["numbers_per_s"] = {"x1": _summary(numbers_per_s(QUICK))}
    passed = _passed(figures)
    if wishes.json:
        print(json.dumps(figures | {"machine": _machine()}, indent=1))
    else:
        _print_table(figures)
    for line in passed:
        print(f"over the limit: {line}", file=sys.stderr)
    return 1 if passed else 0


def _wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--text", type=Path, help="measure with this article (UTF-8) instead of a sample")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, to see whether it works")
    parser.add_argument("--corpus", action="store_true", help="measure a large project instead of large articles")
    parser.add_argument(
        "--articles",
        type=int,
        help=f"of how many articles: {large.ARTICLES:,}, with --quick fewer; with --suggest: the first ones",
    )
    parser.add_argument("--bytes", type=int, default=corpus.BYTES, help="of how many bytes each, about")
    parser.add_argument("--suggest", action="store_true", help="measure what suggestions spare an annotator instead")
    parser.add_argument("--gold", type=Path, help="with --suggest: articles that a person has marked, as JSON lines")
    named = "with --suggest: take that label of the articles for this one, and no label that is not named; every fifth"
    parser.add_argument(
        "--as", dest="renamed", action="append", default=[], metavar="LOC=LOCATION", help=f"{named} line is left out"
    )
    parser.add_argument("--case", help=argparse.SUPPRESS)
    parser.add_argument("--project", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _measure_corpus(wishes: argparse.Namespace) -> int:
    articles = wishes.articles or (large.ARTICLES_QUICK if wishes.quick else large.ARTICLES)
    with tempfile.TemporaryDirectory(prefix="hashiya-bench-") as folder:
        figures = large.measure(articles, wishes.bytes, wishes.quick, large.started(_surroundings(Path(folder))))
    print(json.dumps(figures | {"machine": _machine()}, indent=1) if wishes.json else large.table(figures))
    for line in (passed := large.over(figures)):
        print(f"over the limit: {line}", file=sys.stderr)
    return 1 if passed else 0


def _measure_suggestions(wishes: argparse.Namespace) -> int:
    figures = suggest.run(wishes.gold, wishes.renamed, wishes.articles)
    print(json.dumps(figures | {"machine": _machine()}, indent=1) if wishes.json else suggest.table(figures))
    over = figures["actions_per_mention_from_sixth"] > figures["aim"]
    if over:
        print("over the aim: actions a mention from the sixth article on", file=sys.stderr)
    return 1 if over else 0


def _measured(wishes: argparse.Namespace, size: str, folder: Path) -> dict[str, dict[str, float]]:
    project = _project(wishes, size, folder)
    command = [sys.executable, "-m", "benchmarks", "--case", size, "--project", str(project)]
    command += ["--quick"] if wishes.quick else []
    done = subprocess.run(command, env=_surroundings(folder), stdout=subprocess.PIPE, check=True)
    measured: dict[str, dict[str, float]] = json.loads(done.stdout)
    return measured


def _project(wishes: argparse.Namespace, size: str, folder: Path) -> Path:
    """A project of articles of that size: many small ones, so that there is always a next one, or two large ones."""
    lines = folder / f"{size}.jsonl"
    documents = max(OPENINGS + 10, 2) if size == "x1" else 2
    with lines.open("wb") as stream:
        stream.writelines(records(article(wishes.text), size, documents))
    make = "import sys; from pathlib import Path; from app.session import Session\n"
    make += "s = Session.open(Path(sys.argv[1])); s.set_annotator('bench'); s.publish(); s.close()"
    subprocess.run([sys.executable, "-c", make, str(lines)], env=_surroundings(folder), check=True)
    return lines.with_suffix(".hashiya")


def _measure_here(wishes: argparse.Namespace) -> int:
    from benchmarks.hand import Hand, resident_mib

    keys, openings = (QUICK, QUICK // 3) if wishes.quick else (KEYS, OPENINGS)
    hand = Hand(wishes.project, wishes.project.with_suffix(".settings"))
    measured = {"open_ms": hand.open(openings)}
    if wishes.case == "x1":
        measured["next_ms"] = hand.next_article(openings)
    measured["scroll_ms"] = hand.scroll(keys)
    hand.commits.clear()
    measured["label_ms"] = hand.label(keys)
    measured["commit_ms"] = list(hand.commits)
    measured["undo_ms"] = hand.undo(keys)
    measured["attribute_ms"] = hand.answer(keys)
    measured["drag_ms"] = hand.drag(keys)
    measured["find_ms"] = hand.find(openings)
    measured["everywhere_ms"] = hand.everywhere(openings)
    rows = {name: _summary(times) for name, times in measured.items()}
    rows["rss_mib"] = _summary([resident_mib()])
    print(json.dumps(rows))
    sys.stdout.flush()
    os._exit(0)


def _starts(wishes: argparse.Namespace, folder: Path) -> list[float]:
    project = folder / "x1.hashiya"
    taken = []
    for _ in range((3 if wishes.quick else OPENINGS) + 1):
        start = time.time()
        command = [sys.executable, "-m", "benchmarks.first_paint", str(project)]
        done = subprocess.run(command, env=_surroundings(folder), stdout=subprocess.PIPE, check=True)
        taken.append((float(done.stdout) - start) * 1e3)
    return taken[1:]  # the first one warms the disk


def _keys_per_span(folder: Path) -> list[float]:
    """Key presses for each span of the sample articles, made by the scripted annotator."""
    command = [sys.executable, "-m", "benchmarks.annotator", "--json"]
    done = subprocess.run(command, env=_surroundings(folder), stdout=subprocess.PIPE, check=True)
    counts: list[float] = json.loads(done.stdout)
    return counts


def _surroundings(folder: Path) -> dict[str, str]:
    """The environment of a measured process: no screen, a home of its own, this checkout."""
    here = str(Path(__file__).resolve().parent.parent)
    own = {name: str(folder / "home") for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | own | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": here, "LANG": "C.UTF-8"}


def _summary(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    at = {f"p{share}": ordered[min(len(ordered) - 1, len(ordered) * share // 100)] for share in (95, 99)}
    row = {"n": len(ordered), "median": ordered[len(ordered) // 2], **at, "max": ordered[-1]}
    return {name: round(value, 2) for name, value in row.items()}


def _passed(figures: Figures) -> list[str]:
    over = []
    for name, limits in LIMITS.items():
        for size, limit in limits.items():
            row = figures[name][size]
            value = row["p95" if name in AT_P95 else "median"]
            if value > limit:
                over.append(f"{name} {size}: {value} > {limit}")
    for name, limits in LEAST.items():
        over += [
            f"{name} {size}: {figures[name][size]['median']} < {limit}"
            for size, limit in limits.items()
            if figures[name][size]["median"] < limit
        ]
    return over


def _machine() -> dict[str, str | int | None]:
    from PySide6 import __version__ as pyside

    return {
        "system": platform.platform(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "pyside6": pyside,
        "date": time.strftime("%Y-%m-%d"),
    }


def _print_table(figures: Figures) -> None:
    for name, sizes in figures.items():
        for size, row in sizes.items():
            said = "  ".join(f"{column} {value:8.2f}" for column, value in row.items() if column != "n")
            print(f"{name:13} {size:5} n={row['n']:<4} {said}")


if __name__ == "__main__":
    sys.exit(main())
