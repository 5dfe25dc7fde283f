"""`hashiya show`: an article in the terminal, with its spans and a legend."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from rich.cells import cell_len

from app.cli import details, inline, lanes
from app.cli.articles import Found, find
from app.cli.articles import Row as ArticleRow
from app.cli.colours import WHEN, Sheet
from app.cli.output import BAD_DATA, DONE, plain, say_fault, say_json
from app.cli.rows import TAG, Row, Strip, Title
from app.cli.wishing import wishing
from app.model.annotation import Annotations, Attribute, Relation, Span, surface
from app.model.record import Record
from app.model.schema import Schema
from app.model.wish import EVERYTHING, Wish
from app.text.direction import page_direction
from app.wording import _, language, plural

_MEASURE = 88
# Terminals of the VTE family (GNOME, Xfce …) turn lines round unless they are told that it was done.
_AS_IT_STANDS, _AS_BEFORE = "\x1b[8l", "\x1b[8h"


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "id", help="Which article, of a file that holds several.")
@click.option(
    "--logical/--visual",
    default=None,
    help="Leave joining letters and turning lines round to the terminal, or do it here; found out if not said.",
)
@click.option("--width", type=click.IntRange(20, 1000), help="Columns to write on.")
@click.option("--color", type=click.Choice(WHEN), default="auto", help="Whether to use colours.")
@wishing
@click.option("--json", "as_json", is_flag=True, help="Say it as one JSON object.")
def show(
    file: Path,
    id: str | None,
    logical: bool | None,
    width: int | None,
    color: str,
    as_json: bool,
    sort: str | None,
    **wished: Any,
) -> int:
    """Show an article of FILE (a text, JSON lines, or a project) in the terminal, its spans named below each line.

    Then comes what is said of them: attributes, relations both ways, and the questions about the article.

    Of several articles, without --id, the list is shown; of a project, those that are asked for.
    """
    wish = Wish(sort=sort or "", **wished)
    found = _wished(file, wish) if id is None and wish != EVERYTHING else find(file, id, say_fault)
    listed = id is None and (len(found.rows) > 1 or wish != EVERYTHING)
    if as_json:
        say_json({"ok": not found.faulty, "file": str(file), **(_list_json(found) if listed else _json(found))})
    else:
        sheet = Sheet(found.schema, color)
        _print_list(sheet, found.rows) if listed else _print(sheet, found, _is_logical(sheet, logical), width)
    return BAD_DATA if found.faulty else DONE


def _wished(file: Path, wish: Wish) -> Found:
    from app.cli.projects import find_wished  # as in `find`

    return find_wished(file, wish)


def turns_lines_round(environment: Mapping[str, str]) -> bool:
    """Whether the terminal is one that orders and joins Arabic by itself, and cannot be told not to."""
    return (
        "KONSOLE_VERSION" in environment
        or "MLTERM" in environment
        or (environment.get("TERM_PROGRAM") == "Apple_Terminal")
    )


def _is_logical(sheet: Sheet, asked: bool | None) -> bool:
    return asked if asked is not None else sheet.is_terminal and turns_lines_round(os.environ)


def _print(sheet: Sheet, found: Found, logical: bool, width: int | None) -> None:
    columns = width or min(sheet.width, _MEASURE)
    if logical and width is None and not sheet.is_terminal:
        columns = 0
    if not logical and "VTE_VERSION" in os.environ:
        sheet.write(_AS_IT_STANDS)
    for row in _article(found.record, found.schema, logical, columns):
        sheet.print(row)
    if not logical and "VTE_VERSION" in os.environ:
        sheet.write(_AS_BEFORE)


def _article(record: Record, schema: Schema, logical: bool, width: int) -> Iterator[Row]:
    document, said = record.document, record.annotations or Annotations()
    spans = [*said.spans.values()]
    draw = inline.rows if logical else lanes.rows

    def title(label: str) -> str:
        known = schema.label(label)
        return known.title(language()) if known else label

    if document.title.strip():
        yield from draw(document.title.strip(), (), width, title)
        yield []
    # A text file ends with a line end or two, which are part of the text and nothing to look at.
    yield from draw(document.text.rstrip(), spans, width, title)
    yield []
    yield [*_legend(spans, schema, title, plain if logical else lanes.shown)]
    yield from details.rows(document.text, said, schema, width, logical=logical)


def _legend(spans: list[Span], schema: Schema, title: Title, shown: Title) -> Iterator[Strip]:
    """Each label that occurs, in the order of the schema, with the number of its spans."""
    counts = Counter(span.label for span in spans)
    order = [label.id for label in schema.labels if label.id in counts]
    for label in [*order, *sorted(counts.keys() - set(order))]:
        yield Strip(f" {shown(title(label))} ", label, TAG)
        yield Strip(f" {counts[label]}   ")
    if not spans:
        yield Strip(shown(_("No spans")))


def _print_list(sheet: Sheet, rows: tuple[ArticleRow, ...]) -> None:
    told = [(plain(row.id), plural("{count} span", "{count} spans", row.spans).format(count=row.spans)) for row in rows]
    widths = [max((cell_len(line[column]) for line in told), default=0) for column in range(2)]
    for row, line in zip(rows, told, strict=True):
        cells = [text + " " * (width - cell_len(text)) for text, width in zip(line, widths, strict=True)]
        sheet.print([Strip("  ".join([*cells, lanes.shown(row.heading)]))])
    sheet.print([])
    said = plural("{count} article; --id shows one.", "{count} articles; --id shows one.", len(rows))
    sheet.print([Strip(said.format(count=len(rows)))])


def _list_json(found: Found) -> dict[str, object]:
    return {"documents": [row._asdict() for row in found.rows]}


def _json(found: Found) -> dict[str, object]:
    record, document = found.record, found.record.document
    said = record.annotations or Annotations()
    return {
        "id": document.id,
        "title": document.title,
        "heading": document.heading,
        "language": document.language,
        "direction": page_direction(document.text),
        "text_length": len(document.text),
        "annotator": record.annotator,
        "status": said.state.status,
        "labels": Counter(span.label for span in said.ordered()),
        "spans": [_span_json(document.text, span) for span in said.ordered()],
        "relations": [_relation_json(relation) for relation in sorted(said.relations.values(), key=_by_label)],
        "fields": [{"name": field.name, "value": field.value} for field in said.state.fields],
    }


def _by_label(relation: Relation) -> tuple[str, str]:
    return relation.label, relation.id


def _span_json(text: str, span: Span) -> dict[str, object]:
    fragments = [{"start": start, "end": end} for start, end in span.fragments]
    named = {"id": span.id, "start": span.start, "end": span.end, "label": span.label, "status": span.status}
    return {**named, "text": surface(text, span), "fragments": fragments, "attributes": _answers(span.attributes)}


def _relation_json(relation: Relation) -> dict[str, object]:
    named = {"id": relation.id, "label": relation.label, "head": relation.head, "child": relation.child}
    return {**named, "attributes": _answers(relation.attributes)}


def _answers(attributes: Iterable[Attribute]) -> list[dict[str, str]]:
    return [attribute._asdict() for attribute in attributes]
