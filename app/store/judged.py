"""How many problems the layers of a project have, as far as they were judged as they are now.

Judging is left to `app.review`; here stands what came of it. A step makes what was known of its layer void by itself,
for it moves `changed` on; so does another schema.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from app.store.engine import Transaction
from app.store.listing import showing
from app.store.statements import Statement, sa, tables


class Judged(NamedTuple):
    """That a layer, as it was after step `changed`, has so many `problems` by the schema with the number `schema`."""

    layer: int
    changed: int
    schema: int
    problems: int


def _unknown(*columns: Any) -> Any:
    layers = tables.layers.c
    is_void = sa.or_(layers.judged_by != sa.bindparam("schema"), layers.judged != layers.changed)
    return showing(*columns).where(is_void)


def _note() -> Any:
    layers = tables.layers.c
    as_judged = sa.and_(layers.key == sa.bindparam("layer"), layers.changed == sa.bindparam("as_changed"))
    found = {
        layers.problems: sa.bindparam("found"),
        layers.judged: sa.bindparam("as_changed"),
        layers.judged_by: sa.bindparam("schema"),
    }
    return sa.update(tables.layers).where(as_judged).values(found)


_COUNT = Statement("judged.count unknown", lambda: _unknown(sa.func.count()))
_UNKNOWN = Statement(
    "judged.unknown", lambda: _unknown(*(tables.layers.c[name] for name in ("key", "document", "changed")))
)
_KNOWN = Statement(
    "judged.known",
    lambda: sa.select(tables.layers.c.judged, tables.layers.c.judged_by).where(
        tables.layers.c.key == sa.bindparam("layer")
    ),
)
_NOTE = Statement("judged.note", _note)


def count_unknown(connection: Transaction, annotator: str, schema: int) -> int:
    """How many of the layers that this annotator sees were not judged as they are, by the schema of this number."""
    return int(connection.execute(_COUNT, {"annotator": annotator, "schema": schema}).scalar_one())


def unknown(connection: Transaction, annotator: str, schema: int) -> list[tuple[int, int, int]]:
    """These layers, each with the key of its document and the seq of the last step that changed it."""
    return [
        (row[0], row[1], row[2]) for row in connection.execute(_UNKNOWN, {"annotator": annotator, "schema": schema})
    ]


def is_known(connection: Transaction, found: Judged) -> bool:
    """Whether this is kept already."""
    row = connection.execute(_KNOWN, {"layer": found.layer}).first()
    return row is not None and tuple(row) == (found.changed, found.schema)


def note(connection: Transaction, found: Iterable[Judged]) -> None:
    """Keep what was found; of a layer that has changed meanwhile nothing is kept."""
    rows = [
        {"layer": one.layer, "as_changed": one.changed, "schema": one.schema, "found": one.problems} for one in found
    ]
    if rows:
        connection.execute(_NOTE, rows)
