"""Problems of records in the light of a schema, told with the place of each."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from app.formats.sources import open_source
from app.labels import known_schema
from app.model.annotation import Span
from app.model.record import Record
from app.model.schema import Schema
from app.model.schema_file import read_schema
from app.problem_sentences import describe_problem
from app.review.problems import Problem, problems
from app.wording import _, isolated, language


class Told(NamedTuple):
    """A problem in the light of `schema`, and where it is; `line` is 0 in a project, `span` None for a field."""

    problem: Problem
    schema: Schema
    line: int
    document: str
    annotator: str
    span: Span | None


class Judging:
    """Looks for problems in records: in the light of the schema that was given, else of the one that each names.

    `told` are those found; `unknown` the names and versions of schemas that are not known, so that nothing was found.
    """

    def __init__(self, schema: Schema | None = None) -> None:
        self.told: list[Told] = []
        self.unknown: dict[tuple[str, str], None] = {}
        self._given = schema
        self._known: dict[tuple[str, str], Schema | None] = {}

    def look(self, record: Record) -> None:
        """Look at one article by one annotator."""
        named = (record.schema_name, record.schema_version)
        if named not in self._known:
            self._known[named] = self._given or known_schema(*named)
        schema, said = self._known[named], record.annotations
        if said is None:
            return
        if schema is None:
            self.unknown[named] = None
            return
        for problem in problems(record.document.text, said, schema):
            span = said.spans.get(problem.span)
            self.told.append(Told(problem, schema, record.line, record.document.id, record.annotator, span))


def schema_in(path: Path) -> Schema:
    """The schema that the file `path` holds. Raises SourceError or FaultyFile."""
    with open_source(path) as stream:
        return read_schema(stream.read(), path.name)


def sentence_of(told: Told, file: Path) -> str:
    """Where the problem is (file, line or article, span, offset, label) and what it is."""
    if told.line:
        place = _("{file}, line {line}").format(file=isolated(file), line=told.line)
    else:
        named = {"file": file, "article": told.document, "annotator": told.annotator}
        place = _("{file}, {article} by {annotator}").format(**{name: isolated(one) for name, one in named.items()})
    said = describe_problem(told.problem, told.schema, language())
    if told.span is None:
        return f"{place}: {said}"
    values = {"place": place, "span": isolated(told.span.id), "label": isolated(told.span.label), "said": said}
    return _("{place}, span {span} at {start}–{end} ({label}): {said}").format(
        **values, start=told.span.start, end=told.span.end
    )


def as_json(told: Told) -> dict[str, object]:
    """What a machine is told of a problem; what does not apply is null."""
    problem, span = told.problem, told.span
    return {
        "line": told.line or None,
        "id": told.document,
        "annotator": told.annotator,
        "code": problem.code,
        "span": problem.span or None,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "label": span.label if span else None,
        "relation": problem.relation or None,
        "name": problem.name or None,
        "message": describe_problem(problem, told.schema, language()),
        "values": dict(problem.values),
    }
