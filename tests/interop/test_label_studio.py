from __future__ import annotations

import json

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
