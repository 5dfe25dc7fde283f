"""Sound schemas of every shape, for hypothesis."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from app.model.schema import (
    CHOICE,
    CHOICES,
    KINDS,
    NUMBER,
    PROBLEMS,
    TEXT,
    YES_NO,
    AttributeType,
    Choice,
    Condition,
    Ink,
    Label,
    RelationType,
    Rules,
    Schema,
)

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=20)
SOME_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).filter(lambda text: bool(text.strip()))
TEXTS = st.dictionaries(st.from_regex("[a-z]{2,3}", fullmatch=True), SOME_TEXT, min_size=1, max_size=3)
INKS = st.builds(Ink, *[st.from_regex("#[0-9A-F]{6}", fullmatch=True)] * 4)
KEYS = st.permutations(["", "1", "2", "9", "q", ""])
RULES = st.builds(Rules, st.booleans(), st.booleans(), st.none() | st.integers(1, 40))


@st.composite
def choices(draw: st.DrawFn) -> tuple[Choice, ...]:
    ids, keys = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True)), draw(KEYS)
    return tuple(Choice(id, draw(TEXTS), key) for id, key in zip(ids, keys, strict=False))


@st.composite
def question(draw: st.DrawFn, id: str, key: str) -> AttributeType:
    one = AttributeType(id, draw(st.sampled_from(KINDS)), draw(TEXTS), key)
    one = replace(one, required=draw(st.booleans()), on_tag=draw(st.booleans()))
    if one.kind in (CHOICE, CHOICES):
        offered = draw(choices())
        several = 3 if one.kind == CHOICES else 1
        default = draw(st.lists(st.sampled_from([choice.id for choice in offered]), unique=True, max_size=several))
        return replace(one, choices=offered, default=tuple(default))
    if one.kind == YES_NO:
        return replace(one, default=draw(st.sampled_from([(), ("yes",), ("no",)])))
    if one.kind == NUMBER:
        least, said, most = sorted(draw(st.lists(st.integers(-999, 999), min_size=3, max_size=3)))
        bounds = draw(st.sampled_from([("", ""), (str(least), ""), ("", f"{most}.5"), (f"{least}", str(most))]))
        return replace(one, minimum=bounds[0], maximum=bounds[1], default=draw(st.sampled_from([(), (str(said),)])))
    assert one.kind == TEXT
    patterns = st.sampled_from([("", ("any text",)), ("[0-9]{4}(-[0-9]{2})?", ("1999-12",)), ("", ())])
    pattern, default = draw(patterns)
    return replace(one, pattern=pattern, default=default)


@st.composite
def questions(draw: st.DrawFn) -> tuple[AttributeType, ...]:
    ids, keys = draw(st.lists(NAMES, max_size=3, unique=True)), draw(KEYS)
    found = [draw(question(id, key)) for id, key in zip(ids, keys, strict=False)]
    for number in range(1, len(found)):
        other = found[number - 1]
        values = draw(st.sampled_from([(), tuple(choice.id for choice in other.choices)]))
        condition = draw(st.sampled_from([None, Condition(other.id, values)]))
        found[number] = replace(found[number], shown_when=condition)
    return tuple(draw(st.permutations(found)))


@st.composite
def relation(draw: st.DrawFn, id: str, key: str, labels: list[str]) -> RelationType:
    some = st.lists(st.sampled_from(labels), unique=True, max_size=3).map(tuple)
    least = draw(st.integers(0, 3))
    most = draw(st.none() | st.integers(max(least, 1), 9))
    texts, said = draw(TEXTS), draw(st.none() | TEXTS)
    same, symmetric = draw(st.booleans()), draw(st.booleans())
    return RelationType(id, texts, key, draw(some), draw(some), same, symmetric, least, most, said)


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    """Any schema that a file can hold."""
    ids, keys = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True)), draw(KEYS)
    labels = tuple(
        Label(id, draw(TEXTS), draw(INKS), key, draw(st.none() | TEXTS), draw(questions()), draw(RULES))
        for id, key in zip(ids, keys, strict=False)
    )
    types = zip(draw(st.lists(NAMES, max_size=3, unique=True)), draw(KEYS), strict=False)
    relations = tuple(draw(relation(id, key, ids)) for id, key in types)
    blocking = tuple(draw(st.lists(st.sampled_from(PROBLEMS), unique=True, max_size=3)))
    return Schema(draw(NAMES), draw(NAMES), draw(TEXTS), labels, relations, draw(questions()), blocking)
