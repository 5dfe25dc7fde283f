"""The problems of the current document of an open project."""

from __future__ import annotations

from app.model.annotation import Annotations, Change
from app.model.schema import Schema
from app.review.problems import Problem, Watch
from app.store.annotations import Sheet


class Watching:
    """What a session tells of problems; they are looked for when somebody first asks, and followed from then on."""

    schema: Schema
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

    def blocking_problems(self) -> int:
        """How many of the problems are of those that keep the document from being called done."""
        blocking = self.schema.blocking
        return sum(problem.code in blocking for problem in self.problems) if blocking else 0

    def _follow_problems(self, after: Annotations, change: Change) -> None:
        """Hear of a change of the current document before it becomes `after`."""
        if self._watch is not None and self._watch.annotations is self._sheet.annotations:
            self._watch.follow(after, change)
