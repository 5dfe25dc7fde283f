"""Searching the texts of a project, article by article, beside whoever works in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from app.store import annotations as sheets
from app.store import documents
from app.store.documents import Text
from app.store.engine import Database
from app.text.offsets import PARAGRAPH_SEPARATORS

CONTEXT: Final = 48
"""How many characters are shown before and after what was found, at most."""

_SEPARATOR: Final = re.compile(f"[{PARAGRAPH_SEPARATORS}]")

Find = Callable[[str], Iterable[tuple[int, int]]]


class Hit(NamedTuple):
    """A place that was found, in code points, with what stands before, in and after it in its paragraph.

    `marked`: it carries the label that is asked about already.
    """

    key: int
    document_id: str
    heading: str
    start: int
    end: int
    before: str
    inside: str
    after: str
    marked: bool = False


def in_text(text: Text, find: Find, marked: Container[tuple[int, int]] = ()) -> Iterator[Hit]:
    """Each place that `find` finds in a text; those in `marked` are told to be."""
    yield from _hits(text, find(text.text), marked)


def in_project(
    project: Path, find: Find, should_stop: Callable[[], bool], annotator: str = "", label: str = ""
) -> Iterator[Hit]:
    """Each place that `find` finds in the texts of a project, in its order, through a connection of its own.

    With `label`, places that carry it as `annotator` sees them are told to be marked. `should_stop` is asked before
    each text. From any thread, but all of it from one.
    """
    with closing(Database(project)) as database:
        for text in _texts(database):
            if should_stop():
                return
            places = list(find(text.text))
            yield from _hits(text, places, _marked(database, text.key, annotator, label) if places and label else ())


def _hits(text: Text, places: Iterable[tuple[int, int]], marked: Container[tuple[int, int]]) -> Iterator[Hit]:
    whole = text.text
    for start, end in places:
        before = _SEPARATOR.split(whole[max(start - CONTEXT, 0) : start])[-1]
        after = _SEPARATOR.split(whole[end : end + CONTEXT], maxsplit=1)[0]
        inside, there = whole[start:end], (start, end) in marked
        yield Hit(text.key, text.id, text.heading, start, end, before, inside, after, there)


def _marked(database: Database, key: int, annotator: str, label: str) -> set[tuple[int, int]]:
    with database.reading() as connection:
        return sheets.marked(connection, key, annotator, label)


def _texts(database: Database) -> Iterator[Text]:
    here = 0
    while True:
        with database.reading() as connection:
            batch = documents.texts(connection, here)
        if not batch:
            return
        yield from batch
        here = batch[-1].position + 1
