"""What is known of the project as a whole, and what is remembered for the hand: places, zoom, panes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.store.engine import Transaction
from app.store.statements import Statement, sa, tables


def _wanted() -> Any:
    there = tables.remembered.c
    return sa.and_(there.name == sa.bindparam("wanted"), there.document == sa.bindparam("of"))


_READ = Statement(
    "settings.read",
    lambda: sa.select(tables.project.c.value).where(tables.project.c.name == sa.bindparam("wanted")),
)
_ALL = Statement("settings.all", lambda: sa.select(tables.project.c.name, tables.project.c.value))
_DROP = Statement(
    "settings.drop", lambda: sa.delete(tables.project).where(tables.project.c.name == sa.bindparam("wanted"))
)
_WRITE = Statement("settings.write", lambda: sa.insert(tables.project))
_RECALL = Statement("settings.recall", lambda: sa.select(tables.remembered.c.value).where(_wanted()))
_FORGET = Statement("settings.forget", lambda: sa.delete(tables.remembered).where(_wanted()))
_REMEMBER = Statement("settings.remember", lambda: sa.insert(tables.remembered))


def read(connection: Transaction, name: str) -> str:
    """The setting called `name`, or "" when it was never written."""
    return connection.execute(_READ, {"wanted": name}).scalar() or ""


def every(connection: Transaction) -> dict[str, str]:
    """Every setting by its name."""
    return {row[0]: row[1] for row in connection.execute(_ALL)}


def write(connection: Transaction, name: str, value: str) -> None:
    """Set `name` to `value` for the whole project."""
    connection.execute(_DROP, {"wanted": name})
    connection.execute(_WRITE, {"name": name, "value": value})


def recall(connection: Transaction, name: str, document: int) -> str:
    """What was remembered under `name` for the document with this key (0: the project), or ""."""
    return connection.execute(_RECALL, {"wanted": name, "of": document}).scalar() or ""


def remember(connection: Transaction, values: Mapping[tuple[str, int], str]) -> None:
    """Remember each value under its (name, document key)."""
    if not values:
        return
    asked: list[dict[str, Any]] = [{"wanted": name, "of": document} for name, document in values]
    rows = [{"name": name, "document": document, "value": value} for (name, document), value in values.items()]
    connection.execute(_FORGET, asked)
    connection.execute(_REMEMBER, rows)
