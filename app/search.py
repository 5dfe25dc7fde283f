"""Searching the texts of a project, article by article, beside whoever works in it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from app.errors import ProjectError
from app.store import annotations as sheets
from app.store import documents, fulltext
from app.store.documents import Text
from app.store.engine import Database, Transaction
from app.store.fulltext import Wanted
from app.store.looking import look
from app.text.find import Search, matches, said_by
from app.text.offsets import PARAGRAPH_SEPARATORS

CONTEXT: Final = 48
"""How many characters are shown before and after what was found, at most."""

_REST: Final = 0.03
_SEPARATOR: Final = re.compile(f"[{PARAGRAPH_SEPARATORS}]")

Find = Callable[[str], Iterable[tuple[int, int]]]
Ask = Callable[[Transaction, Wanted], list[int] | None]


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
    project: Path, find: Find, should_stop: Callable[[], bool], annotator: str = "", label: str = "", said: str = ""
) -> Iterator[Hit]:
    """Each place that `find` finds in the texts of a project, through a connection of its own.

    Each text in which it finds something has `said` in it, when folded: then the index tells which texts to look into.
    First come the first texts of the project, then those whose words begin like this, then those that have it inside
    of words, each in the order of the project; all in its order where there is no `said`, or none that can be asked
    for. With `label`, places that carry it as `annotator` sees them are told to be marked. `should_stop` is asked
    before each text and now and then. From any thread, but all of it from one.
    """
    with closing(Database(project)) as database:
        yield from _in(database, find, should_stop, annotator, label, said)


def in_looked_at(project: Path, search: Search) -> Iterator[Hit]:
    """Each place of `search` in the texts of a project that is only read; as `in_project`. Raises as `look` too."""
    with look(project) as database:
        yield from _in(database, lambda text: matches(text, search), lambda: False, "", "", said_by(search))


def _in(
    database: Database, find: Find, should_stop: Callable[[], bool], annotator: str, label: str, said: str
) -> Iterator[Hit]:
    for text in candidates(database, said, should_stop):
        if should_stop():
            return
        places = list(find(text.text))
        yield from _hits(text, places, _marked(database, text.key, annotator, label) if places and label else ())


def candidates(database: Database, said: str, should_stop: Callable[[], bool]) -> Iterator[Text]:
    """The texts that can have `said` in them when folded, and some that do not; see `in_project`."""
    wanted = fulltext.wanted(said) if said else None
    if wanted is None:
        yield from _texts(database)
        return
    with database.reading() as connection:
        first = documents.texts(connection, 0)
        reach = fulltext.reach(connection)
    yield from first
    seen = {text.key for text in first}
    for ask in (fulltext.likely, fulltext.further):
        keys = _asked(database, ask, wanted, should_stop)
        if keys is None:
            yield from (text for text in _texts(database) if text.key not in seen)
            return
        yield from _of(database, keys, seen, reach)
    if reach < fulltext.ALL:
        yield from (text for text in _texts(database) if text.key > reach and text.key not in seen)


def count_articles(project: Path, search: Search, should_stop: Callable[[], bool]) -> int:
    """In how many texts of a project `search` finds something; the index alone tells where it is one word.

    From any thread. Raises SearchFaulty or SearchStopped; what it says after `should_stop` did means nothing.
    """
    said = said_by(search)
    with closing(Database(project)) as database:
        if search.mode == "folded" and not search.whole_words:
            with suppress(ProjectError), database.reading(should_stop) as connection:
                counted = fulltext.count(connection, said)
                if counted is not None:
                    return counted
        found = 0
        for text in candidates(database, said, should_stop):
            if should_stop():
                break
            found += bool(matches(text.text, search, 1))
    return found


def index_texts(project: Path, progress: Callable[[int], None]) -> None:
    """Make the index of an older project whole, a few texts at a time, so that whoever works in it is not held up.

    `progress` hears how many rounds were made; what it raises stops it, and it goes on from there another time. Until
    then searches read the texts that it does not know. From any thread. Raises ProjectError.
    """
    with closing(Database(project)) as database:
        for done in count():
            progress(done)
            with database.writing() as connection:
                if not fulltext.go_on(connection):
                    return
            time.sleep(_REST)


def _asked(database: Database, ask: Ask, wanted: Wanted, should_stop: Callable[[], bool]) -> list[int] | None:
    """What the index answers; nothing more when it was stopped."""
    try:
        with database.reading(should_stop) as connection:
            return ask(connection, wanted)
    except ProjectError:
        if should_stop():
            return []
        raise


def _of(database: Database, keys: Iterable[int], seen: set[int], reach: int) -> Iterator[Text]:
    """The texts with these keys that are not in `seen`, which they are afterwards."""
    for key in keys:
        if key <= reach and key not in seen:
            seen.add(key)
            with database.reading() as connection:
                text = documents.text(connection, key)
            if text is not None:
                yield text


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
