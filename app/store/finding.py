"""Which articles of a project are wished for: documents found by an index each, and put together here.

Each question to the database answers with one JSON array: a hundred thousand rows would take Python ten times as long.
They speak of documents by their keys, since no other table has to be asked for these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final

import orjson

from app.model.annotation import STATUSES
from app.model.wish import Wish
from app.store import fulltext
from app.store.coding import stored
from app.store.engine import Transaction
from app.store.listing import showing
from app.store.statements import Statement, sa, tables

_ESCAPE: Final = "/"
_LIKE_SIGNS: Final = re.compile(r"[/%_]")
_JOINED: Final = re.compile(r"\w[-/:.@#?&=%+_]+\w")
"""What stands in addresses, dates and ids: these are looked for as they are written, not by their words."""
_LAST: Final = "~"
"""Follows whatever a date may go on with."""
_AS_WORKED: Final = ("in_progress", "new", "complete", "skipped")
_COLUMNS: Final = {"": "position", "date": "dated", "source": "source", "address": "address"}


def _array(column: Any) -> Any:
    return sa.func.json_group_array(column)


def _cards(*asked: Callable[[Any], Any]) -> Any:
    there = tables.cards.c
    return sa.select(_array(there.document)).where(*(ask(there) for ask in asked))


def _ordered(column: str) -> Any:
    """Every document in the order of `column`; those that say nothing there are last, as they come."""
    there = tables.cards.c
    order = {"": [], "date": [there.dated.desc()]}.get(column, [there[column or "position"]])
    said = sa.select(there.document).order_by(*order, there.position)
    return sa.select(_array(said.subquery().c.document))


def _unsaid(column: str) -> Any:
    return sa.select(sa.func.count()).where(tables.cards.c[column] == "")


def _holds(there: Any) -> Any:
    told = there.heading + "\n" + there.source + "\n" + there.date + "\n" + there.address
    return _like(told)


def _like(column: Any) -> Any:
    return column.like(sa.bindparam("pattern"), escape=_ESCAPE)


def _states(condition: Callable[[Any], Any]) -> Any:
    """The document of each layer that is as `condition` says."""
    return showing(_array(tables.layers.c.document)).where(condition(tables.layers.c))


def _any_of(values: str) -> Any:
    """What stands in the JSON array that is bound as `values`."""
    return sa.select(sa.column("value")).select_from(sa.func.json_each(sa.bindparam(values)))


def _at_status() -> Any:
    return _states(lambda layers: layers.status.in_(_any_of("statuses")))


def _with_labels() -> Any:
    there = tables.tallies.c
    holding = sa.select(there.layer).where(there.label.in_(_any_of("labels")), there.accepted > 0)
    return _states(lambda layers: layers.key.in_(holding))


def _with_notes() -> Any:
    layers, spans = tables.layers.c, tables.spans.c
    of_spans = sa.select(spans.layer).where(spans.note != sa.literal_column("''"))
    of_layers = sa.select(layers.key).where(layers.note != sa.literal_column("''"))
    return _states(lambda there: there.key.in_(of_spans.union(of_layers)))


def _with_problems() -> Any:
    def faulty(layers: Any) -> Any:
        return sa.and_(
            layers.problems > sa.literal_column("0"),
            layers.judged == layers.changed,
            layers.judged_by == sa.bindparam("schema"),
        )

    return _states(faulty)


def _by_annotator(annotators: Callable[[Any], Any]) -> Any:
    layers = tables.layers.c
    return sa.select(_array(layers.document)).where(annotators(layers.annotator))


def _by_status() -> Any:
    status = tables.layers.c.status
    return showing(status, _array(tables.layers.c.document)).group_by(status)


def _by_spans() -> Any:
    layers = tables.layers.c
    said = showing(layers.document, layers.spans).where(layers.spans > 0).subquery()
    return sa.select(_array(said.c.document), _array(said.c.spans))


def _places() -> Any:
    """Where each document stands, in the order of the project."""
    there = tables.cards.c
    said = sa.select(there.document, there.position).order_by(there.position).subquery()
    return sa.select(_array(said.c.document), _array(said.c.position))


def _moved() -> Any:
    there = tables.cards.c
    return sa.select(there.document).where(there.document != there.position + sa.literal_column("1")).limit(1)


_ORDERED = {sort: Statement(f"finding.by {name}", partial(_ordered, sort)) for sort, name in _COLUMNS.items()}
_UNSAID = {name: Statement(f"finding.without {name}", partial(_unsaid, name)) for name in ("source", "address")}
_WRITTEN = Statement("finding.written", lambda: _cards(_holds))
_NAMED = Statement(
    "finding.named",
    lambda: sa.select(_array(tables.documents.c.key)).where(tables.documents.c.id == sa.bindparam("text")),
)
_PLACES = Statement("finding.places", _places)
_MOVED = Statement("finding.moved", _moved)
_BY_STATUS = Statement("finding.by status", _by_status)
_WITH_SPANS = Statement("finding.with spans", _by_spans)
_ADDRESS = Statement("finding.address", lambda: _cards(lambda there: _like(there.address)))
_SOURCE = Statement("finding.source", lambda: _cards(lambda there: there.source == sa.bindparam("source")))
_DATES = Statement(
    "finding.dates",
    lambda: _cards(lambda there: there.dated >= sa.bindparam("since"), lambda there: there.dated < sa.bindparam("end")),
)
_AT_STATUS = Statement("finding.at status", _at_status)
_WITH_FLAG = Statement("finding.with flag", lambda: _states(lambda layers: layers.flagged == 1))
_WITH_LABELS = Statement("finding.with labels", _with_labels)
_WITH_NOTES = Statement("finding.with notes", _with_notes)
_WITH_PROBLEMS = Statement("finding.with problems", _with_problems)
_ANNOTATED_BY = Statement("finding.annotated by", lambda: _by_annotator(lambda who: who == sa.bindparam("who")))
_ANNOTATED = Statement("finding.annotated", lambda: _by_annotator(lambda who: who > ""))


def find(connection: Transaction, annotator: str, wish: Wish, schema: int) -> list[int]:
    """Positions of the documents that are wished for, in the order wished for.

    Of problems only those are known that were found by the schema with the number `schema`; see `app.store.judged`.
    """
    asked: dict[str, object] = {"annotator": annotator, "schema": schema}

    def those(statement: Statement, **more: object) -> list[int]:
        found: list[int] = orjson.loads(connection.execute(statement, asked | more).scalar_one())
        return found

    kept = _kept(connection, wish, those)
    but = _without(wish, those)
    if kept is not None and not wish.sort:
        places = _positions(connection)
        left = kept if not but else [key for key in kept if key not in but]
        return sorted(key - 1 for key in left) if places is None else sorted(places[key] for key in left)
    order = _in_order(connection, asked, wish.sort, those)
    if kept is not None:
        among = set(kept)
        order = [key for key in order if key in among]
    if but:
        order = [key for key in order if key not in but]
    places = _positions(connection)
    return [key - 1 for key in order] if places is None else [places[key] for key in order]


def _positions(connection: Transaction) -> Mapping[int, int] | None:
    """Where each document stands; None where its key says so, as long as none was moved."""
    if connection.execute(_MOVED).first() is None:
        return None
    keys, positions = connection.execute(_PLACES).one()
    return dict(zip(orjson.loads(keys), orjson.loads(positions), strict=True))


def _kept(connection: Transaction, wish: Wish, those: Callable[..., list[int]]) -> Iterable[int] | None:
    """The documents that every part of the wish lets through; None when nothing is asked for."""
    found = sorted(_conditions(connection, wish, those), key=len)
    if len(found) < 2:
        return found[0] if found else None
    return set(found[0]).intersection(*found[1:])


def _without(wish: Wish, those: Callable[..., list[int]]) -> set[int]:
    """Documents that are not wished for: most are new and annotated by nobody, and have no layer that says so."""
    but = set(those(_ANNOTATED)) if wish.annotator == "" else set()
    if "new" in wish.statuses:
        but.update(those(_AT_STATUS, statuses=stored(sorted(set(STATUSES).difference(wish.statuses)))))
    return but


def _conditions(connection: Transaction, wish: Wish, those: Callable[..., list[int]]) -> Iterator[list[int]]:
    """The documents that each part of the wish lets through."""
    if wish.source:
        yield those(_SOURCE, source=wish.source)
    if wish.since or wish.until:
        yield those(_DATES, since=wish.since or "0", end=(wish.until or _LAST) + _LAST)
    if wish.statuses and "new" not in wish.statuses:
        yield those(_AT_STATUS, statuses=stored(sorted(wish.statuses)))
    if wish.labels:
        yield those(_WITH_LABELS, labels=stored(wish.labels))
    if wish.annotator:
        yield those(_ANNOTATED_BY, who=wish.annotator)
    if wish.problems:
        yield those(_WITH_PROBLEMS)
    if wish.notes:
        yield those(_WITH_NOTES)
    if wish.flagged:
        yield those(_WITH_FLAG)
    if wish.address:
        yield those(_ADDRESS, pattern=_pattern(wish.address))
    if wish.text:
        yield _with_text(connection, wish.text, those)


def _with_text(connection: Transaction, text: str, those: Callable[..., list[int]]) -> list[int]:
    as_written = _JOINED.search(text) is not None or not fulltext.can_tell(text)
    found = fulltext.with_words(connection, text, in_told=not as_written)
    others = those(_NAMED, text=text)
    if as_written:
        others += those(_WRITTEN, pattern=_pattern(text))
    return list({*found, *others}) if others else found


def _in_order(
    connection: Transaction, asked: dict[str, object], sort: str, those: Callable[..., list[int]]
) -> list[int]:
    """Every document, in the order wished for."""
    keys = those(_ORDERED[sort if sort in _COLUMNS else ""])
    if sort in _UNSAID:
        unsaid = int(connection.execute(_UNSAID[sort], {}).scalar_one())
        return keys[unsaid:] + keys[:unsaid]
    if sort == "spans":
        documents, spans = map(orjson.loads, connection.execute(_WITH_SPANS, asked).one())
        count = dict(zip(documents, spans, strict=True))
        return sorted(keys, key=lambda key: count.get(key, 0), reverse=True)
    if sort == "status":
        begun = {status: set(orjson.loads(found)) for status, found in connection.execute(_BY_STATUS, asked)}
        begun["new"] = set(keys).difference(*(some for status, some in begun.items() if status != "new"))
        return [key for status in _AS_WORKED if (some := begun.get(status)) for key in keys if key in some]
    return keys


def _pattern(text: str) -> str:
    return f"%{_LIKE_SIGNS.sub(lambda found: _ESCAPE + found[0], text)}%"
