from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.formats.label_studio import FORMAT
from app.formats.registry import WriteOptions
from app.labels import shipped_schema
from tests.formats.awkward import awkward_records
from tests.formats.in_memory import write

sdk = pytest.importorskip("label_studio_sdk.label_interface")
objects = pytest.importorskip("label_studio_sdk.label_interface.objects")

pytestmark = pytest.mark.interop


@pytest.mark.parametrize("schema", [None, shipped_schema("conflict-news")])
def test_label_studios_own_validator_accepts_the_interface_and_every_task(schema: object) -> None:
    written = write(FORMAT, awkward_records(), WriteOptions(schema))  # type: ignore[arg-type]
    interface = sdk.LabelInterface(written.files["interface.xml"].decode())
    interface.validate()
    tasks = json.loads(written.files["tasks.json"])
    assert len(tasks) == len(awkward_records()) - 1
    for task in tasks:
        assert interface.validate_task({"data": task["data"]})
        for annotation in task["annotations"]:
            assert interface._validate_object(annotation, return_errors=True) == []
            for region in annotation["result"]:
                if region["type"] == "labels":
                    value = region["value"]
                    assert task["data"]["text"][value["start"] : value["end"]] == value["text"]


def test_the_validator_would_notice_a_label_that_the_interface_does_not_know() -> None:
    written = write(FORMAT, awkward_records())
    interface = sdk.LabelInterface(written.files["interface.xml"].decode())
    annotation = json.loads(written.files["tasks.json"])[0]["annotations"][0]
    annotation["result"][0]["value"]["labels"] = ["NOT-THERE"]
    assert interface._validate_object(annotation, return_errors=True)


def test_label_studios_own_converter_finds_every_span_where_it_was_marked(tmp_path: Path) -> None:
    converter = pytest.importorskip("label_studio_sdk.converter")
    written = write(FORMAT, awkward_records())
    (tmp_path / "tasks.json").write_bytes(written.files["tasks.json"])
    converting = converter.Converter(written.files["interface.xml"].decode(), str(tmp_path))
    converting.convert_to_json_min(str(tmp_path / "tasks.json"), str(tmp_path / "out"), is_dir=False)
    found = json.loads((tmp_path / "out" / "result.json").read_bytes())
    wanted = [
        [(start, end, [span.label]) for span in record.annotations.ordered() for start, end in span.fragments]
        for record in awkward_records()
        if record.annotations and record.document.text
    ]
    assert [[(one["start"], one["end"], one["labels"]) for one in task.get("label", [])] for task in found] == wanted
