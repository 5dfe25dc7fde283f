from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from app.formats.registry import ReadOptions, WriteOptions, format_of
from app.formats.webanno_tsv import FORMAT
from app.model.annotation import Annotations, Attribute, Fragment, Relation, Span
from app.model.document import Document
from app.model.record import Record
from tests.formats.awkward import awkward_records, essence
from tests.formats.in_folder import Found, lay, read_at
from tests.formats.in_memory import write
from tests.formats.made_records import records

RECORDS = awkward_records()
HEAD = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|label\n\n\n"


def read(folder: Path, content: str | bytes) -> Found:
    return read_at(FORMAT, lay(folder, {"a.tsv": content}) / "a.tsv")


def marked(text: str, *places: tuple[int, int, str], links: tuple[Relation, ...] = ()) -> Record:
    spans = [Span(f"s{n}", label, (Fragment(a, b),)) for n, (a, b, label) in enumerate(places)]
    return Record(Document("a", text), Annotations.of(spans, links))


def test_the_text_and_everything_else_that_is_carried_comes_back(tmp_path: Path) -> None:
    carried = [one for one in RECORDS[:-1] if one.document.id not in ("empty", "discontinuous", "byte-order-mark")]
    back, faults = read_at(FORMAT, lay(tmp_path, write(FORMAT, carried).files))
    assert faults == []
    found = {one.document.id: essence(one, FORMAT.carries) for one in back}
    assert found == {one.document.id: essence(one, FORMAT.carries) for one in carried}
    linked = next(one.annotations for one in back if one.document.id == "linked")
    assert linked is not None and [span.note for span in linked.ordered()] == ["من هو؟", "", ""]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(records())
def test_any_record_comes_back_but_for_what_was_told(tmp_path: Path, record: Record) -> None:
    written = write(FORMAT, [record])
    for old in tmp_path.glob("*.tsv"):
        old.unlink()
    back, faults = read_at(FORMAT, lay(tmp_path, written.files)) if written.files else ([], [])
    assert faults == []
    kinds = {loss.what for loss in written.losses}
    told = {loss.span for loss in written.losses if loss.what in ("trimmed", "no-token", "discontinuous")}
    assert back or "empty-text" in kinds
    for one in back:
        assert one.document.text == record.document.text or "white-space" in kinds
        found = Counter(
            (span.fragments, span.label, span.note, sorted((a.name, a.value) for a in span.attributes).__repr__())
            for span in (one.annotations or Annotations()).ordered()
        )
        for span in (record.annotations or Annotations()).ordered():
            said = sorted((a.name, a.value) for a in span.attributes).__repr__()
            assert span.id in told or found[span.fragments, span.label, span.note, said]


def test_a_file_is_as_inception_writes_it() -> None:
    """Two blank lines after the header, offsets in UTF-16, a tab at the end of a row, sub-tokens after their token."""
    record = marked(
        "😀 وبالموصل أمس.\nab cd",
        *((4, 10, "LOC"), (2, 10, "A_B"), (2, 14, "T[1]"), (16, 18, "X|Y"), (16, 18, "Z")),
        links=(Relation("r1", "AT", "s3", "s0"), Relation("r2", "IN", "s0", "s1")),
    )
    content = write(FORMAT, [record]).files["a.tsv"].decode()
    assert content.split("\n") == [
        "#FORMAT=WebAnno TSV 3.3",
        "#T_SP=webanno.custom.Span|label",
        "#T_RL=webanno.custom.Relation|label|BT_webanno.custom.Span",
        "",
        "",
        "#Text=😀 وبالموصل أمس.",
        "1-1\t0-2\t😀\t_\t_\t_\t",
        "1-2\t3-11\tوبالموصل\tT\\[1\\][1]|A\\_B[2]\tIN\t1-2.1[0_2]\t",
        "1-2.1\t5-11\tالموصل\tLOC\tAT\t2-1[3_0]\t",
        "1-3\t12-15\tأمس\tT\\[1\\][1]\t_\t_\t",
        "1-4\t15-16\t.\t_\t_\t_\t",
        "",
        "#Text=ab cd",
        "2-1\t17-19\tab\tX\\|Y[3]|Z[4]\t_\t_\t",
        "2-2\t20-22\tcd\t_\t_\t_\t",
        "",
    ]


def test_stacks_sub_tokens_escapes_and_relations_come_back(tmp_path: Path) -> None:
    said = (Attribute("a.b", "x|y"), Attribute("a.b", ""), Attribute("ع", "_*[1]->;\\\t\n\r"), Attribute("z", "*"))
    spans = [
        Span("s1", "*", (Fragment(0, 2),), said),
        Span("s2", "_", (Fragment(0, 2),), note="n\no|t"),
        Span("s3", "a\\", (Fragment(1, 4),)),
    ]
    links = [Relation("r1", "\\[x", "s1", "s2"), Relation("r2", "R", "s3", "s2"), Relation("r3", "R", "s2", "s3")]
    record = Record(Document("a", "abc\\d\n\n\te"), Annotations.of(spans, links))
    back, faults = read_at(FORMAT, lay(tmp_path, write(FORMAT, [record]).files))
    assert faults == []
    assert essence(back[0], FORMAT.carries) == essence(record, FORMAT.carries)


def test_everything_that_is_left_out_is_told() -> None:
    losses = write(FORMAT, RECORDS).losses
    assert Counter(loss.what for loss in losses if loss.document == "linked") == {
        **{"title": 1, "meta": 2, "status": 1, "fields": 1, "provenance": 2, "relation-attributes": 1, "notes": 1},
    }
    others = {(loss.document, loss.what) for loss in losses if loss.what not in ("status", "provenance")}
    assert {one for one in others if one[0] != "linked"} == {
        ("discontinuous", "discontinuous"),
        ("empty", "empty-text"),
        ("byte-order-mark", "white-space"),
        ("twice", "id-changed"),
    }
    clitic = [one for one in RECORDS if one.document.id == "clitic"]
    assert [one.what for one in write(FORMAT, clitic, WriteOptions(alignment="refuse")).losses if one.span] == [
        "cuts-token"
    ]


def test_a_file_of_inception_is_read(tmp_path: Path) -> None:
    content = (
        "#FORMAT=WebAnno TSV 3.2\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n"
        "#T_SP=webanno.custom.Plain|\n#T_RL=webanno.custom.Rel|kind|BT_de.tudarmstadt.ukp.dkpro.core.api.ner.type."
        "NamedEntity\n\n\n#Sentence.id=s1\n#Text=In 😀 New York\n1-1\t0-2\tIn\t_\t_\t*\t_\t_\t\n"
        "1-2\t3-5\t😀\t_\t_\t_\t_\t_\t\n1-3\t6-9\tNew\t*[1]\tLOC[1]\t_\t_\t_\t\n1-4\t10-14\tYork\t*[1]\tLOC[1]\t_\t_\t_\t\n\n"
        "#Text=Bonn\n2-1\t15-19\tBonn\tQ586\tLOC\t_\tnear\t1-3[1_0]\t\n"
    )
    records, faults = read(tmp_path, content)
    assert faults == []
    assert records[0].document.text == "In 😀 New York\nBonn"
    assert essence(records[0], FORMAT.carries).spans == [
        (((0, 2),), "Plain", ()),
        (((5, 13),), "LOC", ()),
        (((14, 18),), "LOC", (("identifier", "Q586"),)),
    ]
    assert [one[:3] for one in essence(records[0], FORMAT.carries).relations] == [("Rel", ((5, 13),), ((14, 18),))]


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ("", [(0, "file-empty")]),
        ("#FORMAT=WebAnno TSV 2.0\n", [(1, "not-webanno")]),
        ("a\tb\n1\t2\n", [(1, "not-webanno")]),
        (HEAD, [(0, "text-missing")]),
        (f"{HEAD}#Text=ab cd\n1-1\t0-2\tab\tX\t\n1-2\t3-5\n", [(7, "line-malformed")]),
        (f"{HEAD}#Text=ab\n1-1\t0-99\tab\tX\t\n", [(6, "span-outside")]),
        (f"{HEAD}#Text=ab\n1-1\t0-2\tab\tX[9]|[1\\|\\\t\n", []),
        (f"{HEAD}#Text=ab\n1-1\t999999999-9999999999\tab\tX\t\n", [(6, "line-malformed"), (0, "text-missing")]),
        (f"{HEAD}#Text=ab\n1-1\t999999999-999999999\tab\tX\t\n", [(6, "span-empty")]),
        (HEAD + "[" * 100_000, [(5, "line-malformed"), (0, "text-missing")]),
        ("\x00" * 99, [(0, "not-utf8-but-utf16")]),
    ],
)
def test_what_cannot_be_read_is_told_where(tmp_path: Path, content: str, faults: list[tuple[int, str]]) -> None:
    assert sorted(read(tmp_path, content)[1]) == sorted(faults)


def test_a_relation_to_nothing_is_told(tmp_path: Path) -> None:
    content = (
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|label\n#T_RL=webanno.custom.Relation|label|"
        "BT_webanno.custom.Span\n\n\n#Text=ab\n1-1\t0-2\tab\tX\tAT|IN\t7-7|1-1[5_0]\t\n"
    )
    assert read(tmp_path, content)[1] == [(7, "relation-dangling"), (7, "relation-dangling")]


def test_nothing_outside_the_folder_is_read_and_the_encoding_may_be_named(tmp_path: Path) -> None:
    lay(tmp_path, {"b.tsv": f"{HEAD}#Text=نص\n1-1\t0-2\tنص\tX\t\n".encode("cp1256"), "in/x": ""})
    assert read_at(FORMAT, tmp_path / "b.tsv")[1][0] == (5, "not-utf8")
    records, faults = read_at(FORMAT, tmp_path / "b.tsv", ReadOptions("windows-1256"))
    assert not faults and records[0].document.text == "نص"
    (tmp_path / "in" / "a.tsv").symlink_to(tmp_path / "b.tsv")
    assert read_at(FORMAT, tmp_path / "in") == ([], [(0, "outside-folder")])


def test_files_and_folders_are_known_and_a_table_is_none(tmp_path: Path) -> None:
    lay(tmp_path / "t", {"a.tsv": "text\tid\n"})
    lay(tmp_path / "w", write(FORMAT, RECORDS).files)
    assert format_of(tmp_path / "w") is FORMAT and format_of(tmp_path / "w" / "linked.tsv") is FORMAT
    assert format_of(tmp_path / "t" / "a.tsv").name == "csv"


def test_the_same_records_give_the_same_bytes() -> None:
    assert write(FORMAT, RECORDS) == write(FORMAT, awkward_records())
