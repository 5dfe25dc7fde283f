"""The JSON file that a label schema stands in: read with every fault named, written the same every time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Final

from app.errors import FaultyFile
from app.model.schema import AttributeType, Choice, Condition, Label, RelationType, Rules, Schema
from app.model.schema_parts import fields, labels, problems, relations
from app.model.schema_reading import Node, Notes, shown

FORMAT: Final = "hashiya-schema"
VERSION: Final = "1.1"

_READABLE_VERSION = re.compile(r"1\.\d+")
_TOP: Final = ("format", "format_version", "name", "version", "titles", "labels")


def read_schema(content: bytes, file: str) -> Schema:
    """The schema that a JSON file holds. Raises FaultyFile with every fault; `file` is its name in the messages."""
    notes = Notes(file)
    schema = _schema(content, notes)
    if schema is None or notes.faults:
        raise FaultyFile("schema-faulty", tuple(notes.faults), file=file)
    return schema


def schema_json(schema: Schema) -> bytes:
    """The JSON file of `schema`: UTF-8, keys in a fixed order, the same bytes every time."""
    tree: dict[str, object] = {
        "format": FORMAT,
        "format_version": VERSION,
        "name": schema.name,
        "version": schema.version,
        "titles": dict(schema.titles),
        "labels": [_label(label) for label in schema.labels],
    }
    tree |= _given(
        relations=[_relation(one) for one in schema.relations],
        fields=[_attribute(one) for one in schema.fields],
        blocking=list(schema.blocking),
    )
    return (json.dumps(tree, ensure_ascii=False, indent=2) + "\n").encode()


def _schema(content: bytes, notes: Notes) -> Schema | None:
    """The schema of a whole file, or None where its form is not known."""
    tree = notes.tree(content)
    if notes.faults or not _is_known(tree, notes):
        return None
    top = Node(notes, tree, "", _TOP, ("relations", "fields", "blocking"))
    name, version, titles = top.name("name"), top.name("version"), top.texts("titles")
    found = labels(top, lenient=top.given["format_version"] == "1.0")
    return Schema(name, version, titles, found, relations(top, found), fields(top), problems(top))


def _is_known(tree: object, notes: Notes) -> bool:
    """Whether this is a schema file, of a version that this program reads."""
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        notes.note("format", "schema-unknown", {})
        return False
    version = tree.get("format_version")
    if not isinstance(version, str) or not _READABLE_VERSION.fullmatch(version):
        notes.note("format_version", "schema-newer", {"value": shown(version)})
        return False
    return True


def _given(**values: object) -> dict[str, object]:
    """Those that say something: neither empty nor false."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {}, 0)}


def _label(label: Label) -> dict[str, object]:
    ink, ground, dark_ink, dark_ground = label.colour
    colour = {"light": {"ink": ink, "ground": ground}, "dark": {"ink": dark_ink, "ground": dark_ground}}
    tree = {"id": label.id, "titles": dict(label.titles), "key": label.key, "colour": colour}
    return tree | _given(
        guidelines=_texts(label.guidelines),
        attributes=[_attribute(one) for one in label.attributes],
        rules={name: value for name, value in label.rules._asdict().items() if value != Rules._field_defaults[name]},
    )


def _attribute(one: AttributeType) -> dict[str, object]:
    tree: dict[str, object] = {"id": one.id, "kind": one.kind, "titles": dict(one.titles)}
    return tree | _given(
        key=one.key,
        choices=[_choice(choice) for choice in one.choices],
        default=list(one.default),
        required=one.required,
        shown_when=_condition(one.shown_when),
        on_tag=one.on_tag,
        minimum=one.minimum,
        maximum=one.maximum,
        pattern=one.pattern,
    )


def _choice(choice: Choice) -> dict[str, object]:
    return {"id": choice.id, "titles": dict(choice.titles)} | _given(key=choice.key)


def _condition(condition: Condition | None) -> dict[str, object] | None:
    if condition is None:
        return None
    return {"attribute": condition.attribute} | _given(values=_list(condition.values))


def _relation(one: RelationType) -> dict[str, object]:
    return {"id": one.id, "titles": dict(one.titles)} | _given(
        key=one.key,
        heads=_list(one.heads),
        children=_list(one.children),
        same_label=one.same_label,
        symmetric=one.symmetric,
        at_least=one.at_least,
        at_most=one.at_most,
        guidelines=_texts(one.guidelines),
    )


def _list(values: Iterable[str]) -> list[str]:
    return list(values)


def _texts(texts: Mapping[str, str] | None) -> dict[str, str]:
    return dict(texts or {})
