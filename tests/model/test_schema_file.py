from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import FaultyFile
from app.model.schema import Schema
from app.model.schema_file import read_schema, schema_json
from app.wording import describe
from resources import resource
from tests.model.schema_values import schemas

SHIPPED = resource("schemas", "conflict-news-1.json").read_bytes()


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


def asking(*attributes: dict[str, Any], **top: object) -> bytes:
    """A sound schema of today's form, whose first label asks for `attributes`."""
    tree = shipped() | {"format_version": "1.1"} | top
    tree["labels"][0]["attributes"] = [{"titles": {"en": "Title"}, **one} for one in attributes]
    return json.dumps(tree).encode()


def relating(**values: object) -> bytes:
    return asking(relations=[{"id": "AT", "titles": {"en": "at"}, **values}])


def choosing(*choices: object, **values: object) -> bytes:
    return asking({"id": "who", "kind": "choices", "choices": list(choices), **values})


def choice(id: str, **values: object) -> dict[str, object]:
    return {"id": id, "titles": {"en": id}, **values}


NUMBER = {"id": "count", "kind": "number"}
TEXT = {"id": "name", "kind": "text"}
YES_NO = {"id": "approximate", "kind": "yes_no"}
TITLED = {"titles": {"en": "Title"}}
SHOWN_LATER = {"titles": {"en": "Title"}, "shown_when": {"attribute": "count"}}
FIRST = "labels[0].attributes[0]"


@pytest.mark.parametrize(
    ("content", "place", "code"),
    [
        (asking({"id": "count", "kind": "integer"}), f"{FIRST}.kind", "unknown-word"),
        (asking({"id": "count", "kind": ["number"]}), f"{FIRST}.kind", "unknown-word"),
        (asking({"kind": "number"}), f"{FIRST}.id", "key-required"),
        (asking({"id": "count", "kind": "number", "step": 1}), f"{FIRST}.step", "key-unknown"),
        (asking(NUMBER, NUMBER), "labels[0].attributes[1].id", "name-twice"),
        (asking(NUMBER | {"key": "c"}, TEXT | {"key": "c"}), "labels[0].attributes[1].key", "key-taken"),
        (asking(NUMBER | {"key": "ع"}), f"{FIRST}.key", "key-wrong"),
        (asking(NUMBER | {"minimum": 0}), f"{FIRST}.minimum", "not-a-string"),
        (asking(NUMBER | {"minimum": "٥"}), f"{FIRST}.minimum", "not-decimal"),
        (asking(NUMBER | {"minimum": "NaN"}), f"{FIRST}.minimum", "not-decimal"),
        (asking(NUMBER | {"minimum": "3", "maximum": "2.5"}), f"{FIRST}.minimum", "bounds-crossed"),
        (asking(NUMBER | {"minimum": "3", "default": ["2"]}), f"{FIRST}.default", "default-wrong"),
        (asking(NUMBER | {"default": ["many"]}), f"{FIRST}.default", "default-wrong"),
        (asking(NUMBER | {"default": ["1", "2"]}), f"{FIRST}.default", "default-several"),
        (asking(NUMBER | {"default": "1"}), f"{FIRST}.default", "not-a-list"),
        (asking(NUMBER | {"required": 1}), f"{FIRST}.required", "not-true-or-false"),
        (asking(NUMBER | {"choices": [choice("one")]}), f"{FIRST}.choices", "key-of-another-kind"),
        (asking(YES_NO | {"pattern": "yes"}), f"{FIRST}.pattern", "key-of-another-kind"),
        (asking(YES_NO | {"default": ["true"]}), f"{FIRST}.default", "default-wrong"),
        (asking(TEXT | {"pattern": "(open"}), f"{FIRST}.pattern", "pattern-faulty"),
        (asking(TEXT | {"pattern": "(" * 500}), f"{FIRST}.pattern", "pattern-faulty"),
        (asking(TEXT | {"pattern": "(z|zz)+y" }), f"{FIRST}.pattern", "pattern-runs-away"),
        (asking(TEXT | {"pattern": "x" * 501}), f"{FIRST}.pattern", "pattern-too-long"),
        (asking(TEXT | {"pattern": "[0-9]+", "default": ["ten"]}), f"{FIRST}.default", "default-wrong"),
        (choosing(), f"{FIRST}.choices", "choices-missing"),
        (choosing("civilians"), f"{FIRST}.choices[0]", "not-an-object"),
        (choosing(choice("a"), choice("a")), f"{FIRST}.choices[1].id", "name-twice"),
        (choosing(choice("a", key="k"), choice("b", key="k")), f"{FIRST}.choices[1].key", "key-taken"),
        (choosing(choice("a"), default=["b"]), f"{FIRST}.default", "default-wrong"),
        (choosing(choice("a"), default=["a", "a"]), f"{FIRST}.default[1]", "name-twice"),
        (choosing(*[choice(str(n)) for n in range(1001)]), f"{FIRST}.choices", "too-many"),
        (asking(TEXT | {"shown_when": {"attribute": "count"}}), f"{FIRST}.shown_when.attribute", "condition-unknown"),
        (asking(TEXT | {"shown_when": {"values": ["1"]}}), f"{FIRST}.shown_when.attribute", "key-required"),
        (
            asking(TEXT | {"shown_when": {"attribute": "approximate", "values": ["perhaps"]}}, YES_NO),
            f"{FIRST}.shown_when.values",
            "condition-impossible",
        ),
        (asking(TEXT | {"shown_when": {"attribute": "name"}}), f"{FIRST}.shown_when", "condition-circle"),
        (
            asking(TEXT | {"shown_when": {"attribute": "count"}}, NUMBER | {"shown_when": {"attribute": "name"}}),
            f"{FIRST}.shown_when",
            "condition-circle",
        ),
        (asking(fields=[TEXT | SHOWN_LATER]), "fields[0].shown_when.attribute", "condition-unknown"),
        (asking(fields=[TEXT | TITLED | {"key": "d"}, NUMBER | TITLED | {"key": "d"}]), "fields[1].key", "key-taken"),
        (asking(blocking=["attribute-missing", "bad-luck"]), "blocking", "unknown-word"),
        (asking(blocking=["attribute-missing"] * 2), "blocking[1]", "name-twice"),
        (relating(heads=["ACTOR", "NOBODY"]), "relations[0].heads", "relation-label-unknown"),
        (relating(children=["NOBODY"]), "relations[0].children", "relation-label-unknown"),
        (relating(at_least=2, at_most=1), "relations[0].at_least", "counts-crossed"),
        (relating(at_least=-1), "relations[0].at_least", "below-zero"),
        (relating(at_least=True), "relations[0].at_least", "not-a-whole-number"),
        (relating(at_most=0), "relations[0].at_most", "below-one"),
        (relating(at_most=1 << 40), "relations[0].at_most", "number-too-large"),
        (relating(guidelines={}), "relations[0].guidelines", "texts-missing"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_the_place_and_the_reason(content: bytes, place: str, code: str) -> None:
    assert faults(content) == [(0, place, code)]


def test_a_letter_that_is_a_command_marks_nothing_but_older_files_that_gave_it_away_are_read() -> None:
    tree = shipped()
    tree["labels"][3]["key"] = "x"
    assert faults(json.dumps(tree | {"format_version": "1.1"}).encode()) == [(0, "labels[3].key", "label-key-reserved")]
    older = read_schema(json.dumps(tree | {"format_version": "1.0"}).encode(), "labels.json")
    assert [label.key for label in older.labels][:4] == ["1", "2", "3", ""]


def test_a_circle_of_three_conditions_is_told_once_and_says_its_way() -> None:
    ring = [TEXT | {"id": id, "shown_when": {"attribute": next}} for id, next in ("ab", "bc", "ca", "da")]
    with pytest.raises(FaultyFile) as caught:
        read_schema(asking(*ring), "labels.json")
    assert [(fault.field, fault.values) for fault in caught.value.faults] == [
        ("labels[0].attributes[0].shown_when", {"value": "a ← b ← c ← a"})
    ]


def test_the_faults_that_are_named_have_an_end() -> None:
    found = faults(choosing(*[{} for _ in range(1000)]))
    assert len(found) == 1000


@settings(max_examples=40)
@given(schemas())
def test_any_schema_is_read_back_as_it_was_written(schema: Schema) -> None:
    written = schema_json(schema)
    assert read_schema(written, "labels.json") == schema
    assert schema_json(read_schema(written, "labels.json")) == written


HOSTILE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["attribute", "id", "en"]), inner),
    max_leaves=5,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(schemas(), HOSTILE, st.data())
def test_nothing_put_in_any_place_breaks_the_reader(schema: Schema, value: object, data: st.DataObject) -> None:
    tree = owner = json.loads(schema_json(schema))
    while True:
        key = data.draw(st.sampled_from(list(owner) if isinstance(owner, dict) else list(range(len(owner)))))
        if not isinstance(owner[key], dict | list) or not owner[key] or data.draw(st.booleans()):
            break
        owner = owner[key]
    owner[key] = value
    with suppress(FaultyFile):
        assert isinstance(read_schema(json.dumps(tree).encode(), "labels.json"), Schema)


@pytest.mark.parametrize("depth", [90, 900, 100_000])
@pytest.mark.parametrize("nest", ["[]", "{}"])
@pytest.mark.parametrize("key", ["format_version", "titles", "labels"])
def test_however_deep_a_file_goes_it_is_refused_with_a_fault(depth: int, nest: str, key: str) -> None:
    deep = "[" * depth + "]" * depth if nest == "[]" else '{"en":' * depth + "0" + "}" * depth
    tree = json.dumps(shipped() | {key: "HERE"}).replace('"HERE"', deep)
    assert faults(tree.encode())
