"""What is known of the project as a whole, and what is remembered for the hand: places, zoom, panes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from app.store.tables import project, remembered

_READ = select(project.c.value).where(project.c.name == bindparam("wanted"))
_DROP = delete(project).where(project.c.name == bindparam("wanted"))
_RECALL = select(remembered.c.value).where(
    remembered.c.name == bindparam("wanted"), remembered.c.document == bindparam("of")
)
_FORGET = delete(remembered).where(remembered.c.name == bindparam("wanted"), remembered.c.document == bindparam("of"))


def read(connection: Connection, name: str) -> str:
    """The setting called `name`, or "" when it was never written."""
    return connection.execute(_READ, {"wanted": name}).scalar() or ""


def write(connection: Connection, name: str, value: str) -> None:
    """Set `name` to `value` for the whole project."""
    connection.execute(_DROP, {"wanted": name})
    connection.execute(insert(project), {"name": name, "value": value})


def recall(connection: Connection, name: str, document: int) -> str:
    """What was remembered under `name` for the document with this key (0: the project), or ""."""
    return connection.execute(_RECALL, {"wanted": name, "of": document}).scalar() or ""


def remember(connection: Connection, values: Mapping[tuple[str, int], str]) -> None:
    """Remember each value under its (name, document key)."""
    if not values:
        return
    asked: list[dict[str, Any]] = [{"wanted": name, "of": document} for name, document in values]
    rows = [{"name": name, "document": document, "value": value} for (name, document), value in values.items()]
    connection.execute(_FORGET, asked)
    connection.execute(insert(remembered), rows)
