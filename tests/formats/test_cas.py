from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app.formats import cas_json, cas_xmi
from app.formats.registry import Format, format_of
from app.model.document import Document
from app.model.record import Record
from tests.formats.awkward import awkward_records, essence
from tests.formats.in_folder import Found, lay, read_at
from tests.formats.in_memory import write

cassis = pytest.importorskip("cassis")

RECORDS = awkward_records()
NOT_IN_XML = {"separators"}
FORMATS = pytest.mark.parametrize("format", [cas_xmi.FORMAT, cas_json.FORMAT], ids=lambda format: str(format.name))


@FORMATS
def test_everything_that_is_carried_comes_back(format: Format, tmp_path: Path) -> None:
    written = write(format, RECORDS)
    back, faults = read_at(format, lay(tmp_path, written.files))
    assert faults == []
    left_out = NOT_IN_XML if format.name == "cas-xmi" else set[str]()
    carried = [one for one in RECORDS if one.document.id not in left_out]
    key = lambda one: (one.document.id, one.annotator)  # noqa: E731
    assert sorted(map(key, back)) == sorted(map(key, carried))
    found = {key(one): one for one in back}
    for one in carried:
        again = found[key(one)]
        assert essence(again, format.carries) == essence(one, format.carries)
        assert (again.document.title, again.document.meta) == (one.document.title, one.document.meta)
        assert again.document.language == one.document.language
        assert again.annotations and one.annotations
        assert [span.note for span in again.annotations.ordered()] == [span.note for span in one.annotations.ordered()]
        assert again.annotations.state.note == one.annotations.state.note
        assert {*again.annotations.spans} == {*one.annotations.spans}


@FORMATS
def test_everything_that_is_left_out_is_told(format: Format) -> None:
    losses = write(format, RECORDS).losses
    assert Counter(loss.what for loss in losses if loss.document == "linked") == {
        **{"status": 1, "fields": 1, "provenance": 1},
    }
    left_out = [loss.document for loss in losses if loss.what == "not-in-xml"]
    assert left_out == (["separators"] if format.name == "cas-xmi" else [])


@FORMATS
def test_the_same_records_give_the_same_bytes(format: Format) -> None:
    assert write(format, RECORDS) == write(format, awkward_records())


def test_characters_that_xml_does_not_know_are_told_and_json_keeps_them(tmp_path: Path) -> None:
    records = [Record(Document(f"a{ord(ch)}", f"x{ch}y")) for ch in "\x00\x0b\ufffe\uffff\ud7ff\x85\U0001ffff"]
    told = [loss.document for loss in write(cas_xmi.FORMAT, records).losses if loss.what == "not-in-xml"]
    assert told == ["a0", "a11", "a65534", "a65535"]
    back, faults = read_at(cas_json.FORMAT, lay(tmp_path, write(cas_json.FORMAT, records).files))
    assert not faults and {one.document.text for one in back} == {one.document.text for one in records}


TYPES = write(cas_xmi.FORMAT, []).files["TypeSystem.xml"]


def read_xmi(folder: Path, content: bytes) -> Found:
    return read_at(cas_xmi.FORMAT, lay(folder, {"TypeSystem.xml": TYPES, "a.xmi": content}) / "a.xmi")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"<xmi:XMI", "cas-broken"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>', "cas-broken"),
        ("<x/>".encode("utf-16"), "cas-broken"),
        (b"<a>" * 100_000, "cas-broken"),
        ("<x>كركوك</x>".encode("cp1256"), "cas-broken"),
        (write(cas_xmi.FORMAT, RECORDS).files["linked.xmi"][:900], "cas-broken"),
    ],
)
def test_a_file_that_is_no_xmi_is_told_of(tmp_path: Path, content: bytes, code: str) -> None:
    assert read_xmi(tmp_path, content) == ([], [(0, code)])


@pytest.mark.parametrize("content", [b"", b"[" * 100_000, b"{}", b"[]", b"null", b'{"a":1', '{"a":1}'.encode("utf-16")])
def test_a_file_that_is_no_cas_in_json_is_told_of(tmp_path: Path, content: bytes) -> None:
    records, faults = read_at(cas_json.FORMAT, lay(tmp_path, {"a.json": content}) / "a.json")
    assert records == [] and len(faults) == 1


def test_a_span_outside_the_text_is_refused_and_the_others_are_kept(tmp_path: Path) -> None:
    quotes = [one for one in RECORDS if one.document.id == "quotes"]
    content = write(cas_xmi.FORMAT, quotes).files["quotes.xmi"]
    for end, code in ((b'end="999"', "span-outside"), (b'end="4"', "span-empty"), (b'end="x"', "cas-broken")):
        records, faults = read_xmi(tmp_path, content.replace(b'end="9"', end))
        assert [found for _line, found in faults] == [code]
        assert [len(essence(one, cas_xmi.FORMAT.carries).spans) for one in records] == [1][: code != "cas-broken"]


def test_the_types_have_to_lie_beside_and_nothing_outside_is_read(tmp_path: Path) -> None:
    lay(tmp_path, {"secret.xmi": "<x/>", "in/TypeSystem.xml": TYPES, "alone/a.xmi": "<x/>"})
    (tmp_path / "in" / "a.xmi").symlink_to(tmp_path / "secret.xmi")
    assert read_at(cas_xmi.FORMAT, tmp_path / "in") == ([], [(0, "outside-folder")])
    assert read_at(cas_xmi.FORMAT, tmp_path / "alone") == ([], [(0, "type-system-missing")])


def test_annotations_of_other_layers_are_read_with_their_features(tmp_path: Path) -> None:
    types = cassis.TypeSystem()
    entity = types.create_type("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "uima.tcas.Annotation")
    types.create_type("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token", "uima.tcas.Annotation")
    for name in ("value", "identifier"):
        types.create_feature(entity, name, "uima.cas.String")
    made = cassis.Cas(typesystem=types)
    made.sofa_string = "😀 كركوك"
    made.add(entity(begin=2, end=7, value="LOC", identifier="Q45127"))
    made.add(types.get_type("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token")(begin=2, end=7))
    lay(tmp_path, {"TypeSystem.xml": types.to_xml(), "a.xmi": made.to_xmi(), "b.json": made.to_json()})
    for name, format in (("a.xmi", cas_xmi.FORMAT), ("b.json", cas_json.FORMAT)):
        records, faults = read_at(format, tmp_path / name)
        assert faults == []
        assert essence(records[0], format.carries).spans == [(((2, 7),), "LOC", (("identifier", "Q45127"),))]


def test_folders_and_files_are_known(tmp_path: Path) -> None:
    lay(tmp_path / "x", write(cas_xmi.FORMAT, RECORDS).files)
    lay(tmp_path / "j", write(cas_json.FORMAT, RECORDS).files)
    assert format_of(tmp_path / "x") is cas_xmi.FORMAT
    assert format_of(tmp_path / "x" / "linked.xmi") is cas_xmi.FORMAT
    assert format_of(tmp_path / "j") is cas_json.FORMAT
    assert format_of(tmp_path / "j" / "linked.json") is cas_json.FORMAT
