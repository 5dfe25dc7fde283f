"""Which articles are wished for: positions in the project, found by an index each and put together here.

Each question to the database answers with one JSON array: a hundred thousand rows would take Python ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
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
_LAST: Final = "~"
"""Follows whatever a date may go on with."""
_AS_WORKED: Final = ("in_progress", "new", "complete", "skipped")
_COLUMNS: Final = {"": "position", "date": "dated", "source": "source", "address": "address"}


def _array(positions: Any) -> Any:
    return sa.func.json_group_array(positions.c.position)


def _cards(*asked: Callable[[Any], Any]) -> Any:
    there = tables.cards.c
    return sa.select(_array(sa.select(there.position).where(*(ask(there) for ask in asked)).subquery()))


def _ordered(column: str) -> Any:
    """Every position in the order of `column`; those that say nothing there are last, as they come."""
    there = tables.cards.c
    order = {"": [], "date": [there.dated.desc()]}.get(column, [there[column or "position"]])
    said = sa.select(there.position).order_by(*order, there.position)
    return sa.select(_array(said.subquery()))


def _unsaid(column: str) -> Any:
    return sa.select(sa.func.count()).where(tables.cards.c[column] == "")


def _holds(there: Any) -> Any:
    told = there.heading + "\n" + there.source + "\n" + there.date + "\n" + there.address
    return sa.or_(_like(told), there.id == sa.bindparam("text"))


def _like(column: Any) -> Any:
    return column.like(sa.bindparam("pattern"), escape=_ESCAPE)


def _states(condition: Callable[[Any], Any], *order: Callable[[Any], Any]) -> Any:
    """The position of each document whose layer is as `condition` says; in some order only where one is given."""
    layers, there = tables.layers.c, tables.cards.c
    said = showing(there.position).where(there.document == layers.document, condition(layers))
    return said.order_by(*(by(layers) for by in order), *([there.position] if order else [])).subquery()


def _any_of(values: str) -> Any:
    """What stands in the JSON array that is bound as `values`."""
    return sa.select(sa.column("value")).select_from(sa.func.json_each(sa.bindparam(values)))


def _at_status() -> Any:
    return sa.select(_array(_states(lambda layers: layers.status.in_(_any_of("statuses")))))


def _with_labels() -> Any:
    there = tables.tallies.c
    holding = sa.select(there.layer).where(there.label.in_(_any_of("labels")), there.accepted > 0)
    return sa.select(_array(_states(lambda layers: layers.key.in_(holding))))


def _with_notes() -> Any:
    layers, spans = tables.layers.c, tables.spans.c
    of_spans = sa.select(spans.layer).where(spans.note != sa.literal_column("''"))
    of_layers = sa.select(layers.key).where(layers.note != sa.literal_column("''"))
    return sa.select(_array(_states(lambda there: there.key.in_(of_spans.union(of_layers)))))


def _with_problems() -> Any:
    def faulty(layers: Any) -> Any:
        return sa.and_(
            layers.problems > sa.literal_column("0"),
            layers.judged == layers.changed,
            layers.judged_by == sa.bindparam("schema"),
        )

    return sa.select(_array(_states(faulty)))


def _by_annotator(annotators: Callable[[Any], Any]) -> Any:
    layers, there = tables.layers.c, tables.cards.c
    theirs = sa.select(layers.document).where(annotators(layers.annotator)).distinct()
    return sa.select(_array(sa.select(there.position).where(there.document.in_(theirs)).subquery()))


_ORDERED = {sort: Statement(f"finding.by {name}", partial(_ordered, sort)) for sort, name in _COLUMNS.items()}
_UNSAID = {name: Statement(f"finding.without {name}", partial(_unsaid, name)) for name in ("source", "address")}
_TEXT = Statement("finding.text", lambda: _cards(_holds))
_ADDRESS = Statement("finding.address", lambda: _cards(lambda there: _like(there.address)))
_SOURCE = Statement("finding.source", lambda: _cards(lambda there: there.source == sa.bindparam("source")))
_DATES = Statement(
    "finding.dates",
    lambda: _cards(lambda there: there.dated >= sa.bindparam("since"), lambda there: there.dated < sa.bindparam("end")),
)
_AT_STATUS = Statement("finding.at status", _at_status)
_WITH_SPANS = Statement(
    "finding.with spans",
    lambda: sa.select(_array(_states(lambda layers: layers.spans > 0, lambda layers: layers.spans.desc()))),
)
_WITH_FLAG = Statement("finding.with flag", lambda: sa.select(_array(_states(lambda layers: layers.flagged == 1))))
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

    def standing(statuses: Iterable[str]) -> set[int]:
        return set(those(_AT_STATUS, statuses=stored(sorted(statuses))))

    wanted: set[int] | None = None
    for few in _conditions(connection, wish, those):
        wanted = set(few) if wanted is None else wanted.intersection(few)
    but: set[int] = set(those(_ANNOTATED)) if wish.annotator == "" else set()
    if "new" in wish.statuses:  # most of them have no layer that says so
        but |= standing(set(STATUSES).difference(wish.statuses))
    elif wish.statuses:
        there = standing(wish.statuses)
        wanted = there if wanted is None else wanted & there
    if wanted is not None and not wish.sort:
        return sorted(wanted - but)
    return [
        position
        for position in _in_order(connection, wish.sort, those, standing)
        if (wanted is None or position in wanted) and position not in but
    ]


def _conditions(connection: Transaction, wish: Wish, those: Callable[..., list[int]]) -> Iterable[Iterable[int]]:
    """The positions that each part of the wish lets through."""
    if wish.source:
        yield those(_SOURCE, source=wish.source)
    if wish.since or wish.until:
        yield those(_DATES, since=wish.since or "0", end=(wish.until or _LAST) + _LAST)
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
        yield chain(
            those(_TEXT, text=wish.text, pattern=_pattern(wish.text)), fulltext.positions(connection, wish.text)
        )


def _in_order(
    connection: Transaction,
    sort: str,
    those: Callable[..., list[int]],
    standing: Callable[[Iterable[str]], set[int]],
) -> list[int]:
    """Every position, in the order wished for."""
    positions = those(_ORDERED[sort if sort in _COLUMNS else ""])
    if sort in _UNSAID:
        unsaid = int(connection.execute(_UNSAID[sort], {}).scalar_one())
        return positions[unsaid:] + positions[:unsaid]
    if sort == "spans":
        spanned = those(_WITH_SPANS)
        some = set(spanned)
        return spanned + [position for position in positions if position not in some]
    if sort == "status":
        begun = {status: standing([status]) for status in _AS_WORKED if status != "new"}
        begun["new"] = set(positions).difference(*begun.values())
        return list(chain.from_iterable(sorted(begun[status]) for status in _AS_WORKED))
    return positions


def _pattern(text: str) -> str:
    return f"%{_LIKE_SIGNS.sub(lambda found: _ESCAPE + found[0], text)}%"
