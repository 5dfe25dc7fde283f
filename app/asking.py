"""What an open project asks of its annotators: its schema, those before it, and what of it is in use."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.edit.moves import Moves
from app.errors import ProjectError
from app.model.moment import moment
from app.model.schema import Schema
from app.model.schema_file import read_schema, schema_json
from app.signals import Signal
from app.store import log, schemas
from app.store.engine import Database, Transaction
from app.store.schemas import Kept, SchemaUse

_CHANGED_HERE: Final = re.compile(r"(.*\.)(\d+)")


class Asking:
    """The schema of a session. `schema_changed` tells that it is another one now."""

    path: Path
    annotator: str
    schema: Schema
    schema_changed: Signal[()]
    _database: Database
    _schema_number: int

    def schema_use(self) -> SchemaUse:
        """How often the annotations of the whole project, by whomever, use what a schema can declare."""
        with self._database.reading() as connection:
            return schemas.use(connection, self.schema)

    def schema_history(self) -> list[Kept]:
        """Every schema that the project has had, the one in use last."""
        with self._database.reading() as connection:
            return schemas.history(connection)

    def earlier_schema(self, number: int) -> Schema:
        """The schema with this number in the history."""
        with self._database.reading() as connection:
            return schemas.read(connection, self.path.name, number)

    def set_schema(
        self,
        schema: Schema,
        moves: Moves = Moves(),  # noqa: B008 - immutable
        progress: Callable[[int], object] = lambda count: None,
    ) -> None:
        """Ask by `schema` from now on; the annotations of everybody follow `moves`, and keep what is not moved.

        What `schema` no longer declares stays, is shown as unknown, and is known again with a schema that declares
        it. Where the project had another schema of that name and version, the version goes up behind its dot. Each
        article can take its part of the moves back. Raises FaultyFile, and changes nothing, for a schema that no
        file could hold. Articles that are damaged are left as they are and told of by `noticed`.
        """
        self.note_schema(ask_by(self.path, schema, moves, self.annotator, progress))

    def note_schema(self, damaged: Sequence[ProjectError] = ()) -> None:
        """Hear that `ask_by` has set a schema, maybe in another thread, and show everything by it."""
        self._asked_otherwise(list(damaged))

    def _asked_otherwise(self, damaged: list[ProjectError]) -> None:
        """Show everything by the schema that was just set."""
        raise NotImplementedError

    def _catch_up_with_schema(self) -> None:
        """Ask by the newest schema, which another window may have set."""
        with self._database.reading() as connection:
            number = schemas.newest(connection)
            if number == self._schema_number:
                return
            self.schema = schemas.read(connection, self.path.name)
        self._schema_number = number
        self.schema_changed.emit()


def ask_by(
    project: Path,
    schema: Schema,
    moves: Moves,
    annotator: str,
    progress: Callable[[int], object] = lambda count: None,
) -> list[ProjectError]:
    """Set the schema of a project as `Asking.set_schema` says, in any thread; the damage that was left as it is.

    All or nothing: what `progress` raises, which hears how many layers have followed, stops it. Raises FaultyFile.
    """
    read_schema(schema_json(schema), project.name)
    at = moment(time.time())
    with closing(Database(project)) as database, database.writing() as connection:
        before = schemas.read(connection, project.name)
        damaged = schemas.move(connection, moves, at, progress)
        if schema != before:
            seq = log.append(connection, at, annotator, "schema")
            schema = _with_version_of_its_own(connection, schema, project.name)
            schemas.restamp(connection, before.name, schema, seq)
            schemas.add(connection, schema, at)
    return damaged


def _with_version_of_its_own(connection: Transaction, schema: Schema, file: str) -> Schema:
    had = {(one.name, one.version): one.number for one in schemas.history(connection)}
    while number := had.get((schema.name, schema.version)):
        if schemas.read(connection, file, number) == schema:
            break
        known = _CHANGED_HERE.fullmatch(schema.version)
        version = f"{known[1]}{int(known[2]) + 1}" if known else f"{schema.version}.1"
        schema = replace(schema, version=version)
    return schema
