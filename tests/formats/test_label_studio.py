from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from app.formats.label_studio import FORMAT
from app.formats.registry import WriteOptions, format_of
from app.labels import shipped_schema
from app.model.annotation import Annotations, Attribute, Fragment, Relation, Span
from app.model.document import Document
from app.model.record import Record
from app.model.schema import Schema
from tests.formats.awkward import awkward_records, essence
from tests.formats.in_memory import read, write

RECORDS = awkward_records()
SCHEMA = shipped_schema("conflict-news")
LINKED = next(one for one in RECORDS if one.document.id == "linked")


def tasks(records: list[Record], schema: Schema | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(write(FORMAT, records, WriteOptions(schema)).files["tasks.json"])
    return found


def test_what_is_carried_comes_back(tmp_path: Path) -> None:
    records, faults = read(FORMAT, write(FORMAT, RECORDS).files["tasks.json"], tmp_path)
    assert not faults
    back = [essence(one, FORMAT.carries) for one in records if one.document.id != "discontinuous"]
    whole = [one for one in RECORDS if one.document.id not in ("empty", "discontinuous")]
    assert back == [essence(one, FORMAT.carries) for one in whole]
    linked = next(one for one in records if one.document.id == "linked")
    assert linked.document.title == LINKED.document.title and linked.document.meta == LINKED.document.meta
    assert linked.annotations and LINKED.annotations and linked.annotator == LINKED.annotator
    assert linked.annotations.state.fields == LINKED.annotations.state.fields
    assert linked.annotations.state.note == LINKED.annotations.state.note
    assert {id: span.note for id, span in linked.annotations.spans.items()} == {"s1": "من هو؟", "s2": "", "s3": ""}
    assert linked.annotations.spans["s2"].score == 0.75


def test_everything_that_is_left_out_is_told() -> None:
    told = write(FORMAT, RECORDS).losses
    assert Counter(loss.what for loss in told if loss.document in ("linked", "empty", "discontinuous")) == {
        "status": 3,
        "relation-attributes": 1,
        "provenance": 1,
        "empty-text": 1,
        "discontinuous": 1,
    }


def test_the_same_records_give_the_same_bytes_and_none_give_an_empty_array() -> None:
    assert write(FORMAT, RECORDS) == write(FORMAT, awkward_records())
    assert json.loads(write(FORMAT, []).files["tasks.json"]) == []


def test_what_is_only_suggested_is_a_prediction_and_comes_back_as_one(tmp_path: Path) -> None:
    spans = [
        Span("a", "X", (Fragment(0, 2),)),
        Span("b", "Y", (Fragment(0, 2),), (Attribute("kind", "k"),), "suggested", score=0.5),
        Span("c", "Y", (Fragment(3, 5),), (), "suggested"),
    ]
    relations = [Relation("r", "R", "b", "c"), Relation("q", "R", "a", "b")]
    record = Record(Document("d", "ab cd"), Annotations.of(spans, relations))
    written = write(FORMAT, [record])
    assert [(loss.relation, loss.what) for loss in written.losses if loss.relation] == [("q", "relations")]
    records, faults = read(FORMAT, written.files["tasks.json"], tmp_path)
    assert not faults and records[0].annotations
    assert {id: span.status for id, span in records[0].annotations.spans.items()} == {
        "a": "accepted",
        "b": "suggested",
        "c": "suggested",
    }
    assert [link.head for link in records[0].annotations.relations.values()] == ["b"]


def test_the_interface_declares_every_label_choice_and_relation_with_the_schemas_colours() -> None:
    text = "قتل 12 جنديا في كركوك"
    spans = [
        Span("s1", "CASUALTY", (Fragment(0, 12),), (Attribute("count_min", "12"), Attribute("never-asked", "x"))),
        Span("s2", 'He said "<قال>" & left', (Fragment(16, 21),)),
    ]
    record = Record(Document("d", text), Annotations.of(spans, [Relation("r", "NEAR", "s1", "s2")]))
    written = write(FORMAT, [record], WriteOptions(SCHEMA))
    interface = ElementTree.fromstring(written.files["interface.xml"])
    labels = {label.get("value"): label.get("background") for label in interface.iter("Label")}
    assert list(labels)[:-1] == [label.id for label in SCHEMA.labels]
    assert labels[SCHEMA.labels[0].id] == SCHEMA.labels[0].colour.ink
    assert list(labels)[-1] == 'He said "<قال>" & left'
    assert "NEAR" in [relation.get("value") for relation in interface.iter("Relation")]
    controls = {tag.get("name"): tag for tag in interface.iter() if tag.get("toName")}
    used = {region["from_name"] for region in tasks([record], SCHEMA)[0]["annotations"][0]["result"] if "id" in region}
    assert used == {"label", "attribute:count_min", "attribute:never-asked"} <= set(controls)


def test_choices_of_the_schema_are_choices_there_and_unknown_values_are_added_to_them() -> None:
    label, question = next(
        (label, question) for label in SCHEMA.labels for question in label.attributes if question.kind == "choice"
    )
    span = Span("s1", label.id, (Fragment(0, 2),), (Attribute(question.id, "أخرى"), Attribute(question.id, "two")))
    record = Record(Document("d", "ab"), Annotations.of([span]))
    written = write(FORMAT, [record], WriteOptions(SCHEMA))
    interface = ElementTree.fromstring(written.files["interface.xml"])
    control = next(tag for tag in interface.iter("Choices") if tag.get("name") == f"attribute:{question.id}")
    assert control.get("choice") == "multiple" and control.get("perRegion") == "true"
    assert [choice.get("value") for choice in control][-2:] == ["أخرى", "two"]
    assert tasks([record], SCHEMA)[0]["annotations"][0]["result"][1]["value"]["choices"] == ["أخرى", "two"]


def test_an_export_of_label_studio_is_read_annotation_by_annotation(tmp_path: Path) -> None:
    text = "قال محمد\r\nأمس"
    result = [
        {"id": "x", "type": "labels", "value": {"start": 4, "end": 13, "text": "محمد\\nأمس", "labels": ["P", "Q"]}},
        {"id": "x", "from_name": "n", "type": "number", "value": {"start": 4, "end": 13, "number": 3}},
        {"id": "x", "from_name": "t", "type": "taxonomy", "value": {"start": 4, "end": 13, "taxonomy": [["a", "b"]]}},
        {"id": "y", "type": "labels", "value": {"start": 0, "end": 3, "labels": ["Q"]}},
        {"type": "relation", "from_id": "x", "to_id": "y", "direction": "left"},
        {"id": "z", "from_name": "topic", "type": "choices", "value": {"choices": ["war", "oil"]}},
    ]
    task = {
        "id": 12,
        "data": {"body": text, "priority": 3},
        "annotations": [
            {"completed_by": {"id": 3, "email": "l@example.org"}, "ground_truth": True, "result": result},
            {"completed_by": 4, "was_cancelled": True, "result": []},
        ],
        "predictions": [{"result": [{"id": "p", "type": "labels", "value": {"start": 0, "end": 3, "labels": ["Q"]}}]}],
    }
    path = tmp_path / "project.json"
    path.write_text(json.dumps([task], indent=1), encoding="utf-8")
    assert format_of(path) is FORMAT
    records, faults = read(FORMAT, path.read_bytes(), tmp_path)
    assert not faults
    assert [(one.document.id, one.annotator) for one in records] == [("12", "l@example.org"), ("12", "4")]
    first, second = (one.annotations for one in records)
    assert first and second and first.state.is_gold and second.state.status == "skipped"
    answers = (("n", "3"), ("t", "a / b"))
    assert essence(records[0], FORMAT.carries).spans == [
        (((0, 3),), "Q", ()),
        (((4, 13),), "P", answers),
        (((4, 13),), "Q", answers),
    ]
    assert [(link.label, link.head, link.child) for link in first.relations.values()] == [("related", "y", "x")]
    assert [tuple(pair) for pair in first.state.fields] == [("topic", "war"), ("topic", "oil")]
    assert [tuple(pair) for pair in records[0].document.meta] == [("body", text), ("priority", "3")]


def test_what_cannot_be_placed_is_refused_by_name_and_the_rest_is_kept(tmp_path: Path) -> None:
    result = [
        {"id": "a", "type": "labels", "value": {"start": 0, "end": 2, "text": "ab", "labels": ["X"]}},
        {"id": "b", "type": "labels", "value": {"start": 0, "end": 2, "text": "cd", "labels": ["X"]}},
        {"id": "c", "type": "labels", "value": {"start": 0, "end": 9, "labels": ["X"]}},
        {"id": "d", "type": "labels", "value": {"start": "/p[1]", "end": 2, "labels": ["X"]}},
        {"id": "e", "type": "labels", "value": {"start": 0, "end": 2}},
        {"id": "f", "type": "brush", "value": {}},
        {"type": "relation", "from_id": "a", "to_id": "gone", "labels": ["R"]},
        7,
    ]
    tasks = [{"data": {"text": "ab cd"}, "annotations": [{"result": result}]}, {"data": {}}, {"data": 3}, 5]
    records, faults = read(FORMAT, json.dumps(tasks).encode(), tmp_path)
    assert [(fault.field, fault.code) for fault in faults] == [
        ("annotations[0].result[7]", "not-an-object"),
        ("annotations[0].result[1].value", "surface-mismatch"),
        ("annotations[0].result[2].value", "span-outside"),
        ("annotations[0].result[3].value", "not-a-whole-number"),
        ("annotations[0].result[4].value", "not-a-string"),
        ("annotations[0].result[5].type", "region-unknown"),
        ("annotations[0].result[6]", "relation-dangling"),
        ("data.text", "key-required"),
        ("data.text", "key-required"),
        ("", "not-an-object"),
    ]
    assert records[0].annotations and list(records[0].annotations.spans) == ["a"]


@pytest.mark.parametrize("content", [b"", b"[", b'[{"data": {"text": "a', b"[" * 100_000, b"\xff\xfe[\0"])
def test_a_broken_file_says_so(tmp_path: Path, content: bytes) -> None:
    records, faults = read(FORMAT, content, tmp_path)
    assert not records and len(faults) == 1
