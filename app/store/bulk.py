"""One step in very many articles: a row of the log for its head, and after it one for each article.

Each part is small, so that neither making nor turning it holds up whoever waits for the program. All parts are made
in one transaction; they are turned together, as a step with a part for each document is (`app.store.steps`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import orjson

from app.edit import history
from app.edit.steps import Step
from app.errors import ProjectError
from app.store import annotations as sheets
from app.store import coding, log
from app.store.annotations import Sheet, Stamp
from app.store.engine import Transaction
from app.store.statements import Statement, sa, tables

Progress = Callable[[int], object]
"""Hears how many articles were looked at; what it raises stops the work, and nothing of it stays."""


class Turned(NamedTuple):
    """What was taken back or made again: the keys of the documents where it was, and how many were left alone."""

    keys: tuple[int, ...]
    left: int = 0


class _Part(NamedTuple):
    seq: int
    layer: int
    document: int


def _parts() -> Any:
    columns = tables.parts.c
    return (
        sa.select(columns.seq, columns.layer, tables.layers.c.document)
        .select_from(tables.log)
        .join(tables.parts, columns.seq == tables.log.c.seq)
        .join(tables.layers, tables.layers.c.key == columns.layer)
        .where(tables.log.c.seq > sa.bindparam("head"), tables.log.c.seq <= sa.bindparam("beyond"))
        .where(columns.state == sa.bindparam("wanted"))
        .order_by(columns.seq)
    )


def _listed(name: str) -> Any:
    """The values of a JSON array as a subquery."""
    return sa.select(sa.func.json_each(sa.bindparam(name)).table_valued("value").c.value)


_PARTS = Statement("bulk.parts", _parts)
_ROW = Statement(
    "bulk.row",
    lambda: sa.select(*[tables.log.c[name] for name in ("annotator", "target", "step")]).where(
        tables.log.c.seq == sa.bindparam("wanted")
    ),
)
_CLOSE = Statement(
    "bulk.close",
    lambda: sa.update(tables.log).where(tables.log.c.seq == sa.bindparam("head")).values(step=sa.bindparam("stored")),
)
_KEYS_AT = Statement(
    "bulk.keys at",
    lambda: (
        sa.select(tables.documents.c.key)
        .where(tables.documents.c.position.in_(_listed("positions")))
        .order_by(tables.documents.c.position)
    ),
)
_KEYS = Statement("bulk.keys", lambda: sa.select(tables.documents.c.key).order_by(tables.documents.c.position))
_SURFACES = Statement(
    "bulk.surfaces",
    lambda: (
        sa.select(tables.layers.c.document, tables.spans.c.surface)
        .select_from(tables.spans)
        .join(tables.layers, tables.layers.c.key == tables.spans.c.layer)
        .where(tables.spans.c.label == sa.bindparam("wanted"))
    ),
)


def keys_at(connection: Transaction, positions: Sequence[int] | None) -> list[int]:
    """Keys of the documents at these positions, or of all, in the order of the project."""
    if positions is None:
        return list(connection.execute(_KEYS).scalars())
    return list(connection.execute(_KEYS_AT, {"positions": orjson.dumps(positions).decode()}).scalars())


def keys_with(connection: Transaction, label: str, says: Callable[[str], bool]) -> set[int]:
    """Keys of the documents in which anybody has a span of this label whose text `says` is the right one."""
    found: set[int] = set()
    for key, said in connection.execute(_SURFACES, {"wanted": label}):
        if key not in found and says(said):
            found.add(key)
    return found


def begin(connection: Transaction, stamp: Stamp, command: str) -> int:
    """Begin a step that reaches into many documents; its head."""
    return log.append(connection, stamp.at, stamp.annotator, command)


def make(connection: Transaction, head: int, step: Step, sheet: Sheet, stamp: Stamp) -> None:
    """Carry out the part of it in the document of `sheet`. Raises ChangedElsewhere."""
    seq = log.append(connection, stamp.at, stamp.annotator, step.command, target=head, step=coding.stored(step))
    (change,) = step.changes
    after = sheets.write(connection, sheet, change, stamp._replace(seq=seq, turn=1))
    log.done(connection, seq, [after.layer])


def close(connection: Transaction, head: int) -> None:
    """Note at the head where the parts end."""
    connection.execute(_CLOSE, {"head": head, "stored": orjson.dumps(log.last_seq(connection)).decode()})


def head_of_last(connection: Transaction, layer: int, state: str) -> int:
    """The head of the step that would be turned next in this layer; 0 when that is no such step."""
    seq = log.last_seq_of(connection, layer, state) if layer else None
    return 0 if seq is None else int(connection.execute(_ROW, {"wanted": seq}).one()[1])


def reach(connection: Transaction, head: int, state: str) -> int:
    """In how many documents the step with this head is in this state."""
    return len(_those(connection, head, state))


def turn(connection: Transaction, head: int, kind: str, stamp: Stamp, progress: Progress) -> Turned:
    """Take the step with this head back ("undo") or make it again ("redo"), wherever nothing stands on it since."""
    state, becomes, by = (log.DONE, log.UNDONE, -1) if kind == "undo" else (log.UNDONE, log.DONE, 1)
    annotator = connection.execute(_ROW, {"wanted": head}).one()[0]
    seq = log.append(connection, stamp.at, stamp.annotator, "bulk", kind, head)
    stamp, keys, left = stamp._replace(annotator=annotator, seq=seq, turn=by), [], 0
    for count, part in enumerate(_those(connection, head, state)):
        progress(count)
        try:
            fitted = _turned(connection, part, kind, stamp)
        except ProjectError:
            fitted = False
        if fitted:
            log.turned(connection, seq, part.seq, [part.layer], becomes)
            keys.append(part.document)
        else:
            left += 1
    return Turned(tuple(keys), left)


def _those(connection: Transaction, head: int, state: str) -> list[_Part]:
    stored = connection.execute(_ROW, {"wanted": head}).one()[2]
    asked = {"head": head, "beyond": orjson.loads(stored) if stored else head, "wanted": state}
    return [_Part(*row) for row in connection.execute(_PARTS, asked)]


def _turned(connection: Transaction, part: _Part, kind: str, stamp: Stamp) -> bool:
    state = log.DONE if kind == "undo" else log.UNDONE
    made = coding.step(connection.execute(_ROW, {"wanted": part.seq}).one()[2])
    later = log.since(connection, part.layer, part.seq, state)
    if kind == "undo":
        made, later = made.inverse(), [step.inverse() for step in later]
    (change,) = made.changes
    whole = bool(later or change.removed or change.added or change.removed_relations or change.added_relations)
    sheet = sheets.load(connection, part.document, stamp.annotator, whole=whole)
    if not history.fits(sheet.annotations, made, change.document, later):
        return False
    sheets.write(connection, sheet, change, stamp)
    return True
