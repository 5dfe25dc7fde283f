"""One command carried out in many articles of a project: looked at before, made, taken back, all or nothing.

These need no session and run in any thread, through a connection of their own. While they write, nobody else can.
"""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from app.edit.bulk import UNASKED, Meant, Told, counted, delete_all, relabel_all, reopen, unasked
from app.edit.commands import Command, Desk, set_flag, set_status
from app.edit.index import SpanIndex
from app.edit.steps import Step
from app.errors import AnnotatorUnknown, EditRefused, ProjectError
from app.model.annotation import Span
from app.model.moment import moment
from app.model.place import Place
from app.model.schema import Schema
from app.review.problems import problems
from app.search import Hit, in_text
from app.store import annotations as sheets
from app.store import bulk, log, removing, schemas
from app.store.annotations import Sheet, Stamp
from app.store.bulk import Progress
from app.store.bulk import Turned as Turned
from app.store.documents import Text
from app.store.engine import Database, Transaction
from app.store.removing import Removal as Removal

SHOWN: Final = 200
"""How many of the spans that are meant a preview shows."""
_NO_SPANS: Final = SpanIndex()
_DAMAGED: Final = "document-damaged"


class Done(NamedTuple):
    """What was done, or would be: in how many articles, to how many spans; why how much was left out.

    `head` names the step until it is taken back, 0 when nothing was done. `hits` are the first spans of a preview.
    """

    articles: int
    spans: int = 0
    left: Mapping[str, int] = {}
    head: int = 0
    hits: tuple[Hit, ...] = ()


class Work(NamedTuple):
    """A command for the articles at `positions` (None: all), as `annotator` sees them.

    With `meant` only articles that have such spans are looked at, and the command makes one of `label` of them
    ("": takes them away).
    """

    annotator: str
    positions: Sequence[int] | None = None
    status: str = ""
    flagged: bool | None = None
    meant: Meant | None = None
    label: str = ""

    def command(self, told: Told) -> Command:
        """The command for one article."""
        if self.meant:
            return relabel_all(self.meant, self.label, told) if self.label else delete_all(self.meant, told)
        if self.flagged is not None:
            return set_flag(self.flagged)
        return reopen() if self.status == "in_progress" else set_status(self.status)

    @property
    def name(self) -> str:
        """What the log calls it."""
        if self.meant:
            return "relabel_all" if self.label else "delete_all"
        return "set_status" if self.flagged is None else "set_flag"


def carry_out(project: Path, work: Work, progress: Progress = lambda count: None) -> Done:
    """Do `work` in one transaction, as one step that goes back at once. Raises AnnotatorUnknown and ProjectError.

    Articles that are damaged, or where the command is refused, are left as they are and counted.
    """
    if not work.annotator:
        raise AnnotatorUnknown()
    with closing(Database(project)) as database, database.writing() as connection:
        return _Round(connection, project, work, progress).make()


def preview(project: Path, work: Work, progress: Progress = lambda count: None) -> Done:
    """What `work` would do, with the first of the spans that are meant. Raises ProjectError."""
    with closing(Database(project)) as database, database.reading() as connection:
        return _Round(connection, project, work, progress).look()


def turn(project: Path, head: int, kind: str, progress: Progress = lambda count: None) -> Turned:
    """Take the step `head` back ("undo") or make it again ("redo") where nothing stands on it. Raises ProjectError."""
    with closing(Database(project)) as database, database.writing() as connection:
        return bulk.turn(connection, head, kind, Stamp("", moment(time.time())), progress)


def removal(project: Path, positions: Sequence[int] | None) -> Removal:
    """What would go with the articles at these positions, or with all. Raises ProjectError."""
    with closing(Database(project)) as database, database.reading() as connection:
        return removing.told(connection, bulk.keys_at(connection, positions))


def delete_articles(
    project: Path, positions: Sequence[int], annotator: str, progress: Progress = lambda count: None
) -> list[int]:
    """Take the articles at these positions out of the project with all that anybody said of them; their keys."""
    with closing(Database(project)) as database, database.writing() as connection:
        keys = bulk.keys_at(connection, positions)
        removing.remove(connection, keys, annotator, moment(time.time()), progress)
        return keys


class _Round:
    """One way through the articles that some work means."""

    def __init__(self, connection: Transaction, project: Path, work: Work, progress: Progress) -> None:
        self._connection, self._work, self._progress = connection, work, progress
        self._schema: Schema = schemas.read(connection, project.name)
        self._left: Counter[str] = Counter()
        self._hits: list[Hit] = []
        self._key = 0
        self._at = moment(time.time())
        self._is_whole = bool(work.meant) or (work.status == "complete" and bool(self._schema.blocking))

    def make(self) -> Done:
        stamp = Stamp(self._work.annotator, self._at, 0, 1, self._schema.name, self._schema.version)
        head = articles = spans = 0
        for sheet, step in self._steps(counted(self._left)):
            head = head or bulk.begin(self._connection, stamp, self._work.name)
            bulk.make(self._connection, head, step, sheet, stamp)
            articles += 1
            spans += self._counted(step)
        if head:
            bulk.close(self._connection, head)
        return Done(articles, spans, dict(self._left), head)

    def look(self) -> Done:
        steps = [self._counted(step) for _sheet, step in self._steps(self._show)]
        return Done(len(steps), sum(steps), dict(self._left), hits=tuple(self._hits))

    def _steps(self, told: Told) -> Iterator[tuple[Sheet, Step]]:
        command = self._work.command(told)
        for count, key in enumerate(self._keys()):
            self._progress(count)
            self._key = key
            try:
                sheet = sheets.load(self._connection, key, self._work.annotator, whole=self._is_whole)
                step = command(self._desk(sheet))
            except ProjectError:
                self._left[_DAMAGED] += 1
            except EditRefused as refusal:
                self._left[refusal.code] += 1
            else:
                if step is not None:
                    yield sheet, step

    def _keys(self) -> list[int]:
        keys, meant = bulk.keys_at(self._connection, self._work.positions), self._work.meant
        if meant is None:
            return keys
        wanted = bulk.keys_with(self._connection, meant.label, meant.says)
        return [key for key in keys if key in wanted]

    def _desk(self, sheet: Sheet) -> Desk:
        document, value, schema = sheet.document, sheet.annotations, self._schema

        def blocking() -> int:
            return sum(one.code in schema.blocking for one in problems(document.text, value, schema))

        stands = blocking if self._is_whole and schema.blocking else int
        return Desk(document, value, schema, Place(), self._at, _new_id, _NO_SPANS, blocking=stands)

    def _counted(self, step: Step) -> int:
        removed = step.changes[0].removed
        if self._work.label and (lost := unasked(removed, self._schema.label(self._work.label))):
            self._left[UNASKED] += lost
        return len(removed)

    def _show(self, desk: Desk, span: Span, why: str) -> None:
        if why:
            self._left[why] += 1
        elif len(self._hits) < SHOWN:
            text = Text(self._key, desk.document.id, desk.document.heading, desk.document.text)
            self._hits += in_text(text, lambda _text: [(span.start, span.end)])


def _new_id() -> str:
    return secrets.token_hex(8)


def reached(connection: Transaction, layer: int, kind: str) -> tuple[int, int]:
    """The head of the step that undo or redo would turn next in this layer, and in how many articles; else (0, 0)."""
    state = log.DONE if kind == "undo" else log.UNDONE
    head = bulk.head_of_last(connection, layer, state)
    return head, bulk.reach(connection, head, state) if head else 0
