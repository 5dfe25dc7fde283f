"""The bench of large projects runs, and prints every figure that has a limit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks import corpus, large

ROOT = Path(__file__).parents[2]


def test_the_corpus_is_the_same_each_time_and_its_articles_differ() -> None:
    once, again = list(corpus.lines(20)), list(corpus.lines(20))
    assert once == again
    texts = [json.loads(line)["text"] for line in once]
    assert len(set(texts)) == 20
    assert all(0.8 < len(text.encode()) / corpus.BYTES < 1.2 for text in texts)


def test_every_limit_of_large_projects_is_held_against_a_figure(tmp_path: Path) -> None:
    # Small, and on a machine that does other things: what it found is not judged.
    asked = ["--corpus", "--json", "--quick", "--articles", "120"]
    environment = os.environ | {"TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *asked], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode in (0, 1), done.stderr
    figures = json.loads(done.stdout)
    assert figures["articles"] == figures["annotated"] == 120
    assert {*large.MOST, *large.LEAST} <= figures.keys()
    assert figures["import_per_s"] > 0
    assert not list(tmp_path.iterdir())
