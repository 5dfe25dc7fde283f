"""The words of a brat folder: how labels, attributes and relations are called there, and its files that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.formats.registry import Loss, Lost
from app.formats.safe_names import safe_name
from app.model.schema import CHOICE, CHOICES, YES_NO, AttributeType, Schema

_BREAKING = re.compile(r"[\s|]+")


class Vocabulary:
    """Names as brat allows them; `lost` hears once of each that is not the one it was.

    What the records use beyond the schema is declared as well, so that nothing of theirs is unknown to brat.
    """

    def __init__(self, schema: Schema | None, lost: Lost) -> None:
        self._schema = schema
        self._lost = lost
        self._names: dict[str, str] = {}
        self._labels: dict[str, str] = {label.id: label.title("ar") for label in schema.labels} if schema else {}
        self._relations: dict[str, str] = {one.id: one.title("ar") for one in schema.relations} if schema else {}
        self._attributes: dict[str, set[str]] = {}
        self._questions: dict[str, AttributeType] = {}
        for label in schema.labels if schema else ():
            for question in label.attributes:
                self._questions.setdefault(question.id, question)
                self._attributes.setdefault(question.id, set()).add(label.id)

    def label(self, name: str) -> str:
        """The name of a label, as `.ann` has it."""
        self._labels.setdefault(name, name)
        return self._safe(name)

    def relation(self, name: str) -> str:
        """The name of a relation, as `.ann` has it."""
        self._relations.setdefault(name, name)
        return self._safe(name)

    def attribute(self, name: str, label: str) -> str:
        """The name of an attribute of a span labelled `label`, as `.ann` has it."""
        self._attributes.setdefault(name, set()).add(label)
        return self._safe(name)

    def files(self) -> Iterator[tuple[str, str]]:
        """The files of the folder that declare the names, each with its content."""
        sections = {
            "entities": map(self._safe, sorted(self._labels)),
            "relations": self._declared_relations(),
            "events": iter(()),
            "attributes": self._declared_attributes(),
        }
        yield "annotation.conf", _written(sections)
        yield "visual.conf", _written({"labels": self._titles(), "drawing": self._colours()})

    def _declared_relations(self) -> Iterator[str]:
        for name in sorted(self._relations):
            known = self._schema.relation(name) if self._schema else None
            heads, children = (known.heads, known.children) if known else ((), ())
            yield f"{self._safe(name)}\tArg1:{self._any_of(heads)}, Arg2:{self._any_of(children)}"
        yield "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"

    def _declared_attributes(self) -> Iterator[str]:
        for name, labels in sorted(self._attributes.items()):
            question = self._questions.get(name)
            values = _values(question) if question else []
            said = f", Value:{'|'.join(values)}" if values else ""
            yield f"{self._safe(name)}\tArg:{self._any_of(sorted(labels))}{said}"

    def _titles(self) -> Iterator[str]:
        for name, title in sorted({**self._relations, **self._labels}.items()):
            yield f"{self._safe(name)} | {_BREAKING.sub(' ', title).strip() or name}"

    def _colours(self) -> Iterator[str]:
        for label in sorted(self._schema.labels, key=lambda label: label.id) if self._schema else ():
            yield f"{self._safe(label.id)}\tbgColor:{label.colour.ground}, borderColor:{label.colour.ink}"
        yield "SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken"
        yield "ARC_DEFAULT\tcolor:black, arrowHead:triangle-5"

    def _any_of(self, names: tuple[str, ...] | list[str]) -> str:
        return "|".join(map(self._safe, names)) or "<ENTITY>"

    def _safe(self, name: str) -> str:
        if name not in self._names:
            self._names[name] = safe_name(name)
            if self._names[name] != name:
                self._lost(Loss("", what="name-escaped", values=(("from", name), ("to", self._names[name]))))
        return self._names[name]


def _values(question: AttributeType) -> list[str]:
    if question.kind == YES_NO:
        return ["yes", "no"]
    if question.kind in (CHOICE, CHOICES):
        return [safe_value(choice.id) for choice in question.choices]
    return []


_VALUE = re.compile(r"(?:[\s\x00-\x1f\x7f-\x9f,|<>:;]|_(?=u))+")


def safe_value(value: str) -> str:
    """The value of an attribute as brat allows it: without white space and what its configuration is written with."""
    return safe_name(value, _VALUE)


def _written(sections: dict[str, Iterator[str]]) -> str:
    return "\n".join("\n".join([f"[{name}]", *lines, ""]) for name, lines in sections.items())
