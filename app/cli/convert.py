"""`hashiya convert`: a file of one format written in another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.cli.delivery import as_json as told
from app.cli.delivery import say_written, wishes_of, wishing
from app.cli.formats import listing_formats
from app.cli.output import BAD_DATA, DONE, fault_as_json, say_fault, say_json
from app.formats.findings import WARNINGS
from app.formats.registry import ReadOptions, named


@click.command()
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--from", "given", default="", help="The format of IN; else it is found out.")
@click.option("--to", "wanted", default="", help="The format of OUT; else the one of its name.")
@listing_formats
@click.option("--encoding", default="", help="How IN is encoded, where it is not UTF-8: utf-16, windows-1256 …")
@wishing
def convert(source: Path, out: Path, given: str, wanted: str, encoding: str, as_json: bool, **said: Any) -> int:
    """Write what IN holds to OUT, in another format, without a project.

    What cannot be read is named with its line; the rest is written. What OUT cannot carry is counted, and listed in
    OUT.report.jsonl.

    Exit status 0: all was read, 1: something was refused, 2: a file cannot be read or written.
    """
    from app.convert import convert as write
    from app.convert import format_for

    wishes = wishes_of(named(wanted) if wanted else format_for(out), out, said)
    report = (lambda fault: None) if as_json else say_fault
    made = write(source, out, wishes, given=given, options=ReadOptions(encoding), report=report)
    bad = any(fault.code not in WARNINGS for fault in made.faults)
    if as_json:
        say_json({"ok": not bad, **told(made.written), "faults": [*map(fault_as_json, made.faults)]})
    else:
        say_written(made.written, wishes.format)
    return BAD_DATA if bad else DONE
