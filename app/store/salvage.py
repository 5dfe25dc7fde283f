"""What can be read of a damaged project, put into a new one: each span checked against its text.

What does not fit is left out and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.model.annotation import Annotations, Fragment, Relation, Span, State, surface
from app.model.checks import lies_within
from app.model.decision import OUTCOMES, Decision
from app.model.document import Document
from app.model.schema import Schema
from app.store import annotations as sheets
from app.store import coding, decisions, documents, schemas, settings, sums
from app.store.annotations import Stamp, accepted
from app.store.engine import Transaction
from app.store.found import Columns, Found

Placed = dict[int, tuple[int, Document]]
"""The articles that were added, with their new keys, by their keys in the damaged project."""

_KEPT_SETTINGS: Final = ("annotator", "source", "backups")
_STATE: Final = len(("key", "document", "annotator", "imported"))


@dataclass
class Salvaged:
    """How much was brought back, and what was lost: ids of articles whose text is not what was imported, or unread."""

    articles: int = 0
    spans: int = 0
    relations: int = 0
    answers: int = 0
    steps: int = 0
    decisions: int = 0
    models: list[str] = field(default_factory=list)
    articles_lost: list[str] = field(default_factory=list)
    spans_lost: dict[str, int] = field(default_factory=dict)
    relations_lost: dict[str, int] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    """Ids of articles of which something else is said than was kept, and nothing is missing."""
    layers_without_article: int = 0


def put_head(connection: Transaction, found: Found, otherwise: Schema, at: str) -> None:
    """What is known of the project as a whole; `otherwise` is its schema where none can be read."""
    for came, schema in found.schemas() or [(at, otherwise)]:
        schemas.add(connection, schema, came)
    for name, value in found.tables["project"].values():
        if name in _KEPT_SETTINGS:
            settings.write(connection, name, value)


def put_models(connection: Transaction, found: Found, salvaged: Salvaged) -> None:
    """Add the models that are as they were kept, but for those whose name is there."""
    for name, model in found.models().items():
        if decisions.model(connection, name) is None:
            decisions.keep_model(connection, model)
            salvaged.models.append(name)


def put(
    connection: Transaction,
    found: Found,
    at: str,
    salvaged: Salvaged,
    heard: Callable[[], object],
    *,
    with_steps: bool,
) -> list[str]:
    """Add what is in `found` and not in the project yet: articles with all their layers; the ids of those added.

    `heard` is called for each article and each layer; what it raises stops it.
    """
    keys: Placed = {}
    salvaged.articles_lost += found.lost().values()
    for old, document in found.documents():
        heard()
        if documents.known(connection, document.id) is None:
            keys[old] = documents.add(connection, document, at), document
            salvaged.articles += 1
    layers = _put_layers(connection, found, keys, at, salvaged, heard)
    seqs = _put_steps(connection, found, layers) if with_steps else set()
    salvaged.steps = len(seqs)
    _put_decisions(connection, found, keys, seqs, salvaged)
    return [document.id for _key, document in keys.values()]


def _put_layers(
    connection: Transaction,
    found: Found,
    keys: Placed,
    at: str,
    salvaged: Salvaged,
    heard: Callable[[], object],
) -> dict[int, int]:
    spans, relations = found.of_layers("spans"), found.of_layers("relations")
    layers: dict[int, int] = {}
    there: set[tuple[int, str]] = set()
    for row in Rows(found, keys, spans):
        heard()
        if row[1] not in keys or (row[1], row[2]) in there:
            salvaged.layers_without_article += 1
            continue
        there.add((row[1], row[2]))
        key, document = keys[row[1]]
        status, flagged, note, fields, role, is_gold, extra, name, version, made, changed_at, changed = row[_STATE:16]
        try:
            state = State(status, flagged == 1, note, coding.pairs(fields), role, is_gold == 1, extra)
        except (ValueError, TypeError):
            state = State()
        held = _annotations(document, spans.get(row[0], []), relations.get(row[0], []), state, salvaged)
        misfits = len(spans.get(row[0], [])) - len(held.spans)
        _notice(document, row, held, misfits, found, salvaged)
        stamp = Stamp(row[2], changed_at or at, schema_name=name, schema_version=version)
        layer = sheets.add_layer(connection, key, document, held, stamp, imported=row[3] == 1)
        connection.exec_driver_sql(
            "UPDATE layers SET changed = ?, created_at = ?, steps = ? WHERE key = ?", (changed, made, row[17], layer)
        )
        layers[row[0]] = layer
    return layers


class Rows:
    """A row for each layer that something is known of, of the article that its spans fit best."""

    def __init__(self, found: Found, keys: Placed, spans: Mapping[int, list[Columns]]) -> None:
        self._found, self._keys, self._spans = found, keys, spans
        self._done, self._last = found.steps_of_layers()

    def __iter__(self) -> Iterator[Columns]:
        known, owners = self._found.tables["layers"], self._found.tables["owners"]
        for layer, row in known.items():
            yield (layer, self._home(row[0]) or row[1], *row[2:])
        taken = {row[1] for row in known.values()}
        for layer in sorted({*self._spans, *(row[2] for row in owners.values())} - {row[0] for row in known.values()}):
            yield self._made(layer, self._home(layer) or self._only_fitting(layer, taken))

    def _made(self, layer: int, home: int) -> Columns:
        """What stands for a row that is lost. It counts as imported: then everybody is shown what it says."""
        owner = self._found.tables["owners"].get(layer)
        whose = owner[1] if owner else self._found.tables["project"].get("annotator", ("", ""))[1]
        state = ("in_progress", 0, "", "", "", 0, "")
        return (layer, home, whose, 1, *state, "", "", "", "", self._last.get(layer, 0), 0, self._done[layer])

    def _home(self, layer: int) -> int:
        """The key of its article: of those that are told of, the first that most of its spans fit; 0 for none.

        What only the index or the sum tells of is not believed where none of its spans fits.
        """
        told = [key for key in dict.fromkeys(self._found.homes(layer)) if key in self._keys]
        row = self._found.tables["layers"].get(layer)
        if not told or (row and told == [row[1]]):
            return sum(told)
        best = max(told, key=lambda key: self._fitting(layer, key))
        return best if self._fitting(layer, best) or not self._spans.get(layer) else (row[1] if row else 0)

    def _fitting(self, layer: int, key: int) -> int:
        document = self._keys[key][1]
        return sum(_span(document, row) is not None for row in self._spans.get(layer, []))

    def _only_fitting(self, layer: int, taken: set[int]) -> int:
        """The key of the one article without a layer that has the text of all its spans; 0 for none or several."""
        many = len(self._spans.get(layer, []))
        fitting = [key for key in self._keys if key not in taken and self._fitting(layer, key) == many]
        return fitting[0] if len(fitting) == 1 else 0


def _notice(
    document: Document, row: Columns, held: Annotations, misfits: int, found: Found, salvaged: Salvaged
) -> None:
    """Tell of spans that are not there any more, besides those that did not fit, and of what is not as it was."""
    expected, there = row[16], accepted(held.spans.values())
    lost = salvaged.spans_lost
    if isinstance(expected, int) and (more := expected - there - misfits) > 0:
        lost[document.id] = lost.get(document.id, 0) + more
    kept = found.sum_of(row[0], row[15])
    if kept is not None and kept != sums.of(held) and document.id not in {*lost, *salvaged.relations_lost}:
        salvaged.changed.append(document.id)


def _annotations(
    document: Document,
    spans: list[Columns],
    relations: list[Columns],
    state: State,
    salvaged: Salvaged,
) -> Annotations:
    kept = [span for row in spans if (span := _span(document, row)) is not None]
    if lost := len(spans) - len(kept):
        salvaged.spans_lost[document.id] = salvaged.spans_lost.get(document.id, 0) + lost
    ids = {span.id for span in kept}
    links = [link for row in relations if (link := _relation(row)) is not None and {link.head, link.child} <= ids]
    if lost := len(relations) - len(links):
        salvaged.relations_lost[document.id] = salvaged.relations_lost.get(document.id, 0) + lost
    salvaged.spans += len(kept)
    salvaged.relations += len(links)
    salvaged.answers += sum(len(span.attributes) for span in kept) + len(state.fields)
    return Annotations.of(kept, links, state)


def _span(document: Document, row: Columns) -> Span | None:
    _layer, id, start, end, label, said, pieces, named, status, source, source_name, score, edited, *rest = row
    try:
        fragments = coding.fragments(pieces) if pieces else (Fragment(start, end),)
        span = Span(
            id, label, fragments, coding.attributes(named), status, source, source_name, score, edited == 1, *rest
        )
        if lies_within(span, len(document.text)) and surface(document.text, span) == said:
            return span
    except (ValueError, TypeError):
        pass
    return None


def _relation(row: Columns) -> Relation | None:
    _layer, id, label, head, child, named, *rest = row
    try:
        return Relation(id, label, head, child, coding.attributes(named), *rest)
    except (ValueError, TypeError):
        return None


def _put_steps(connection: Transaction, found: Found, layers: dict[int, int]) -> set[int]:
    """The log, with what became of each part of it; the seqs that are there now."""
    seqs = set()
    for row in found.tables["log"].values():
        connection.exec_driver_sql("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        seqs.add(row[0])
    for seq, layer, state, turn in found.tables["parts"].values():
        if seq in seqs and layer in layers:
            connection.exec_driver_sql(
                "INSERT INTO parts (layer, seq, state, turn) VALUES (?, ?, ?, ?)", (layers[layer], seq, state, turn)
            )
    return seqs


def _put_decisions(connection: Transaction, found: Found, keys: Placed, seqs: set[int], salvaged: Salvaged) -> None:
    """What was decided about places that say what they said; without its step where that is not there any more."""
    for _key, seq, old, *said, annotator, at in sorted(found.tables["decisions"].values()):
        decision = Decision(*said)
        if old not in keys or decision.outcome not in OUTCOMES:
            continue
        key, document = keys[old]
        if document.text[decision.start : decision.end] == decision.surface != "":
            decisions.bring_back(connection, key, decision, seq if seq in seqs else 0, annotator, at)
            salvaged.decisions += 1
