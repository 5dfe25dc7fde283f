"""The labelling interface of Label Studio that a set of tasks needs, gathered while the tasks are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from app.model.schema import CHOICE, CHOICES, NO, YES, YES_NO, AttributeType, Schema

OBJECT: Final = "text"
LABELS: Final = "label"
ATTRIBUTE: Final = "attribute:"
FIELD: Final = "field:"
NOTE: Final = "note"
"""Names of the controls: the text, its labels, and what stands before the names of attributes and of fields."""

_OF_CHOICE = frozenset({CHOICE, CHOICES, YES_NO})
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Interface:
    """Labels, relations and questions as tasks use them, those of the schema first."""

    def __init__(self, schema: Schema | None) -> None:
        self._labels: dict[str, str] = {}
        self._relations: dict[str, None] = {}
        self._choices: dict[str, dict[str, None]] = {}
        self._several: set[str] = set()
        self._texts: dict[str, None] = {}
        if schema is not None:
            self._take(schema)

    def label(self, name: str) -> None:
        """Tasks use this label."""
        self._labels.setdefault(name, "")

    def relation(self, name: str) -> None:
        """Tasks use this relation."""
        self._relations.setdefault(name)

    def answer(self, control: str, values: Sequence[str]) -> tuple[str, dict[str, Any]]:
        """The type of the region that gives `values` to the question `control`, and its value."""
        if control not in self._choices:
            self._texts.setdefault(control)
            return "textarea", {"text": list(values)}
        self._choices[control].update(dict.fromkeys(values))
        if len(values) > 1:
            self._several.add(control)
        return "choices", {"choices": list(values)}

    def xml(self) -> str:
        """The interface, as it is pasted into the settings of a project."""
        return "\n".join(
            ["<View>", "  <Style>.htx-text { white-space: pre-wrap; }</Style>", *self._tags(), "</View>", ""]
        )

    def _take(self, schema: Schema) -> None:
        self._labels = {label.id: label.colour.ink for label in schema.labels}
        self._relations = {relation.id: None for relation in schema.relations}
        self._ask(ATTRIBUTE, [attribute for label in schema.labels for attribute in label.attributes])
        self._ask(FIELD, schema.fields)

    def _ask(self, prefix: str, questions: Sequence[AttributeType]) -> None:
        """A question that is one of choice for each label that asks it is one here; any other takes text."""
        for question in questions:
            control = prefix + question.id
            if any(other.id == question.id and other.kind not in _OF_CHOICE for other in questions):
                self._texts.setdefault(control)
                continue
            words = (YES, NO) if question.kind == YES_NO else tuple(choice.id for choice in question.choices)
            self._choices.setdefault(control, {}).update(dict.fromkeys(words))
            if question.kind == CHOICES:
                self._several.add(control)

    def _tags(self) -> Iterator[str]:
        yield from _tag("Relations", {}, [("Relation", {"value": name}) for name in self._relations])
        labels = [
            ("Label", {"value": name, "background": colour} if colour else {"value": name})
            for name, colour in self._labels.items()
        ]
        yield from _tag("Labels", {"name": LABELS, "toName": OBJECT}, labels)
        yield from _tag("Text", {"name": OBJECT, "value": "$text", "granularity": "symbol"}, [])
        for control, words in self._choices.items():
            choice = "multiple" if control in self._several else "single"
            inner = [("Choice", {"value": word}) for word in words]
            yield from _tag("Choices", {**_asked(control), "choice": choice}, inner)
        for control in self._texts:
            yield from _tag("TextArea", _asked(control), [])


def _asked(control: str) -> dict[str, str]:
    of_region = {"perRegion": "true"} if control.startswith(ATTRIBUTE) else {}
    return {"name": control, "toName": OBJECT, **of_region}


def _tag(name: str, attributes: dict[str, str], inner: list[tuple[str, dict[str, str]]]) -> Iterator[str]:
    """A tag with what is in it; what XML cannot write is not declared."""
    opened = f"  <{name}{_written(attributes)}"
    if not inner:
        yield f"{opened}/>"
        return
    yield f"{opened}>"
    for tag, given in inner:
        if not any(_NO_XML.search(value) for value in given.values()):
            yield f"    <{tag}{_written(given)}/>"
    yield f"  </{name}>"


def _written(attributes: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
