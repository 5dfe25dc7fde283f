"""The log: every step ever made, and what became of each of its parts. Undo after a restart reads it.

A step has a part in each document it touches. A part is done, undone, or dropped (another step was made after it was
undone). `turn` is the seq of the log row that made it so, hence the last turn is the first to be turned again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from app.edit.steps import Step
from app.store import coding
from app.store.engine import Transaction
from app.store.statements import Statement, sa, tables

DONE, UNDONE, DROPPED = "done", "undone", "dropped"


class Entry(NamedTuple):
    """One step of the log: its seq and the step as it was first made."""

    seq: int
    step: Step


def _parts() -> Any:
    return tables.parts.c


_ADD = Statement("log.add", lambda: sa.insert(tables.log))
_ADD_PARTS = Statement("log.add parts", lambda: sa.insert(tables.parts))
_LAST = Statement(
    "log.last",
    lambda: (
        sa.select(_parts().seq)
        .where(_parts().layer == sa.bindparam("of"), _parts().state == sa.bindparam("wanted"))
        .order_by(_parts().turn.desc())
        .limit(1)
    ),
)
_STEP = Statement("log.step", lambda: sa.select(tables.log.c.step).where(tables.log.c.seq == sa.bindparam("wanted")))
_DOCUMENTS = Statement(
    "log.documents",
    lambda: (
        sa.select(tables.layers.c.document)
        .select_from(tables.parts)
        .join(tables.layers, tables.layers.c.key == _parts().layer)
        .where(_parts().seq == sa.bindparam("of"), _parts().state == sa.bindparam("wanted"))
        .order_by(tables.layers.c.document)
    ),
)
_DROP = Statement(
    "log.drop",
    lambda: (
        sa.update(tables.parts)
        .where(_parts().layer == sa.bindparam("of"), _parts().state == UNDONE)
        .values(state=DROPPED, turn=sa.bindparam("by"))
    ),
)
_TURN = Statement(
    "log.turn",
    lambda: (
        sa.update(tables.parts)
        .where(_parts().seq == sa.bindparam("target"), _parts().layer == sa.bindparam("of"))
        .values(state=sa.bindparam("becomes"), turn=sa.bindparam("by"))
    ),
)


def _since() -> Any:
    of_target = tables.parts.alias("of_target").c
    turn = sa.select(of_target.turn).where(
        of_target.layer == sa.bindparam("of"), of_target.seq == sa.bindparam("target")
    )
    return (
        sa.select(tables.log.c.step)
        .select_from(tables.parts)
        .join(tables.log, tables.log.c.seq == _parts().seq)
        .where(_parts().layer == sa.bindparam("of"), _parts().state == sa.bindparam("wanted"))
        .where(_parts().turn > turn.scalar_subquery())
        .order_by(_parts().turn.desc())
    )


_SINCE = Statement("log.since", _since)
_LAST_AT = Statement("log.last at", lambda: sa.select(tables.log.c.at).order_by(tables.log.c.seq.desc()).limit(1))
_LAST_SEQ = Statement("log.last seq", lambda: sa.select(sa.func.coalesce(sa.func.max(tables.log.c.seq), 0)))


def append(
    connection: Transaction, at: str, annotator: str, command: str, kind: str = "do", target: int = 0, step: str = ""
) -> int:
    """Add a row to the log; its seq, higher than every one before."""
    row = {"at": at, "annotator": annotator, "command": command, "kind": kind, "target": target, "step": step}
    return connection.execute(_ADD, row).new_key


def done(connection: Transaction, seq: int, touched: Iterable[int], drop: bool = True) -> None:
    """Note that step `seq` was made in the layers `touched`; what was undone in them can be made again no longer."""
    keys = list(touched)
    if drop:
        connection.execute(_DROP, [{"of": layer, "by": seq} for layer in keys])
    connection.execute(_ADD_PARTS, [{"layer": layer, "seq": seq, "state": DONE, "turn": seq} for layer in keys])


def turned(connection: Transaction, seq: int, target: int, touched: Iterable[int], becomes: str) -> None:
    """Note that row `seq` took back, or made again, the parts of step `target` in the layers `touched`."""
    keys = list(touched)
    rows = [{"target": target, "of": layer, "becomes": becomes, "by": seq} for layer in keys]
    connection.execute(_TURN, rows)
    connection.execute(_ADD_PARTS, [{"layer": layer, "seq": seq, "state": "", "turn": seq} for layer in keys])


def has(connection: Transaction, layer: int, state: str) -> bool:
    """Whether any part in this layer is in this state."""
    return connection.execute(_LAST, {"of": layer, "wanted": state}).first() is not None


def last_seq_of(connection: Transaction, layer: int, state: str) -> int | None:
    """The seq of the step whose part in this layer came into this state last."""
    found: int | None = connection.execute(_LAST, {"of": layer, "wanted": state}).scalar()
    return found


def last(connection: Transaction, layer: int, state: str) -> Entry | None:
    """The step whose part in this layer came into this state last."""
    seq = last_seq_of(connection, layer, state)
    if seq is None:
        return None
    return Entry(seq, coding.step(connection.execute(_STEP, {"wanted": seq}).scalar_one()))


def since(connection: Transaction, layer: int, seq: int, state: str) -> list[Step]:
    """The steps whose parts in this layer came into this state after that of step `seq`, the newest first."""
    asked = {"of": layer, "target": seq, "wanted": state}
    return [coding.step(stored) for stored in connection.execute(_SINCE, asked).scalars()]


def documents(connection: Transaction, seq: int, state: str) -> list[int]:
    """Keys of the documents in which the part of step `seq` is in this state."""
    return list(connection.execute(_DOCUMENTS, {"of": seq, "wanted": state}).scalars())


def last_seq(connection: Transaction) -> int:
    """The seq of the newest row; 0 for an empty log."""
    return int(connection.execute(_LAST_SEQ).scalar_one())


def last_at(connection: Transaction) -> str:
    """When the newest row was made; "" for an empty log."""
    return connection.execute(_LAST_AT).scalar() or ""
