from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.findings import WARNINGS
from app.formats.native import decode, encode
from app.formats.native_check import examine
from app.formats.strict_json import parse
from app.model.annotation import Annotations
from app.model.record import Record
from tests.formats.made_records import LATER, TEXT, encoded, line, relation, span
from tests.formats.test_native_check import JUNK, PLACES, rich_line

Named = list[tuple[str, str]]


def read(value: object) -> tuple[Record | None, Named]:
    record, faults = decode(encoded(value), "a.jsonl", 7)
    assert all((fault.file, fault.line) == ("a.jsonl", 7) for fault in faults)
    return record, [(fault.field, fault.code) for fault in faults]


def kept(value: object) -> tuple[Annotations, Named]:
    record, faults = read(value)
    assert record is not None
    assert record.annotations is not None
    return record.annotations, faults


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        (span("s1", 0, 13, end=900), "spans[0].end", "span-outside"),
        (span("s1", 0, 13, text="بغداد"), "spans[0].text", "surface-mismatch"),
        (span("s1", 0, 13, start="0"), "spans[0].start", "not-a-whole-number"),
        (span("s1", 0, 13, status="maybe"), "spans[0].status", "unknown-word"),
        (span("s1", 0, 13, fragments=[{"start": 0}]), "spans[0].fragments[0].end", "key-required"),
        ("no span", "spans[0]", "not-an-object"),
    ],
)
def test_a_faulty_span_is_left_out_and_the_rest_is_kept(wrong: object, field: str, code: str) -> None:
    annotations, faults = kept(line(spans=[wrong, span("s2", 19, 24)], relations=[]))
    assert list(annotations.spans) == ["s2"]
    assert faults == [(field, code)]


def test_a_relation_goes_with_the_span_it_links() -> None:
    spans = [span("s1", 0, 13, end=900), span("s2", 19, 24), span("s3", 26, 29)]
    annotations, faults = kept(line(spans=spans, relations=[relation("r1", "s1", "s2"), relation("r2", "s3", "s2")]))
    assert list(annotations.relations) == ["r2"]
    assert faults == [("spans[0].end", "span-outside"), ("relations", "relation-lost-its-span")]


def test_of_two_spans_with_one_id_the_second_is_left_out() -> None:
    annotations, faults = kept(line(spans=[span("s1", 0, 13), span("s1", 19, 24)], relations=[]))
    assert annotations.spans["s1"].start == 0
    assert faults == [("spans[1].id", "id-twice")]


def test_a_text_that_is_not_the_annotated_one_costs_the_line_and_says_only_that() -> None:
    record, faults = read(line() | {"text": TEXT.replace("كركوك", "بغداد")})
    assert record is None
    assert faults == [("text_sha256", "hash-mismatch")]


@pytest.mark.parametrize("key", ["id", "text", "text_sha256", "format_version", "annotator", "offset_unit"])
def test_a_line_that_cannot_be_relied_on_is_refused_whole(key: str) -> None:
    record, faults = read(line() | {key: 5})
    assert record is None
    assert [field for field, _ in faults] == [key]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"note": 5}, "note", "not-a-string"),
        ({"created_at": "yesterday"}, "created_at", "bad-time"),
        ({"flagged": None}, "flagged", "not-true-or-false"),
        ({"relations": None}, "relations", "not-a-list"),
        ({"meta": [{"name": "n", "value": 1}, {"name": "url", "value": ""}]}, "meta[0].value", "not-a-string"),
        ({"spans": [span("s1", 0, 13, score="?"), span("s2", 19, 24)]}, "spans[0].score", "not-a-number"),
    ],
)
def test_a_wrong_value_of_no_consequence_costs_nothing_but_itself(
    change: dict[str, Any], field: str, code: str
) -> None:
    annotations, faults = kept(line(**change))
    assert list(annotations.spans) == ["s1", "s2"]
    assert faults == [(field, code)]


def test_a_faulty_attribute_is_left_out_and_its_span_kept() -> None:
    attributes = [{"name": "kind", "value": 5, "source": "manual"}, {"name": "side", "value": "x", "source": "manual"}]
    annotations, faults = kept(line(spans=[span("s1", 0, 13, attributes=attributes), span("s2", 19, 24)]))
    assert [each.name for each in annotations.spans["s1"].attributes] == ["side"]
    assert faults == [("spans[0].attributes[0].value", "not-a-string")]


def test_a_line_with_no_more_than_it_needs_is_read_without_a_complaint() -> None:
    whole = line()
    needed = {key: whole[key] for key in ("format", "format_version", "id", "text", "text_sha256")}
    marks = [{key: span("s1", 0, 13)[key] for key in ("id", "start", "end", "label", "text")}]
    record, faults = read(needed | {"spans": marks})
    assert faults == []
    assert record is not None
    assert record.annotations is not None
    assert record.annotations.spans["s1"].source == "import"
    assert examine(parse(encode(record))) == []


def test_a_suggestion_stays_a_suggestion() -> None:
    annotations, faults = kept(
        line(spans=[span("s1", 19, 24, status="suggested", source="model", score=0.5)], relations=[])
    )
    assert faults == []
    assert (annotations.spans["s1"].status, annotations.spans["s1"].score) == ("suggested", 0.5)


def test_a_span_that_cuts_a_grapheme_is_kept_and_told_of() -> None:
    text = "مُحمد"
    cut = span("s", 0, 1, text="م", fragments=[{"start": 0, "end": 1}])
    annotations, faults = kept(line(text=text, relations=[], spans=[cut]))
    assert list(annotations.spans) == ["s"]
    assert faults == [("spans[0].end", "grapheme-cut")]


def test_the_record_knows_its_line_and_when_it_was_changed() -> None:
    record, _ = read(line())
    assert record is not None
    assert (record.line, record.updated_at, record.annotator) == (7, LATER, "ليلى")


@given(st.lists(st.tuples(st.sampled_from(PLACES), JUNK), min_size=1, max_size=3))
def test_whatever_is_read_of_a_damaged_line_can_be_written_and_holds_every_rule(
    changes: list[tuple[tuple[str | int, ...], object]],
) -> None:
    made: Any = rich_line()
    for path, junk in changes:
        owner = made
        try:
            for part in path[:-1]:
                owner = owner[part]
            owner[path[-1]] = junk
        except (KeyError, IndexError, TypeError):
            continue
    record, faults = decode(encoded(made), "a.jsonl", 1)
    assert record is not None or faults
    if record is not None:
        assert {finding.code for finding in examine(parse(encode(record)))} <= WARNINGS
        if not faults:
            assert decode(encode(record), "a.jsonl", 1) == (record, [])


@given(st.integers(0, len(encoded(line()))), st.binary(min_size=1, max_size=2))
def test_no_damaged_byte_is_more_than_a_fault(place: int, junk: bytes) -> None:
    whole = encoded(line())
    record, faults = decode(whole[:place] + junk + whole[place + len(junk) :], "a.jsonl", 1)
    assert record is not None or faults
