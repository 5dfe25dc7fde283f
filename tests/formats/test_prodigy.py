from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from app.formats.prodigy import FORMAT
from app.formats.registry import WriteOptions, format_of
from tests.formats.awkward import awkward_records, essence
from tests.formats.in_memory import read, write

RECORDS = awkward_records()


def test_what_is_carried_comes_back(tmp_path: Path) -> None:
    records, faults = read(FORMAT, write(FORMAT, RECORDS).files[""], tmp_path)
    assert not faults
    back = [essence(one, FORMAT.carries) for one in records if one.document.id != "discontinuous"]
    whole = [one for one in RECORDS if one.document.id not in ("empty", "discontinuous")]
    assert back == [essence(one, FORMAT.carries) for one in whole]
    was = next(one for one in RECORDS if one.document.id == "linked")
    now = next(one for one in records if one.document.id == "linked")
    assert (now.document.title, now.document.meta, now.annotator) == (
        was.document.title,
        was.document.meta,
        was.annotator,
    )


def test_spans_lie_on_tokens_of_which_the_last_is_named_and_relations_end_in_it() -> None:
    for line in write(FORMAT, RECORDS).files[""].splitlines():
        task = json.loads(line)
        tokens = task["tokens"]
        assert "".join(token["text"] + " " * token["ws"] for token in tokens) == task["text"]
        assert [token["id"] for token in tokens] == list(range(len(tokens)))
        for span in task["spans"]:
            assert tokens[span["token_start"]]["start"] == span["start"]
            assert tokens[span["token_end"]]["end"] == span["end"]
        for relation in task["relations"]:
            assert relation["head"] == relation["head_span"]["token_end"]
            assert relation["child"] == relation["child_span"]["token_end"]


def test_everything_that_is_left_out_is_told() -> None:
    told = write(FORMAT, RECORDS).losses
    assert Counter(loss.what for loss in told if loss.document in ("linked", "empty", "discontinuous")) == {
        "status": 3,
        "notes": 2,
        "fields": 1,
        "attributes": 4,
        "relation-attributes": 1,
        "provenance": 1,
        "empty-text": 1,
        "discontinuous": 1,
    }


def test_a_relation_goes_with_the_span_that_cannot_be_laid_on_tokens() -> None:
    clitic = [one for one in RECORDS if one.document.id == "clitic"]
    written = write(FORMAT, clitic, WriteOptions(alignment="refuse"))
    assert [loss.what for loss in written.losses] == ["status", "cuts-token"]
    assert json.loads(written.files[""])["spans"] == []


def test_the_same_records_give_the_same_bytes() -> None:
    assert write(FORMAT, RECORDS) == write(FORMAT, awkward_records())


def test_a_data_set_of_prodigy_is_read_with_relations_by_token(tmp_path: Path) -> None:
    tasks = [
        {
            "text": "1/2 tsp. salt",
            "_input_hash": 5,
            "_annotator_id": "db-lina",
            "spans": [
                {"start": 0, "end": 3, "label": "AMOUNT", "token_end": 0},
                {"start": 9, "end": 13, "label": "ING"},
            ],
            "tokens": [{"text": "1/2", "start": 0, "end": 3}, {"end": 8}, {"text": "salt", "start": 9, "end": 13}],
            "relations": [{"head": 0, "child": 2, "label": "of"}, {"head": 0, "child": 1, "label": "of"}],
            "meta": {"source": "book"},
            "answer": "accept",
        },
        {"text": "b", "spans": [{"start": 0, "end": 1, "label": "X"}], "answer": "reject"},
        {"text": "c", "spans": [], "answer": "ignore"},
    ]
    content = "\n".join(json.dumps(task) for task in tasks).encode()
    path = tmp_path / "set.jsonl"
    path.write_bytes(content)
    assert format_of(path) is FORMAT
    records, faults = read(FORMAT, content, tmp_path)
    assert [(fault.line, fault.field, fault.code) for fault in faults] == [
        (1, "relations[1]", "relation-dangling"),
        (2, "answer", "answer-rejected"),
    ]
    assert essence(records[0], FORMAT.carries).relations == [("of", ((0, 3),), ((9, 13),), ())]
    assert records[0].annotator == "db-lina" and [tuple(pair) for pair in records[0].document.meta] == [
        ("source", "book")
    ]
    states = [one.annotations.state.status for one in records if one.annotations]
    assert states == ["complete", "in_progress", "skipped"]


def test_what_cannot_be_placed_is_refused_by_name(tmp_path: Path) -> None:
    task = {
        "text": "ab cd",
        "spans": [{"start": 0, "end": 2, "label": None}, {"start": 0, "end": 9, "label": "X"}, 3],
        "relations": [{"head": {"a": 1}, "child": [1], "head_span": {"start": []}, "label": "R"}, "x"],
        "tokens": 1,
        "answer": "accept",
    }
    _records, faults = read(FORMAT, json.dumps(task).encode(), tmp_path)
    assert [(fault.field, fault.code) for fault in faults] == [
        ("tokens", "not-a-list"),
        ("spans[0]", "not-a-string"),
        ("spans[1]", "span-outside"),
        ("spans[2]", "not-an-object"),
        ("relations[0]", "relation-dangling"),
        ("relations[1]", "not-an-object"),
    ]


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"text": "a', b"[" * 100_000, b"\xff\xfe{\0", b'{"answer": "accept"}']
)
def test_a_broken_file_says_so(tmp_path: Path, content: bytes) -> None:
    records, faults = read(FORMAT, content, tmp_path)
    assert not records and len(faults) == 1
