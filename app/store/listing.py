"""The list of articles, as one annotator sees it.

A document is shown through one layer: the annotator's own, else of the imported ones that nobody went on with, the
one that was left last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from app.store.documents import count
from app.store.engine import Transaction
from app.store.statements import Statement, sa, tables

OPEN_STATUSES: Final = ("new", "in_progress")

END: Final = 2**62
"""A position that no document has reached."""


class DocumentRow(NamedTuple):
    """One line of the list of articles: `key` names it in this project, `spans` counts what is accepted in it."""

    key: int
    id: str
    heading: str
    status: str
    flagged: bool
    spans: int


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
        self._joined = tables.documents.outerjoin(own, mine).outerjoin(shown, chosen)
        self.status: Any = sa.func.coalesce(self.layer.status, sa.literal("new"))

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
    flagged, spans = sa.func.coalesce(layer.flagged, 0), sa.func.coalesce(layer.spans, 0)
    return shown.between(there.key, there.id, there.heading, shown.status, flagged, spans)


def _open() -> Any:
    shown = _Shown()
    is_open = sa.or_(*(shown.status == status for status in OPEN_STATUSES))
    return shown.between(shown.documents.key).where(is_open).limit(1)


def _found() -> Any:
    """What is not wished for is bound as "", or as 0."""
    shown, text, statuses = _Shown(), sa.bindparam("text"), sa.bindparam("statuses")
    holds = shown.documents.heading.like(sa.bindparam("pattern"), escape=_ESCAPE)
    return shown.select(shown.documents.position).where(
        sa.or_(text == "", holds, shown.documents.id == text),
        sa.or_(statuses == "", statuses.like(sa.literal("% ") + shown.status + " %")),
        sa.or_(sa.bindparam("flagged") == 0, shown.layer.flagged == 1),
    )


def _showing(*columns: Any) -> Any:
    """The same layers without their documents: in a large project most documents have none."""
    own, layers = tables.layers.alias("own"), tables.layers.c
    mine = sa.select(own.c.key).where(own.c.document == layers.document, own.c.annotator == sa.bindparam("annotator"))
    instead = sa.and_(layers.imported == 1, ~mine.exists(), layers.key == _latest(layers.document))
    return sa.select(*columns).where(sa.or_(layers.annotator == sa.bindparam("annotator"), instead))


def _counts() -> Any:
    status = tables.layers.c.status
    return _showing(status, sa.func.count()).group_by(status)


_ESCAPE: Final = "/"
_LIKE_SIGNS: Final = re.compile(r"[/%_]")
_ROWS = Statement("listing.rows", _rows)
_FOUND = Statement("listing.found", _found)
_OPEN = Statement("listing.open", _open)
_COUNTS = Statement("listing.counts", _counts)
_FLAGGED = Statement("listing.flagged", lambda: _showing(sa.func.count()).where(tables.layers.c.flagged == 1))


def rows(connection: Transaction, annotator: str, first: int, limit: int) -> list[DocumentRow]:
    """The rows at positions `first` … `first + limit - 1`, in the order of the project."""
    asked = {"annotator": annotator, "first": first, "beyond": first + limit}
    return [_document_row(*row) for row in connection.execute(_ROWS, asked)]


def rows_at(connection: Transaction, annotator: str, positions: Sequence[int]) -> list[DocumentRow]:
    """The rows at these positions, in the order of the project."""
    return [row for position in sorted(set(positions)) for row in rows(connection, annotator, position, 1)]


def find(
    connection: Transaction, annotator: str, text: str, statuses: Sequence[str] = (), flagged: bool = False
) -> list[int]:
    """Positions of the documents whose heading holds `text` (or whose id it is), at one of `statuses` (none: any).

    With `flagged`, only of those that are flagged.
    """
    asked = {
        "annotator": annotator,
        "text": text,
        "pattern": f"%{_LIKE_SIGNS.sub(_escaped, text)}%",
        "statuses": f" {' '.join(statuses)} " if statuses else "",
        "flagged": int(flagged),
    }
    return list(connection.execute(_FOUND, asked).scalars())


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


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPE + found[0]


def _document_row(key: int, id: str, heading: str, status: str, flagged: int, spans: int) -> DocumentRow:
    return DocumentRow(key, id, heading, status, bool(flagged), spans)
