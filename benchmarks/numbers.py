"""How many expressions of number are read in a second of processor time: those of the tests' table, round by round."""

from __future__ import annotations

import time
from pathlib import Path

from app.text.numbers import read_count

TABLE = Path(__file__).parent.parent / "tests" / "text" / "number_expressions.tsv"


def numbers_per_s(rounds: int) -> list[float]:
    """What each of so many rounds reached, the first one with no word looked up before."""
    expressions = [line.split("\t")[0] for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
    reached = []
    for _ in range(rounds):
        start = time.process_time()
        for expression in expressions:
            read_count(expression)
        reached.append(len(expressions) / (time.process_time() - start))
    return reached
