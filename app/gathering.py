"""The annotated articles of a project, gathered for an export: as records, or as the lines of a training file.

Lines are made in batches; where there are many articles, every second batch is made in another process.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from app.delivery.making import Lines
from app.delivery.tally import Tally
from app.elsewhere import end_with_parent
from app.errors import HashiyaError
from app.formats.native import encode
from app.model.annotation import Annotations
from app.model.record import Record
from app.model.schema import Schema
from app.store import log, publishing, schemas
from app.store.engine import Transaction
from app.store.looking import look
from app.store.publishing import Candidate

MANY: Final = 3000
"""From how many articles on a second process is worth its start."""
_BATCH: Final = 8
"""How many articles are made at a time: what they come to finds room between the processes, so that none waits."""
_AHEAD: Final = 2
"""How many batches the second process is given before it has handed over the first of them."""
_KEPT: Final = 16
"""How many batches wait at most for one before them."""

Batch = list[Candidate]


class Articles:
    """The `candidates` of a project, article by article, with the spans that carry one of `labels` (none: all).

    `progress` hears how many were given; what it raises goes to whoever asked.
    """

    def __init__(
        self,
        connection: Transaction,
        candidates: Batch,
        labels: tuple[str, ...] = (),
        progress: Callable[[int], None] = lambda given: None,
        project: Path = Path(),
    ) -> None:
        self.schema: Schema | None = schemas.read(connection, project.name)
        self._connection = connection
        self._candidates = candidates
        self._labels = frozenset(labels)
        self._progress = progress
        self._project = project
        self._given = 0

    def records(self, belongs: Callable[[str], bool]) -> Iterator[Record]:
        """Those of the articles whose id `belongs`."""
        for one in self._candidates:
            if belongs(one.id):
                yield self._record(one)
                self._tell()

    def lines(self, belongs: Callable[[str], bool]) -> Iterator[Lines]:
        """The same articles as lines of a training file, some at a time."""
        wanted = [one for one in self._candidates if belongs(one.id)]
        batches = [wanted[start : start + _BATCH] for start in range(0, len(wanted), _BATCH)]
        with self._second(len(wanted)) as second:
            for made in second.shared(batches, self.made) if second else map(self.made, batches):
                yield made
                for _article in range(made.tally.records):
                    self._tell()

    def made(self, batch: Batch) -> Lines:
        """The lines of some articles."""
        tally = Tally()
        return Lines(b"".join(map(encode, tally.passing(map(self._record, batch)))), tally)

    @contextmanager
    def _second(self, count: int) -> Iterator[_Second | None]:
        if count < MANY or (os.cpu_count() or 1) < 2:
            yield None
            return
        second = _Second(self._project, log.last_seq(self._connection), tuple(self._labels))
        try:
            yield second
        finally:
            second.end()

    def _tell(self) -> None:
        self._given += 1
        self._progress(self._given)

    def _record(self, one: Candidate) -> Record:
        record = publishing.record(self._connection, one.layer, one.document)
        if not self._labels or record.annotations is None:
            return record
        head = record.annotations
        spans = {id: span for id, span in head.spans.items() if span.label in self._labels}
        links = [link for link in head.relations.values() if {link.head, link.child} <= spans.keys()]
        return record._replace(annotations=Annotations.of(spans.values(), links, head.state))


class _Second:
    """A process that makes lines of the project as it is at step `seq`; of a project that has gone on it makes none."""

    def __init__(self, project: Path, seq: int, labels: tuple[str, ...]) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_make, args=(theirs, project, seq, labels), name="second")
        self._process.start()
        theirs.close()
        self._ready = self._gone = False

    def shared(self, batches: list[Batch], make: Callable[[Batch], Lines]) -> Iterator[Lines]:
        """The lines of every batch in their order: each is made by whoever is free, by `make` or over there."""
        made: dict[int, Lines] = {}
        asked: deque[int] = deque()
        free, given = iter(range(len(batches))), 0
        while given < len(batches):
            while len(asked) < _AHEAD and self._takes() and (number := next(free, None)) is not None:
                asked.append(number)
                self._send(batches[number])
            waits = asked and (len(made) >= _KEPT or self._has_answer())
            number = None if waits else next(free, None)
            if number is None:
                number = asked.popleft()
                made[number] = self._answer() or make(batches[number])
            else:
                made[number] = make(batches[number])
            while given in made:
                yield made.pop(given)
                given += 1

    def end(self) -> None:
        """Let it go."""
        self._connection.close()
        self._process.join()
        self._process.close()

    def _takes(self) -> bool:
        """Whether it is there, and takes work."""
        if not self._ready and not self._gone and self._has_answer():
            self._ready = self._heard() is not None
        return self._ready and not self._gone

    def _send(self, batch: Batch) -> None:
        try:
            self._connection.send(batch)
        except OSError:
            self._gone = True

    def _has_answer(self) -> bool:
        try:
            return self._gone or self._connection.poll()
        except OSError:
            return True

    def _answer(self) -> Lines | None:
        """The lines that were asked for first; None when it has gone: then none will come."""
        told = self._heard()
        return Lines(*told) if told else None

    def _heard(self) -> Any:
        try:
            return None if self._gone else self._connection.recv()
        except (EOFError, OSError):
            self._gone = True
            return None


def _make(theirs: Connection, project: Path, seq: int, labels: tuple[str, ...]) -> None:
    """What the second process does. Where it fails it goes, and the first finds out why by doing the same."""
    end_with_parent()
    with suppress(EOFError, OSError, HashiyaError), look(project) as database, database.reading() as connection:
        if log.last_seq(connection) != seq:
            return
        articles = Articles(connection, [], labels, project=project)
        theirs.send(True)
        while True:
            theirs.send(tuple(articles.made(theirs.recv())))
