"""The log: every step ever made, and what became of each of its parts. Undo after a restart reads it.

A step has a part in each document it touches. A part is done, undone, or dropped (another step was made after it was
undone). `turn` is the seq of the log row that made it so, hence the last turn is the first to be turned again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select, update

from app.edit.steps import Step
from app.store import coding
from app.store.engine import new_key
from app.store.tables import layers, log, parts

DONE, UNDONE, DROPPED = "done", "undone", "dropped"


class Entry(NamedTuple):
    """One step of the log: its seq and the step as it was first made."""

    seq: int
    step: Step


_ADD = insert(log)
_ADD_PARTS = insert(parts)
_LAST = (
    select(parts.c.seq)
    .where(parts.c.layer == bindparam("of"), parts.c.state == bindparam("wanted"))
    .order_by(parts.c.turn.desc())
    .limit(1)
)
_STEP = select(log.c.step).where(log.c.seq == bindparam("wanted"))
_DOCUMENTS = (
    select(layers.c.document)
    .select_from(parts)
    .join(layers, layers.c.key == parts.c.layer)
    .where(parts.c.seq == bindparam("of"), parts.c.state == bindparam("wanted"))
    .order_by(layers.c.document)
)
_DROP = (
    update(parts)
    .where(parts.c.layer == bindparam("of"), parts.c.state == UNDONE)
    .values(state=DROPPED, turn=bindparam("by"))
)
_TURN = (
    update(parts)
    .where(parts.c.seq == bindparam("target"), parts.c.layer == bindparam("of"))
    .values(state=bindparam("becomes"), turn=bindparam("by"))
)
_LAST_SEQ = select(func.coalesce(func.max(log.c.seq), 0))


def append(
    connection: Connection, at: str, annotator: str, command: str, kind: str = "do", target: int = 0, step: str = ""
) -> int:
    """Add a row to the log; its seq, higher than every one before."""
    row = {"at": at, "annotator": annotator, "command": command, "kind": kind, "target": target, "step": step}
    return new_key(connection.execute(_ADD, row))


def done(connection: Connection, seq: int, touched: Iterable[int], drop: bool = True) -> None:
    """Note that step `seq` was made in the layers `touched`; what was undone in them can be made again no longer."""
    keys = list(touched)
    if drop:
        connection.execute(_DROP, [{"of": layer, "by": seq} for layer in keys])
    connection.execute(_ADD_PARTS, [{"layer": layer, "seq": seq, "state": DONE, "turn": seq} for layer in keys])


def turned(connection: Connection, seq: int, target: int, touched: Iterable[int], becomes: str) -> None:
    """Note that row `seq` took back, or made again, the parts of step `target` in the layers `touched`."""
    keys = list(touched)
    rows = [{"target": target, "of": layer, "becomes": becomes, "by": seq} for layer in keys]
    connection.execute(_TURN, rows)
    connection.execute(_ADD_PARTS, [{"layer": layer, "seq": seq, "state": "", "turn": seq} for layer in keys])


def has(connection: Connection, layer: int, state: str) -> bool:
    """Whether any part in this layer is in this state."""
    return connection.execute(_LAST, {"of": layer, "wanted": state}).first() is not None


def last(connection: Connection, layer: int, state: str) -> Entry | None:
    """The step whose part in this layer came into this state last."""
    seq = connection.execute(_LAST, {"of": layer, "wanted": state}).scalar()
    if seq is None:
        return None
    return Entry(seq, coding.step(connection.execute(_STEP, {"wanted": seq}).scalar_one()))


def documents(connection: Connection, seq: int, state: str) -> list[int]:
    """Keys of the documents in which the part of step `seq` is in this state."""
    return list(connection.execute(_DOCUMENTS, {"of": seq, "wanted": state}).scalars())


def last_seq(connection: Connection) -> int:
    """The seq of the newest row; 0 for an empty log."""
    return int(connection.execute(_LAST_SEQ).scalar_one())
