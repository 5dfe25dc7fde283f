"""What is true of any record in each format of JSON that is written and read: not of the awkward ones alone."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from app.formats import doccano, label_studio, prodigy
from app.formats.native import decode, encode
from app.formats.registry import Format, format_of
from app.model.annotation import Annotations
from app.model.record import Record
from tests.formats.awkward import awkward_records, essence
from tests.formats.in_memory import read, write
from tests.formats.made_records import records

FORMATS = [doccano.FORMAT, label_studio.FORMAT, prodigy.FORMAT]


def simple(record: Record) -> Record:
    """`record` with the first piece of each span alone, and every span accepted."""
    annotations = record.annotations or Annotations()
    spans = [span._replace(fragments=span.fragments[:1], status="accepted") for span in annotations.spans.values()]
    return record._replace(annotations=Annotations.of(spans, annotations.relations.values(), annotations.state))


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
@settings(max_examples=40)
@given(records())
def test_what_is_carried_of_any_record_comes_back(format: Format, record: Record) -> None:
    record = simple(record)
    files = write(format, [record]).files
    with tempfile.TemporaryDirectory() as folder:
        back, faults = read(format, files.get("tasks.json", files.get("", b"")), Path(folder))
    assert not faults
    assert [essence(one, format.carries) for one in back] == [essence(record, format.carries)]
    document, was = back[0].document, record.document
    assert (document.title, document.meta, back[0].annotator) == (was.title, was.meta, record.annotator)
    if "fields" in format.carries and record.annotations and back[0].annotations:
        given, now = (sorted(one.state.fields) for one in (record.annotations, back[0].annotations))
        assert now == given


JUNK: list[Any] = [None, True, -1, 10**6, 1.5, "", "x", [], [[]], [{}], ["x", 1], {}, {"a": []}, {"start": []}]


def spoilt(value: Any) -> Iterator[Any]:
    """`value` with each thing in it exchanged for each piece of junk, and with each thing taken out."""
    yield from JUNK
    if isinstance(value, dict):
        for name, item in value.items():
            yield {key: other for key, other in value.items() if key != name}
            yield from ({**value, name: other} for other in spoilt(item))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield value[:place] + value[place + 1 :]
            yield from ([*value[:place], other, *value[place + 1 :]] for other in spoilt(item))


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_whatever_is_spoilt_in_a_file_it_is_read_or_refused_and_never_an_error(format: Format, tmp_path: Path) -> None:
    written = write(format, [one for one in awkward_records() if one.document.id == "linked"]).files
    content = written.get("tasks.json", written.get("", b""))
    whole = json.loads(content)
    task = whole[0] if isinstance(whole, list) else whole
    if format is prodigy.FORMAT:
        task["tokens"] = task["tokens"][:2]
    content = b"\n".join(json.dumps(one).encode() for one in spoilt(task))
    records, faults = read(format, content, tmp_path)
    assert len(faults) > 100
    for record in records:
        assert decode(encode(record), "", 1)[1] == []


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_what_was_written_is_known_again_by_how_it_begins(format: Format, tmp_path: Path) -> None:
    for record in awkward_records():
        if record.document.text:
            for name, content in write(format, [record]).files.items():
                path = tmp_path / (name or f"out{format.suffixes[0]}")
                path.write_bytes(content)
            assert format_of(tmp_path if format.folder else path) is format
            assert format_of(tmp_path / "tasks.json" if format.folder else path) is format
