"""What the project knows of its training file: what belongs in it, what was written last, how far it is behind."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from app.model.annotation import Annotations, Relation, Span
from app.model.document import Document
from app.model.record import Record
from app.store import annotations as sheets
from app.store import documents, fingerprint, log, removing, settings, spans
from app.store.engine import Transaction
from app.store.fingerprint import Fingerprint
from app.store.statements import Statement, sa, tables

TRAINING_SUFFIX: Final = ".annotations.jsonl"
SPAN_BYTES: Final = 350
"""How many bytes a span takes in a training file, about."""


Layers = tuple[tuple[int, int], ...]
"""What a training file holds, line by line: the keys of a layer and of its document."""


class Plan(NamedTuple):
    """What one publication will do: write `layers` to `target`, unless not `needed`.

    The file then holds everything up to step `seq`. `wished` is its usual name, `former` where it was until now.
    """

    target: Path
    wished: Path
    former: Path | None
    layers: Layers
    seq: int
    needed: bool


class Line(NamedTuple):
    """One line to write: the `record` without its spans, and the spans in their order, read as they are asked for."""

    record: Record
    spans: Iterator[Span]


class Candidate(NamedTuple):
    """A layer that could be written: its key and its document's, whose id and by whom it is, and its spans' number."""

    layer: int
    document: int
    id: str
    annotator: str
    status: str
    spans: int


def _said(*columns: Any) -> Any:
    """`columns` of the layers that belong in a training file, and of their documents."""
    layers, documents = tables.layers.c, tables.documents.c
    says_something = sa.or_(layers.imported == 1, layers.steps > 0)
    return (
        sa.select(*columns)
        .select_from(tables.layers)
        .join(tables.documents, documents.key == layers.document)
        .where(layers.status != "new", says_something)
    )


def _belong() -> Any:
    columns = tables.layers.c
    return _said(columns.key, columns.document).order_by(tables.documents.c.position, columns.key)


_BELONG = Statement("publishing.belong", _belong)


def _about() -> Any:
    """How long the lines are, about, in bytes: letters have two, spans some hundred."""
    about = 2 * tables.documents.c.length + SPAN_BYTES * tables.layers.c.spans
    return sa.func.coalesce(sa.func.sum(about), 0)


def _candidates() -> Any:
    layers, documents = tables.layers.c, tables.documents.c
    columns = (layers.key, layers.document, documents.id, layers.annotator, layers.status, layers.spans)
    return _said(*columns).order_by(documents.position, layers.key)


_CANDIDATES = Statement("publishing.candidates", _candidates)
_BEHIND = Statement(
    "publishing.behind",
    lambda: sa.select(sa.func.count(tables.layers.c.document.distinct())).where(
        tables.layers.c.changed > sa.bindparam("written")
    ),
)
_LENGTH = Statement("publishing.length", lambda: _said(_about()))


def plan(connection: Transaction, project: Path) -> Plan:
    """What is to be written now. Nothing before an article was begun, and nothing that the file holds already."""
    written = fingerprint.parse(settings.read(connection, "published"))
    former = project.with_name(written.name) if written else None
    found, seq = target(connection, project), log.last_seq(connection)
    layers_now = layers_to_write(connection)
    current = former == found and found.exists() and not behind(connection)
    return Plan(found, default_target(project), former, layers_now, seq, bool(layers_now or written) and not current)


def layers_to_write(connection: Transaction) -> Layers:
    """The layers that belong in a training file, in the order of the project."""
    return tuple((layer, document) for layer, document in connection.execute(_BELONG))


def candidates(connection: Transaction) -> list[Candidate]:
    """What could be written, in the order of the project: what `layers_to_write` gives, and what it is."""
    return [Candidate(*row) for row in connection.execute(_CANDIDATES)]


def line(connection: Transaction, layer: int, document: int) -> Line:
    """One line of the training file: the accepted spans of a layer, and the relations between them."""
    found, head = documents.read(connection, document), sheets.head(connection, layer)
    between = _between(spans.links(connection, layer, found), lambda: spans.suggested(connection, layer))
    return Line(_record(found, head, Annotations.of((), between, head.state)), spans.in_order(connection, layer, found))


def record(connection: Transaction, layer: int, document: int) -> Record:
    """What `line` gives, with its spans."""
    found, head = documents.read(connection, document), sheets.head(connection, layer)
    there = spans.accepted_spans(connection, layer, found)
    between = _between(spans.links(connection, layer, found), lambda: spans.suggested(connection, layer))
    relations = MappingProxyType({link.id: link for link in between})
    return _record(found, head, Annotations(there, relations, head.state))


def _between(links: Mapping[str, Relation], suggested: Callable[[], set[str]]) -> list[Relation]:
    """Those of `links` that lead to no suggestion."""
    left_out = suggested() if links else set()
    return [link for link in links.values() if not {link.head, link.child} & left_out]


def _record(found: Document, head: sheets.Head, annotations: Annotations) -> Record:
    return Record(
        replace(found, created_at=head.created_at or found.created_at),
        annotations,
        head.annotator,
        head.schema_name,
        head.schema_version,
        head.updated_at,
    )


def behind(connection: Transaction) -> int:
    """How many articles were changed or taken out since the training file was written."""
    written = written_seq(connection)
    changed = int(connection.execute(_BEHIND, {"written": written}).scalar_one())
    return changed + removing.removed_since(connection, written)


def written_seq(connection: Transaction) -> int:
    """The seq of the last step that the training file holds."""
    return int(settings.read(connection, "published_seq") or 0)


def size(connection: Transaction) -> int:
    """How many bytes the training file has; about how many it will have, when it was never written."""
    written = fingerprint.parse(settings.read(connection, "published"))
    return written.size if written else int(connection.execute(_LENGTH).scalar_one())


def target(connection: Transaction, project: Path) -> Path:
    """The file to write: ours, or a free name. Never one that this project did not write."""
    ours = _written(connection)
    names = [file.name for file in ours if _is_of(file.name, project)]
    return next(path for path in _names(project, names) if _may_write(path, ours))


def has_made(connection: Transaction, path: Path) -> bool:
    """Whether `path` is the training file that this project wrote. Raises OSError when it cannot be read."""
    return any(file.fits(path) for file in _written(connection))


def default_target(project: Path) -> Path:
    """What the training file is called unless that name is taken."""
    return project.with_name(project.stem + TRAINING_SUFFIX)


def about_to_write(connection: Transaction, file: Fingerprint) -> None:
    """Note what the file will be, so that it is known as ours even if this is the last that was heard of us."""
    settings.write(connection, "publishing", file.stored())


def has_written(connection: Transaction, file: Fingerprint, seq: int) -> None:
    """Note that the training file is this one now, and holds everything up to step `seq`."""
    settings.write(connection, "published", file.stored())
    settings.write(connection, "published_seq", str(seq))
    if not removing.removed_since(connection, seq):
        settings.write(connection, "removed", "")


def forget_written(connection: Transaction) -> None:
    """Note that what the training file holds is no longer known, only that it is ours: it must be written anew."""
    settings.write(connection, "published_seq", "-1")
    settings.write(connection, "removed", "1")
    settings.write(connection, "removed_seq", "0")


def _written(connection: Transaction) -> list[Fingerprint]:
    """What was written last, and what was about to be written when we were last heard of."""
    stored = (settings.read(connection, name) for name in ("published", "publishing"))
    return [file for text in stored if (file := fingerprint.parse(text))]


def _names(project: Path, first: list[str]) -> Iterator[Path]:
    yield from (project.with_name(name) for name in first)
    yield default_target(project)
    yield from (_numbered(project, number) for number in count(2))


def _numbered(project: Path, number: int) -> Path:
    stem, suffix = TRAINING_SUFFIX.rsplit(".", 1)
    return project.with_name(f"{project.stem}{stem}-{number}.{suffix}")


def _is_of(name: str, project: Path) -> bool:
    """Whether `name` is one that this project, as it is called now, gives its training file."""
    stem, suffix = TRAINING_SUFFIX.rsplit(".", 1)
    between = name.removeprefix(project.stem + stem).removesuffix("." + suffix)
    return name.startswith(project.stem + stem) and (not between or between.lstrip("-").isdigit())


def _may_write(path: Path, ours: list[Fingerprint]) -> bool:
    if not os.path.lexists(path):
        return True
    try:
        return any(file.fits(path) for file in ours)
    except OSError:
        return False
