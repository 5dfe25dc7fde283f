"""The list of articles, as one annotator sees it.

A document is shown through one layer: the annotator's own, else of the imported ones that nobody went on with, the
one that was left last.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from app.store.documents import count
from app.store.engine import Transaction
from app.store.statements import Statement, sa, tables

OPEN_STATUSES: Final = ("new", "in_progress")

END: Final = 2**62
"""A position that no document has reached."""


class DocumentRow(NamedTuple):
    """One line of the list of articles: `key` names it in this project, `spans` counts what is accepted in it.

    `source` and `date` are where the article comes from and when it is of, "" where nobody said.
    """

    key: int
    id: str
    heading: str
    status: str
    flagged: bool
    spans: int
    source: str = ""
    date: str = ""


def _latest(document: Any) -> Any:
    """The key of the imported layer that a document is shown through when the annotator has none of their own."""
    imported = tables.layers.alias("imported")
    return (
        sa.select(imported.c.key)
        .where(imported.c.document == document, imported.c.imported == 1, imported.c.steps == 0)
        .order_by(imported.c.updated_at.desc(), imported.c.key.desc())
        .limit(1)
        .correlate_except(imported)
        .scalar_subquery()
    )


class _Shown:
    """Documents joined to the layer they are shown through for the annotator bound as `annotator`."""

    def __init__(self) -> None:
        own, shown = tables.layers.alias("own"), tables.layers.alias("shown")
        self.documents, self.layer = tables.documents.c, shown.c
        mine = sa.and_(own.c.document == self.documents.key, own.c.annotator == sa.bindparam("annotator"))
        chosen = self.layer.key == sa.func.coalesce(own.c.key, _latest(self.documents.key))
        self.card = tables.cards.c
        card = self.card.document == self.documents.key
        self._joined = tables.documents.outerjoin(own, mine).outerjoin(shown, chosen).join(tables.cards, card)
        self.status: Any = sa.func.coalesce(self.layer.status, sa.literal("new"))
        self.spans: Any = sa.func.coalesce(self.layer.spans, 0)

    def select(self, *columns: Any) -> Any:
        """`columns` of all of them, in the order of the project."""
        return sa.select(*columns).select_from(self._joined).order_by(self.documents.position)

    def between(self, *columns: Any) -> Any:
        """`columns` of those at positions from `first` on, before `beyond`."""
        first, beyond = sa.bindparam("first"), sa.bindparam("beyond")
        return self.select(*columns).where(self.documents.position >= first, self.documents.position < beyond)


def _rows() -> Any:
    shown = _Shown()
    there, layer = shown.documents, shown.layer
    flagged, card = sa.func.coalesce(layer.flagged, 0), shown.card
    return shown.between(there.key, there.id, there.heading, shown.status, flagged, shown.spans, card.source, card.date)


def _open() -> Any:
    shown = _Shown()
    is_open = sa.or_(*(shown.status == status for status in OPEN_STATUSES))
    return shown.between(shown.documents.key).where(is_open).limit(1)


def _sources() -> Any:
    source = tables.cards.c.source
    count = sa.func.count()
    return sa.select(source, count).where(source != "").group_by(source).order_by(count.desc(), source).limit(_SOURCES)


def _annotators() -> Any:
    who, count = tables.layers.c.annotator, sa.func.count()
    return sa.select(who, count).where(who != "").group_by(who).order_by(count.desc(), who).limit(_SOURCES)


def showing(*columns: Any) -> Any:
    """`columns` of the layers that documents are shown through for the annotator bound as `annotator`.

    Without the documents: in a large project most have none.
    """
    other, layers = tables.layers.alias("other").c, tables.layers.c
    is_later = sa.tuple_(other.updated_at, other.key) > sa.tuple_(layers.updated_at, layers.key)
    instead = sa.or_(
        other.annotator == sa.bindparam("annotator"),
        sa.and_(other.imported == 1, other.steps == 0, is_later),
    )
    nobody_before = ~sa.select(other.key).where(other.document == layers.document, instead).exists()
    shown = sa.and_(layers.imported == 1, layers.steps == 0, nobody_before)
    return sa.select(*columns).where(sa.or_(layers.annotator == sa.bindparam("annotator"), shown))


def _counts() -> Any:
    status = tables.layers.c.status
    return showing(status, sa.func.count()).group_by(status)


_SOURCES: Final = 30
_ROWS = Statement("listing.rows", _rows)
_BY_SOURCE = Statement("listing.sources", _sources)
_OPEN = Statement("listing.open", _open)
_COUNTS = Statement("listing.counts", _counts)
_ANNOTATORS = Statement("listing.annotators", _annotators)
_FLAGGED = Statement("listing.flagged", lambda: showing(sa.func.count()).where(tables.layers.c.flagged == 1))


def rows(connection: Transaction, annotator: str, first: int, limit: int) -> list[DocumentRow]:
    """The rows at positions `first` … `first + limit - 1`, in the order of the project."""
    asked = {"annotator": annotator, "first": first, "beyond": first + limit}
    return [_document_row(*row) for row in connection.execute(_ROWS, asked)]


def rows_at(connection: Transaction, annotator: str, positions: Sequence[int]) -> list[DocumentRow]:
    """The rows at these positions, in the order in which they are asked for."""
    return [row for position in positions for row in rows(connection, annotator, position, 1)]


def sources(connection: Transaction) -> list[tuple[str, int]]:
    """The sources that articles come from and how many do, at most 30, those of most articles first."""
    return [(row[0], row[1]) for row in connection.execute(_BY_SOURCE)]


def annotators(connection: Transaction) -> list[tuple[str, int]]:
    """Whose annotations there are and in how many articles, at most 30 names, those with most first."""
    return [(row[0], row[1]) for row in connection.execute(_ANNOTATORS)]


def flagged_count(connection: Transaction, annotator: str) -> int:
    """How many documents are flagged, as this annotator sees them."""
    return int(connection.execute(_FLAGGED, {"annotator": annotator}).scalar_one())


def counts(connection: Transaction, annotator: str) -> dict[str, int]:
    """How many documents stand at each status, as this annotator sees them."""
    found = {row[0]: row[1] for row in connection.execute(_COUNTS, {"annotator": annotator})}
    without = count(connection) - sum(found.values())
    return found | {"new": found.get("new", 0) + without}


def next_open(connection: Transaction, annotator: str, here: int) -> int | None:
    """The key of the next document that is not finished after position `here`, else of the first one before it."""
    for first, beyond in ((here + 1, END), (0, here)):
        asked = {"annotator": annotator, "first": first, "beyond": beyond}
        found = connection.execute(_OPEN, asked).scalar()
        if found is not None:
            return int(found)
    return None


def _document_row(key: int, id: str, heading: str, status: str, flagged: int, spans: int, *of: str) -> DocumentRow:
    return DocumentRow(key, id, heading, status, bool(flagged), spans, *of)
