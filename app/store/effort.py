"""What work went into each article: from the log, which has the time of every step and of nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from app.store.engine import Transaction
from app.store.statements import Statement, sa, tables


class Worked(NamedTuple):
    """An annotator's layer of a document: its id, by whom, its accepted spans, whether it is finished."""

    layer: int
    document: str
    annotator: str
    spans: int
    is_finished: bool


class Made(NamedTuple):
    """That an annotator made a step in a layer, took one back or made it again; `at` is a moment in UTC."""

    layer: int
    annotator: str
    at: str


def _layers() -> Any:
    layers, documents = tables.layers.c, tables.documents.c
    wanted = (layers.key, documents.id, layers.annotator, layers.spans, layers.status)
    joined = tables.layers.join(tables.documents, documents.key == layers.document)
    return sa.select(*wanted).select_from(joined).where(layers.steps > 0).order_by(layers.key)


def _steps() -> Any:
    parts, log = tables.parts.c, tables.log.c
    joined = tables.parts.join(tables.log, log.seq == parts.seq)
    return sa.select(parts.layer, log.annotator, log.at).select_from(joined).order_by(log.seq, parts.layer)


_LAYERS = Statement("effort.layers", _layers)
_STEPS = Statement("effort.steps", _steps)


def layers(connection: Transaction) -> list[Worked]:
    """Every layer that somebody worked on, by key."""
    return [
        Worked(layer, document, annotator, spans, status == "complete")
        for layer, document, annotator, spans, status in connection.execute(_LAYERS)
    ]


def steps(connection: Transaction) -> Iterator[Made]:
    """Every step in each layer that it touched, in the order in which they were made."""
    return (Made(*row) for row in connection.execute(_STEPS))
