"""A screen reader without a voice: walks through the window by AT-SPI and prints what it found and heard, as JSON.

It runs under the system's own Python, which has pyatspi; nothing of the program is imported.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator

import pyatspi
from gi.repository import GLib

PATIENCE = 15
STEP_MS = 250
SCREEN = pyatspi.DESKTOP_COORDS


def find_article() -> pyatspi.Accessible:
    """The article in the window, once it is there with its spans."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for application in pyatspi.Registry.getDesktop(0):
            found = application and article_in(application)
            if found and found.childCount:
                return found
        time.sleep(0.1)
    raise SystemExit("no article with spans was found in any window")


def article_in(part: pyatspi.Accessible) -> pyatspi.Accessible | None:
    """The article in a part of the window."""
    if part.getRoleName() == "text" and part.name == "Article":
        return part
    inside = (article_in(child) for child in part if child is not None)
    return next((found for found in inside if found), None)


def read(article: pyatspi.Accessible) -> dict[str, object]:
    """What the article says of itself and of its spans."""
    text, spans = article.queryText(), list(article)
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
    text, spans = article.queryText(), list(article)
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


article = find_article()
print(json.dumps({**read(article), "told": listen(steps(article))}))  # noqa: T201 - its only way to answer
