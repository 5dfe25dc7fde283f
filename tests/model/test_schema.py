from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import FaultyFile
from app.model.schema import Ink, Label, Schema
from app.model.schema_file import read_schema, schema_json
from app.wording import describe
from resources import resource

SHIPPED = resource("schemas", "conflict-news.json").read_bytes()


def shipped() -> Any:
    return json.loads(SHIPPED)


def faults(content: bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(FaultyFile) as caught:
        read_schema(content, "labels.json")
    said = describe(caught.value)
    assert said.startswith("labels.json") and "went wrong" not in said
    return [(fault.line, fault.field, fault.code) for fault in caught.value.faults]


def changed(*path: str | int, value: object) -> bytes:
    tree = shipped()
    owner = tree
    for part in path[:-1]:
        owner = owner[part]
    owner[path[-1]] = value
    return json.dumps(tree).encode()


def without(*path: str | int) -> bytes:
    tree = shipped()
    owner = tree
    for part in path[:-1]:
        owner = owner[part]
    del owner[path[-1]]
    return json.dumps(tree).encode()


def test_the_shipped_schema_has_four_labels_on_four_keys_in_two_languages() -> None:
    schema = read_schema(SHIPPED, "conflict-news.json")
    assert (schema.name, schema.version) == ("conflict-news", "1")
    assert [(label.id, label.key) for label in schema.labels] == [
        ("CASUALTY", "1"),
        ("LOCATION", "2"),
        ("ACTOR", "3"),
        ("QUOTE", "4"),
    ]
    assert [label.title("ar") for label in schema.labels] == ["ضحايا", "موقع", "فاعل", "اقتباس"]
    assert [label.title("fr") for label in schema.labels] == ["Casualty", "Location", "Actor", "Quote"]
    for label in schema.labels:
        assert label.guidelines is not None and set(label.guidelines) == {"ar", "en"}


def test_a_schema_is_written_as_it_was_read_byte_for_byte() -> None:
    assert schema_json(read_schema(SHIPPED, "conflict-news.json")) == SHIPPED


def test_a_schema_saved_by_an_editor_that_adds_a_byte_order_mark_is_read() -> None:
    assert read_schema(b"\xef\xbb\xbf" + SHIPPED, "labels.json") == read_schema(SHIPPED, "labels.json")


def test_a_label_without_a_key_or_guidelines_is_a_label() -> None:
    tree = shipped()
    for name in ("key", "guidelines"):
        del tree["labels"][2][name]
    label = read_schema(json.dumps(tree).encode(), "labels.json").label("ACTOR")
    assert label is not None
    assert (label.key, label.guidelines) == ("", None)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", [(1, "", "not-json")]),
        (b'{\n "format": oops}', [(2, "", "not-json")]),
        (b'{\n "format": "\xd6"}', [(2, "", "not-utf8")]),
        (b"[" * 200_000, [(1, "", "not-json")]),
        (b"9" * 10_000, [(1, "", "not-json")]),
        (b"[]", [(0, "format", "schema-unknown")]),
        (b'{"text": "an article"}', [(0, "format", "schema-unknown")]),
        (changed("format_version", value="2.0"), [(0, "format_version", "schema-newer")]),
        (SHIPPED.replace(b'"key": "2"', b'"key": "2", "key": "3"'), [(0, "", "key-twice")]),
        (without("name"), [(0, "name", "key-required")]),
        (changed("name", value="two words"), [(0, "name", "name-malformed")]),
        (changed("titles", value=None), [(0, "titles", "texts-missing")]),
        (changed("titles", "arabic", value="أخبار"), [(0, "titles.arabic", "language-unknown")]),
        (changed("labels", value=[]), [(0, "labels", "labels-missing")]),
        (changed("labels", 1, value="LOCATION"), [(0, "labels[1]", "not-an-object")]),
        (without("labels", 1, "id"), [(0, "labels[1].id", "key-required")]),
        (changed("labels", 1, "id", value=""), [(0, "labels[1].id", "name-malformed")]),
        (changed("labels", 1, "id", value="\ud800"), [(0, "labels[1].id", "name-malformed")]),
        (changed("labels", 3, "id", value="ACTOR"), [(0, "labels[3].id", "label-twice")]),
        (changed("labels", 3, "key", value="1"), [(0, "labels[3].key", "label-key-taken")]),
        (changed("labels", 3, "key", value="10"), [(0, "labels[3].key", "label-key-wrong")]),
        (changed("labels", 3, "key", value=4), [(0, "labels[3].key", "label-key-wrong")]),
        (changed("labels", 0, "titles", "ar", value=" "), [(0, "labels[0].titles.ar", "text-missing")]),
        (changed("labels", 0, "titles", "ar", value="\udc00"), [(0, "labels[0].titles.ar", "text-missing")]),
        (changed("labels", 0, "guidelines", value={}), [(0, "labels[0].guidelines", "texts-missing")]),
        (changed("labels", 0, "guideline", value={}), [(0, "labels[0].guideline", "key-unknown")]),
        (without("labels", 0, "colour"), [(0, "labels[0].colour", "key-required")]),
        (without("labels", 0, "colour", "dark"), [(0, "labels[0].colour.dark", "key-required")]),
        (changed("labels", 0, "colour", "dark", value="#123456"), [(0, "labels[0].colour.dark", "not-an-object")]),
        (
            changed("labels", 0, "colour", "light", "ink", value="red"),
            [(0, "labels[0].colour.light.ink", "colour-malformed")],
        ),
    ],
)
def test_a_faulty_schema_is_refused_with_the_place_and_the_reason(
    content: bytes, expected: list[tuple[int, str, str]]
) -> None:
    assert faults(content) == expected


def test_every_fault_of_a_schema_is_named_at_once() -> None:
    tree = shipped()
    tree["labels"][0]["colour"]["dark"]["ground"] = "black"
    tree["labels"][1]["key"] = "3"
    del tree["labels"][3]["titles"]
    assert faults(json.dumps(tree).encode()) == [
        (0, "labels[0].colour.dark.ground", "colour-malformed"),
        (0, "labels[3].titles", "key-required"),
        (0, "labels[2].key", "label-key-taken"),
    ]


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=20)
TEXTS = st.dictionaries(
    st.from_regex("[a-z]{2,3}", fullmatch=True),
    st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: bool(text.strip())),
    min_size=1,
    max_size=3,
)
INKS = st.builds(Ink, *[st.from_regex("#[0-9A-F]{6}", fullmatch=True)] * 4)
KEYS = st.permutations(["", "1", "2", "9", "q", ""])


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    ids = draw(st.lists(NAMES, min_size=1, max_size=5, unique=True))
    keys = draw(KEYS)
    labels = tuple(
        Label(id, draw(TEXTS), draw(INKS), key, draw(st.none() | TEXTS)) for id, key in zip(ids, keys, strict=False)
    )
    return Schema(draw(NAMES), draw(NAMES), draw(TEXTS), labels)


@given(schemas())
def test_any_schema_is_read_back_as_it_was_written(schema: Schema) -> None:
    assert read_schema(schema_json(schema), "labels.json") == schema


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | inner))
def test_nothing_put_in_the_place_of_labels_breaks_the_reader(value: object) -> None:
    assert faults(changed("labels", value=value))
