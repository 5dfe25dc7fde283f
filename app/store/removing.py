"""Articles taken out of a project with everything that anybody said of them. What is left stays where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from app.store import fulltext, log, settings
from app.store.engine import Transaction
from app.store.statements import Statement, sa, tables

COMMAND: Final = "delete_articles"
_AT_ONCE: Final = 200


class Removal(NamedTuple):
    """What goes with some articles: how many there are, and how many accepted spans by each annotator."""

    articles: int
    spans: tuple[tuple[str, int], ...] = ()


def _of_document() -> Any:
    return sa.select(tables.layers.c.key).where(tables.layers.c.document == sa.bindparam("of"))


def _in_layers(name: str) -> Statement:
    def write() -> Any:
        table = getattr(tables, name)
        return sa.delete(table).where(table.c.layer.in_(_of_document()))

    return Statement(f"removing.{name}", write)


def _tallied() -> Any:
    """The tallies of the layers of a document, found by the labels of their spans."""
    spans, tallies = tables.spans.c, tables.tallies.c
    used = sa.select(spans.label, spans.layer).where(spans.layer.in_(_of_document()))
    return sa.delete(tables.tallies).where(sa.tuple_(tallies.label, tallies.layer).in_(used))


_TALLIES = Statement("removing.tallies", _tallied)
_SPANS = Statement(
    "removing.count",
    lambda: (
        sa.select(tables.layers.c.annotator, tables.layers.c.spans)
        .where(tables.layers.c.document == sa.bindparam("of"))
        .order_by(tables.layers.c.key)
    ),
)
_ALL = Statement(
    "removing.all",
    lambda: (
        sa.select(tables.layers.c.annotator, sa.func.sum(tables.layers.c.spans))
        .group_by(tables.layers.c.annotator)
        .order_by(tables.layers.c.annotator)
    ),
)
_CONTENTS = (_TALLIES, *(_in_layers(name) for name in ("parts", "relations", "spans")))
_LAYERS = Statement(
    "removing.layers", lambda: sa.delete(tables.layers).where(tables.layers.c.document == sa.bindparam("of"))
)
_REMEMBERED = Statement(
    "removing.remembered",
    lambda: sa.delete(tables.remembered).where(tables.remembered.c.document == sa.bindparam("of")),
)
_DECISIONS = Statement(
    "removing.decisions",
    lambda: sa.delete(tables.decisions).where(tables.decisions.c.document == sa.bindparam("of")),
)
_CARDS = Statement(
    "removing.cards", lambda: sa.delete(tables.cards).where(tables.cards.c.document == sa.bindparam("of"))
)
_DOCUMENTS = Statement(
    "removing.documents", lambda: sa.delete(tables.documents).where(tables.documents.c.key == sa.bindparam("of"))
)


def told(connection: Transaction, keys: Sequence[int]) -> Removal:
    """What would go with the articles that have these keys."""
    found: dict[str, int] = {}
    for key in keys:
        for annotator, spans in connection.execute(_SPANS, {"of": key}):
            found[annotator] = found.get(annotator, 0) + spans
    return Removal(len(keys), _with_spans(found))


def told_of_all(connection: Transaction, articles: int) -> Removal:
    """What would go with the whole project, which holds so many `articles`."""
    return Removal(articles, _with_spans({row[0]: row[1] for row in connection.execute(_ALL)}))


def remove(
    connection: Transaction,
    keys: Sequence[int],
    annotator: str,
    at: str,
    progress: Callable[[int], object] = lambda count: None,
) -> None:
    """Take the articles out; the steps that were made in them can be taken back no longer.

    `progress` hears now and then how many are out; what it raises stops it.
    """
    if not keys:
        return
    for first in range(0, len(keys), _AT_ONCE):
        progress(first)
        asked: list[dict[str, Any]] = [{"of": key} for key in keys[first : first + _AT_ONCE]]
        fulltext.remove(connection, keys[first : first + _AT_ONCE])
        for statement in (*_CONTENTS, _LAYERS, _REMEMBERED, _DECISIONS, _CARDS, _DOCUMENTS):
            connection.execute(statement, asked)
    seq = log.append(connection, at, annotator, COMMAND, COMMAND)
    # The training file is behind by these, though no layer is left to say so.
    before = int(settings.read(connection, "removed") or 0)
    settings.write(connection, "removed", str(before + len(keys)))
    settings.write(connection, "removed_seq", str(seq))


def removed_since(connection: Transaction, seq: int) -> int:
    """How many articles were taken out since step `seq`, or since longer ago; 0 when none was after it."""
    last = int(settings.read(connection, "removed_seq") or 0)
    return int(settings.read(connection, "removed") or 0) if last > seq else 0


def _with_spans(found: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((name, spans) for name, spans in found.items() if spans))
