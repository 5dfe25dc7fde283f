"""`hashiya suggest`: what could be marked in articles, written as suggestions and never as anybody's marks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from app.cli.comparing import say_comparison
from app.cli.judging import schema_in
from app.cli.output import BAD_DATA, DONE, say, say_fault, say_json
from app.cli.writing import replace
from app.convert import records_in
from app.errors import CallError, Fault, FaultyFile
from app.formats.findings import WARNINGS
from app.formats.native import encode
from app.labels import default_schema
from app.model.record import Record
from app.suggest.without_project import SOURCES, suggested
from app.wording import plural


@click.command()
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="The Hashiya JSONL file to write.")
@click.option("--sources", default=",".join(SOURCES), help="Which sources are asked, with commas between them.")
@click.option("--threshold", type=click.FloatRange(0, 1), default=0.5, help="How sure a suggestion must be, 0 to 1.")
@click.option("--schema", "given", type=click.Path(path_type=Path), help="A schema file instead of the default.")
@click.option("--force", is_flag=True, help="Overwrite OUT.")
@click.option("--compare", is_flag=True, help="Set articles of the project IN with suggestions beside those without.")
@click.option("--json", "as_json", is_flag=True, help="Say it as one JSON object.")
def suggest(
    source: Path,
    out: Path | None,
    sources: str,
    threshold: float,
    given: Path | None,
    force: bool,
    compare: bool,
    as_json: bool,
) -> int:
    """Write what could be marked in the articles of IN, a text, a file of any format or a project.

    What is marked in IN is not looked at. Each span of OUT has the status "suggested", its source and a score;
    `hashiya check --suggestions` takes such a file.
    """
    if compare:
        return say_comparison(source, as_json)
    if out is None:
        raise click.MissingParameter(param_hint="'--out'", param_type="option")
    if out.exists() and not force:
        raise CallError("output-foreign", file=str(out))
    schema = schema_in(given) if given else default_schema()
    asked = [name.strip() for name in sources.split(",") if name.strip()]
    for name in asked:
        if name not in SOURCES:
            raise CallError("no-such-source", value=name, sources=", ".join(SOURCES))
    ready = [SOURCES[name]() for name in asked]
    faults: list[Fault] = []
    lines, spans, seen = [], 0, set()
    for record in _articles(source, faults):
        if record.document.id in seen:
            continue  # the same article by another annotator
        seen.add(record.document.id)
        made = suggested(record, schema, ready, threshold)
        spans += len(made.annotations.spans) if made.annotations else 0
        lines.append(encode(made))
    if not lines:
        raise FaultyFile("nothing-to-convert", tuple(faults), file=source.name, count=len(faults))
    replace(out, b"".join(lines))
    bad = any(fault.code not in WARNINGS for fault in faults)
    if as_json:
        say_json({"ok": not bad, "file": str(out), "articles": len(lines), "suggestions": spans})
    else:
        for fault in faults:
            say_fault(fault)
        count = plural("{count} suggestion in {file}", "{count} suggestions in {file}", spans)
        say(count.format(count=spans, file=out))
    return BAD_DATA if bad else DONE


def _articles(source: Path, faults: list[Fault]) -> Iterator[Record]:
    for found in records_in(source):
        if isinstance(found, Fault):
            faults.append(found)
        else:
            yield found
