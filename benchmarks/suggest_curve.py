"""How well the model learns from a corpus, by how many articles it was given; no corpus ships.

`python -m benchmarks.suggest_curve CORPUS.jsonl [--label L]…` reads lines of `text` and `spans` (start, end, label).
Folds stand together in the corpus, so that an article is on one side only; every fifth line is left alone, for tests.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterable
from pathlib import Path

from app.suggest.crf_model import Tagger, learn
from app.suggest.model_file import pack
from app.suggest.train import Lesson

SIZES = (5, 10, 25, 50, 100)
FOLDS = 4


def lessons(corpus: Path) -> list[Lesson]:
    """The articles of the corpus but every fifth."""
    found = []
    for number, line in enumerate(corpus.read_text(encoding="utf-8").splitlines()):
        if number % 5 != 4:
            one = json.loads(line)
            marks = tuple((span["label"], span["start"], span["end"]) for span in one["spans"])
            found.append(Lesson(one["text"], len(one["text"]), marks))
    return found


def f1(tagger: Tagger, held: Iterable[Lesson], labels: frozenset[str]) -> float:
    """Exact F1 of the marks with these labels; of all where there are none."""
    right = there = 0
    for one in held:
        said = {found[:3] for found in tagger.tag(one.text) if not labels or found[0] in labels}
        gold = {mark for mark in one.marks if not labels or mark[0] in labels}
        right, there = right + len(said & gold), there + len(said) + len(gold)
    return 2 * right / max(there, 1)


def measure(articles: list[Lesson], size: int, labels: frozenset[str]) -> tuple[float, ...]:
    """F1, F1 of the labels asked for, seconds of learning, kilobytes of the model, milliseconds to read an article."""
    sums = [0.0] * 5
    share = len(articles) // FOLDS
    for fold in range(FOLDS):
        held = articles[fold * share : (fold + 1) * share]
        others = articles[: fold * share] + articles[(fold + 1) * share :]
        random.Random(fold).shuffle(others)
        started = time.process_time()
        model = learn(others[:size], "corpus")
        learned = time.process_time() - started
        tagger = Tagger(model)
        whole = f1(tagger, held, frozenset())
        started = time.process_time()
        some = f1(tagger, held, labels)
        reading = (time.process_time() - started) / len(held)
        for at, value in enumerate((whole, some, learned, len(pack(model)) / 1000, reading * 1000)):
            sums[at] += value / FOLDS
    return tuple(sums)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--label", action="append", default=[])
    wanted = parser.parse_args()
    articles = lessons(wanted.corpus)
    print("articles  F1     of labels  CPU s   kB     ms/article")
    for size in (size for size in SIZES if size <= len(articles) * (FOLDS - 1) // FOLDS):
        whole, some, seconds, kilobytes, reading = measure(articles, size, frozenset(wanted.label))
        print(f"{size:8}  {whole:.3f}  {some:.3f}      {seconds:5.2f}  {kilobytes:6.0f}  {reading:6.1f}", flush=True)


if __name__ == "__main__":
    main()
