"""What commands say: text for people, one JSON object for machines, and what became of the call."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click

from app.errors import Fault, FaultyFile, HashiyaError, ProjectError
from app.formats.findings import WARNINGS
from app.wording import _, describe, describe_fault, fault_sentence

DONE, BAD_DATA, BAD_CALL = 0, 1, 2
"""The exit statuses."""

_CONTROLS = re.compile("[\0-\x1f\x7f-\x9f]")


def say(text: str, *, err: bool = False) -> None:
    """Print a line that cannot steer the terminal. A name that is no Unicode, or a reader gone away, is no error."""
    try:
        click.echo(plain(text).encode("utf-8", "replace").decode("utf-8"), err=err)
    except BrokenPipeError:
        hush()


def say_json(value: object) -> None:
    """Print `value` as one line of JSON, in UTF-8 whatever the terminal speaks."""
    try:
        click.echo(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except BrokenPipeError:
        hush()


def say_fault(fault: Fault) -> None:
    """Tell people of a fault in a file: its line, its field, and what is wrong."""
    said = describe_fault(fault)
    say(_("Warning: {sentence}").format(sentence=said) if fault.code in WARNINGS else said, err=True)


def say_failure(error: HashiyaError) -> None:
    """Tell people of an error; several faults of a file come one on a line."""
    if isinstance(error, FaultyFile) and len(error.faults) > 1:
        for fault in error.faults:
            say_fault(fault)
        error = HashiyaError(error.code, **error.values)
    say(describe(error), err=True)


def hush() -> None:
    """Write what is still to come nowhere: nobody reads it any more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def plain(text: str) -> str:
    """`text` without characters that could steer a terminal: each is shown as a picture of itself."""
    return _CONTROLS.sub(_picture, text)


def _picture(control: re.Match[str]) -> str:
    code = ord(control.group())
    return " " if code == 9 else chr(0x2400 + code) if code < 32 else "\u2421" if code == 127 else "\ufffd"


def failure(error: HashiyaError) -> dict[str, object]:
    """What a machine is told of an error."""
    said: dict[str, object] = {"ok": False, "code": error.code, "message": describe(error)}
    if isinstance(error, FaultyFile):
        said["faults"] = [fault_as_json(fault) for fault in error.faults]
    return said


def fault_as_json(fault: Fault) -> dict[str, object]:
    """What a machine is told of a fault."""
    return {
        "file": fault.file,
        "line": fault.line,
        "field": fault.field,
        "code": fault.code,
        "message": fault_sentence(fault),
        "values": fault.values,
    }


def write_report(path: Path, told: Iterable[dict[str, object]]) -> None:
    """Write what machines are told, a line each, to the new file `path`. Raises SourceError when it cannot be."""
    from app.cli.writing import making_of, named, write
    from app.store import disk

    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in told)
    making = making_of(path)
    with named(path):
        try:
            write(making, lines.encode("utf-8", "replace"))
            disk.place(making, path)
        finally:
            with suppress(OSError):
                making.unlink()


def status_of(error: HashiyaError) -> int:
    """The exit status that an error gives: a file or project that is not sound, or a call that cannot be done."""
    return BAD_DATA if isinstance(error, FaultyFile | ProjectError) else BAD_CALL
