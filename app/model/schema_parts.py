"""The parts of a schema file: labels, relations between them, fields of documents, problems that block."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from app.model.schema import PROBLEMS, AttributeType, Ink, Label, RelationType, Rules
from app.model.schema_questions import KEY, attributes, note_shared
from app.model.schema_reading import Node, shown

MOST_LABELS: Final = 500
MOST_RELATIONS: Final = 500
RESERVED_KEYS: Final = frozenset("xjrafsomp")
"""Letters that are commands already wherever a label's key could be pressed."""

_LABEL_KEY: Final = re.compile(r"[1-9a-z]?")
_RELATION: Final = ("key", "heads", "children", "same_label", "symmetric", "at_least", "at_most", "guidelines")


def labels(top: Node, *, lenient: bool) -> tuple[Label, ...]:
    """The labels; `lenient` as to keys that a file may have given away before they were commands."""
    needed, optional = ("id", "titles", "colour"), ("key", "guidelines", "attributes", "rules")
    if "labels" in top.given and top.given["labels"] in ([], None):
        top.note("labels", "labels-missing")
    found = [(node, _label(node, lenient)) for node in top.inners("labels", MOST_LABELS, needed, optional)]
    note_shared(found, "label-twice", "label-key-taken")
    return tuple(label for _node, label in found)


def relations(top: Node, known: Iterable[Label]) -> tuple[RelationType, ...]:
    """The types of relations between the labels that are `known`."""
    ids = {label.id for label in known}
    nodes = top.inners("relations", MOST_RELATIONS, ("id", "titles"), _RELATION)
    found = [(node, _relation(node, ids)) for node in nodes]
    note_shared(found)
    return tuple(one for _node, one in found)


def fields(top: Node) -> tuple[AttributeType, ...]:
    """What is asked of each document."""
    return attributes(top, "fields")


def problems(top: Node) -> tuple[str, ...]:
    """The codes of problems with which a document cannot be called done."""
    found = top.names("blocking", len(PROBLEMS))
    for code in found:
        if code not in PROBLEMS:
            top.note("blocking", "unknown-word", value=shown(code), expected=", ".join(PROBLEMS))
    return found


def _label(node: Node, lenient: bool) -> Label:
    name, titles, key = node.name("id"), node.texts("titles"), node.key("key", _LABEL_KEY, "label-key-wrong")
    if key in RESERVED_KEYS:
        if not lenient:
            node.note("key", "label-key-reserved", value=key)
        key = ""
    guidelines = node.texts("guidelines") if "guidelines" in node.given else None
    return Label(name, titles, _ink(node), key, guidelines, attributes(node, "attributes"), _rules(node))


def _ink(node: Node) -> Ink:
    themes = node.inner("colour", ("light", "dark"))
    light, dark = (themes.inner(theme, ("ink", "ground")) for theme in ("light", "dark"))
    return Ink(light.colour("ink"), light.colour("ground"), dark.colour("ink"), dark.colour("ground"))


def _rules(node: Node) -> Rules:
    given = node.inner("rules", (), Rules._fields)
    return Rules(
        given.flag("overlap_own", True), given.flag("discontinuous", True), given.whole("longest_words", least=1)
    )


def _relation(node: Node, known: set[str]) -> RelationType:
    one = RelationType(
        node.name("id"),
        node.texts("titles"),
        node.key("key", KEY, "key-wrong"),
        node.names("heads", MOST_LABELS),
        node.names("children", MOST_LABELS),
        node.flag("same_label"),
        node.flag("symmetric"),
        node.whole("at_least", least=0) or 0,
        node.whole("at_most", least=1),
        node.texts("guidelines") if "guidelines" in node.given else None,
    )
    for key, names in (("heads", one.heads), ("children", one.children)):
        for name in names:
            if name not in known:
                node.note(key, "relation-label-unknown", value=shown(name))
    if one.at_most is not None and one.at_least > one.at_most:
        node.note("at_least", "counts-crossed", value=one.at_least, limit=one.at_most)
    return one
