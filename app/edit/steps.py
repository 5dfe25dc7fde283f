"""A step: what one edit removes and adds, with the caret before and after. Its inverse is the step turned round."""

from __future__ import annotations

from typing import NamedTuple

from app.model.annotation import Change
from app.model.place import Place


class Step(NamedTuple):
    """One edit: a part for each document it touches. `command` is its stable name, e.g. ``label``."""

    command: str
    changes: tuple[Change, ...]
    before: Place = Place()
    after: Place = Place()

    def inverse(self) -> Step:
        """The step that takes this one back."""
        return Step(self.command, tuple(change.inverse() for change in self.changes), self.after, self.before)

    def change_of(self, document: str) -> Change | None:
        """The part of this step that concerns `document`, or None."""
        return next((change for change in self.changes if change.document == document), None)
