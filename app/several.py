"""What an open project does in many articles at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app import bulk
from app.bulk import Done, Work
from app.signals import Signal
from app.store import documents
from app.store.annotations import Sheet
from app.store.bulk import Progress, Turned
from app.store.engine import Database
from app.words import Labelled


class Several:
    """Steps that reach into many articles (`app.bulk`): made here, or by another thread that this one hears of."""

    path: Path
    count: int
    documents_changed: Signal[()]
    _database: Database
    _sheet: Sheet
    _labelled: Labelled | None

    @property
    def held(self) -> bool:
        """Whether another thread of this program is changing the project: until it is done every edit is refused."""
        return self._database.held

    @held.setter
    def held(self, held: bool) -> None:
        self._database.held = held

    def carry_out(self, work: Work, progress: Progress = lambda count: None) -> Done:
        """Do `work` in all its articles, as one step. Raises AnnotatorUnknown or ProjectError: then nothing is done."""
        self.need_saved()
        done = bulk.carry_out(self.path, work, progress)
        self.note_changed()
        return done

    def turn_all(self, head: int, kind: str, progress: Progress = lambda count: None) -> Turned:
        """Take such a step back ("undo") or make it again ("redo"), whichever article is current."""
        self.need_saved()
        turned = bulk.turn(self.path, head, kind, progress)
        self.note_changed()
        return turned

    def reach(self, kind: str) -> tuple[int, int]:
        """Which step of many articles undo or redo would turn now, and in how many; (0, 0) when it is no such step."""
        with self._database.reading() as connection:
            return bulk.reached(connection, self._sheet.layer, kind)

    def position_of_current(self) -> int | None:
        """Where the current article stands in the project: what `note_deleted` must be told."""
        with self._database.reading() as connection:
            return documents.position(connection, self._sheet.key)

    def note_changed(self) -> None:
        """Hear that many articles were changed, by whichever thread, and show them as they are."""
        self._labelled = None
        self._reload()
        self.documents_changed.emit()

    def note_deleted(self, keys: Sequence[int], here: int | None) -> None:
        """Hear that another thread took these articles out, when the current one stood at `here`."""
        self._after_deletion(keys, here if self._sheet.key in set(keys) else None)

    def need_saved(self) -> None:
        """Raise EditRefused while steps are in memory only."""
        raise NotImplementedError

    def _reload(self) -> None:
        """Read the current document anew."""
        raise NotImplementedError

    def _after_deletion(self, keys: Sequence[int], left: int | None) -> None:
        """Show what is there; `left` is the position of the current article when it is gone."""
        raise NotImplementedError
