"""How many spans of each label every layer holds: kept up with what is put in and taken out, so that articles are
found by their labels without looking at spans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.model.annotation import Span
from app.store.engine import Transaction
from app.store.statements import Statement, sa, tables


def _count() -> Any:
    from sqlalchemy.dialects.sqlite import insert

    there, more = tables.tallies.c, insert(tables.tallies)
    sums = {name: there[name] + more.excluded[name] for name in ("accepted", "suggested")}
    return more.on_conflict_do_update(index_elements=[there.label, there.layer], set_=sums)


def _drop_empty() -> Any:
    there = tables.tallies.c
    is_empty = sa.and_(there.accepted == 0, there.suggested == 0)
    return sa.delete(tables.tallies).where(
        there.label == sa.bindparam("label"), there.layer == sa.bindparam("layer"), is_empty
    )


_ADD = Statement("tallies.add", lambda: sa.insert(tables.tallies))
_COUNT = Statement("tallies.count", _count)
_DROP_EMPTY = Statement("tallies.drop empty", _drop_empty)
_LAYERS = Statement(
    "tallies.layers", lambda: sa.select(tables.tallies.c.layer).where(tables.tallies.c.label == sa.bindparam("label"))
)
_USE = Statement(
    "tallies.use",
    lambda: sa.select(
        tables.tallies.c.label, sa.func.sum(tables.tallies.c.accepted + tables.tallies.c.suggested)
    ).group_by(tables.tallies.c.label),
)


def begin(connection: Transaction, layer: int, spans: Iterable[Span]) -> None:
    """Count the `spans` of a layer that is new."""
    rows = _rows(layer, spans, ())
    if rows:
        connection.execute(_ADD, rows)


def follow(connection: Transaction, layer: int, removed: Iterable[Span], added: Iterable[Span]) -> None:
    """Count what was taken out of a layer and put in."""
    rows = _rows(layer, added, removed)
    if not rows:
        return
    connection.execute(_COUNT, rows)
    fewer = [row for row in rows if row["accepted"] < 0 or row["suggested"] < 0]
    if fewer:
        connection.execute(_DROP_EMPTY, [{"label": row["label"], "layer": layer} for row in fewer])


def layers_with(connection: Transaction, label: str) -> list[int]:
    """Keys of the layers that hold a span with this label, be it a suggestion."""
    return list(connection.execute(_LAYERS, {"label": label}).scalars())


def use(connection: Transaction) -> dict[str, int]:
    """How many spans of the project carry each label, suggestions too."""
    return {row[0]: int(row[1]) for row in connection.execute(_USE)}


def _rows(layer: int, added: Iterable[Span], removed: Iterable[Span]) -> list[dict[str, Any]]:
    counts: dict[str, list[int]] = {}
    for spans, by in ((added, 1), (removed, -1)):
        for span in spans:
            counts.setdefault(span.label, [0, 0])[span.status != "accepted"] += by
    return [
        {"label": label, "layer": layer, "accepted": accepted, "suggested": suggested}
        for label, (accepted, suggested) in counts.items()
        if accepted or suggested
    ]
