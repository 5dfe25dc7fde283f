"""What the schema asks of spans, or of an article, with what was answered so far: what a form shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.model.annotation import Attribute, Span
from app.model.document import NameValue
from app.model.schema import AttributeType, Schema, shown

Values = tuple[str, ...]


class Given(NamedTuple):
    """What an attribute has. `several` where the spans differ in it: then there are no values to show."""

    values: Values = ()
    source: str = "manual"
    several: bool = False

    def to_confirm(self) -> Values | None:
        """The values to be kept as a person's own; None where they are that already, or where there are none."""
        return None if self.several or not self.values or self.source == "manual" else self.values


class Questions(NamedTuple):
    """`types` are asked of those whose ids are `of`; `shown` now, by id; `unknown` names have no type."""

    of: tuple[str, ...] = ()
    types: tuple[AttributeType, ...] = ()
    shown: frozenset[str] = frozenset()
    given: Mapping[str, Given] = {}
    unknown: Values = ()


def about_spans(schema: Schema, spans: Sequence[Span]) -> Questions:
    """What is asked of `spans`: of several labels what is the same in all; shown is what each of them is asked now."""
    kinds = dict.fromkeys((span.label, span.attributes) for span in spans)
    asked = [_types(schema, label) for label in dict.fromkeys(label for label, _attributes in kinds)]
    types = tuple(one for one in asked[0] if all(one in other for other in asked[1:])) if asked else ()
    answers = [(_types(schema, label), _by_name(attributes)) for label, attributes in kinds]
    visible = [{one.id for one in shown(known, _values(given))} for known, given in answers]
    given = _common([given for _known, given in answers])
    unknown = dict.fromkeys(name for known, given in answers for name in given if all(name != t.id for t in known))
    common = frozenset(one.id for one in types if all(one.id in ids for ids in visible))
    return Questions(tuple(span.id for span in spans), types, common, given, tuple(unknown))


def about_article(schema: Schema, document_id: str, fields: Iterable[NameValue]) -> Questions:
    """What is asked of the article as a whole."""
    given = _by_name(Attribute(name, value) for name, value in fields)
    visible = frozenset(one.id for one in shown(schema.fields, _values(given)))
    unknown = tuple(name for name in given if schema.field(name) is None)
    return Questions((document_id,), schema.fields, visible, given, unknown)


def _types(schema: Schema, label: str) -> tuple[AttributeType, ...]:
    known = schema.label(label)
    return known.attributes if known else ()


def _by_name(attributes: Iterable[Attribute]) -> dict[str, Given]:
    found: dict[str, Given] = {}
    for name, value, source in attributes:
        before = found.get(name, Given(source=source))
        found[name] = before._replace(values=(*before.values, value))
    return found


def _values(given: Mapping[str, Given]) -> dict[str, Values]:
    return {name: one.values for name, one in given.items()}


def _common(answers: Sequence[Mapping[str, Given]]) -> dict[str, Given]:
    names = dict.fromkeys(name for given in answers for name in given)
    return {name: _one_of([given.get(name, Given()) for given in answers]) for name in names}


def _one_of(found: Sequence[Given]) -> Given:
    """What all have; where only the source differs, it is some rule's until each was confirmed."""
    if any(one.values != found[0].values for one in found):
        return Given(several=True)
    return next((one for one in found if one.source != "manual"), found[0])
