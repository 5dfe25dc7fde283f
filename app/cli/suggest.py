"""`hashiya suggest`: what could be marked in articles, written as suggestions and never as anybody's marks."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import click

from app.cli.comparing import say_comparison
from app.cli.counting import Counting
from app.cli.judging import schema_in
from app.cli.output import BAD_DATA, DONE, say, say_failure, say_fault, say_json
from app.cli.writing import named, replacing
from app.convert import PROJECT_SUFFIX, records_in
from app.delivery.writing import sweep
from app.errors import CallError, Fault, FaultyFile, HashiyaError, SourceError
from app.formats.findings import WARNINGS
from app.formats.native import encode
from app.formats.sources import open_source
from app.labels import default_schema
from app.model.record import Record
from app.model.schema import Schema
from app.store import disk
from app.suggest.memory import Memory
from app.suggest.plugged import FIRST_SECONDS, plugged
from app.suggest.sources import Sources
from app.suggest.without_project import ANY_LENGTH, SOURCES, Alone, choose
from app.suggesting import SuggestSettings
from app.suggesting_all import suggestions_in
from app.wording import _, plural


class _Told:
    """What was wrong with articles, and which sources failed, each once."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.failed: dict[str, HashiyaError] = {}

    @property
    def is_bad(self) -> bool:
        return bool(self.failed) or any(fault.code not in WARNINGS for fault in self.faults)

    def fail(self, error: HashiyaError) -> None:
        self.failed.setdefault(f"{error.code} {error.values}", error)

    def say(self) -> None:
        for fault in self.faults:
            say_fault(fault)
        for error in self.failed.values():
            say_failure(error)


def _share(_context: click.Context, _option: click.Parameter, said: float | None) -> float | None:
    if said is not None and math.isnan(said):
        raise click.BadParameter(_("This is no number."))
    return said


@click.command()
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="The Hashiya JSONL file to write.")
@click.option("--sources", metavar="NAME,NAME", help="Which sources are asked; else all, of a project those it asks.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    callback=_share,
    help="How sure a suggestion must be, 0 to 1; else 0.5, or what a project has.",
)
@click.option("--schema", "given", type=click.Path(path_type=Path), help="A schema file instead of the usual one.")
@click.option("--force", is_flag=True, help="Overwrite OUT.")
@click.option("--compare", is_flag=True, help="Set articles of the project IN with suggestions beside those without.")
@click.option("--json", "as_json", is_flag=True, help="Say it as one JSON object.")
def suggest(
    source: Path,
    out: Path | None,
    sources: str | None,
    threshold: float | None,
    given: Path | None,
    force: bool,
    compare: bool,
    as_json: bool,
) -> int:
    """Write what could be marked in the articles of IN, a text, a file of any format or a project.

    What is marked in a file is not looked at. Of a project it is what its window suggests: by its labels, by what was
    refused, and by what it has learned (hashiya train). Nothing in it is changed.

    Each span of OUT has the status "suggested", its source and a score; `hashiya check --suggestions` takes such a
    file.
    """
    if compare:
        return say_comparison(source, as_json)
    if out is None:
        raise click.MissingParameter(param_hint="'--out'", param_type="option")
    if not source.exists():
        raise SourceError("source-missing", file=str(source))
    place = _writable(source, out, force)
    schema = schema_in(given) if given else None
    wanted = () if sources is None else tuple(name.strip() for name in sources.split(",") if name.strip()) or (sources,)
    told = _Told()
    if source.suffix.lower() == PROJECT_SUFFIX:
        with open_source(source):
            pass
        found = suggestions_in(source, wanted, threshold, schema, told.fail)
    else:
        threshold = SuggestSettings().threshold if threshold is None else threshold
        found = _in_file(source, wanted, threshold, schema or default_schema(), told)
    articles, spans = _write(found, source, place, told)
    if as_json:
        said = {"ok": not told.is_bad, "file": str(out), "articles": articles, "suggestions": spans}
        say_json({**said, "failed": [error.code for error in told.failed.values()]})
    else:
        told.say()
        count = plural("{count} suggestion in {file}", "{count} suggestions in {file}", spans)
        say(count.format(count=spans, file=out))
    return BAD_DATA if told.is_bad else DONE


def _writable(source: Path, out: Path, force: bool) -> Path:
    """Where `out` is. Raises CallError where nothing should be written over what is there."""
    with named(out):
        place = out.resolve()
        there = disk.identity(place)
        if place in disk.files_of(source.resolve()) or (there is not None and there == disk.identity(source)):
            raise CallError("output-is-source", file=str(out))
        if place.is_dir():
            raise CallError("output-is-directory", file=str(out))
        if place.exists() and not place.is_file():
            raise CallError("output-is-no-file", file=str(out))
        if place.exists() and not force:
            raise CallError("output-foreign", file=str(out))
    return place


def _write(found: Iterable[Record], source: Path, out: Path, told: _Told) -> tuple[int, int]:
    """Write the records in the place of `out`: how many there were, with how many spans."""
    articles = spans = 0
    counting = Counting(sys.stderr)
    try:
        with replacing(out) as stream:
            for record in found:
                stream.write(encode(record))
                articles += 1
                spans += len(record.annotations.spans) if record.annotations else 0
                counting(articles)
            if not articles:
                raise FaultyFile("nothing-to-convert", tuple(told.faults), file=source.name, count=len(told.faults))
    finally:
        counting.clear()
    sweep(out)
    return articles, spans


def _in_file(source: Path, wanted: Sequence[str], threshold: float, schema: Schema, told: _Told) -> Iterator[Record]:
    """Each article of a file once, with what is suggested in it."""
    sources = Sources(Memory, longest=ANY_LENGTH)
    with ExitStack() as opened:
        others = plugged(sources.names, lost=lambda _name, error: told.fail(error), patience=2 * FIRST_SECONDS)
        for one in others:
            opened.callback(one.close)
            sources.put(one)
        known = (*SOURCES, *(one.name for one in others))
        choose(sources, wanted or known, known)
        alone, seen = Alone(sources, schema, threshold), set()
        for found in records_in(source):
            if isinstance(found, Fault):
                told.faults.append(found)
            elif found.document.id not in seen:  # else it is the same article by another annotator
                seen.add(found.document.id)
                yield alone.suggested(found)
        for error in sources.troubles.values():
            told.fail(error)
