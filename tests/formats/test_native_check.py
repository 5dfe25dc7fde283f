from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from app.formats import native_form
from app.formats.findings import FORMAL, WARNINGS
from app.formats.native_check import check_file, examine
from app.formats.native_form import Table
from app.formats.strict_json import field_name
from tests.formats.made_records import TEXT, encoded, line, relation, span

SCHEMA = json.loads(
    Path(__file__).parents[2].joinpath("resources", "schema", "annotations-1.schema.json").read_text("utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)
Change = Callable[[dict[str, Any]], object]


def found(value: object) -> list[tuple[str, str]]:
    return [(field_name(finding.path), finding.code) for finding in examine(value)]


def test_a_faultless_line_has_no_fault_in_the_eyes_of_check_and_of_the_schema() -> None:
    assert examine(line()) == []
    assert list(VALIDATOR.iter_errors(line())) == []


def first(**changed: Any) -> Change:
    return lambda made: made["spans"][0].update(changed)


def fragments(*edges: tuple[int, int]) -> Change:
    return first(fragments=[{"start": start, "end": end} for start, end in edges])


def attribute(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value, "source": "manual"}


FAULTS: dict[str, tuple[Change, str, str]] = {
    "another text": (
        lambda made: made.update(text=TEXT + "!", text_length=len(TEXT) + 1),
        "text_sha256",
        "hash-mismatch",
    ),
    "another length": (lambda made: made.update(text_length=3), "text_length", "wrong-length"),
    "a missing key": (lambda made: made.pop("note"), "note", "key-missing"),
    "no text": (lambda made: made.pop("text"), "text", "key-required"),
    "another format": (lambda made: made.update(format="doccano"), "format", "not-our-format"),
    "an older major version": (lambda made: made.update(format_version="0.9"), "format_version", "bad-version"),
    "offsets in UTF-16": (lambda made: made.update(offset_unit="utf-16"), "offset_unit", "unknown-word"),
    "an unknown role": (lambda made: made.update(role="boss"), "role", "unknown-word"),
    "an unknown status": (lambda made: made.update(status="done"), "status", "unknown-word"),
    "no id": (lambda made: made.update(id=""), "id", "empty-name"),
    "a time without milliseconds": (
        lambda made: made.update(created_at="2026-01-31T10:00:00Z"),
        "created_at",
        "bad-time",
    ),
    "a day that never was": (lambda made: made.update(updated_at="2026-02-30T10:00:00.000Z"), "updated_at", "bad-time"),
    "meta as an object": (lambda made: made.update(meta={"url": ""}), "meta", "not-a-list"),
    "a number in meta": (lambda made: made["meta"][0].update(value=3), "meta[0].value", "not-a-string"),
    "yes in place of true": (lambda made: made.update(is_gold="yes"), "is_gold", "not-true-or-false"),
    "keys out of order": (lambda made: made.update(text=made.pop("text")), "text_sha256", "key-order"),
    "an unknown key in front": (lambda made: made.update({"x": 1, "meta": made.pop("meta")}), "x", "key-order"),
    "a span's keys out of order": (
        lambda made: first(id=made["spans"][0].pop("id"))(made),
        "spans[0].start",
        "key-order",
    ),
    "spans out of order": (lambda made: made["spans"].reverse(), "spans[1]", "spans-order"),
    "the shorter span first": (
        lambda made: made["spans"].insert(0, span("s0", 0, 6)),
        "spans[1]",
        "spans-order",
    ),
    "a span that is no object": (lambda made: made["spans"].append("s3"), "spans[2]", "not-an-object"),
    "an offset beyond the text": (first(end=len(TEXT) + 1), "spans[0].end", "span-outside"),
    "an offset below zero": (first(start=-1), "spans[0].start", "below-zero"),
    "an empty span": (first(end=0), "spans[0].end", "span-empty"),
    "a decimal offset": (first(end=13.0), "spans[0].end", "not-a-whole-number"),
    "true as an offset": (first(end=True), "spans[0].end", "not-a-whole-number"),
    "another surface": (first(text="اقتحمت"), "spans[0].text", "surface-mismatch"),
    "no fragment": (first(fragments=[]), "spans[0].fragments", "fragments-none"),
    "fragments that overlap": (fragments((0, 7), (6, 13)), "spans[0].fragments[1].start", "fragments-order"),
    "fragments out of order": (fragments((7, 13), (0, 6)), "spans[0].fragments[1].start", "fragments-order"),
    "a fragment that starts elsewhere": (fragments((1, 13)), "spans[0].fragments[0].start", "fragments-apart"),
    "a fragment that ends elsewhere": (fragments((0, 12)), "spans[0].fragments[0].end", "fragments-apart"),
    "an empty fragment": (fragments((0, 6), (6, 6), (6, 13)), "spans[0].fragments[1].end", "span-empty"),
    "a decimal fragment": (
        first(fragments=[{"start": 0, "end": 13.0}]),
        "spans[0].fragments[0].end",
        "not-a-whole-number",
    ),
    "a fragment turned round": (first(fragments=[{"end": 13, "start": 0}]), "spans[0].fragments[0].end", "key-order"),
    "attributes out of order": (
        first(attributes=[attribute("side", "a"), attribute("kind", "b")]),
        "spans[0].attributes",
        "attributes-order",
    ),
    "an attribute from memory": (
        first(attributes=[{"name": "n", "value": "v", "source": "memory"}]),
        "spans[0].attributes[0].source",
        "unknown-word",
    ),
    "a score that is text": (first(score="0.5"), "spans[0].score", "not-a-number"),
    "a span and a relation of one id": (
        lambda made: made["relations"][0].update(id="s2"),
        "relations[0].id",
        "id-twice",
    ),
    "two spans of one id": (lambda made: made["spans"][1].update(id="s1"), "spans[1].id", "id-twice"),
    "a relation to nowhere": (
        lambda made: made["relations"][0].update(child="s9"),
        "relations[0].child",
        "relation-dangling",
    ),
    "relations out of order": (
        lambda made: made["relations"].append(relation("r0", "s1", "s2")),
        "relations[1]",
        "relations-order",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_rule_that_is_broken_is_named_with_its_field(fault: str) -> None:
    change, field, code = FAULTS[fault]
    made = line()
    change(made)
    assert (field, code) in found(made)


def test_each_fault_is_named_once_and_no_fault_hides_another() -> None:
    made = line(flagged="no")
    made["spans"][0]["end"] = 99
    made["spans"][1]["text"] = "بغداد"
    made["relations"][0]["head"] = "s7"
    assert found(made) == [
        ("flagged", "not-true-or-false"),
        ("spans[0].end", "span-outside"),
        ("spans[1].text", "surface-mismatch"),
        ("relations[0].head", "relation-dangling"),
    ]


def test_a_span_in_two_pieces_covers_them_joined_by_one_space() -> None:
    made = line(relations=[])
    fragments((0, 6), (7, 13))(made)
    made["spans"][0]["text"] = "اقتحمت القوات"
    assert examine(made) == []


def test_a_span_that_cuts_a_letter_from_its_mark_is_warned_of_and_is_no_fault() -> None:
    text = "مُحمد"
    made = line(text=text, relations=[], spans=[span("s", 0, 1, text="م", fragments=[{"start": 0, "end": 1}])])
    assert found(made) == [("spans[0].end", "grapheme-cut")]
    assert "grapheme-cut" in WARNINGS


# The hand-written rules against the JSON Schema: what the schema refuses, check refuses.

NO_VALUES = (None, True, False, 0, -1, 3, 2**63, 1.5, 13.0, [], {}, [None], ["x"], [{}], {"name": "a", "value": "b"})
NO_WORDS = (
    "",
    "x",
    "1.0",
    "2.0",
    "s1",
    "accepted",
    "manual",
    "0" * 64,
    "2026-01-31T10:00:00.000Z",
    "2026-13-31T10:00:00.000Z",
)
JUNK = st.sampled_from(NO_VALUES + NO_WORDS)


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, part in inner for place in places(part, (*path, name)))]


def rich_line() -> dict[str, Any]:
    made = line()
    made["spans"][0]["attributes"] = [attribute("kind", "army")]
    made["relations"][0]["attributes"] = [attribute("sure", "yes")]
    return made


PLACES = places(rich_line())[1:]


@given(st.lists(st.tuples(st.sampled_from(PLACES), st.just("drop") | st.just("set"), JUNK), min_size=1, max_size=3))
def test_whatever_the_schema_refuses_check_refuses(changes: list[tuple[tuple[str | int, ...], str, object]]) -> None:
    made: Any = rich_line()
    for path, action, junk in changes:
        owner = made
        try:
            for part in path[:-1]:
                owner = owner[part]
            if action == "drop":
                del owner[path[-1]]
            else:
                owner[path[-1]] = copy.deepcopy(junk)
        except (KeyError, IndexError, TypeError):
            continue
    errors = [error.message for error in VALIDATOR.iter_errors(made)]
    faults = [code for _, code in found(made) if code not in WARNINGS]
    assert faults or not errors


@pytest.mark.parametrize(
    ("table", "described"),
    [
        (native_form.LINE, SCHEMA),
        (native_form.SPAN, SCHEMA["$defs"]["span"]),
        (native_form.RELATION, SCHEMA["$defs"]["relation"]),
        (native_form.FRAGMENT, SCHEMA["$defs"]["fragment"]),
        (native_form.ATTRIBUTE, SCHEMA["$defs"]["attribute"]),
        (native_form.PAIR, SCHEMA["$defs"]["pair"]),
    ],
    ids=["line", "span", "relation", "fragment", "attribute", "pair"],
)
def test_the_schema_lists_and_describes_the_same_keys_in_the_same_order(
    table: Table, described: dict[str, Any]
) -> None:
    assert tuple(described["properties"]) == tuple(described["required"]) == table.names
    for key in table.keys:
        assert described["properties"][key.name].get("description") or "$ref" in described["properties"][key.name]
        words = described["properties"][key.name].get("enum")
        if words:
            assert tuple(words) == key.kind.words


def test_every_fault_of_form_alone_is_one_that_check_can_find() -> None:
    assert {code for _, _, code in FAULTS.values()} >= FORMAL


# Files


def checked(folder: Path, content: bytes, **options: bool) -> list[tuple[int, str, str]]:
    path = folder / "a.annotations.jsonl"
    path.write_bytes(content)
    return [(fault.line, fault.field, fault.code) for fault in check_file(path, **options)]


GOOD = encoded(line()) + b"\n"
SECOND = encoded(line(annotator="سامي")) + b"\n"


def test_a_file_of_two_annotators_has_no_fault(tmp_path: Path) -> None:
    assert checked(tmp_path, GOOD + SECOND) == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\xef\xbb\xbf" + GOOD + SECOND, (1, "", "byte-order-mark")),
        (GOOD.replace(b"\n", b"\r\n") + SECOND, (1, "", "carriage-return")),
        (GOOD + b"\n" + SECOND, (2, "", "line-blank")),
        (GOOD + SECOND.rstrip(b"\n"), (2, "", "no-last-newline")),
        (GOOD + SECOND + GOOD, (3, "id", "line-twice")),
        (GOOD + b"[1]\n" + SECOND, (2, "", "not-an-object")),
        (GOOD + b'{"format":\n' + SECOND, (2, "", "not-json")),
        (GOOD + SECOND[:200] + b"\xff" + SECOND[200:], (2, "", "not-utf8")),
        (GOOD + SECOND.replace(b'"note":""', b'"note":"","note":"x"', 1), (2, "note", "key-twice")),
        ((GOOD + SECOND).decode().encode("utf-16"), (0, "", "not-utf8-but-utf16")),
    ],
)
def test_a_fault_of_the_file_is_named_and_costs_no_other_line(
    tmp_path: Path, content: bytes, fault: tuple[int, str, str]
) -> None:
    assert checked(tmp_path, content) == [fault]


def test_lines_are_split_on_the_newline_byte_alone(tmp_path: Path) -> None:
    text = "a\u2028b\x85c\x0bd\x1ce\x0cf\u2029g"
    assert checked(tmp_path, encoded(line(text=text, spans=[], relations=[])) + b"\n" + SECOND) == []


def test_a_suggestion_is_refused_in_a_training_file_and_welcome_where_it_is_expected(tmp_path: Path) -> None:
    content = encoded(line(spans=[span("s", 19, 24, status="suggested")], relations=[])) + b"\n"
    assert checked(tmp_path, content) == [(1, "spans[0].status", "span-suggested")]
    assert checked(tmp_path, content, suggestions=True) == []


def test_a_training_file_without_a_line_is_warned_of(tmp_path: Path) -> None:
    assert checked(tmp_path, b"") == [(0, "", "no-lines")]
    assert "no-lines" in WARNINGS
