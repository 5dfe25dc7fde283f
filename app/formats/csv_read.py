"""Tables read: a folder of ours with everything that stands in it, or a table of articles that others made."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.errors import Fault
from app.formats.csv_tables import Row, original, rows
from app.formats.native_form import MOMENT
from app.formats.placing import Naming, Placing, text_or_fault
from app.formats.registry import ReadOptions
from app.formats.sources import name_of
from app.model.annotation import (
    ATTRIBUTE_SOURCES,
    ROLES,
    SOURCES,
    SPAN_STATUSES,
    STATUSES,
    Annotations,
    Attribute,
    Relation,
    Span,
    State,
)
from app.model.document import Document, NameValue
from app.model.record import Record

USUAL_COLUMNS: Final = {
    "text": ("text", "body", "content", "article", "النص", "نص", "المتن"),
    "id": ("id", "document", "document_id", "article_id", "المعرف", "المعرّف"),
    "title": ("title", "headline", "العنوان", "عنوان"),
    "language": ("language", "lang", "اللغة"),
    "source": ("source", "publisher", "المصدر"),
    "date": ("date", "published", "published_at", "التاريخ"),
    "address": ("address", "url", "link", "الرابط"),
}
"""What the columns of a table of articles are called where nothing was said, in any case of letters."""

_SIDES: Final = ("spans.csv", "fragments.csv", "attributes.csv", "relations.csv", "details.csv")
_Key = tuple[str, str]


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The articles of a folder of tables, or of one table. Raises SourceError when it cannot be opened."""
    yield from _folder(path, options.encoding) if path.is_dir() else _articles(path, options)


def column_for(role: str, names: list[str], options: ReadOptions) -> str:
    """The column that holds the `role` of an article, as the user said or as it is usually called; "" for none."""
    if role in options.columns:
        return options.columns[role] if options.columns[role] in names else ""
    return next((name for name in names if name.strip().casefold() in USUAL_COLUMNS[role]), "")


def _articles(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    naming, file = Naming(str(path), name_of(path)), str(path)
    by_role: dict[str, str] = {}
    for row in rows(path, options.encoding):
        if isinstance(row, Fault):
            yield row
            continue
        by_role = by_role or {role: column_for(role, [*row.cells], options) for role in USUAL_COLUMNS}
        if not by_role["text"]:
            yield Fault(file, 1, "", "column-missing", {"value": options.columns.get("text", "text")})
            return
        text = text_or_fault(row.cells[by_role["text"]], file, row.line)
        if isinstance(text, Fault):
            yield text
            continue
        said = {role: row.cells[name] if name else "" for role, name in by_role.items()}
        roles = {name: role for role, name in by_role.items() if name}
        meta = tuple(
            NameValue(roles.get(name, name), cell)
            for name, cell in row.cells.items()
            if cell and roles.get(name) not in ("text", "id", "title", "language")
        )
        id = naming.id_for(said["id"], text, "")
        yield naming.once(Record(Document(id, text, said["title"], said["language"], meta), line=row.line))


def _folder(folder: Path, encoding: str) -> Iterator[Record | Fault]:
    sides: dict[str, dict[_Key, list[Row]]] = {}
    for name in ("articles.csv", *_SIDES):
        if not (folder / name).resolve().is_relative_to(folder.resolve()):
            yield Fault(str(folder / name), 0, "", "outside-folder")
            return
    for name in _SIDES:
        sides[name] = {}
        for row in _restored(folder / name, encoding) if (folder / name).is_file() else ():
            if isinstance(row, Fault):
                yield row
            else:
                sides[name].setdefault((row.cells.get("article", ""), row.cells.get("annotator", "")), []).append(row)
    naming = Naming(str(folder / "articles.csv"), folder.name)
    for row in _restored(folder / "articles.csv", encoding):
        if isinstance(row, Fault):
            yield row
            continue
        key = row.cells.get("article", ""), row.cells.get("annotator", "")
        if missing := {"article", "text"} - row.cells.keys():
            yield Fault(str(folder / "articles.csv"), 1, "", "column-missing", {"value": sorted(missing)[0]})
            return
        article = _Article(folder, row, {name: side.pop(key, []) for name, side in sides.items()})
        yield naming.once(article.record())
        yield from article.faults
    for name, side in sides.items():
        for key, left in side.items():
            yield Fault(str(folder / name), left[0].line, "article", "mark-unknown", {"value": key[0]})


def _restored(path: Path, encoding: str) -> Iterator[Row | Fault]:
    for row in rows(path, encoding):
        if isinstance(row, Row):
            yield Row(row.line, {name: original(cell) for name, cell in row.cells.items()})
        else:
            yield row


class _Article:
    """One row of `articles.csv` with the rows of the other tables that belong to it."""

    def __init__(self, folder: Path, row: Row, sides: dict[str, list[Row]]) -> None:
        self.faults: list[Fault] = []
        self._folder = folder
        self._row = row
        self._sides = sides
        self._said: dict[str, list[Attribute]] = {}

    def record(self) -> Record:
        """The record, without what was refused of it, which is in `faults`."""
        cell = self._row.cells.get
        meta, fields = (self._details(kind) for kind in ("meta", "field"))
        id, text, title, language = (cell(name, "") for name in ("article", "text", "title", "language"))
        created, updated = (_moment(cell(name, "")) for name in ("created_at", "updated_at"))
        document = Document(id, text, title, language, meta, created)
        who = (cell("annotator", ""), cell("schema", ""), cell("schema_version", ""), updated)
        if not cell("status", "") and not self._sides["spans.csv"]:
            return Record(document, None, *who, self._row.line)
        for row in self._sides["attributes.csv"]:
            value = row.cells.get("value", ""), _one_of(row.cells.get("source", ""), ATTRIBUTE_SOURCES)
            self._said.setdefault(row.cells.get("owner", ""), []).append(Attribute(row.cells.get("name", ""), *value))
        status = _one_of(cell("status", ""), STATUSES, "in_progress")
        role = _one_of(cell("role", ""), ROLES)
        state = State(status, cell("flagged") == "yes", cell("note", ""), fields, role, cell("gold") == "yes")
        return Record(document, self._annotations(document, state), *who, self._row.line)

    def _details(self, kind: str) -> tuple[NameValue, ...]:
        rows = (row.cells for row in self._sides["details.csv"] if row.cells.get("kind") == kind)
        return tuple(NameValue(cells.get("name", ""), cells.get("value", "")) for cells in rows)

    def _annotations(self, document: Document, state: State) -> Annotations:
        marks = Placing(str(self._folder / "spans.csv"), 0, document.id, document.text)
        pieces: dict[str, list[tuple[object, object]]] = {}
        for row in self._sides["fragments.csv"]:
            pieces.setdefault(row.cells.get("span", ""), []).append(_place(row))
        for row in self._sides["spans.csv"]:
            marks.line, cells = row.line, row.cells
            id, covers = cells.get("span", ""), cells.get("covers") or None
            places = pieces.get(id) or [_place(row)]
            marks.span("", cells.get("label"), places, id, self._said.get(id, ()), surface=covers)
        marks.file = str(self._folder / "relations.csv")
        for row in self._sides["relations.csv"]:
            marks.line, cells = row.line, row.cells
            id = cells.get("relation", "")
            marks.relation("", cells.get("label"), cells.get("head"), cells.get("child"), id, self._said.get(id, ()))
        self.faults = marks.faults
        return self._with_origins(marks.annotations(state))

    def _with_origins(self, taken: Annotations) -> Annotations:
        """`taken` with what the rows say of where each span and relation comes from."""
        spans = {row.cells.get("span", ""): row.cells for row in reversed(self._sides["spans.csv"])}
        links = {row.cells.get("relation", ""): row.cells for row in reversed(self._sides["relations.csv"])}
        return Annotations.of(
            [_with_origin(span, spans.get(span.id, {})) for span in taken.spans.values()],
            [_of_origin(relation, links.get(relation.id, {})) for relation in taken.relations.values()],
            taken.state,
        )


def _with_origin(span: Span, cells: dict[str, str]) -> Span:
    return span._replace(
        status=_one_of(cells.get("status", ""), SPAN_STATUSES, "accepted"),
        source=_one_of(cells.get("source", ""), SOURCES),
        source_name=cells.get("source_name", ""),
        score=_number(cells.get("score", "")),
        edited=cells.get("edited") == "yes",
        note=cells.get("note", ""),
        created_at=_moment(cells.get("created_at", "")),
        updated_at=_moment(cells.get("updated_at", "")),
    )


def _of_origin(relation: Relation, cells: dict[str, str]) -> Relation:
    return relation._replace(source=_one_of(cells.get("source", ""), SOURCES), score=_number(cells.get("score", "")))


def _place(row: Row) -> tuple[object, object]:
    start, end = (_whole(row.cells.get(name, "")) for name in ("start", "end"))
    return start, end


def _whole(cell: str) -> object:
    """The number in `cell`, or the cell itself, which is then refused."""
    return int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 19 else cell


def _number(cell: str) -> float | None:
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _moment(cell: str) -> str:
    return "" if MOMENT.fault(cell) else cell


def _one_of(word: str, words: tuple[str, ...], otherwise: str = "import") -> str:
    return word if word in words else otherwise
