"""What a span says beside its label, and what a document says in its fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.edit.by_rule import RULE, by_name, by_rule, in_order, with_defaults
from app.edit.commands import Command, Desk, begun, begun_state, span_of
from app.edit.steps import Step
from app.errors import EditRefused
from app.model.annotation import ATTRIBUTE_SOURCES, Attribute, Change, Span
from app.model.answers import as_kept, is_answer
from app.model.document import NameValue
from app.model.schema import CHOICES, AttributeType, Label, shown


def set_attribute(span_ids: Iterable[str], name: str, values: tuple[str, ...], source: str = "manual") -> Command:
    """Let each of these spans have `values`, and no others, as its attribute `name`; one step. () takes it away.

    Numbers may be written in any digits. Refuses what the schema does not allow ("attribute-wrong") or does not know
    ("attribute-unknown"); what a span has already it may keep, and lose, whatever the schema says.
    """
    wanted = tuple(dict.fromkeys(span_ids))
    return _command("set_attribute", wanted, {name: values}, source)


def set_attributes(span_id: str, values: Mapping[str, tuple[str, ...]], source: str = "manual") -> Command:
    """Several attributes of one span in one step, each as `set_attribute` sets it; all or none."""
    return _command("set_attributes", (span_id,), dict(values), source)


def set_field(name: str, values: tuple[str, ...]) -> Command:
    """Let the document have `values`, and no others, as its field `name`; () takes it away. Refuses as for spans."""

    def command(desk: Desk) -> Step | None:
        before = desk.annotations.state
        there = tuple(field.value for field in before.fields if field.name == name)
        said = _answers(desk.schema.field(name), name, values, there)
        if said == there:
            return None
        types = desk.schema.fields
        others = (field for field in before.fields if field.name != name)
        fields = (*others, *(NameValue(name, value) for value in said))
        asked = {one.id for one in shown(types, by_name(before.fields))}
        fields = in_order(with_defaults(fields, types, NameValue, asked), types)
        after = begun_state(desk.schema, before._replace(fields=fields))
        change = Change(desk.document.id, state_before=before, state_after=after)
        return Step("set_field", (change,), desk.place, desk.place)

    return command


def _command(name: str, span_ids: tuple[str, ...], values: Mapping[str, tuple[str, ...]], source: str) -> Command:
    if source not in ATTRIBUTE_SOURCES:
        raise ValueError(f"no such source: {source}")

    def command(desk: Desk) -> Step | None:
        spans = [span_of(desk.annotations, id) for id in span_ids]
        pairs = [(span, _answered(desk, span, values, source)) for span in spans]
        changed = [(span, attributes) for span, attributes in pairs if attributes != span.attributes]
        if not changed:
            return None
        removed = tuple(span for span, _attributes in changed)
        added = tuple(
            span._replace(attributes=attributes, edited=True, updated_at=desk.now) for span, attributes in changed
        )
        return begun(desk, name, Change(desk.document.id, removed, added), desk.place)

    return command


def _answered(desk: Desk, span: Span, values: Mapping[str, tuple[str, ...]], source: str) -> tuple[Attribute, ...]:
    """The attributes of `span` with `values` in place of what it had under their names."""
    label = desk.schema.label(span.label)
    attributes = span.attributes
    for name, wanted in values.items():
        there = tuple(attribute for attribute in attributes if attribute.name == name)
        said = _answers(label.attribute(name) if label else None, name, wanted, tuple(one.value for one in there))
        given = tuple(Attribute(name, value, source) for value in said)
        if sorted(given) != sorted(there):
            attributes = (*(attribute for attribute in attributes if attribute.name != name), *given)
    return span.attributes if attributes == span.attributes else _followed(label, span.attributes, attributes)


def _followed(
    label: Label | None, before: tuple[Attribute, ...], answers: tuple[Attribute, ...]
) -> tuple[Attribute, ...]:
    """`answers` in order, with the defaults of what is asked because of them, without those of what no longer is."""
    if label is None:
        return answers
    was, now = ({one.id for one in shown(label.attributes, by_name(said))} for said in (before, answers))
    kept = (one for one in answers if one.source != RULE or one.name not in was - now)
    return in_order(with_defaults(kept, label.attributes, by_rule, was), label.attributes)


def _answers(type: AttributeType | None, name: str, wanted: tuple[str, ...], there: tuple[str, ...]) -> tuple[str, ...]:
    """`wanted` as it is kept. What is there already may stay, or go in part; what is new must be allowed."""
    if set(wanted) <= set(there):
        return tuple(dict.fromkeys(wanted))
    if type is None:
        raise EditRefused("attribute-unknown", name=name)
    kept = (value if value in there else as_kept(type, value) for value in wanted)
    said = tuple(dict.fromkeys(value for value in kept if value))
    too_many = len(said) > 1 and type.kind != CHOICES
    if too_many or not all(value in there or is_answer(type, value) for value in said):
        raise EditRefused("attribute-wrong", name=type, value=", ".join(said))
    return said
