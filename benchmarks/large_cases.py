"""The parts of `benchmarks.large`, each a process of its own: prints its figures as JSON."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import corpus

if TYPE_CHECKING:
    from benchmarks.hand import Hand

Figures = dict[str, Any]
FIRST_PAGE = 100
TICK_MS = 5


def take(wishes: argparse.Namespace) -> Figures:
    """The corpus written, and imported into a new project."""
    from app.session import Session

    file = wishes.project.with_suffix(".jsonl")
    _write(file, corpus.lines(wishes.articles, wishes.size))
    session = Session.create(wishes.project)
    session.set_annotator("bench")
    start, spent = time.perf_counter(), time.process_time()
    taken = session.import_file(file)
    seconds, spent = time.perf_counter() - start, time.process_time() - spent
    session.close()
    corpus_mib, project_mib = (round(path.stat().st_size / 2**20, 1) for path in (file, wishes.project))
    file.unlink()
    return {
        "corpus_mib": corpus_mib,
        "project_mib": project_mib,
        "import_per_s": round(taken.documents / seconds),
        "import_cpu_per_s": round(taken.documents / spent),
        "import_rss_mib": _peak_mib(),
    }


def annotate(wishes: argparse.Namespace) -> Figures:
    """Spans in the first articles, for the export."""
    return {"annotated": corpus.annotate(wishes.project, wishes.annotated)}


def window(wishes: argparse.Namespace) -> Figures:
    """The window on the project: its memory, next article, filters, searches, and one label."""
    from benchmarks.hand import resident_mib

    hand, times = _hand(wishes), 20 if wishes.quick else 100
    figures: Figures = {"rss_mib": round(resident_mib(), 1)}
    figures["next_ms"] = summary(hand.next_article(times))
    figures["filter_ms"] = _filters(hand, 3 if wishes.quick else 10)
    figures["search_ms"] = _searches(hand, times)
    figures |= _label(hand)
    return figures | {"rss_after_mib": round(resident_mib(), 1)}


def export(wishes: argparse.Namespace) -> Figures:
    """The native export of the annotated articles."""
    from app.export import export

    start, spent = time.perf_counter(), time.process_time()
    made = export(wishes.project, wishes.project.with_name("out.jsonl"))
    seconds, spent = time.perf_counter() - start, time.process_time() - spent
    return {
        "export_per_s": round(made.lines / seconds),
        "export_cpu_per_s": round(made.lines / spent),
        "export_mib": round(made.size / 2**20, 1),
        "export_rss_mib": _peak_mib(),
    }


def meanwhile(wishes: argparse.Namespace) -> Figures:
    """The longest the window does not answer, while a file is looked at and imported, and while one is exported."""
    from app.intake import Wishes
    from widgets.pages.transfer.export_form import ExportWish

    hand = _hand(wishes)
    file, out = wishes.project.with_name("more.jsonl"), wishes.project.with_name("meanwhile.jsonl")
    _write(file, corpus.lines(wishes.arriving, wishes.size, first=wishes.articles))
    importing, exporting = hand.bench.importing, hand.bench.exporting
    figures = {"preview_gap_ms": _gaps(lambda: importing.open([file]), lambda: importing._looking is not None)}
    figures["import_gap_ms"] = _gaps(lambda: importing._begin([(file, Wishes())]), lambda: importing.running)
    hand.settle()
    wish = ExportWish("native", out)
    figures["outlook_gap_ms"] = _gaps(exporting.open, lambda: exporting._looking is not None)
    figures["export_gap_ms"] = _gaps(lambda: exporting._begin(wish, True), lambda: exporting.running)
    return figures


def _hand(wishes: argparse.Namespace) -> Hand:
    from benchmarks.hand import Hand

    return Hand(wishes.project, wishes.project.with_suffix(".settings"))


def _filters(hand: Hand, times: int) -> dict[str, float]:
    """Each filter and each order of the list set, until the list is painted with it."""
    from app.model.wish import EVERYTHING, SORTS, Wish

    model = hand.bench.window.articles.model
    wanted = [Wish(text=text) for text in ("البلسان", "نرمدان برس", "لا شيء من هذا")]
    wanted += [Wish(statuses=(status,)) for status in ("new", "complete")]
    wanted += [
        Wish(flagged=True),
        Wish(problems=True),
        Wish(notes=True),
        Wish(labels=("ACTOR",)),
        Wish(annotator="bench"),
        Wish(source=corpus.SOURCES[0]),
        *(Wish(sort=sort) for sort in SORTS[1:]),
    ]
    taken = [_painted(hand, partial(model.set_wish, one)) for _ in range(times) for one in wanted]
    model.set_wish(EVERYTHING)
    return summary(taken)


def _painted(hand: Hand, do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    hand.settle()
    return (time.perf_counter() - start) * 1e3


def _searches(hand: Hand, times: int) -> dict[str, float]:
    """Words of few articles and of many, looked for in all texts, until the first hundred places are known."""
    from app.text.find import Search

    words = [(corpus.rare_word, corpus.common_word)[number % 2](number) for number in range(times)]
    taken = []
    for word in words:
        start = time.perf_counter()
        _read(hand.session.search(Search(word), "project"))
        taken.append((time.perf_counter() - start) * 1e3)
    return summary(taken)


def _read(found: Iterable[object]) -> None:
    for _hit in islice(found, FIRST_PAGE):
        pass


def _label(hand: Hand) -> Figures:
    """What one label in a large project writes, training file and all, until the hand has rested for three seconds."""
    before = _written_kib()
    taken = hand.label(1)
    end = time.monotonic() + 3
    while time.monotonic() < end:
        hand.settle()
        time.sleep(0.02)
    return {"label_ms": summary(taken), "label_written_kib": round(_written_kib() - before, 1)}


def _gaps(begin: Callable[[], object], runs: Callable[[], bool]) -> dict[str, float]:
    """How long the window did not answer, of each time it was asked every few milliseconds while something runs."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    ticks: list[float] = []
    timer = QTimer(interval=TICK_MS)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start()
    QApplication.processEvents()
    begin()
    while runs():
        QApplication.processEvents(_waiting())
    QApplication.processEvents()
    timer.stop()
    gaps = [(after - before) * 1e3 for before, after in pairwise(ticks)] or [0.0]
    return summary(gaps) | {"median": round(max(gaps), 2), "over_50": float(sum(gap > 50 for gap in gaps))}


def _waiting() -> Any:
    from PySide6.QtCore import QEventLoop

    return QEventLoop.ProcessEventsFlag.WaitForMoreEvents


def _write(file: Path, lines: Iterable[bytes]) -> None:
    with file.open("wb") as stream:
        stream.writelines(lines)


def _written_kib() -> float:
    """What this process has written so far; 0 where the system does not say."""
    try:
        said = Path("/proc/self/io").read_text()
    except OSError:
        return 0.0
    return int(said.split("wchar:")[1].split()[0]) / 1024


def _peak_mib() -> float:
    """The most memory that this process held; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (2**20 if sys.platform == "darwin" else 2**10), 1)


def summary(times: list[float]) -> dict[str, float]:
    """Median, slowest twentieth and slowest of all."""
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]
    row = {"n": len(ordered), "median": ordered[len(ordered) // 2], "p95": p95, "max": ordered[-1]}
    return {name: round(value, 2) for name, value in row.items()}


CASES = {"take": take, "annotate": annotate, "window": window, "export": export, "while": meanwhile}


def main() -> None:
    """Measure one part and leave."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", choices=CASES)
    parser.add_argument("--project", type=Path, required=True)
    for name in ("articles", "size", "annotated", "arriving"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--quick", action="store_true")
    wishes = parser.parse_args()
    print(json.dumps(CASES[wishes.case](wishes)), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
