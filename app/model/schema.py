"""A label schema as a value: what is asked of a document, its spans and the relations between them.

Titles and guidelines go by language code (`ar`, `en`). `app.model.schema_file` reads and writes its file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

CHOICE, CHOICES, NUMBER, TEXT, YES_NO = KINDS = ("choice", "choices", "number", "text", "yes_no")
"""Kinds of attributes; their values are texts: ids of choices, decimal text, any text, `yes` or `no`."""
YES, NO = "yes", "no"
PROBLEMS = (
    "label-unknown",
    "attribute-missing",
    "attribute-wrong",
    "attribute-unknown",
    "count-order",
    "relation-unknown",
    "relation-forbidden",
    "relation-missing",
    "relation-too-many",
    "span-overlaps-own",
    "span-discontinuous",
    "span-too-long",
    "field-missing",
    "field-wrong",
    "field-unknown",
)
"""Codes of what may be wrong with annotations in the light of a schema."""


class Ink(NamedTuple):
    """A label's colours as `#RRGGBB`: ink for lines and tags, ground behind the text, on a light and a dark page."""

    ink: str
    ground: str
    dark_ink: str
    dark_ground: str


class Choice(NamedTuple):
    """One value to choose from; `key` is the letter that picks it while its attribute is edited."""

    id: str
    titles: Mapping[str, str]
    key: str = ""

    def title(self, language: str) -> str:
        """Its name in `language`, else in English, else its id."""
        return _title(self, language)


class Condition(NamedTuple):
    """Holds while the attribute (or field) called `attribute` is shown and has one of `values`; none given: any."""

    attribute: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AttributeType:
    """One question about a span or, as a field, about the document.

    `minimum` and `maximum` bound a number (decimal text, "" for no bound), `pattern` is a regular expression that all
    of a text or a number must match, `on_tag` shows the value on the span's tag, `key` leads to the attribute while a
    span is edited, or to the field.
    """

    id: str
    kind: str
    titles: Mapping[str, str]
    key: str = ""
    choices: tuple[Choice, ...] = ()
    default: tuple[str, ...] = ()
    required: bool = False
    shown_when: Condition | None = None
    on_tag: bool = False
    minimum: str = ""
    maximum: str = ""
    pattern: str = ""

    def title(self, language: str) -> str:
        """Its name in `language`, else in English, else its id."""
        return _title(self, language)

    def choice(self, id: str) -> Choice | None:
        """The choice called `id`, or None."""
        return next((choice for choice in self.choices if choice.id == id), None)


class Rules(NamedTuple):
    """What spans of a label may do: overlap their own kind, have several fragments, be how many words long."""

    overlap_own: bool = True
    discontinuous: bool = True
    longest_words: int | None = None


@dataclass(frozen=True, slots=True)
class RelationType:
    """A kind of link. `heads` and `children` are the labels at either end, none given: any.

    `at_least` and `at_most` count the relations of this type that one head has (each of a symmetric one's ends).
    `same_label`: both ends carry the same label. `symmetric`: it says the same read from either end.
    """

    id: str
    titles: Mapping[str, str]
    key: str = ""
    heads: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    same_label: bool = False
    symmetric: bool = False
    at_least: int = 0
    at_most: int | None = None
    guidelines: Mapping[str, str] | None = None

    def title(self, language: str) -> str:
        """Its name in `language`, else in English, else its id."""
        return _title(self, language)

    def allows(self, head: str, child: str) -> bool:
        """Whether it may lead from a span labelled `head` to one labelled `child`."""
        if self.same_label and head != child:
            return False
        return (not self.heads or head in self.heads) and (not self.children or child in self.children)


@dataclass(frozen=True, slots=True)
class Label:
    """One label. `key` is what marks with it, `attributes` what is asked of its spans, in the order of the form."""

    id: str
    titles: dict[str, str]
    colour: Ink
    key: str = ""
    guidelines: dict[str, str] | None = None
    attributes: tuple[AttributeType, ...] = ()
    rules: Rules = Rules()  # noqa: RUF009 - a named tuple is immutable

    def title(self, language: str) -> str:
        """The label's name in `language`, else in English, else its id."""
        return _title(self, language)

    def attribute(self, id: str) -> AttributeType | None:
        """The attribute called `id`, or None."""
        return next((attribute for attribute in self.attributes if attribute.id == id), None)


@dataclass(frozen=True, slots=True)
class Schema:
    """Labels in the order of their chips. `fields` are asked of each document.

    `blocking` are the codes of those `PROBLEMS` with which a document cannot be called done.
    """

    name: str
    version: str
    titles: dict[str, str]
    labels: tuple[Label, ...]
    relations: tuple[RelationType, ...] = ()
    fields: tuple[AttributeType, ...] = ()
    blocking: tuple[str, ...] = ()

    def label(self, id: str) -> Label | None:
        """The label called `id`, or None: a file may carry labels that the schema does not know."""
        return next((label for label in self.labels if label.id == id), None)

    def relation(self, id: str) -> RelationType | None:
        """The relation type called `id`, or None."""
        return next((relation for relation in self.relations if relation.id == id), None)

    def field(self, id: str) -> AttributeType | None:
        """The document field called `id`, or None."""
        return next((field for field in self.fields if field.id == id), None)


def shown(types: Iterable[AttributeType], given: Mapping[str, tuple[str, ...]]) -> list[AttributeType]:
    """Those of `types` to be asked where the values of each name are `given`; conditions may follow one another."""
    by_id = {one.id: one for one in types}
    seen: dict[str, bool] = {}

    def is_shown(one: AttributeType) -> bool:
        if one.id not in seen:
            seen[one.id] = False  # a circle of conditions shows nothing; files that hold one are refused
            seen[one.id] = one.shown_when is None or holds(one.shown_when)
        return seen[one.id]

    def holds(condition: Condition) -> bool:
        other, values = by_id.get(condition.attribute), given.get(condition.attribute, ())
        wanted = condition.values or values
        return other is not None and is_shown(other) and any(value in wanted for value in values)

    return [one for one in by_id.values() if is_shown(one)]


def _title(named: Choice | AttributeType | RelationType | Label, language: str) -> str:
    return named.titles.get(language) or named.titles.get("en") or named.id
