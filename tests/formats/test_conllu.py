from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from app.formats.conllu import FORMAT
from app.formats.registry import ReadOptions, WriteOptions, format_of
from app.model.record import Record
from tests.formats.awkward import awkward_records, essence
from tests.formats.in_folder import Found, lay, read_at
from tests.formats.in_memory import write
from tests.formats.made_records import records

RECORDS = awkward_records()


def read(folder: Path, content: str | bytes) -> Found:
    return read_at(FORMAT, lay(folder, {"a.conllu": content}) / "a.conllu")


def test_the_text_and_everything_else_that_is_carried_comes_back(tmp_path: Path) -> None:
    back, faults = read(tmp_path, write(FORMAT, RECORDS).files[""])
    assert faults == []
    carried = [one for one in RECORDS if one.document.text]
    assert [essence(one, FORMAT.carries) for one in back] == [essence(one, FORMAT.carries) for one in carried]
    assert [(one.annotator, one.document.title, one.document.meta) for one in back] == [
        (one.annotator, one.document.title, one.document.meta) for one in carried
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(records())
def test_any_text_comes_back_and_every_span_that_does_not_is_told(tmp_path: Path, record: Record) -> None:
    written = write(FORMAT, [record])
    told = {loss.span for loss in written.losses if loss.what in ("trimmed", "no-token", "bounds-changed")}
    back, faults = read(tmp_path, written.files[""]) if written.files[""] else ([], [])
    assert faults == []
    for one in back:
        assert one.document.text == record.document.text
        places = [(span.fragments, span.label) for span in (one.annotations.ordered() if one.annotations else ())]
        for span in record.annotations.ordered() if record.annotations else ():
            assert span.id in told or (span.fragments, span.label) in places
    assert back or "empty-text" in {loss.what for loss in written.losses}


def test_a_clitic_is_a_word_of_a_multiword_token() -> None:
    clitic = next(one for one in RECORDS if one.document.id == "clitic")
    lines = write(FORMAT, [clitic]).files[""].decode().splitlines()
    assert lines == [
        "# newdoc id = clitic",
        "# annotator = ليلى",
        "# sent_id = clitic-1",
        "# text = وبالموصل أمس",
        "1-2\tوبالموصل\t_\t_\t_\t_\t_\t_\t_\t_",
        "1\tوب\t_\t_\t_\t_\t_\t_\t_\t_",
        "2\tالموصل\t_\t_\t_\t_\t_\t_\t_\tSpans=1-LOCATION",
        "3\tأمس\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No",
        "",
    ]


def test_no_value_of_misc_holds_what_parts_values() -> None:
    for line in write(FORMAT, RECORDS).files[""].decode().split("\n"):
        if line and not line.startswith("#"):
            assert line.count("\t") == 9
            assert all(part.count("=") == 1 for part in line.split("\t")[9].split("|") if part != "_")


def test_everything_that_is_left_out_is_told() -> None:
    losses = write(FORMAT, RECORDS).losses
    assert Counter(loss.what for loss in losses if loss.document == "linked") == {
        **{"status": 1, "notes": 2, "fields": 1, "provenance": 1, "attributes": 4, "relations": 2},
    }
    assert {loss.document for loss in losses if loss.what == "empty-text"} == {"empty"}
    clitic = [one for one in RECORDS if one.document.id == "clitic"]
    expanded = write(FORMAT, clitic, WriteOptions(alignment="expand"))
    assert [loss.what for loss in expanded.losses if loss.span] == ["grew"]


def test_a_treebank_of_others_is_read(tmp_path: Path) -> None:
    content = (
        "# newdoc id = d1\n# text = x\n1-3\tوبلاده\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
        "1\tو\tو\tCCONJ\t_\t_\t0\troot\t_\t_\n2\tبلاد\t_\t_\t_\t_\t_\t_\t_\tSpans=1-LOC\n"
        "3\tهو\t_\t_\t_\t_\t_\t_\t_\t_\n4\t.\t_\t_\t_\t_\t_\t_\t_\t_\n"
        "4.1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n\n# sent_id = 2\n1\tنعم\n\n# newdoc id = d2\n1\tلا\t_\t_\t_\t_\t_\t_\t_\t_\n"
    )
    records, faults = read(tmp_path, content)
    assert faults == []
    assert [(one.document.id, one.document.text) for one in records] == [("d1", "وبلاده.\nنعم"), ("d2", "لا")]
    assert essence(records[0], FORMAT.carries).spans == [(((1, 5),), "LOC", ())]


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ("", [(0, "file-empty")]),
        ("ab\n1\tcd\n", [(1, "line-malformed")]),
        ("1\tab\t_\nx\tcd\t_\n2\t\n", [(2, "line-malformed"), (3, "line-malformed")]),
        (f"{'9' * 5000}\tab\n", [(1, "line-malformed")]),
        ("[" * 100_000, [(1, "line-malformed")]),
        ("1\tab\t_\t_\t_\t_\t_\t_\t_\tSpans=9,-X,1-\n", []),
        ("# newdoc id = a\n1\tx\n\n# newdoc id = a\n1\ty\n", [(4, "line-twice")]),
        ("\x00" * 99, [(0, "not-utf8-but-utf16")]),
    ],
)
def test_what_cannot_be_read_is_told_where(tmp_path: Path, content: str, faults: list[tuple[int, str]]) -> None:
    assert read(tmp_path, content)[1] == faults


def test_another_encoding_is_read_when_it_is_named(tmp_path: Path) -> None:
    path = lay(tmp_path, {"a.conllu": "1\tكركوك\n".encode("iso-8859-6")}) / "a.conllu"
    assert read_at(FORMAT, path) == ([], [(1, "not-utf8")])
    assert [one.document.text for one in read_at(FORMAT, path, ReadOptions("iso-8859-6"))[0]] == ["كركوك"]
    assert format_of(path) is FORMAT


def test_the_same_records_give_the_same_bytes() -> None:
    assert write(FORMAT, RECORDS) == write(FORMAT, awkward_records())
