from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from app.formats.doccano import FORMAT
from app.formats.registry import format_of
from tests.formats.awkward import ANNOTATOR, awkward_records, essence
from tests.formats.in_memory import read, write

RECORDS = awkward_records()
WHOLE = [record for record in RECORDS if record.document.id not in ("empty", "discontinuous")]


def test_what_is_carried_comes_back_and_doccano_never_sees_an_empty_text(tmp_path: Path) -> None:
    written = write(FORMAT, RECORDS)
    records, faults = read(FORMAT, written.files[""], tmp_path)
    assert not faults
    back = {(one.document.id, one.annotator): essence(one, FORMAT.carries) for one in records}
    assert {key: back[key] for key in back if key[0] != "discontinuous"} == {
        (one.document.id, one.annotator): essence(one, FORMAT.carries) for one in WHOLE
    }
    assert len(back) == len(RECORDS) - 1
    linked = next(one.document for one in records if one.document.id == "linked")
    was = next(one.document for one in RECORDS if one.document.id == "linked")
    assert (linked.title, linked.language, linked.meta) == (was.title, was.language, was.meta)


def test_each_piece_of_a_discontinuous_span_is_an_entity_of_its_own_and_told_of(tmp_path: Path) -> None:
    record = next(one for one in RECORDS if one.document.id == "discontinuous")
    written = write(FORMAT, [record])
    records, _faults = read(FORMAT, written.files[""], tmp_path)
    assert [places for places, _label, _said in essence(records[0], FORMAT.carries).spans] == [
        ((0, 3),),
        ((5, 13),),
        ((9, 13),),
    ]
    assert [loss.what for loss in written.losses] == ["status", "discontinuous"]


def test_everything_that_is_left_out_is_told() -> None:
    losses = [loss.what for loss in write(FORMAT, RECORDS).losses if loss.document in ("linked", "empty")]
    assert Counter(losses) == {
        "status": 2,
        "notes": 2,
        "fields": 1,
        "attributes": 4,
        "relation-attributes": 1,
        "provenance": 1,
        "empty-text": 1,
    }


def test_ids_are_whole_numbers_used_once_and_lines_have_the_same_keys() -> None:
    lines = [json.loads(line) for line in write(FORMAT, RECORDS).files[""].splitlines()]
    ids = [mark["id"] for line in lines for mark in (*line["entities"], *line["relations"])]
    assert ids == list(range(1, len(ids) + 1))
    assert len({tuple(line) for line in lines}) == 1


def test_the_same_records_give_the_same_bytes() -> None:
    assert write(FORMAT, RECORDS) == write(FORMAT, awkward_records())


@pytest.mark.parametrize(
    "line",
    [
        {"id": 7, "text": "ab cd", "entities": [{"id": 1, "label": "X", "start_offset": 0, "end_offset": 2}]},
        {"id": 7, "text": "ab cd", "label": [[0, 2, "X"]], "Comments": ["a", "b"]},
        {"id": 7, "data": "ab cd", "labels": [[0, 2, "X"]], "source": "wire"},
    ],
)
def test_an_export_of_doccano_is_known_and_read_with_its_columns(tmp_path: Path, line: dict[str, object]) -> None:
    for content in (json.dumps(line), json.dumps([line], indent=2)):
        path = tmp_path / "all.jsonl"
        path.write_text(content, encoding="utf-8")
        assert format_of(path) is FORMAT
        records, faults = read(FORMAT, content.encode(), tmp_path)
        assert not faults and records[0].document.id == "7" and records[0].annotations
        assert essence(records[0], FORMAT.carries).spans == [(((0, 2),), "X", ())]
        assert records[0].annotations.state.note == ("a\nb" if "Comments" in line else "")
        assert [tuple(pair) for pair in records[0].document.meta] == ([("source", "wire")] if "source" in line else [])


def test_what_does_not_fit_the_text_is_refused_by_name_and_the_rest_is_kept(tmp_path: Path) -> None:
    entities = [
        {"id": 1, "label": "X", "start_offset": 0, "end_offset": 2},
        {"id": 1, "label": "X", "start_offset": 0, "end_offset": 1},
        {"id": 2, "label": "X", "start_offset": 3, "end_offset": 99},
        {"id": 3, "label": "X", "start_offset": -1, "end_offset": 2},
        {"id": 4, "label": "", "start_offset": 0, "end_offset": 2},
        {"id": 5, "label": "X", "start_offset": 2, "end_offset": 2},
        {"id": 6, "label": "X", "start_offset": 0.5, "end_offset": True},
        {"id": [1], "label": "X", "start_offset": 0, "end_offset": 2},
        "X",
    ]
    relations = [{"id": 1, "from_id": 1, "to_id": 1, "type": "R"}, {"from_id": 1, "to_id": 2, "type": "R"}]
    line = {"text": "ab cd", "entities": entities, "relations": relations}
    records, faults = read(FORMAT, json.dumps(line).encode(), tmp_path)
    assert [(fault.field, fault.code) for fault in faults] == [
        ("entities[1]", "id-twice"),
        ("entities[2]", "span-outside"),
        ("entities[3]", "below-zero"),
        ("entities[4]", "empty-name"),
        ("entities[5]", "span-empty"),
        ("entities[6]", "not-a-whole-number"),
        ("entities[7]", "bad-id"),
        ("entities[8]", "not-an-object"),
        ("relations[1]", "relation-dangling"),
    ]
    annotations = records[0].annotations
    assert annotations and len(annotations.spans) == len(annotations.relations) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"entities": []}, ["key-required"]),
        ({"text": 1, "entities": []}, ["not-a-string"]),
        ({"text": "", "entities": []}, ["text-empty"]),
        ({"text": "ab", "entities": {}, "relations": 3}, ["not-a-list", "not-a-list"]),
    ],
)
def test_an_article_that_cannot_be_read_says_why(tmp_path: Path, line: dict[str, object], said: list[str]) -> None:
    _records, faults = read(FORMAT, json.dumps(line).encode(), tmp_path)
    assert [fault.code for fault in faults] == said


def test_of_two_articles_with_one_id_and_annotator_the_second_is_refused(tmp_path: Path) -> None:
    line = json.dumps({"document": "a", "annotator": ANNOTATOR, "text": "ab", "entities": []}) + "\n"
    records, faults = read(FORMAT, (line * 2).encode(), tmp_path)
    assert (len(records), [fault.code for fault in faults]) == (1, ["line-twice"])
