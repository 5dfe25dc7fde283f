"""What a proof answers with."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Outcome:
    """Figures by name, and a line for each thing that was lost or went wrong; `skipped` says why nothing was tried."""

    figures: Mapping[str, float | str] = field(default_factory=dict)
    failures: Sequence[str] = ()
    skipped: str = ""


def progress(line: str) -> None:
    """Say how far a long proof is, where it does not mix with what is printed for programs."""
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)


@contextmanager
def ending() -> Iterator[Event]:
    """Set once the proof is told to end (SIGTERM): it then answers with what it has found so far."""
    asked = Event()
    before = signal.signal(signal.SIGTERM, lambda *_: asked.set())
    try:
        yield asked
    finally:
        signal.signal(signal.SIGTERM, before)


def child_environment(home: Path, **more: str) -> dict[str, str]:
    """An environment for the program under proof: its settings in `home`, no screen, the source found from anywhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "HASHIYA_"))}
    ours = {"HOME": str(home), "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    return {**kept, **ours, **more}
