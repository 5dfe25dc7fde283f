from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from app.formats.findings import WARNINGS
from app.formats.native import decode, encode
from app.formats.native_check import examine
from app.formats.native_form import LINE, SPAN
from app.model.annotation import Annotations, Fragment, Span
from app.model.document import Document
from app.model.record import Record
from tests.formats.made_records import LATER, MOMENT, TEXT, encoded, line, records, span


@settings(max_examples=40)
@given(records())
def test_what_is_written_reads_back_the_same_and_holds_every_rule(record: Record) -> None:
    written = encode(record)
    read, faults = decode(written, "a.jsonl", 1)
    assert read == record
    assert {fault.code for fault in faults} <= WARNINGS
    assert {finding.code for finding in examine(json.loads(written))} <= WARNINGS
    assert encode(read) == written
    assert written.count(b"\n") == 1


def test_the_first_saving_puts_another_programs_line_in_order_and_the_second_changes_nothing() -> None:
    spans = [span("b", 19, 24), span("a", 19, 24, score=1), span("c", 0, 13)]
    theirs = dict(reversed(line(spans=spans, relations=[]).items()))
    record, faults = decode(json.dumps(theirs).encode(), "theirs.jsonl", 1)
    assert record is not None
    assert faults == []
    first = encode(record)
    assert [each["id"] for each in json.loads(first)["spans"]] == ["c", "a", "b"]
    assert tuple(json.loads(first)) == LINE.names
    again, _ = decode(first, "theirs.jsonl", 1)
    assert again is not None
    assert encode(again) == first


def test_unknown_keys_stay_where_they_were_and_come_last_on_every_level() -> None:
    made = line(colour={"deep": [1, None]})
    first, second = made["spans"]
    first["attributes"] = [
        {"name": "kind", "value": "army", "source": "manual", "why": "x"},
        {"name": "side", "value": "1", "source": "rule"},
    ]
    first["hue"] = 3
    second["fragments"][0]["page"] = 7
    made["relations"][0]["sure"] = True
    made["relations"][0]["attributes"] = [{"name": "n", "value": "v", "source": "model", "a": 1}]
    made["fields"][0]["unit"] = "kg"
    made["meta"][0]["seen"] = "2014"
    record, faults = decode(encoded(made), "a.jsonl", 1)
    assert faults == []
    assert record is not None
    assert encode(record) == encoded(made) + b"\n"


def test_an_entry_that_was_changed_since_takes_no_other_entrys_unknown_keys() -> None:
    made = line()
    made["spans"][0]["attributes"] = [{"name": "kind", "value": "army", "source": "manual", "why": "x"}]
    record, _ = decode(encoded(made), "a.jsonl", 1)
    assert record is not None
    assert record.annotations is not None
    marked = record.annotations.spans["s1"]
    changed = marked._replace(attributes=(marked.attributes[0]._replace(value="police"),))
    again = encode(record._replace(annotations=Annotations.of([changed])))
    assert json.loads(again)["spans"][0]["attributes"] == [{"name": "kind", "value": "police", "source": "manual"}]


def test_a_higher_minor_version_loads_and_keeps_what_this_one_does_not_know() -> None:
    newer = line(format_version="1.7", mood="grim")
    record, faults = decode(encoded(newer), "newer.jsonl", 1)
    assert faults == []
    assert record is not None
    assert encode(record) == encoded(newer) + b"\n"


def test_a_higher_major_version_is_refused_and_says_so() -> None:
    record, faults = decode(encoded({"format": "hashiya-jsonl", "format_version": "2.0"}), "newer.jsonl", 4)
    assert record is None
    assert [(fault.line, fault.field, fault.code) for fault in faults] == [(4, "format_version", "version-too-new")]


def test_a_text_that_nobody_annotated_makes_a_line_that_holds_every_rule() -> None:
    written = encode(Record(Document("a", TEXT)))
    assert examine(json.loads(written)) == []
    assert json.loads(written)["status"] == "new"


def test_a_span_without_times_takes_those_of_its_line() -> None:
    bare = Span("s", "ACTOR", (Fragment(0, 6),))
    written = json.loads(
        encode(Record(Document("a", TEXT, created_at=MOMENT), Annotations.of([bare]), updated_at=LATER))
    )
    assert examine(written) == []
    assert written["spans"][0]["created_at"] == LATER


def test_the_surface_of_several_fragments_is_joined_by_one_space() -> None:
    pieces = (Fragment(0, 6), Fragment(19, 24))
    written = json.loads(encode(Record(Document("a", TEXT), Annotations.of([Span("s", "ACTOR", pieces)]))))
    assert written["spans"][0]["text"] == "اقتحمت كركوك"
    assert tuple(written["spans"][0]) == SPAN.names


@pytest.mark.parametrize("place", [(0, 0), (5, 3), (-1, 4), (0, len(TEXT) + 1)])
def test_a_span_that_lies_outside_its_text_is_never_written(place: tuple[int, int]) -> None:
    wrong = Annotations.of([Span("s", "ACTOR", (Fragment(*place),))])
    with pytest.raises(ValueError, match="does not lie within"):
        encode(Record(Document("a", TEXT), wrong))
