"""Steps that the disk refused: kept in memory, where work goes on, until they can be written."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from app.errors import EditRefused, HashiyaError, ProjectError, SourceError
from app.signals import Signal
from app.store import annotations as sheets
from app.store import disk, documents, settings
from app.store.annotations import Sheet
from app.store.engine import Database, Transaction
from app.store.spans import ChangedElsewhere

T = TypeVar("T")
Write = Callable[[Transaction, Sheet], T]

KEPT: Final = {
    "project-disk-full": "kept-disk-full",
    "project-read-only": "kept-read-only",
    "project-input-output": "kept-disk-failed",
    "project-unreachable": "kept-disk-failed",
    "project-moved": "kept-moved",
}
"""What is wrong with the disk, not with the step: such steps are kept, and this is what is said meanwhile."""


class _Kept(NamedTuple):
    document: str
    write: Write[Any]


class Unsaved:
    """What a session does when it cannot write. `trouble` says why; it is None while every step is on disk.

    `unsaved_changed` tells that `trouble` or `unsaved` are others now.
    """

    path: Path
    annotator: str
    last_commit: float | None
    saved: Signal[float]
    unsaved_changed: Signal[()]
    trouble: ProjectError | None = None
    _database: Database
    _sheet: Sheet
    _to_remember: dict[tuple[str, int], str]
    _kept: tuple[_Kept, ...] = ()
    _copied: int = 0

    @property
    def unsaved(self) -> int:
        """How many steps are in memory only."""
        return len(self._kept) - self._copied

    def save(self) -> bool:
        """Write the steps that are in memory only, in their order; whether every step is on disk now.

        A step that no longer fits, since another program changed its article meanwhile, is left out and told of by
        `noticed`, with those after it in this article.
        """
        if not self._database.is_aside:
            return True
        try:
            with self._database.writing_back() as connection:
                settings.remember(connection, self._to_remember)
                left = self._write_again(connection)
        except (ProjectError, EditRefused) as error:
            if error.code in KEPT:
                self._in_trouble(error.code)
            return False
        kept, self._kept, self._copied, self.trouble = self._kept, (), 0, None
        self._to_remember.clear()
        self._reload()
        if kept:
            self.last_commit = time.time()
            self.saved.emit(self.last_commit)
        self.unsaved_changed.emit()
        if left:
            self._notice(EditRefused("kept-left", count=left))
        return True

    def need_saved(self) -> None:
        """Raise EditRefused when steps are in memory only: what reaches over the whole project waits for them."""
        if not self.save():
            raise EditRefused("kept-in-memory")

    def look_for_file(self) -> bool:
        """Whether the project is still the file that was opened; when not, work goes on in memory from now on."""
        try:
            self._database.need_own_file()
        except ProjectError as error:
            if not self._database.is_aside:
                with suppress(ProjectError):
                    self._step_aside(error)
            return False
        return True

    def save_copy(self, path: Path) -> None:
        """Write the project with what is in memory only to the new file `path`, whole or not at all.

        Raises SourceError when it cannot be written, and when there is a file of that name.
        """
        making = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        try:
            self._database.copy_to(making)
            disk.place(making, path)
        except FileExistsError as error:
            raise SourceError("copy-exists", file=str(path)) from error
        except (OSError, ProjectError) as error:
            reason = error.values.get("reason", "") if isinstance(error, ProjectError) else error.strerror or ""
            raise SourceError("output-unwritable", file=str(path), reason=str(reason)) from error
        finally:
            disk.discard(making)
        self._copied = len(self._kept)
        self.unsaved_changed.emit()

    def _written(self, write: Write[T]) -> T:
        """Do what `write` does with the current sheet, in one transaction: on disk, or in memory if it must be."""
        if not self._database.is_aside:
            try:
                return self._on_disk(write)
            except ChangedElsewhere:
                self._reload()
                raise EditRefused("changed-elsewhere", document=self._sheet.document.id) from None
            except ProjectError as error:
                if error.code not in KEPT:
                    raise
                self._step_aside(error)
        with self._database.writing(aside=True) as connection:
            done = write(connection, self._sheet)
        self._kept += (_Kept(self._sheet.document.id, write),)
        self.unsaved_changed.emit()
        return done

    def _on_disk(self, write: Write[T]) -> T:
        with self._database.writing() as connection:
            settings.remember(connection, self._to_remember)
            done = write(connection, self._sheet)
        self._to_remember.clear()
        self.last_commit = time.time()
        return done

    def _step_aside(self, error: ProjectError) -> None:
        try:
            self._database.step_aside()
        except ProjectError:
            raise error from None
        self._in_trouble(error.code)

    def _in_trouble(self, code: str) -> None:
        said = KEPT[code]
        if self.trouble is None or self.trouble.code != said:
            self.trouble = ProjectError(said, file=self.path.name)
            self.unsaved_changed.emit()

    def _write_again(self, connection: Transaction) -> int:
        """Do again what was done in memory; how many steps had to be left out."""
        damaged: set[str] = set()
        left = 0
        for document, write in self._kept:
            if document in damaged or not self._fits(connection, document, write):
                damaged.add(document)
                left += 1
        return left

    def _fits(self, connection: Transaction, document: str, write: Write[Any]) -> bool:
        known = documents.known(connection, document)
        if known is None:
            return False
        connection.exec_driver_sql("SAVEPOINT kept")
        try:
            write(connection, sheets.load(connection, known.key, self.annotator))
        except (ChangedElsewhere, EditRefused, KeyError):
            connection.exec_driver_sql("ROLLBACK TO kept")
            return False
        finally:
            connection.exec_driver_sql("RELEASE kept")
        return True

    def _reload(self) -> None:
        """Read the current document anew."""
        raise NotImplementedError

    def _notice(self, notice: HashiyaError) -> None:
        """Have something told."""
        raise NotImplementedError
