"""`hashiya check`: training files held to every rule of their format."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

from app.cli.output import BAD_DATA, DONE, failure, fault_as_json, say, say_json, status_of
from app.errors import Fault, SourceError
from app.formats.findings import WARNINGS
from app.formats.native_check import TrainingFile
from app.wording import _, describe, describe_fault, plural


class _Checked(NamedTuple):
    path: Path
    lines: int = 0
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    unread: SourceError | None = None

    @property
    def status(self) -> int:
        if self.unread is not None:
            return status_of(self.unread)
        return BAD_DATA if self.faults else DONE


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Say it as one JSON object.")
@click.option("--suggestions", is_flag=True, help="Accept spans that are suggested and not yet accepted.")
def check(files: tuple[Path, ...], as_json: bool, suggestions: bool) -> int:
    """Check training files (Hashiya JSONL 1.0): form, hash, offsets, surfaces, order, ids.

    Each fault is named with its line and field. Exit status 0: all fine, 1: a file has faults, 2: a file cannot be
    read.
    """
    checked = []
    for path in files:
        checked.append(_check(path, suggestions))
        if not as_json:
            _say(checked[-1])
    if as_json:
        say_json({"ok": not any(one.status for one in checked), "files": [*map(_as_json, checked)]})
    return max(one.status for one in checked)


def _check(path: Path, suggestions: bool) -> _Checked:
    file = TrainingFile(path, suggestions=suggestions)
    try:
        found = list(file.faults())
    except SourceError as error:
        return _Checked(path, unread=error)
    faults = tuple(fault for fault in found if fault.code not in WARNINGS)
    return _Checked(path, file.lines, faults, tuple(fault for fault in found if fault.code in WARNINGS))


def _say(checked: _Checked) -> None:
    if checked.unread is not None:
        say(describe(checked.unread), err=True)
        return
    for fault in checked.faults:
        say(describe_fault(fault))
    for warning in checked.warnings:
        say(_("Warning: {sentence}").format(sentence=describe_fault(warning)))
    count = len(checked.faults)
    if count:
        said = plural("{file}: {count} fault", "{file}: {count} faults", count)
    else:
        count = checked.lines
        said = plural("{file}: {count} line, no fault", "{file}: {count} lines, no fault", count)
    say(said.format(file=checked.path, count=count))


def _as_json(checked: _Checked) -> dict[str, object]:
    said: dict[str, object] = {"file": str(checked.path), "ok": not checked.status}
    if checked.unread is not None:
        return said | failure(checked.unread)
    return said | {
        "lines": checked.lines,
        "faults": [*map(fault_as_json, checked.faults)],
        "warnings": [*map(fault_as_json, checked.warnings)],
    }
