"""What can be read of a damaged project, put into a new one: each article checked against its hash, each span against
its text. What does not fit is left out and counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from app.errors import FaultyFile
from app.model.annotation import Annotations, Fragment, Relation, Span, State, surface
from app.model.checks import lies_within
from app.model.document import Document, text_sha256
from app.model.schema import Schema
from app.model.schema_file import read_schema
from app.store import annotations as sheets
from app.store import coding, documents, schemas, settings
from app.store.annotations import Stamp
from app.store.engine import Transaction
from app.store.pages import Row

_KEPT_SETTINGS: Final = ("annotator", "source", "backups")
_FEWEST: Final = 18
"""Columns of a layer in the first version."""
_STATE: Final = len(("key", "document", "annotator", "imported"))


@dataclass
class Salvaged:
    """How much was brought back, and what was lost: ids of articles whose text is not what was imported, or unread."""

    articles: int = 0
    spans: int = 0
    relations: int = 0
    answers: int = 0
    steps: int = 0
    articles_lost: list[str] = field(default_factory=list)
    spans_lost: dict[str, int] = field(default_factory=dict)
    relations_lost: dict[str, int] = field(default_factory=dict)
    layers_without_article: int = 0


class Found:
    """The rows of a project by table, the last one read of each key."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.tables: dict[str, dict[object, tuple[Any, ...]]] = defaultdict(dict)
        for table, key, values in rows:
            if table in ("spans", "relations", "parts"):
                self.tables[table][values[:2]] = values
            elif table == "project":
                self.tables[table][values[0]] = values
            else:
                self.tables[table][key] = (key, *values[1:])

    def schemas(self) -> list[tuple[str, Schema]]:
        """The schemas that can be read, with when they came; the newest last."""
        found = []
        for _number, row in sorted(self.tables["schemas"].items(), key=lambda item: str(item[0]).zfill(20)):
            try:
                found.append((str(row[1]), read_schema(str(row[4]).encode(), "")))
            except (FaultyFile, ValueError):
                continue
        return found

    def documents(self, lost: list[str]) -> list[tuple[int, Document]]:
        """The articles that are as they were imported, in their order, by key; ids of the others go to `lost`."""
        there: list[tuple[int, int, Document]] = []
        for key, position, id, title, _head, sha256, _length, language, at, meta, extra, text in (
            row for row in self.tables["documents"].values() if len(row) == 12
        ):
            try:
                if text_sha256(text) != sha256:
                    raise ValueError
                there.append((position, key, Document(id, text, title, language, coding.pairs(meta), at, extra)))
            except (ValueError, TypeError, AttributeError):
                lost.append(str(id))
        return [(key, document) for _position, key, document in sorted(there, key=lambda one: one[:2])]

    def of_layers(self, table: str) -> dict[int, list[tuple[Any, ...]]]:
        """The rows of spans or relations by their layer."""
        found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for row in self.tables[table].values():
            found[row[0]].append(row)
        return found


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
    keys: dict[int, tuple[int, Document]] = {}
    for old, document in found.documents(salvaged.articles_lost):
        heard()
        if documents.known(connection, document.id) is None:
            keys[old] = documents.add(connection, document, at), document
            salvaged.articles += 1
    layers = _put_layers(connection, found, keys, at, salvaged, heard)
    if with_steps:
        _put_steps(connection, found, layers, salvaged)
    return [document.id for _key, document in keys.values()]


def put_head(connection: Transaction, found: Found, otherwise: Schema, at: str) -> None:
    """What is known of the project as a whole; `otherwise` is its schema where none can be read."""
    for came, schema in found.schemas() or [(at, otherwise)]:
        schemas.add(connection, schema, came)
    for name, value in found.tables["project"].values():
        if name in _KEPT_SETTINGS:
            settings.write(connection, name, value)


def _put_layers(
    connection: Transaction,
    found: Found,
    keys: dict[int, tuple[int, Document]],
    at: str,
    salvaged: Salvaged,
    heard: Callable[[], object],
) -> dict[int, int]:
    spans, relations = found.of_layers("spans"), found.of_layers("relations")
    layers: dict[int, int] = {}
    known = found.tables["layers"]
    lost = [_layer_of(layer, rows, keys, found) for layer, rows in spans.items() if layer not in known]
    for row in (*known.values(), *filter(None, lost)):
        heard()
        if len(row) < _FEWEST or row[1] not in keys:
            salvaged.layers_without_article += 1
            continue
        key, document = keys[row[1]]
        status, flagged, note, fields, role, is_gold, extra, name, version, made, changed_at, changed = row[_STATE:16]
        try:
            state = State(status, flagged == 1, note, coding.pairs(fields), role, is_gold == 1, extra)
        except (ValueError, TypeError):
            state = State()
        held = _annotations(document, spans.get(row[0], []), relations.get(row[0], []), state, salvaged)
        stamp = Stamp(row[2], changed_at or at, schema_name=name, schema_version=version)
        layer = sheets.add_layer(connection, key, document, held, stamp, imported=row[3] == 1)
        connection.exec_driver_sql(
            "UPDATE layers SET changed = ?, created_at = ?, steps = ? WHERE key = ?",
            (changed, made, row[17] if len(row) > 17 else 0, layer),
        )
        layers[row[0]] = layer
    return layers


def _layer_of(
    layer: int, spans: list[tuple[Any, ...]], keys: dict[int, tuple[int, Document]], found: Found
) -> tuple[Any, ...] | None:
    """A row for a layer whose own is lost: of the one article without a layer that has the text of all its spans."""
    taken = {row[1] for row in found.tables["layers"].values()}
    fitting = [
        key for key, (_new, document) in keys.items() if key not in taken and all(_span(document, row) for row in spans)
    ]
    if len(fitting) != 1:
        return None
    whose = found.tables["project"].get("annotator", ("", ""))[1]
    state = ("in_progress", 0, "", "", "", 0, "")
    return (layer, fitting[0], whose, 1, *state, "", "", "", "", 0, 0, 0)


def _annotations(
    document: Document,
    spans: list[tuple[Any, ...]],
    relations: list[tuple[Any, ...]],
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


def _span(document: Document, row: tuple[Any, ...]) -> Span | None:
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


def _relation(row: tuple[Any, ...]) -> Relation | None:
    _layer, id, label, head, child, named, *rest = row
    try:
        return Relation(id, label, head, child, coding.attributes(named), *rest)
    except (ValueError, TypeError):
        return None


def _put_steps(connection: Transaction, found: Found, layers: dict[int, int], salvaged: Salvaged) -> None:
    seqs = set()
    for row in found.tables["log"].values():
        if len(row) == 7 and all(isinstance(value, str) for value in (*row[1:5], row[6])):
            connection.exec_driver_sql("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            seqs.add(row[0])
    for seq, layer, state, turn in found.tables["parts"].values():
        if seq in seqs and layer in layers:
            connection.exec_driver_sql(
                "INSERT INTO parts (layer, seq, state, turn) VALUES (?, ?, ?, ?)", (layers[layer], seq, state, turn)
            )
    salvaged.steps = len(seqs)
