"""The list of articles, as one annotator sees it.

A document is shown through one layer: the annotator's own, else of the imported ones that nobody went on with, the
one that was left last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from typing import Any, Final, NamedTuple

import orjson

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


class Wish(NamedTuple):
    """Which articles are wished for, and in which order.

    Those whose heading, source, date or address holds `text` (or whose id it is), at one of `statuses` (none: any),
    flagged or not, of `source` ("": any). `sort` is one of `SORTS`.
    """

    text: str = ""
    statuses: tuple[str, ...] = ()
    flagged: bool = False
    source: str = ""
    sort: str = ""


SORTS: Final = ("", "date", "source", "status", "spans")
"""As they come; the newest first; by source; those to do first; those with most spans first. What lacks it is last."""


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


def _array(positions: Any) -> Any:
    """All `positions` as one JSON array: a hundred thousand rows would take Python ten times as long."""
    return sa.func.json_group_array(positions.c.position)


def _found(column: str, kind: str) -> Any:
    """Positions in the order of `column`; each kind of question goes by the index it can use."""
    there, source = tables.cards.c, sa.bindparam("source")
    asked = {
        "": [],
        "source": [there.source == source],
        "text": [sa.or_(source == "", there.source == source), _holds()],
    }
    order = {"": [], "date": [there.dated.desc()], "source": [there.source]}[column]
    found = sa.select(there.position).where(*asked[kind]).order_by(*order, there.position).subquery()
    return sa.select(_array(found))


def _unnamed() -> Any:
    asked = sa.or_(sa.bindparam("text") == "", _holds())
    return sa.select(sa.func.count()).where(tables.cards.c.source == "", asked)


def _holds() -> Any:
    there = tables.cards.c
    told = there.heading + "\n" + there.source + "\n" + there.date + "\n" + there.address
    return sa.or_(told.like(sa.bindparam("pattern"), escape=_ESCAPE), there.id == sa.bindparam("text"))


def _states(condition: Callable[[Any], Any], *order: Callable[[Any], Any]) -> Any:
    """Status and position of each document whose layer is as `condition` says."""
    layers, there = tables.layers.c, tables.cards.c
    said = _showing(there.position, layers.status).where(there.document == layers.document, condition(layers))
    return said.order_by(*(by(layers) for by in order), there.position).subquery()


def _by_status() -> Any:
    states = _states(lambda layers: layers.status != "new")
    return sa.select(states.c.status, _array(states)).group_by(states.c.status)


def _with_spans() -> Any:
    return sa.select(_array(_states(lambda layers: layers.spans > 0, lambda layers: layers.spans.desc())))


def _with_flag() -> Any:
    return sa.select(_array(_states(lambda layers: layers.flagged == 1)))


def _sources() -> Any:
    source = tables.cards.c.source
    count = sa.func.count()
    return sa.select(source, count).where(source != "").group_by(source).order_by(count.desc(), source).limit(_SOURCES)


def _showing(*columns: Any) -> Any:
    """The same layers without their documents: in a large project most documents have none."""
    own, layers = tables.layers.alias("own"), tables.layers.c
    mine = sa.select(own.c.key).where(own.c.document == layers.document, own.c.annotator == sa.bindparam("annotator"))
    instead = sa.and_(layers.imported == 1, ~mine.exists(), layers.key == _latest(layers.document))
    return sa.select(*columns).where(sa.or_(layers.annotator == sa.bindparam("annotator"), instead))


def _counts() -> Any:
    status = tables.layers.c.status
    return _showing(status, sa.func.count()).group_by(status)


_COLUMNS: Final = ("", "date", "source")
_AS_WORKED: Final = ("in_progress", "new", "complete", "skipped")
_SOURCES: Final = 30
_ESCAPE: Final = "/"
_LIKE_SIGNS: Final = re.compile(r"[/%_]")
_ROWS = Statement("listing.rows", _rows)
_FOUND = {
    (column, kind): Statement(f"listing.found {kind or 'all'} by {column or 'position'}", partial(_found, column, kind))
    for column in _COLUMNS
    for kind in ("", "source", "text")
}
_UNNAMED = Statement("listing.unnamed", _unnamed)
_BY_STATUS = Statement("listing.by status", _by_status)
_WITH_SPANS = Statement("listing.with spans", _with_spans)
_WITH_FLAG = Statement("listing.with flag", _with_flag)
_BY_SOURCE = Statement("listing.sources", _sources)
_OPEN = Statement("listing.open", _open)
_COUNTS = Statement("listing.counts", _counts)
_FLAGGED = Statement("listing.flagged", lambda: _showing(sa.func.count()).where(tables.layers.c.flagged == 1))


def rows(connection: Transaction, annotator: str, first: int, limit: int) -> list[DocumentRow]:
    """The rows at positions `first` … `first + limit - 1`, in the order of the project."""
    asked = {"annotator": annotator, "first": first, "beyond": first + limit}
    return [_document_row(*row) for row in connection.execute(_ROWS, asked)]


def rows_at(connection: Transaction, annotator: str, positions: Sequence[int]) -> list[DocumentRow]:
    """The rows at these positions, in the order in which they are asked for."""
    return [row for position in positions for row in rows(connection, annotator, position, 1)]


def find(connection: Transaction, annotator: str, wish: Wish) -> list[int]:
    """Positions of the documents that are wished for, in the order wished for."""
    column = wish.sort if wish.sort in _COLUMNS else ""
    kind = "text" if wish.text else "source" if wish.source else ""
    pattern = f"%{_LIKE_SIGNS.sub(_escaped, wish.text)}%"
    asked = {"text": wish.text, "pattern": pattern, "source": wish.source}
    positions: list[int] = orjson.loads(connection.execute(_FOUND[column, kind], asked).scalar_one())
    if column == "source" and not wish.source:
        unnamed = connection.execute(_UNNAMED, asked).scalar_one()
        positions = positions[unnamed:] + positions[:unnamed]
    return _by_state(connection, annotator, positions, wish)


def _by_state(connection: Transaction, annotator: str, positions: list[int], wish: Wish) -> list[int]:
    """Those of `positions` that are as wished by what their layers say, and in that order if it is wished for."""

    def asked(statement: Statement) -> list[int]:
        found: list[int] = orjson.loads(connection.execute(statement, {"annotator": annotator}).scalar_one())
        return found

    if wish.statuses or wish.sort == "status":
        found = connection.execute(_BY_STATUS, {"annotator": annotator})
        at = {status: orjson.loads(there) for status, there in found}
        begun = set(chain.from_iterable(at.values()))
        at["new"] = [position for position in positions if position not in begun]
        statuses = wish.statuses or _AS_WORKED
        if wish.sort == "status":
            ordered = chain.from_iterable(at.get(status, ()) for status in _AS_WORKED if status in statuses)
            positions = _those(ordered, positions)
        else:
            positions = _those(positions, chain.from_iterable(at.get(status, ()) for status in statuses))
    if wish.flagged:
        positions = _those(positions, asked(_WITH_FLAG))
    if wish.sort == "spans":
        spanned = asked(_WITH_SPANS)
        some = set(spanned)
        positions = [*_those(spanned, positions), *(position for position in positions if position not in some)]
    return positions


def _those(positions: Iterable[int], among: Iterable[int]) -> list[int]:
    known = set(among)
    return [position for position in positions if position in known]


def sources(connection: Transaction) -> list[tuple[str, int]]:
    """The sources that articles come from and how many do, at most 30, those of most articles first."""
    return [(row[0], row[1]) for row in connection.execute(_BY_SOURCE)]


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


def _document_row(key: int, id: str, heading: str, status: str, flagged: int, spans: int, *of: str) -> DocumentRow:
    return DocumentRow(key, id, heading, status, bool(flagged), spans, *of)
