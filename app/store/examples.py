"""Spans that show how a label is used in the project."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from app.store.engine import Transaction
from app.store.statements import Statement, sa, tables
from app.text.folding import Folded

_READ: Final = 2000


def _of_label() -> Any:
    layers, spans = tables.layers.c, tables.spans.c
    return (
        sa.select(layers.document, spans.start, spans.end, spans.surface)
        .join(tables.layers, layers.key == spans.layer)
        .where(spans.label == sa.bindparam("label"), spans.status == "accepted", spans.fragments == "")
        .limit(_READ)
    )


_OF_LABEL = Statement("examples.of label", _of_label)


class Example(NamedTuple):
    """A span in one piece: the key of its document, and where it lies, in code points."""

    key: int
    start: int
    end: int


def of_label(connection: Transaction, label: str, most: int) -> list[Example]:
    """Spans with this label among the first 2,000 read: one for each wording, what is said most often first."""
    first: dict[str, Example] = {}
    times: dict[str, int] = {}
    for document, start, end, surface in connection.execute(_OF_LABEL, {"label": label}):
        wording = Folded(surface[:200]).text
        first.setdefault(wording, Example(document, start, end))
        times[wording] = times.get(wording, 0) + 1
    return [first[wording] for wording in sorted(first, key=lambda wording: -times[wording])[:most]]
