"""The process of models by itself."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from app.suggest.worker import ARGUMENT, receive, send

ROOT = Path(__file__).parents[2]


def test_nobody_is_left_to_learn_for_when_whoever_asked_is_gone() -> None:
    pytest.importorskip("pycrfsuite")
    chance = Random(1)
    words = ["".join(chance.choices("ابتثجحخدذر", k=5)) for _ in range(4000)]
    text = ". ".join(" ".join(chance.choices(words, k=12)) for _ in range(300))
    marks = [["LOCATION", at, at + 5] for at in range(0, 600, 12)]
    learn = {"do": "learn", "id": 1, "schema": "s", "lessons": [[text, len(text), marks]] * 40}
    with subprocess.Popen(
        [sys.executable, "-m", "app", ARGUMENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as worker:
        assert worker.stdin is not None and worker.stdout is not None
        send(worker.stdin, {"do": "tag", "id": 0, "text": text})
        assert receive(worker.stdout) is not None
        send(worker.stdin, learn)
        time.sleep(1)
        assert worker.poll() is None
        worker.stdin.close()
        assert worker.stdout.read() == b""
        assert worker.wait(60) == 0
