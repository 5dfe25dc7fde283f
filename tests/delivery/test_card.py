from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import orjson
import pytest

from app.delivery.card import Delivery, card
from app.delivery.features import features_json
from app.delivery.parts import Cut
from app.delivery.tally import Tally, merged
from app.formats.native import encode
from app.formats.registry import Loss, named
from app.labels import default_schema
from app.model.record import Record
from tests.formats.awkward import awkward_records
from tests.formats.made_records import line

RECORDS = [record for record in awkward_records() if record.document.text]


def counted(records: list[Record]) -> Tally:
    tally = Tally()
    assert len(list(tally.passing(records))) == len(records)
    return tally


def test_a_card_says_what_is_in_the_delivery_and_by_which_guidelines() -> None:
    tally, schema = counted(RECORDS), default_schema()
    tally.lose(Loss("a", what="status"))
    said = card(Delivery("out.jsonl", named("native"), Cut(), {"": "out.jsonl"}), tally, schema).decode()
    assert said.startswith('---\nlicense: "unknown"\nlanguage:\n- "ar"\n')
    assert "| complete | 16 |" in said and "| spans | 27 |" in said
    assert '| He said "قال" |  |  | 1 |' in said
    assert "| statuses of articles | 1 |" in said
    for label in schema.labels:
        for text in (label.guidelines or {}).values():
            assert all(line.strip().removeprefix("•").strip() in said for line in text.splitlines())
    assert 'data_files={"train": ["out.jsonl"]}' in said


def test_names_cannot_break_out_of_a_table() -> None:
    record = RECORDS[0]._replace(annotator="a | b\n\n# c")
    said = card(Delivery("out", named("native"), Cut(), {"": "out"}), counted([record]), None).decode()
    assert "| a \\| b # c | 1 |" in said


def test_two_values_of_one_key_become_one_column() -> None:
    assert merged(merged(None, 1), 2.5) == 2.5
    assert merged({"a": None}, {"a": "x", "b": [None]}) == {"a": "x", "b": []}
    assert merged([{"a": 1}], [{"b": 2}]) == [{"a": 1, "b": 2}]


def with_unknown_keys() -> bytes:
    made: dict[str, Any] = line(**{"x-new": {"a": [1, 2], "b": None}, "x-late": 1.5})
    made["spans"][1] |= {"x-seen": True, "attributes": [{"name": "a", "value": "b", "source": "manual", "x": "y"}]}
    return orjson.dumps(made) + b"\n"


@pytest.mark.interop
def test_hugging_face_loads_a_delivery_with_its_features(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.formats.registry import read_file

    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets")
    out = tmp_path / "out.jsonl"
    out.write_bytes(b"".join(map(encode, RECORDS)) + with_unknown_keys())
    tally = counted([found for found in read_file(out) if isinstance(found, Record)])
    features = datasets.Features.from_dict(json.loads(features_json(tally.unknown)))
    loaded = datasets.load_dataset("json", data_files=str(out), features=features, cache_dir=str(tmp_path / "cache"))
    wanted = [json.loads(one) for one in out.read_bytes().split(b"\n") if one]
    for row, one in zip(loaded["train"], wanted, strict=True):
        for key in ("id", "text", "status", "fields", "meta"):
            assert row[key] == one[key]
        assert [span["text"] for span in row["spans"]] == [span["text"] for span in one["spans"]]
        assert [span["fragments"] for span in row["spans"]] == [span["fragments"] for span in one["spans"]]
