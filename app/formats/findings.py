"""Findings: what is wrong where within a line, and how an object's keys are held against their table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.errors import Fault
from app.formats.native_form import Required, Table
from app.formats.strict_json import Path, field_name

FORMAL = frozenset({"key-missing", "key-order", "spans-order", "relations-order", "attributes-order", "wrong-length"})
"""Faults of the written form alone: nothing of what the line says is in doubt, so a reader passes over them."""

WARNINGS = frozenset(
    {
        "grapheme-cut",
        "marks-not-read",
        "no-lines",
        "presentation-forms",
        "text-there-already",
        "annotated-and-kept",
        "nearly-the-same",
        "pictures-left-out",
        "page-parts-left-out",
        "tables-flattened",
        "notes-left-out",
        "deletions-left-out",
        "encoding-declared",
        "kind-not-read",
    }
)
"""What a reader tells about but keeps as it is; no fault of the file."""

_SHOWN = 80
_WORDS = {None: "null", True: "true", False: "false"}


class Finding(NamedTuple):
    """One thing wrong at `path` within a line, e.g. `("spans", 2, "end")`."""

    path: Path
    code: str
    values: dict[str, object] = {}  # noqa: RUF012 - never mutated, and a NamedTuple holds no factory


def to_fault(file: str, number: int, finding: Finding) -> Fault:
    """`finding` as the fault of line `number` of `file`."""
    return Fault(file, number, field_name(finding.path), finding.code, finding.values)


def form_findings(owner: object, table: Table, path: Path) -> list[Finding]:
    """Missing, wrong and misplaced keys of one object; says nothing of what its lists hold."""
    if table.is_met_by(owner):
        return []
    if not isinstance(owner, dict):
        return [Finding(path, "not-an-object")]
    found = list(_misplaced(tuple(owner), table, path))
    for key in table.keys:
        if key.name in owner and (code := key.kind.fault(owner[key.name])):
            values = shown(owner[key.name]) | ({"expected": ", ".join(key.kind.words)} if key.kind.words else {})
            found.append(Finding((*path, key.name), code, values))
    return found


def wrong_keys(found: list[Finding]) -> frozenset[str | int]:
    """The keys that `found`, the findings of one object's form, leaves without a sound value."""
    return frozenset(finding.path[-1] for finding in found if finding.code != "key-order")


def shown(value: object) -> dict[str, object]:
    """`value` under the name `value`, as a message may show it: a number, or a short text in JSON's own words."""
    if isinstance(value, str):
        return {"value": value[:_SHOWN]}
    if isinstance(value, list | dict):
        return {"value": "[…]" if isinstance(value, list) else "{…}"}
    return {"value": _WORDS.get(value) if value is None or isinstance(value, bool) else value}


def _misplaced(given: tuple[str, ...], table: Table, path: Path) -> Iterator[Finding]:
    for key in table.keys:
        if key.name not in given:
            yield Finding((*path, key.name), "key-required" if key.default is Required else "key-missing")
    present = [key.name for key in table.keys if key.name in given]
    for found, wanted in zip(given, present, strict=False):
        if found != wanted:
            yield Finding((*path, found), "key-order", {"expected": wanted})
            return
