"""Hashiya's own training file, read: what is sound of a line is taken, and each thing refused is named.

A faulty entry costs no more than itself: a wrong note is left out, a wrong offset costs the span, a wrong hash the
line. Unknown keys are carried in `extra`; those inside an entry (a fragment, an attribute, a field) by the extra of
its owner, under the entry's own key, as a list of the whole entries.
"""

from __future__ import annotations

from typing import Any

import orjson

from app.errors import Fault
from app.formats import native_form as form
from app.formats.findings import FORMAL, WARNINGS, Finding, to_fault
from app.formats.native_check import examine
from app.formats.native_form import Required, Table
from app.formats.strict_json import JsonFault, Path, parse
from app.model.annotation import Annotations, Attribute, Fragment, Relation, Span, State
from app.model.document import Document, NameValue
from app.model.record import Record

_Object = dict[str, Any]
_ENTRIES = {"spans": form.SPAN, "relations": form.RELATION, "fields": form.PAIR, "meta": form.PAIR}


def is_native(line: object) -> bool:
    """Whether a line read as JSON says of itself that it is Hashiya's."""
    return isinstance(line, dict) and line.get("format") == form.FORMAT


def decode(line: bytes, file: str, number: int) -> tuple[Record | None, list[Fault]]:
    """The record of one line and what was refused of it; None when the whole line was."""
    try:
        value = parse(line)
    except JsonFault as fault:
        return None, [to_fault(file, number, Finding(fault.path, fault.code, fault.values))]
    return decode_value(value, file, number)


def decode_value(
    line: object, file: str, number: int, found: list[Finding] | None = None
) -> tuple[Record | None, list[Fault]]:
    """The record of a line that was read as JSON already, which is used up; see `decode`.

    `found` is what `examine` says of it, for those who have asked already.
    """
    found = [finding for finding in (examine(line) if found is None else found) if finding.code not in FORMAL]
    refused = {refused_unit(finding.path) for finding in found if finding.code not in WARNINGS}
    if not isinstance(line, dict) or () in refused:
        return None, [to_fault(file, number, finding) for finding in found if not refused_unit(finding.path)]
    faults = [to_fault(file, number, finding) for finding in found]
    if refused:
        _prune(line, refused)
        faults += [to_fault(file, number, finding) for finding in _drop_dangling(line)]
    return _record(line, number), faults


def refused_unit(path: Path) -> Path:
    """The smallest thing that has to go for a fault at `path`: a key, an entry or, as `()`, the line."""
    table: Table = form.LINE
    owner: Path = ()
    rest = path
    while rest:
        name = rest[0]
        if isinstance(name, int) or name == "fragments":
            return owner
        if len(rest) == 1:
            return owner if table.by_name[name].guard else path
        owner, table, rest = (*owner, *rest[:2]), _ENTRIES.get(name, form.ATTRIBUTE), rest[2:]
    return path


def _prune(line: _Object, refused: set[Path]) -> None:
    for path in sorted(refused, key=len, reverse=True):
        owner: Any = line
        for part in path[:-1]:
            owner = owner[part]
        if isinstance(path[-1], int):
            owner[path[-1]] = None
        else:
            del owner[path[-1]]
    for owner in [line, *_alive(line, "spans"), *_alive(line, "relations")]:
        for name in ("spans", "relations", "fields", "meta", "attributes"):
            if isinstance(owner.get(name), list):
                owner[name] = _alive(owner, name)


def _alive(owner: _Object, name: str) -> list[Any]:
    return [entry for entry in owner.get(name, ()) if entry is not None]


def _drop_dangling(line: _Object) -> list[Finding]:
    spans = {span["id"] for span in line.get("spans", ())}
    relations = line.get("relations", [])
    lost = [relation for relation in relations if not {relation["head"], relation["child"]} <= spans]
    if lost:
        line["relations"] = [relation for relation in relations if relation not in lost]
    return [Finding(("relations",), "relation-lost-its-span", {"value": relation["id"]}) for relation in lost]


def _record(line: _Object, number: int) -> Record:
    value = _defaulted(line, form.LINE)
    created = value["created_at"]
    document = Document(
        value["id"],
        value["text"],
        value["title"],
        value["language"],
        tuple(NameValue(pair["name"], pair["value"]) for pair in value["meta"]),
        created,
        _dumped(_carried(line, {"meta": form.PAIR})),
    )
    unknown = {} if value["format_version"] == form.VERSION else {"format_version": value["format_version"]}
    state = State(
        value["status"],
        value["flagged"],
        value["note"],
        tuple(NameValue(pair["name"], pair["value"]) for pair in value["fields"]),
        value["role"],
        value["is_gold"],
        _dumped({**unknown, **_carried(line, {"fields": form.PAIR}), **_unknown(line, form.LINE)}),
    )
    annotations = Annotations.of(map(_span, value["spans"]), map(_relation, value["relations"]), state)
    return Record(
        document,
        annotations,
        value["annotator"],
        value["schema"],
        value["schema_version"],
        value["updated_at"] or created,
        number,
    )


def _span(span: _Object) -> Span:
    value = _defaulted(span, form.SPAN)
    fragments = value["fragments"] or [value]
    return Span(
        value["id"],
        value["label"],
        tuple([Fragment(piece["start"], piece["end"]) for piece in fragments]),
        _attributes(value["attributes"]) if value["attributes"] else (),
        value["status"],
        value["source"],
        value["source_name"],
        _real(value["score"]),
        value["edited"],
        value["note"],
        value["created_at"],
        value["updated_at"],
        "" if _is_plain(span) else _dumped(_span_extra(span)),
    )


def _is_plain(span: _Object) -> bool:
    """Whether nothing in `span` can be unknown: the quick answer, for most spans."""
    return tuple(span) == form.SPAN.names and not span["attributes"] and [*map(len, span["fragments"])] == [2]


def _span_extra(span: _Object) -> _Object:
    carried = _carried(span, {"fragments": form.FRAGMENT, "attributes": form.ATTRIBUTE})
    return {**carried, **_unknown(span, form.SPAN)}


def _relation(relation: _Object) -> Relation:
    value = _defaulted(relation, form.RELATION)
    carried = {**_carried(relation, {"attributes": form.ATTRIBUTE}), **_unknown(relation, form.RELATION)}
    return Relation(
        value["id"],
        value["label"],
        value["head"],
        value["child"],
        _attributes(value["attributes"]),
        value["source"],
        _real(value["score"]),
        _dumped(carried),
    )


def _attributes(entries: list[_Object]) -> tuple[Attribute, ...]:
    return tuple(sorted(Attribute(entry["name"], entry["value"], entry.get("source", "import")) for entry in entries))


def _real(score: float | None) -> float | None:
    return None if score is None else float(score)


def _defaulted(owner: _Object, table: Table) -> _Object:
    """`owner`, with the defaults of `table` for keys that are missing."""
    if tuple(owner) == table.names:
        return owner
    return {key.name: key.default for key in table.keys if key.default is not Required} | owner


def _unknown(owner: _Object, table: Table) -> _Object:
    return {name: value for name, value in owner.items() if name not in table.by_name}


def _carried(owner: _Object, tables: dict[str, Table]) -> _Object:
    """The entries of `owner` that hold unknown keys, whole, by the name of their list."""
    found = {}
    for name, table in tables.items():
        entries = [entry for entry in owner.get(name) or () if any(key not in table.by_name for key in entry)]
        if entries:
            found[name] = entries
    return found


def _dumped(extra: _Object) -> str:
    return orjson.dumps(extra).decode() if extra else ""
