"""Statements of the store: written with SQLAlchemy beside the functions that need them, and kept compiled.

To import SQLAlchemy takes a third of the start, and its way from a statement to SQLite a third of a key press. So what
it makes of each statement ships as text in `resources/statements`; a statement that is missing there is compiled.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, Final

import orjson

from resources import resource


class _Later:
    """A module that is imported when something of it is needed."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)


sa: Any = _Later("sqlalchemy")
tables: Any = _Later("app.store.tables")
"""What statements are written with."""

KEPT: Final = ("statements", "sqlite.json")
"""Where the compiled statements are, among the resources."""
MODULES: Final = (
    *(
        "annotations",
        "bulk",
        "decisions",
        "documents",
        "effort",
        "examples",
        "fulltext",
        "finding",
        "judged",
        "listing",
        "log",
        "publishing",
        "removing",
        "schemas",
        "settings",
        "spans",
        "tallies",
        "taught",
    ),
)
Values = dict[str, Any]
"""What a statement is sent with, by name."""
_NAME: Final = re.compile(r":(\w+)")


class Statement:
    """One statement, called `name`; `write` says what it is in SQLAlchemy's words, once that must be known."""

    def __init__(self, name: str, write: Callable[[], Any]) -> None:
        self.name = name
        self._write = write
        self._text = ""
        known[name] = self

    @property
    def text(self) -> str:
        """What is sent to the database: SQL with `:name` for each value that it is sent with."""
        if not self._text:
            self._text = _kept().get(self.name) or self.compile()
        return self._text

    def compile(self) -> str:
        """What SQLAlchemy makes of it now."""
        from sqlalchemy.dialects import sqlite

        written, columns = self._write(), None
        if isinstance(written, sa.Insert):
            columns = [column.name for column in written.table.c if column is not written.table.autoincrement_column]
            written = written.inline()
        spoken = sqlite.dialect(paramstyle="named")
        made = written.compile(dialect=spoken, column_keys=columns)
        constants = {name: value for name, value in made.params.items() if not _is_asked(made, name)}
        text = " ".join(str(made).split())
        return _NAME.sub(lambda found: _literal(constants[found[1]]) if found[1] in constants else found[0], text)


known: dict[str, Statement] = {}
"""Every statement of the modules that were imported, by name."""


def names_in(text: str) -> list[str]:
    """The names of the values that the SQL `text` is sent with."""
    return _NAME.findall(text)


def definitions() -> list[str]:
    """What makes the tables of an empty project."""
    kept = _kept().get("tables")
    return list(kept) if kept else _define()


def compiled_now() -> bytes:
    """What `resources/statements/sqlite.json` should hold."""
    for module in MODULES:
        import_module(f"app.store.{module}")
    made: dict[str, Any] = {name: known[name].compile() for name in sorted(known)}
    return orjson.dumps(made | {"tables": _define()}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _define() -> list[str]:
    from sqlalchemy.dialects import sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable

    from app.store.tables import VIRTUAL, metadata

    indexes = sorted((i for table in metadata.sorted_tables for i in table.indexes), key=lambda index: str(index.name))
    made: list[Any] = [*map(CreateTable, metadata.sorted_tables), *map(CreateIndex, indexes)]
    return [*(" ".join(str(one.compile(dialect=sqlite.dialect())).split()) for one in made), *VIRTUAL]


def _is_asked(made: Any, name: str) -> bool:
    return name in made.binds and made.binds[name].required


def _literal(value: int | str) -> str:
    return "'{}'".format(value.replace("'", "''")) if isinstance(value, str) else str(value)


@cache
def _kept() -> dict[str, Any]:
    try:
        kept: dict[str, Any] = orjson.loads(resource(*KEPT).read_bytes())
    except FileNotFoundError:
        return {}
    return kept


if __name__ == "__main__":
    resource(KEPT[0]).joinpath(KEPT[1]).write_bytes(import_module("app.store.statements").compiled_now())
    sys.exit()
