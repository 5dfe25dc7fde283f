"""A screen reader without a voice: walks through the window by AT-SPI and prints what it found and heard, as JSON.

It runs under the system's own Python, which has pyatspi; nothing of the program is imported.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator

import pyatspi
from gi.repository import GLib

PATIENCE = 15
STEP_MS = 250
SCREEN = pyatspi.DESKTOP_COORDS


def find(role: str, name: str, least: int = 0) -> pyatspi.Accessible:
    """What is called so in any window, once it is shown with so many children at `least`."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for application in pyatspi.Registry.getDesktop(0):
            found = application and inside(application, role, name)
            if found and found.childCount >= least:
                return found
        time.sleep(0.1)
    raise SystemExit(f"no {role} {name} was found in any window")


def inside(part: pyatspi.Accessible, role: str, name: str) -> pyatspi.Accessible | None:
    """What is called so in a part of the window, and is shown."""
    if role in part.getRoleName() and part.name == name and part.getState().contains(pyatspi.STATE_SHOWING):
        return part
    found = (inside(child, role, name) for child in part if child is not None)
    return next((one for one in found if one), None)


def spans_of(article: pyatspi.Accessible) -> list[pyatspi.Accessible]:
    """What is marked in the article; what is only suggested comes after it, and says so."""
    return [part for part in article if not part.name.startswith("Suggestion: ")]


def read(article: pyatspi.Accessible) -> dict[str, object]:
    """What the article says of itself and of its spans."""
    text, spans = article.queryText(), spans_of(article)
    last = spans[-1]
    units = text.getText(0, -1).encode("utf-16-le")
    start = units.index(last.name.split(",")[0].encode("utf-16-le")) // 2
    box = last.queryComponent().getExtents(SCREEN)
    x, y, width, height = text.getCharacterExtents(start, SCREEN)
    middle = x + width // 2, y + height // 2
    return {
        "text": text.getText(0, -1),
        "locale": article.get_object_locale(),
        "states": [state.value_nick for state in article.getState().getStates()],
        "spans": [[span.getRoleName(), span.name, span.getIndexInParent()] for span in spans],
        "parent": last.parent.name,
        "start": start,
        "word": text.getTextAtOffset(start, pyatspi.TEXT_BOUNDARY_WORD_START)[0],
        "offset_of_letter": text.getOffsetAtPoint(*middle, SCREEN),
        "is_in_span": box.x <= middle[0] < box.x + box.width and box.y <= middle[1] < box.y + box.height,
    }


def steps(article: pyatspi.Accessible) -> Iterator[Callable[[], object]]:
    """What is done in the window, one thing after the other."""
    text, spans = article.queryText(), spans_of(article)
    yield lambda: text.setCaretOffset(1)
    yield lambda: spans[-1].queryAction().doAction(0)
    yield lambda: text.addSelection(0, 2)
    for _ in range(3):
        yield lambda: None  # a selection is told of when it has come to rest


def listen(doing: Iterator[Callable[[], object]]) -> list[str]:
    """Do one thing after another; returns what the window said: words, and places of the caret after an ``@``."""
    told: list[str] = []

    def hear(event: object) -> None:
        if event.source.name == "Article":
            told.append(f"@{event.detail1}" if "caret" in str(event.type) else str(event.any_data))

    def go_on() -> bool:
        step = next(doing, pyatspi.Registry.stop)
        step()
        return step != pyatspi.Registry.stop

    for kind in ("object:announcement", "object:text-caret-moved"):
        pyatspi.Registry.registerEventListener(hear, kind)
    GLib.timeout_add(STEP_MS, go_on)
    pyatspi.Registry.start()
    return told


def labelling(article: pyatspi.Accessible, words: str) -> Iterator[Callable[[], object]]:
    """Read the text, select `words` in it, press the key of a label, and say who did it."""
    text = article.queryText()
    start = text.getText(0, -1).encode("utf-16-le").index(words.encode("utf-16-le")) // 2
    yield lambda: article.queryComponent().grabFocus()
    yield lambda: text.setCaretOffset(start)
    yield lambda: text.addSelection(start, start + len(words))
    for _ in range(3):
        yield lambda: None
    yield lambda: pyatspi.Registry.generateKeyboardEvent(ord("2"), None, pyatspi.KEY_SYM)
    for _ in range(4):
        yield lambda: None
    yield lambda: find("text", WHO).queryEditableText().setTextContents("A1")
    yield lambda: find("button", "Confirm").queryAction().doAction(0)
    for _ in range(6):
        yield lambda: None


WHO = "Whose annotations are these?"
if sys.argv[1:]:
    article = find("text", "Article")
    found = {"text": article.queryText().getText(0, -1), "told": listen(labelling(article, sys.argv[1]))}
    found["spans"] = [span.name for span in spans_of(article)]
    found["children"] = [part.name for part in article]
else:
    article = find("text", "Article", least=1)
    found = {**read(article), "told": listen(steps(article))}
print(json.dumps(found))  # noqa: T201 - its only way to answer
