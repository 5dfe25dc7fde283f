"""Spans that show how a label is used in the project."""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, select

from app.store.tables import layers, spans
from app.text.folding import Folded

_READ: Final = 2000
_OF_LABEL = (
    select(layers.c.document, spans.c.start, spans.c.end, spans.c.surface)
    .join(layers, layers.c.key == spans.c.layer)
    .where(spans.c.label == bindparam("label"), spans.c.status == "accepted", spans.c.fragments == "")
    .limit(_READ)
)


class Example(NamedTuple):
    """A span in one piece: the key of its document, and where it lies, in code points."""

    key: int
    start: int
    end: int


def of_label(connection: Connection, label: str, most: int) -> list[Example]:
    """Spans with this label among the first 2,000 read: one for each wording, what is said most often first."""
    first: dict[str, Example] = {}
    times: dict[str, int] = {}
    for document, start, end, surface in connection.execute(_OF_LABEL, {"label": label}):
        wording = Folded(surface[:200]).text
        first.setdefault(wording, Example(document, start, end))
        times[wording] = times.get(wording, 0) + 1
    return [first[wording] for wording in sorted(first, key=lambda wording: -times[wording])[:most]]
