"""One open project: the current document, its annotations, and the only way to change them."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from app import opening
from app.articles import Articles
from app.asking import Asking
from app.edit.commands import Command, Desk
from app.edit.index import SpanIndex
from app.edit.steps import Step
from app.errors import AnnotatorUnknown, CallError, EditRefused, Fault, HashiyaError, ProjectError
from app.intake import ImportReport, Progress, Wishes, take_in
from app.learning import Learning
from app.model.annotation import Annotations, Change
from app.model.document import Document
from app.model.moment import moment
from app.model.place import Place
from app.model.schema import Schema
from app.publish import LARGE_BYTES, Published, publish
from app.searching import Searching
from app.several import Several
from app.signals import Signal
from app.store import annotations as sheets
from app.store import documents, log, migrations, publishing, schemas, settings, steps
from app.store.annotations import Sheet, Stamp
from app.store.engine import Database, Transaction
from app.unsaved import Unsaved
from app.watching import Watching

NAME_LIMIT: Final = 200
DAMAGED_AT_MOST: Final = 100
"""How many damaged documents are passed over on opening before none is shown."""
_NOTHING = Sheet(0, Document("", ""), Annotations())


def new_id() -> str:
    """A span id that no other span has: 16 hexadecimal digits."""
    return secrets.token_hex(8)


class Session(Unsaved, Several, Watching, Articles, Asking, Searching, Learning):
    """One open project, used by one thread. `do`, `undo` and `redo` are the only ways to change annotations.

    `changed` tells of each step and who asked for it, `moved` that another document is current, `saved` the time of
    each commit, `unsaved_changed` what `app.unsaved` knows, `documents_changed` that rows of the list are others now,
    `noticed` of something to tell the user.
    """

    def __init__(self, database: Database) -> None:
        self.path = database.path
        self.notices: list[HashiyaError] = []
        self.changed: Signal[Step, object] = Signal()
        self.moved: Signal[()] = Signal()
        self.saved: Signal[float] = Signal()
        self.documents_changed: Signal[()] = Signal()
        self.noticed: Signal[HashiyaError] = Signal()
        self.schema_changed: Signal[()] = Signal()
        self.unsaved_changed: Signal[()] = Signal()
        self.last_commit: float | None = None
        self.can_undo = self.can_redo = False
        self._database = database
        self._sheet = _NOTHING
        self._index = SpanIndex()
        self._to_remember: dict[tuple[str, int], str] = {}
        self._begin_suggesting()
        with database.reading() as connection:
            self.schema: Schema = schemas.read(connection, self.path.name)
            self._schema_number = schemas.newest(connection)
            self.annotator = settings.read(connection, "annotator")
            self.count = documents.count(connection)
        if changed := opening.source_changed(database):
            self.notices.append(changed)
        self._go_back_to_the_last_document()

    @staticmethod
    def open(path: Path, *, report: Callable[[Fault], None] | None = None) -> Session:
        """Open a project, or the project of a text or JSON Lines file, which is made beside it if there is none.

        `report` hears of each fault of a file that is read for it. Raises SourceError, FaultyFile or ProjectError.
        """
        project = opening.find_or_make(path, report)
        database = Database(project)
        try:
            migrations.bring_up(database)
            database.go_live()
            opening.sweep(project)
            return Session(database)
        except BaseException:
            database.close()
            raise

    @staticmethod
    def create(project: Path) -> Session:
        """Make and open a project without articles. Raises ProjectError when there is a file of that name."""
        opening.make_empty(project)
        return Session.open(project)

    @property
    def name(self) -> str:
        """The project's name: that of its file without the suffix."""
        return self.path.stem

    # Documents

    @property
    def label_counts(self) -> Mapping[str, int]:
        """How many spans of the current document carry each label; labels without spans are missing."""
        return self._index.counts

    def go_to(self, key: int) -> None:
        """Make this document the current one. Raises ProjectError, and stays, when it is damaged."""
        self._catch_up_with_schema()
        with self._database.reading() as connection:
            sheet = sheets.load(connection, key, self.annotator)
            self._show(connection, sheet)
        self.remember("document", str(key))
        self.moved.emit()

    # Who

    def set_annotator(self, name: str) -> None:
        """Say whose annotations these are from now on. Raises CallError for a name that is empty or too long."""
        name = " ".join(name.split())
        if not name or len(name) > NAME_LIMIT:
            raise CallError("bad-annotator-name", limit=NAME_LIMIT)
        with self._database.writing() as connection:
            settings.write(connection, "annotator", name)
        self.annotator = name
        self._reload()
        self.documents_changed.emit()

    # Editing

    def do(self, command: Command, *, place: Place, origin: object = None) -> Step | None:
        """Carry out `command` with the hand at `place`: on disk when this returns; None when it had nothing to do.

        When the disk refuses, the step is kept in memory and `trouble` says why. `origin` is handed on to `changed`.
        Raises EditRefused or ProjectError, and then nothing was changed.
        """
        sheet, at = self._sheet, moment(time.time())
        if not sheet.key:
            raise EditRefused("no-article")
        value, index = sheet.annotations, self._index
        blocking = self.blocking_problems
        desk = Desk(sheet.document, value, self.schema, place, at, new_id, index, self._other, blocking)
        step = command(desk)
        if step is None:
            return None
        if not self.annotator:
            raise AnnotatorUnknown()
        stamp = self._stamp(at)
        after = self._written(lambda connection, sheet: steps.make(connection, step, sheet, stamp))
        if step.change_of(sheet.document.id) is not None:
            self.can_undo, self.can_redo = True, False
        self._take(step, after, origin)
        return step

    def undo(self, origin: object = None) -> Step | None:
        """Take back the last step made in the current document; the step carried out, or None if there was none."""
        return self._turn(steps.undo, origin)

    def redo(self, origin: object = None) -> Step | None:
        """Make again what was taken back last in the current document; None if there is nothing."""
        return self._turn(steps.redo, origin)

    # Files in and out

    def import_file(
        self,
        path: Path,
        report: Callable[[Fault], None] | None = None,
        progress: Progress | None = None,
        wishes: Wishes | None = None,
    ) -> ImportReport:
        """Add what `path` holds to the project, all or nothing; `report` hears of each thing refused."""
        taken = take_in(self._database, path, moment(time.time()), report, progress, wishes)
        self._more_documents()
        return taken

    def note_imported(self) -> None:
        """Hear that another thread has taken articles into this project, and show them."""
        self._more_documents()

    def add_changed_source(self) -> ImportReport:
        """Add the texts of the project's source that have changed since, as new documents beside the old ones."""
        taken = opening.take_changed_source(self._database)
        self.notices = [notice for notice in self.notices if notice.code != "source-changed"]
        self._more_documents()
        return taken

    @property
    def training_file(self) -> Path:
        """Where the training file is, or will be unless another program takes the name before."""
        with self._database.reading() as connection:
            return publishing.target(connection, self.path)

    @property
    def behind(self) -> int:
        """How many articles were changed since the training file was written."""
        with self._database.reading() as connection:
            return publishing.behind(connection)

    @property
    def training_file_is_large(self) -> bool:
        """Whether writing the training file is too much for a moment's rest: above 20 MB."""
        with self._database.reading() as connection:
            return publishing.size(connection) > LARGE_BYTES

    def publish(self, *, should_stop: Callable[[], bool] = lambda: False) -> Published:
        """Write the training file now, in this thread; see `app.publish.publish`, which needs no session."""
        published = publish(self.path, should_stop=should_stop)
        self.note_published(published)
        return published

    def note_published(self, published: Published) -> None:
        """Hear of a publication, also one that another thread made: what it has to tell is told once."""
        for notice in published.notices:
            self._notice(notice)

    # What is remembered

    def remember(self, name: str, value: str, key: int | None = None) -> None:
        """Remember `value` for the document `key`, or for the project; on disk with the next step or on closing."""
        self._to_remember[name, key or 0] = value

    def recall(self, name: str, key: int | None = None) -> str:
        """What was remembered, or ""."""
        waiting = self._to_remember.get((name, key or 0))
        if waiting is not None:
            return waiting
        with self._database.reading() as connection:
            return settings.recall(connection, name, key or 0)

    def close(self) -> None:
        """Let go of the project and of every slot. Harmless when called twice."""
        # Places and zoom are not worth an error at the end of the day.
        with suppress(ProjectError):
            if self.save():
                self._flush()
        self._end_suggesting()
        self._database.close()
        for signal in (self.changed, self.moved, self.saved, self.documents_changed, self.noticed):
            signal.clear()
        self.schema_changed.clear()
        self.unsaved_changed.clear()

    def _other(self, document_id: str) -> tuple[Document, Annotations]:
        """Another document of the project, for a command that reaches beyond the current one."""
        with self._database.reading() as connection:
            known = documents.known(connection, document_id)
            if known is None:
                raise EditRefused("changed-elsewhere", document=document_id)
            sheet = sheets.load(connection, known.key, self.annotator)
        return sheet.document, sheet.annotations

    def _turn(self, turn: Callable[[Transaction, Sheet, Stamp], steps.Turned], origin: object) -> Step | None:
        if not (self.can_undo if turn is steps.undo else self.can_redo):
            return None
        kind = "undo" if turn is steps.undo else "redo"
        head, _articles = self.reach(kind)
        if head:
            self.turn_all(head, kind)
            return Step(kind, ())
        stamp = self._stamp(moment(time.time()))

        def write(connection: Transaction, sheet: Sheet) -> tuple[steps.Turned, tuple[bool, bool]]:
            done = turn(connection, sheet, stamp)
            return done, self._can_turn(connection, done.sheets[sheet.document.id].layer)

        turned, can = self._written(write)
        self.can_undo, self.can_redo = can
        self._take(turned.step, turned.sheets, origin)
        if turned.left:
            self._notice(EditRefused("turned-in-part", documents=", ".join(turned.left), count=len(turned.left)))
        return turned.step

    def _take(self, step: Step, after: Mapping[str, Sheet], origin: object) -> None:
        here = self._sheet.document.id  # who hears of the step may go to another article
        for change in step.changes:
            sheet = after[change.document]
            if sheet.key == self._sheet.key:
                self._follow_problems(sheet.annotations, change)
                self._sheet = sheet
                self._index.follow(change)
            self._follow_labels(sheet.document.text, change)
            self._count(change)
        self.changed.emit(step, origin)
        if any(change.document != here for change in step.changes):
            self.documents_changed.emit()
        if self.last_commit is not None and self.trouble is None:
            self.saved.emit(self.last_commit)

    def _count(self, change: Change) -> None:
        if self._counts is not None and change.state_before and change.state_after:
            before, after = change.state_before.status, change.state_after.status
            self._counts[before] = self._counts.get(before, 0) - 1
            self._counts[after] = self._counts.get(after, 0) + 1

    def _stamp(self, at: str) -> Stamp:
        return Stamp(self.annotator, at, schema_name=self.schema.name, schema_version=self.schema.version)

    def _show(self, connection: Transaction, sheet: Sheet) -> None:
        self._sheet = sheet
        self._index = SpanIndex(sheet.annotations.spans.values())
        self.can_undo, self.can_redo = self._can_turn(connection, sheet.layer)

    def _can_turn(self, connection: Transaction, layer: int) -> tuple[bool, bool]:
        return log.has(connection, layer, log.DONE), log.has(connection, layer, log.UNDONE)

    def _reload(self) -> None:
        """Read the current document anew, and tell if it is seen otherwise now."""
        self._catch_up_with_schema()
        self._counts = None
        before = self._sheet
        if before.key:
            with self._database.reading() as connection:
                key = self._where(connection, before)
                self._show(connection, sheets.load(connection, key, self.annotator) if key else _NOTHING)
            if (self._sheet.document, self._sheet.annotations) != (before.document, before.annotations):
                self.moved.emit()

    def _where(self, connection: Transaction, sheet: Sheet) -> int:
        """The key of the document of `sheet`, or of what was imported in its place; 0 when it is gone."""
        if documents.position(connection, sheet.key) is not None:
            return sheet.key
        known = documents.known(connection, sheet.document.id)
        return known.key if known else 0

    def _asked_otherwise(self, damaged: list[ProjectError]) -> None:
        self._reload()
        self.last_commit = time.time()
        self.documents_changed.emit()
        self.saved.emit(self.last_commit)
        for error in damaged:
            self._notice(error)

    def _more_documents(self) -> None:
        with self._database.reading() as connection:
            self.count = documents.count(connection)
        self._reload()
        if not self._sheet.key:
            self._go_back_to_the_last_document()
            self.moved.emit()
        self.documents_changed.emit()

    def _after_addition(self, key: int) -> None:
        with self._database.reading() as connection:
            self.count = documents.count(connection)
        self._counts = None
        self.go_to(key)
        self.documents_changed.emit()

    def _after_deletion(self, keys: Sequence[int], left: int | None) -> None:
        self._to_remember = {of: value for of, value in self._to_remember.items() if of[1] not in keys}
        self._counts = None
        if left is not None:
            self._sheet, self._index = _NOTHING, SpanIndex()
            self.can_undo = self.can_redo = False
            with self._database.reading() as connection:
                key = documents.key_at(connection, left) or documents.key_before(connection, left)
            with suppress(ProjectError):
                if key is not None:
                    self.go_to(key)
        self._more_documents()

    def _go_back_to_the_last_document(self) -> None:
        """Show the document that was left last, else the first that can be shown; tell of those that cannot."""
        with self._database.reading() as connection:
            key = self._left_last(connection) or documents.key_at(connection, 0)
            for _attempt in range(DAMAGED_AT_MOST):
                if key is None:
                    return
                try:
                    return self._show(connection, sheets.load(connection, key, self.annotator))
                except ProjectError as error:
                    self._notice(error)
                key = documents.key_at(connection, (documents.position(connection, key) or 0) + 1)

    def _left_last(self, connection: Transaction) -> int | None:
        last = settings.recall(connection, "document", 0)
        there = last.isdecimal() and documents.position(connection, int(last)) is not None
        return int(last) if there else None

    def _notice(self, notice: HashiyaError) -> None:
        self.notices.append(notice)
        self.noticed.emit(notice)

    def _flush(self) -> None:
        if self._to_remember:
            with self._database.writing() as connection:
                settings.remember(connection, self._to_remember)
            self._to_remember.clear()
