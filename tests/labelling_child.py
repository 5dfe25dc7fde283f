"""A program that labels as quickly as it can and says after each step that it is safe, until it is killed.

python -m tests.labelling_child PROJECT
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from app.edit.commands import label
from app.edit.steps import Place
from app.publish import publish
from app.session import Session

WORD = 6
UNDO_EVERY = 4


def carried_out(number: int) -> list[tuple[int, int]]:
    """The stretches that are marked after `number` steps: one word each, and every fourth step takes the last back."""
    marked: list[tuple[int, int]] = []
    for step in range(1, number + 1):
        if step % UNDO_EVERY == 0:
            marked.pop()
        else:
            start = len(marked) * WORD
            marked.append((start, start + WORD - 1))
    return marked


def say(word: str) -> None:
    """Write `word` where the parent hears it at once."""
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def main(project: Path) -> None:
    """Go on where the project stands: the number of the last step is what `step` in the project remembers."""
    session = Session.open(project)
    session.set_annotator("A1")
    number = int(session.recall("step") or 0)
    say("ready")
    writer = threading.Thread(target=lambda: None)
    writer.start()
    while True:
        number += 1
        session.remember("step", str(number))
        if number % UNDO_EVERY == 0:
            session.undo()
        else:
            start = len(session.annotations.spans) * WORD
            session.do(label(start, start + WORD - 1, "LOCATION"), place=Place())
        say(str(number))
        if not writer.is_alive():
            writer = threading.Thread(target=publish, args=(project,), daemon=True)
            writer.start()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
