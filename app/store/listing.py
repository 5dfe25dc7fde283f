"""The list of articles, as one annotator sees it.

A document is shown through one layer: the annotator's own, else of the imported ones that nobody went on with, the
one that was left last.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
)

from app.store.documents import count
from app.store.tables import documents, layers

OPEN_STATUSES: Final = ("new", "in_progress")

_END: Final = 2**62


class DocumentRow(NamedTuple):
    """One line of the list of articles: `key` names it in this project, `spans` counts what is accepted in it."""

    key: int
    id: str
    heading: str
    status: str
    flagged: bool
    spans: int


def _latest(document: ColumnElement[int]) -> Any:
    """The key of the imported layer that a document is shown through when the annotator has none of their own."""
    imported = layers.alias("imported")
    return (
        select(imported.c.key)
        .where(imported.c.document == document, imported.c.imported == 1, imported.c.steps == 0)
        .order_by(imported.c.updated_at.desc(), imported.c.key.desc())
        .limit(1)
        .correlate_except(imported)
        .scalar_subquery()
    )


def _shown() -> tuple[FromClause, Any]:
    """Documents joined to the layer they are shown through for the annotator bound as `annotator`, and that layer."""
    own, layer = layers.alias("own"), layers.alias("shown")
    mine = and_(own.c.document == documents.c.key, own.c.annotator == bindparam("annotator"))
    chosen = layer.c.key == func.coalesce(own.c.key, _latest(documents.c.key))
    return documents.outerjoin(own, mine).outerjoin(layer, chosen), layer.c


def _showing(*columns: Any) -> Select[Any]:
    """The same layers without their documents: in a large project most documents have none."""
    own = layers.alias("own")
    mine = select(own.c.key).where(own.c.document == layers.c.document, own.c.annotator == bindparam("annotator"))
    instead = and_(layers.c.imported == 1, ~mine.exists(), layers.c.key == _latest(layers.c.document))
    return select(*columns).where(or_(layers.c.annotator == bindparam("annotator"), instead))


_JOINED, _LAYER = _shown()
_STATUS: ColumnElement[str] = func.coalesce(_LAYER.status, literal("new"))
_COLUMNS: Final = (
    documents.c.key,
    documents.c.id,
    documents.c.heading,
    _STATUS.label("status"),
    func.coalesce(_LAYER.flagged, 0).label("flagged"),
    func.coalesce(_LAYER.spans, 0).label("spans"),
)
_ROWS = select(*_COLUMNS).select_from(_JOINED).order_by(documents.c.position)
_ROWS_FROM = _ROWS.where(documents.c.position >= bindparam("first"), documents.c.position < bindparam("beyond"))
_ROWS_AT = _ROWS.where(documents.c.position.in_(bindparam("wanted", expanding=True)))
_FOUND = select(documents.c.position).select_from(_JOINED).order_by(documents.c.position)
_OPEN = (
    select(documents.c.key)
    .select_from(_JOINED)
    .where(documents.c.position >= bindparam("first"), documents.c.position < bindparam("beyond"))
    .where(_STATUS.in_(OPEN_STATUSES))
    .order_by(documents.c.position)
    .limit(1)
)
_COUNTS = _showing(layers.c.status, func.count()).group_by(layers.c.status)
_FLAGGED = _showing(func.count()).where(layers.c.flagged == 1)


def rows(connection: Connection, annotator: str, first: int, limit: int) -> list[DocumentRow]:
    """The rows at positions `first` … `first + limit - 1`, in the order of the project."""
    asked = {"annotator": annotator, "first": first, "beyond": first + limit}
    return [_document_row(*row) for row in connection.execute(_ROWS_FROM, asked)]


def rows_at(connection: Connection, annotator: str, positions: Sequence[int]) -> list[DocumentRow]:
    """The rows at these positions, in the order of the project."""
    asked = {"annotator": annotator, "wanted": list(positions)}
    return [_document_row(*row) for row in connection.execute(_ROWS_AT, asked)]


def find(
    connection: Connection, annotator: str, text: str, statuses: Sequence[str] = (), flagged: bool = False
) -> list[int]:
    """Positions of the documents whose heading holds `text` (or whose id it is), at one of `statuses` (none: any).

    With `flagged`, only of those that are flagged.
    """
    found = _FOUND
    if text:
        found = found.where(or_(documents.c.heading.contains(text, autoescape=True), documents.c.id == text))
    if statuses:
        found = found.where(_STATUS.in_(statuses))
    if flagged:
        found = found.where(_LAYER.flagged == 1)
    return list(connection.execute(found, {"annotator": annotator}).scalars())


def flagged_count(connection: Connection, annotator: str) -> int:
    """How many documents are flagged, as this annotator sees them."""
    return int(connection.execute(_FLAGGED, {"annotator": annotator}).scalar_one())


def counts(connection: Connection, annotator: str) -> dict[str, int]:
    """How many documents stand at each status, as this annotator sees them."""
    found = {row[0]: row[1] for row in connection.execute(_COUNTS, {"annotator": annotator})}
    without = count(connection) - sum(found.values())
    return found | {"new": found.get("new", 0) + without}


def next_open(connection: Connection, annotator: str, here: int) -> int | None:
    """The key of the next document that is not finished after position `here`, else of the first one before it."""
    for first, beyond in ((here + 1, _END), (0, here)):
        asked = {"annotator": annotator, "first": first, "beyond": beyond}
        found = connection.execute(_OPEN, asked).scalar()
        if found is not None:
            return int(found)
    return None


def _document_row(key: int, id: str, heading: str, status: str, flagged: int, spans: int) -> DocumentRow:
    return DocumentRow(key, id, heading, status, bool(flagged), spans)
