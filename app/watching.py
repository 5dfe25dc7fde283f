"""The problems of the current document of an open project."""

from __future__ import annotations

from contextlib import suppress

from app.errors import ProjectError
from app.model.annotation import Annotations, Change
from app.model.schema import Schema
from app.review.problems import Problem, Watch
from app.store import judged
from app.store.annotations import Sheet
from app.store.engine import Database
from app.store.judged import Judged


class Watching:
    """What a session tells of problems; they are looked for when somebody first asks, and followed from then on."""

    annotator: str
    schema: Schema
    _database: Database
    _schema_number: int
    _sheet: Sheet
    _watch: Watch | None = None
    _watched_by: Schema | None = None

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the annotations of the current document in the light of the schema, in reading order."""
        if not self._sheet.document.id:
            return []
        # Another document, or this one read anew, has another value of annotations.
        if (
            self._watch is None
            or self._watch.annotations is not self._sheet.annotations
            or self._watched_by is not self.schema
        ):
            self._watch = Watch(self._sheet.document.text, self._sheet.annotations, self.schema)
            self._watched_by = self.schema
        return self._watch.problems

    def unjudged(self) -> int:
        """How many articles with annotations were not judged as they are now; see `app.judging.judge`."""
        with self._database.reading() as connection:
            return judged.count_unknown(connection, self.annotator, self._schema_number)

    def blocking_problems(self) -> int:
        """How many of the problems are of those that keep the document from being called done."""
        blocking = self.schema.blocking
        return sum(problem.code in blocking for problem in self.problems) if blocking else 0

    def _note_problems(self) -> None:
        """Keep how many problems the current document has, where that was looked at: no key press waits for it."""
        sheet, watch = self._sheet, self._watch
        if watch is None or watch.annotations is not sheet.annotations or not sheet.layer:
            return
        found = Judged(sheet.layer, sheet.revision, self._schema_number, len(self.problems))
        with self._database.reading() as connection:
            is_known = judged.is_known(connection, found)
        if not is_known and not self._database.held and not self._database.is_aside:
            # A count that could not be kept is counted again: not worth an error.
            with suppress(ProjectError), self._database.writing() as connection:
                judged.note(connection, [found])

    def _follow_problems(self, after: Annotations, change: Change) -> None:
        """Hear of a change of the current document before it becomes `after`."""
        if self._watch is not None and self._watch.annotations is self._sheet.annotations:
            self._watch.follow(after, change)
