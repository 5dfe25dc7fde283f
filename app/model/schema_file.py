"""The JSON file that a label schema stands in: read with every fault named, written the same every time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from app.errors import Fault, FaultyFile
from app.model.schema import Ink, Label, Schema

FORMAT = "hashiya-schema"
VERSION = "1.0"

_READABLE_VERSION = re.compile(r"1\.\d+")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_KEY = re.compile(r"[1-9a-z]?")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_NAME = re.compile(r"[^\s\x00-\x1f\x7f\ud800-\udfff]+")
_TEXT = re.compile(r"(?=.*\S)[^\ud800-\udfff]+", re.DOTALL)


def read_schema(content: bytes, file: str) -> Schema:
    """The schema that a JSON file holds. Raises FaultyFile with every fault; `file` is its name in the messages."""
    reading = _Reading(file)
    schema = reading.schema(content)
    if schema is None or reading.faults:
        raise FaultyFile("schema-faulty", tuple(reading.faults), file=file)
    return schema


def schema_json(schema: Schema) -> bytes:
    """The JSON file of `schema`: UTF-8, keys in a fixed order, the same bytes every time."""
    tree = {
        "format": FORMAT,
        "format_version": VERSION,
        "name": schema.name,
        "version": schema.version,
        "titles": schema.titles,
        "labels": [_label_tree(label) for label in schema.labels],
    }
    return (json.dumps(tree, ensure_ascii=False, indent=2) + "\n").encode()


def _label_tree(label: Label) -> dict[str, object]:
    ink, ground, dark_ink, dark_ground = label.colour
    colour = {"light": {"ink": ink, "ground": ground}, "dark": {"ink": dark_ink, "ground": dark_ground}}
    tree: dict[str, object] = {"id": label.id, "titles": label.titles, "key": label.key, "colour": colour}
    return tree if label.guidelines is None else {**tree, "guidelines": label.guidelines}


class _Reading:
    """Takes values out of a file and notes each fault; what is wrong reads as empty, so that all faults are found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def schema(self, content: bytes) -> Schema | None:
        """The schema of a whole file, or None where its form is not known."""
        tree = self.tree(content)
        if self.faults or not self.is_known(tree):
            return None
        top = self.members(tree, "", ("format", "format_version", "name", "version", "titles", "labels"))
        name, version = self.name(top, "", "name"), self.name(top, "", "version")
        titles = self.texts(top, "", "titles")
        labels = tuple(self.labels(top.get("labels")))
        self.note_shared(labels)
        return Schema(name, version, titles, labels)

    def tree(self, content: bytes) -> object:
        """What the JSON says; None where it says nothing that can be read."""
        try:
            tree: object = json.loads(content.decode("utf-8-sig"), object_pairs_hook=self.unlike_keys)
            return tree
        except UnicodeDecodeError as error:
            before = content[: error.start]
            place = {"byte": len(before) - before.rfind(b"\n"), "value": f"{content[error.start]:02X}"}
            self.faults.append(Fault(self.file, before.count(b"\n") + 1, "", "not-utf8", place))
        except json.JSONDecodeError as error:
            self.faults.append(Fault(self.file, error.lineno, "", "not-json", {"column": error.colno}))
        except (RecursionError, ValueError):  # nested too deep, or a number of thousands of digits
            self.faults.append(Fault(self.file, 1, "", "not-json", {"column": 1}))
        return None

    def unlike_keys(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        """The object of `pairs`; of a key given twice neither value can be trusted."""
        members = dict(pairs)
        if len(members) < len(pairs):
            keys = [key for key, _value in pairs]
            self.note("", "key-twice", key=next(key for key in members if keys.count(key) > 1))
        return members

    def is_known(self, tree: object) -> bool:
        """Whether this is a schema file, of a version that this program reads."""
        form = tree.get("format") if isinstance(tree, dict) else None
        if not isinstance(tree, dict) or form != FORMAT:
            self.note("format", "schema-unknown")
        elif not _READABLE_VERSION.fullmatch(version := str(tree.get("format_version"))):
            self.note("format_version", "schema-newer", value=_shown(version))
        return not self.faults

    def labels(self, trees: object) -> Iterator[Label]:
        """The labels of the list `trees`."""
        if not isinstance(trees, list) or not trees:
            self.note("labels", "labels-missing")
            return
        for number, tree in enumerate(trees):
            yield self.label(tree, f"labels[{number}]")

    def label(self, tree: object, field: str) -> Label:
        """The label at `field`."""
        given = self.members(tree, field, ("id", "titles", "colour"), ("key", "guidelines"))
        key = given.get("key", "")
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            self.note(f"{field}.key", "label-key-wrong", value=_shown(key))
            key = ""
        name, titles = self.name(given, field, "id"), self.texts(given, field, "titles")
        guidelines = self.texts(given, field, "guidelines") if "guidelines" in given else None
        return Label(name, titles, self.ink(given, field), key, guidelines)

    def ink(self, owner: dict[str, object], field: str) -> Ink:
        """The four colours of the label at `field`."""
        colours: list[str] = []
        themes = self.members(
            owner.get("colour", {}), f"{field}.colour", ("light", "dark") if "colour" in owner else ()
        )
        for theme in ("light", "dark"):
            place = f"{field}.colour.{theme}"
            given = self.members(themes.get(theme, {}), place, ("ink", "ground") if theme in themes else ())
            colours += [self.colour(given, place, part) for part in ("ink", "ground")]
        return Ink(*colours)

    def colour(self, owner: dict[str, object], field: str, key: str) -> str:
        """One colour, in upper case."""
        value = owner.get(key, "")
        if isinstance(value, str) and _COLOUR.fullmatch(value):
            return value.upper()
        if key in owner:
            self.note(f"{field}.{key}", "colour-malformed", value=_shown(value))
        return ""

    def texts(self, owner: dict[str, object], field: str, key: str) -> dict[str, str]:
        """Texts by language code; at least one, and none of them blank."""
        tree, place = owner.get(key), _joined(field, key)
        if not isinstance(tree, dict) or not tree:
            if key in owner:
                self.note(place, "texts-missing")
            return {}
        for language, text in tree.items():
            if not _LANGUAGE.fullmatch(language):
                self.note(f"{place}.{_shown(language)}", "language-unknown")
            elif not isinstance(text, str) or not _TEXT.fullmatch(text):
                self.note(f"{place}.{language}", "text-missing")
        return tree

    def name(self, owner: dict[str, object], field: str, key: str) -> str:
        """A name without white space, as labels and schemas need one in other programs' files."""
        value = owner.get(key, "")
        if isinstance(value, str) and _NAME.fullmatch(value):
            return value
        if key in owner:
            self.note(_joined(field, key), "name-malformed", value=_shown(value))
        return ""

    def members(
        self, tree: object, field: str, needed: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> dict[str, object]:
        """The object at `field`; notes what it lacks, and what means nothing here."""
        if not isinstance(tree, dict):
            self.note(field, "not-an-object")
            return {}
        for key in needed:
            if key not in tree:
                self.note(_joined(field, key), "key-required")
        for key in tree if needed else ():
            if key not in (*needed, *optional):
                self.note(_joined(field, _shown(key)), "key-unknown")
        return tree

    def note_shared(self, labels: tuple[Label, ...]) -> None:
        """Note ids and keys that an earlier label has already."""
        ids: set[str] = set()
        keys: dict[str, str] = {}
        for number, label in enumerate(labels):
            if label.id in ids:
                self.note(f"labels[{number}].id", "label-twice", value=label.id)
            elif label.key in keys:
                self.note(f"labels[{number}].key", "label-key-taken", value=label.key, other=keys[label.key])
            ids |= {label.id} - {""}
            if label.key:
                keys.setdefault(label.key, label.id)

    def note(self, field: str, code: str, **values: object) -> None:
        """Remember a fault."""
        self.faults.append(Fault(self.file, 0, field, code, values))


def _joined(field: str, key: str) -> str:
    return f"{field}.{key}" if field else key


def _shown(value: object) -> str:
    return str(value)[:80].encode("utf-8", "replace").decode()
