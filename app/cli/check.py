"""`hashiya check`: training files held to every rule of their format, and annotations to their schema."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import click

from app.cli.articles import is_project
from app.cli.judging import Judging, Told, as_json, schema_in, sentence_of
from app.cli.output import BAD_DATA, DONE, failure, fault_as_json, say, say_json, status_of
from app.errors import Fault, HashiyaError, ProjectError, SourceError
from app.formats.findings import WARNINGS, Finding
from app.formats.native_check import TrainingFile
from app.formats.native_read import decode_value
from app.model.schema import Schema
from app.wording import _, describe, describe_fault, isolated, plural


class _Checked(NamedTuple):
    path: Path
    lines: int = 0
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    problems: tuple[Told, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()
    unread: HashiyaError | None = None

    def status(self, strict: bool) -> int:
        if self.unread is not None:
            return status_of(self.unread)
        return BAD_DATA if self.faults or (strict and self.problems) else DONE


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_one", is_flag=True, help="Say it as one JSON object.")
@click.option("--suggestions", is_flag=True, help="Accept spans that are suggested and not yet accepted.")
@click.option("--schema", type=click.Path(path_type=Path), help="Look for problems in the light of this schema file.")
@click.option("--strict", is_flag=True, help="Take problems for faults: exit status 1.")
def check(files: tuple[Path, ...], as_one: bool, suggestions: bool, schema: Path | None, strict: bool) -> int:
    """Check training files (Hashiya JSONL 1.0) and projects.

    Of a training file each fault of its form, hash, offsets, surfaces, order and ids is named with line and field.
    Of both, problems are told as warnings: what the schema asks and nobody answered, labels, attributes and relations
    that it does not know or allow. A project has its schema; for a file it is --schema, else the one that ships under
    the name and version that its lines give.

    Exit status 0: all fine, 1: a file has faults, 2: a file cannot be read.
    """
    given = schema_in(schema) if schema else None
    checked = []
    for path in files:
        checked.append(_check(path, suggestions, given))
        if not as_one:
            _say(checked[-1])
    statuses = [one.status(strict) for one in checked]
    if as_one:
        told = [_as_json(one, not status) for one, status in zip(checked, statuses, strict=True)]
        say_json({"ok": not any(statuses), "files": told})
    return max(statuses)


def _check(path: Path, suggestions: bool, schema: Schema | None) -> _Checked:
    try:
        if path.is_file() and is_project(path):
            return _check_project(path, schema)
        return _check_file(path, suggestions, schema)
    except (SourceError, ProjectError) as error:
        return _Checked(path, unread=error)


def _check_file(path: Path, suggestions: bool, schema: Schema | None) -> _Checked:
    judging = Judging(schema)
    file = TrainingFile(path, suggestions=suggestions, heard=partial(_look, judging))
    found = list(file.faults())
    faults = tuple(fault for fault in found if fault.code not in WARNINGS)
    warnings = tuple(fault for fault in found if fault.code in WARNINGS)
    return _Checked(path, file.lines, faults, warnings, tuple(judging.told), tuple(judging.unknown))


def _look(judging: Judging, line: dict[str, Any], number: int, found: list[Finding]) -> None:
    record, _faults = decode_value(line, "", number, found)
    if record is not None:
        judging.look(record)


def _check_project(path: Path, schema: Schema | None) -> _Checked:
    from app.cli.judging_projects import judge_project  # the database takes longer to import than a file to check

    lines, told = judge_project(path, schema)
    return _Checked(path, lines, problems=told)


def _say(checked: _Checked) -> None:
    if checked.unread is not None:
        say(describe(checked.unread), err=True)
        return
    for fault in checked.faults:
        say(describe_fault(fault))
    warnings = (*map(describe_fault, checked.warnings), *(sentence_of(told, checked.path) for told in checked.problems))
    for warning in (*warnings, *(_not_looked_for(checked.path, *schema) for schema in checked.unknown)):
        say(_("Warning: {sentence}").format(sentence=warning))
    said, count = _faults_counted(checked), len(checked.problems)
    if count:
        problems = plural("{count} problem", "{count} problems", count).format(count=count)
        said = _("{faults}; {problems}").format(faults=said, problems=problems)
    say(said)


def _not_looked_for(path: Path, name: str, version: str) -> str:
    said = _(
        "{file}: the schema {name}, version {version}, is not known here, so problems were not looked for. "
        "Name its file with --schema."
    )
    return said.format(file=isolated(path), name=isolated(name or "–"), version=isolated(version or "–"))


def _faults_counted(checked: _Checked) -> str:
    count = len(checked.faults)
    if count:
        said = plural("{file}: {count} fault", "{file}: {count} faults", count)
    else:
        count = checked.lines
        said = plural("{file}: {count} line, no fault", "{file}: {count} lines, no fault", count)
    return said.format(file=checked.path, count=count)


def _as_json(checked: _Checked, ok: bool) -> dict[str, object]:
    said: dict[str, object] = {"file": str(checked.path), "ok": ok}
    if checked.unread is not None:
        return said | failure(checked.unread)
    return said | {
        "lines": checked.lines,
        "faults": [*map(fault_as_json, checked.faults)],
        "warnings": [*map(fault_as_json, checked.warnings)],
        "problems": [*map(as_json, checked.problems)],
        "unknown_schemas": [{"name": name, "version": version} for name, version in checked.unknown],
    }
