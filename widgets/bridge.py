"""The open session, spoken to and heard in Qt's way. Every edit of the window goes through `do`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.edit.commands import Command
from app.edit.steps import Step
from app.errors import AnnotatorUnknown, EditRefused, HashiyaError
from app.model.place import Place
from widgets.models.tally import Tally

if TYPE_CHECKING:
    from app.session import Session


class Bridge(QObject):
    """At most one open session, and what Qt must hear of it.

    An edit that nobody's name stands under yet waits: `name_wanted` asks, `name` carries it out, `forget` drops it.
    """

    opened = Signal()
    closed = Signal()
    changed = Signal(object, object)  # Step, origin
    moved = Signal()
    saved = Signal(float)
    documents_changed = Signal()
    schema_changed = Signal()
    counts_changed = Signal()
    unsaved_changed = Signal()
    suggestions_changed = Signal()
    noticed = Signal(object)  # HashiyaError
    refused = Signal(object)  # EditRefused
    failed = Signal(object)  # HashiyaError: the edit was not made
    name_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self.tally = Tally()
        self._waiting: tuple[Callable[[], Step | None], int | None] | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is a session."""
        return self._session is not None

    @property
    def session(self) -> Session:
        """The open session; asked for only while `is_open`."""
        assert self._session is not None
        return self._session

    def open(self, session: Session) -> None:
        """Take `session` in place of the one before, which must have been closed."""
        self._session = session
        self._waiting = None
        self.tally = Tally(session.counts(), session.flagged_count())
        session.changed.connect(self._changed)
        session.moved.connect(self.moved.emit)
        session.saved.connect(self.saved.emit)
        session.documents_changed.connect(self._documents_changed)
        session.schema_changed.connect(self.schema_changed.emit)
        session.unsaved_changed.connect(self.unsaved_changed.emit)
        session.suggestions_changed.connect(self.suggestions_changed.emit)
        session.noticed.connect(self.noticed.emit)
        self.opened.emit()

    def close(self) -> None:
        """Let go of the session. Harmless when there is none."""
        if self._session is not None:
            self._session.close()
            self._session = None
            self.closed.emit()

    def do(self, command: Command, place: Place, origin: object = None) -> Step | None:
        """Carry out `command`; on disk, or kept, when this returns a Step.

        What goes wrong is told by a signal, never raised.
        """
        return self.make(lambda: self.session.do(command, place=place, origin=origin))

    def make(self, edit: Callable[[], Step | None]) -> Step | None:
        """Have the session make a step by `edit`; else as `do`."""
        try:
            return edit()
        except AnnotatorUnknown:
            self._waiting = (edit, self.session.key)
            self.name_wanted.emit()
        except EditRefused as refusal:
            self.refused.emit(refusal)
        except HashiyaError as error:
            self.failed.emit(error)
        return None

    def undo(self) -> Step | None:
        """Take back the last step of this article."""
        return self._turned(self.session.undo)

    def redo(self) -> Step | None:
        """Make it again."""
        return self._turned(self.session.redo)

    def name(self, annotator: str) -> None:
        """Say whose annotations these are, then carry out the edit that waited for it, in its own article only."""
        waiting, self._waiting = self._waiting, None
        try:
            self.session.set_annotator(annotator)
        except HashiyaError as error:
            self.failed.emit(error)
            return
        if waiting and waiting[1] == self.session.key:
            self.make(waiting[0])

    def forget(self) -> None:
        """Drop the edit that waits for a name."""
        self._waiting = None

    def go_to(self, key: int) -> None:
        """Make another article the current one."""
        try:
            self.session.go_to(key)
        except HashiyaError as error:
            self.noticed.emit(error)

    def _turned(self, turn: Callable[[object], Step | None]) -> Step | None:
        try:
            return turn(self)
        except EditRefused as refusal:
            self.refused.emit(refusal)
        except HashiyaError as error:
            self.failed.emit(error)
        return None

    def _changed(self, step: Step, origin: object) -> None:
        moved = [self.tally.follow(change) for change in step.changes]
        self.changed.emit(step, origin)
        if any(moved):
            self.counts_changed.emit()

    def _documents_changed(self) -> None:
        self.tally = Tally(self.session.counts(), self.session.flagged_count())
        self.documents_changed.emit()
        self.counts_changed.emit()
