"""Tables for spreadsheets and databases: a folder with `articles.csv`, and `spans.csv` with one row a span.

What belongs to a span, a relation or an article several times over has a table of its own: `fragments.csv` (for spans
of several pieces alone), `attributes.csv`, `relations.csv` and `details.csv`. Rows are joined by `article` and
`annotator`, and by `span` or `owner`. A single table that others made is read as a table of articles.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from app.formats.csv_read import read
from app.formats.csv_tables import Table
from app.formats.losses import note_uncarried
from app.formats.registry import EVERYTHING, Files, Format, WriteOptions
from app.model.annotation import Annotations, Attribute, Relation, Span, surface
from app.model.record import Record
from app.sentences import N_

TABLES: Final = {
    "articles.csv": (
        *("article", "annotator", "title", "language", "status", "flagged", "role", "gold", "note"),
        *("schema", "schema_version", "created_at", "updated_at", "text"),
    ),
    "spans.csv": (
        *("article", "annotator", "span", "label", "start", "end", "covers", "status", "source", "source_name"),
        *("score", "edited", "note", "created_at", "updated_at"),
    ),
    "fragments.csv": ("article", "annotator", "span", "start", "end", "covers"),
    "attributes.csv": ("article", "annotator", "owner", "name", "value", "source"),
    "relations.csv": ("article", "annotator", "relation", "label", "head", "child", "source", "score"),
    "details.csv": ("article", "annotator", "kind", "name", "value"),
}
"""The tables and their columns."""


def write(records: Iterable[Record], files: Files, options: WriteOptions) -> None:
    """Write the tables of `records`."""
    with ExitStack() as opened:
        tables = {name: Table(opened.enter_context(files.open(name)), columns) for name, columns in TABLES.items()}
        for record in records:
            note_uncarried(record, FORMAT.carries, options.lost)
            _write(record, tables)


def _write(record: Record, tables: dict[str, Table]) -> None:
    document, annotations = record.document, record.annotations or Annotations()
    owner = (document.id, record.annotator)
    state = annotations.state
    said = (state.status, _yes(state.flagged), state.role, _yes(state.is_gold), state.note)
    schema = (record.schema_name, record.schema_version, document.created_at, record.updated_at)
    status = said if record.annotations is not None else ("", "", "", "", "")
    tables["articles.csv"].row((*owner, document.title, document.language, *status, *schema, document.text))
    for kind, pairs in (("meta", document.meta), ("field", state.fields)):
        for pair in pairs:
            tables["details.csv"].row((*owner, kind, pair.name, pair.value))
    for span in annotations.ordered():
        _write_span(span, document.text, owner, tables)
    for relation in sorted(annotations.relations.values(), key=lambda relation: (relation.label, relation.id)):
        _write_relation(relation, owner, tables)


def _write_span(span: Span, text: str, owner: tuple[str, str], tables: dict[str, Table]) -> None:
    place = (str(span.start), str(span.end), surface(text, span))
    origin = (span.status, span.source, span.source_name, _score(span.score), _yes(span.edited), span.note)
    tables["spans.csv"].row((*owner, span.id, span.label, *place, *origin, span.created_at, span.updated_at))
    for start, end in span.fragments if len(span.fragments) > 1 else ():
        tables["fragments.csv"].row((*owner, span.id, str(start), str(end), text[start:end]))
    _write_attributes(span.attributes, span.id, owner, tables)


def _write_relation(relation: Relation, owner: tuple[str, str], tables: dict[str, Table]) -> None:
    ends = (relation.head, relation.child, relation.source, _score(relation.score))
    tables["relations.csv"].row((*owner, relation.id, relation.label, *ends))
    _write_attributes(relation.attributes, relation.id, owner, tables)


def _write_attributes(said: tuple[Attribute, ...], id: str, owner: tuple[str, str], tables: dict[str, Table]) -> None:
    for attribute in sorted(said):
        tables["attributes.csv"].row((*owner, id, *attribute))


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _score(score: float | None) -> str:
    return "" if score is None else repr(score)


def sniff(path: Path, head: bytes) -> bool:
    """Whether it is a folder of these tables, or a file that calls itself a table."""
    return (path / "articles.csv").is_file() if path.is_dir() else path.suffix.lower() in FORMAT.suffixes


FORMAT = Format(
    "csv",
    N_("Tables (CSV)"),
    (".csv", ".tsv"),
    (EVERYTHING - {"unknown-keys"}) | {"empty-text"},
    read,
    write,
    sniff,
    folder=True,
)
