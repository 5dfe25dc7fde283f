from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app.formats.iob2 import FORMAT
from app.formats.registry import ReadOptions, WriteOptions, format_of
from app.formats.sources import MAX_TEXT_BYTES
from app.model.annotation import Annotations, Fragment, Span
from app.model.document import Document
from app.model.record import Record
from tests.formats.awkward import awkward_records
from tests.formats.in_folder import Found, lay, read_at
from tests.formats.in_memory import write
from tests.formats.in_tokens import black, marks

RECORDS = awkward_records()


def read(folder: Path, content: str) -> Found:
    return read_at(FORMAT, lay(folder, {"a.iob2": content}) / "a.iob2")


def marked(text: str, *places: tuple[int, int], label: str = "X") -> Record:
    spans = [Span(f"s{number}", label, (Fragment(*place),)) for number, place in enumerate(places)]
    return Record(Document("a", text), Annotations.of(spans))


def test_tokens_and_the_spans_that_are_carried_come_back(tmp_path: Path) -> None:
    written = write(FORMAT, RECORDS)
    back, faults = read_at(FORMAT, lay(tmp_path, {"a.iob2": written.files[""]}) / "a.iob2")
    assert faults == []
    kinds = {"overlap", "nested", "same-label-nested", "crossing"}
    lost = {(loss.document, loss.span) for loss in written.losses if loss.what in kinds}
    expected = [one for one in RECORDS[:-1] if one.document.text]
    found = {one.document.id: one for one in back}
    assert found.pop("twice~2").document.text == "كركوك"
    for one in expected:
        again = found.pop(one.document.id)
        assert black(again.document.text) == black(one.document.text)
        spans = one.annotations.ordered() if one.annotations else []
        kept = Annotations.of(span for span in spans if (one.document.id, span.id) not in lost)
        assert marks(again) == marks(one._replace(annotations=kept))
    assert not found


def test_every_span_that_could_not_be_carried_is_told() -> None:
    losses = write(FORMAT, RECORDS).losses
    of_spans = Counter((loss.document, loss.span, loss.what) for loss in losses if loss.what in ("nested", "crossing"))
    assert of_spans == {("nested", "s2", "nested"): 1, ("nested", "s3", "nested"): 1, ("crossing", "s2", "crossing"): 1,
                        ("discontinuous", "s2", "crossing"): 1}  # fmt: skip
    assert [loss.span for loss in losses if loss.what == "overlap"] == ["s2"]
    told = Counter(loss.what for loss in losses if loss.document == "linked")
    assert told == {
        **{"title": 1, "meta": 2, "status": 1, "notes": 2, "fields": 1, "provenance": 2},
        **{"attributes": 4, "relations": 2},
    }
    assert {loss.document for loss in losses if loss.what == "white-space"} >= {"lines", "separators"}
    assert "twice" in {loss.document for loss in losses if loss.what == "id-changed"}


@pytest.mark.parametrize(
    ("policy", "tags", "why"),
    [
        ("split", "وب O|الموصل B-LOCATION|أمس O", []),
        ("expand", "وبالموصل B-LOCATION|أمس O", ["grew"]),
        ("refuse", "وبالموصل O|أمس O", ["cuts-token"]),
    ],
)
def test_a_span_within_a_word_lies_as_the_policy_says_and_a_change_is_told(
    policy: str, tags: str, why: list[str]
) -> None:
    clitic = next(one for one in RECORDS if one.document.id == "clitic")
    written = write(FORMAT, [clitic], WriteOptions(alignment=policy))
    lines = written.files[""].decode().splitlines()
    assert lines[0] == "-DOCSTART- (clitic)\tO"
    assert "|".join(line.replace("\t", " ") for line in lines[2:] if line) == tags
    assert [loss.what for loss in written.losses if loss.span] == why


def test_every_span_begins_with_b_and_goes_on_over_a_line_end() -> None:
    lines = write(FORMAT, [marked("ab cd\nef gh\nij", (0, 5), (6, 8), (9, 14))]).files[""].decode()
    assert lines.split("\n\n", 1)[1] == "ab\tB-X\ncd\tI-X\n\nef\tB-X\ngh\tB-X\nij\tI-X\n\n"


def test_white_space_in_a_label_is_escaped_and_told_and_comes_back(tmp_path: Path) -> None:
    written = write(FORMAT, [marked("ab", (0, 2), label="قائد ميداني")])
    assert "قائد_u0020_ميداني" in written.files[""].decode()
    assert [loss.what for loss in written.losses] == ["status", "name-escaped"]
    back, _faults = read_at(FORMAT, lay(tmp_path, {"a.iob2": written.files[""]}) / "a.iob2")
    assert marks(back[0]) == [(0, 2, "قائد ميداني")]


def test_the_files_of_others_are_read(tmp_path: Path) -> None:
    content = (
        "-DOCSTART- -X- -X- O\n\nEU NNP B-NP I-ORG\nrejects VBZ B-VP O\r\n\nPeter NNP B-NP B-PER\n"
        "Blackburn NNP I-NP I-PER\n-DOCSTART-\tO\n\nA\tS-X\nB\tE-Y\nC\tI-Y\nD\tB-Y\n"
    )
    records, faults = read(tmp_path, content)
    assert faults == []
    assert [one.document.text for one in records] == ["EU rejects\nPeter Blackburn", "A B C D"]
    assert marks(records[0]) == [(0, 2, "ORG"), (9, 23, "PER")]
    assert marks(records[1]) == [(0, 1, "X"), (1, 3, "Y"), (3, 4, "Y")]


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ("", [(0, "file-empty")]),
        ("ab\n\ncd\tO\n", [(1, "line-malformed")]),
        ("ab\tX\ncd\tO\n", [(1, "tag-malformed")]),
        ("\tO\ncd\tO\n", [(1, "line-malformed")]),
        ("[" * 100_000, [(1, "line-malformed")]),
        ("\x00" * 99, [(0, "not-utf8-but-utf16")]),
        ("ab\tB-", [(1, "tag-malformed")]),
        ("-DOCSTART- (a)\tO\n\nx\tO\n-DOCSTART- (a)\tO\n\ny\tO\n", [(4, "line-twice")]),
        ("a" * (MAX_TEXT_BYTES // 4) + "\tO\nb\tO\n\nc\tO\n", [(0, "text-too-large")]),
    ],
)
def test_what_cannot_be_read_is_told_where(tmp_path: Path, content: str, faults: list[tuple[int, str]]) -> None:
    assert read(tmp_path, content)[1] == faults


def test_another_encoding_is_read_when_it_is_named(tmp_path: Path) -> None:
    path = lay(tmp_path, {"a.iob2": "كركوك\tB-LOC\n".encode("cp1256")}) / "a.iob2"
    assert read_at(FORMAT, path) == ([], [(1, "not-utf8")])
    assert [marks(one) for one in read_at(FORMAT, path, ReadOptions("windows-1256"))[0]] == [[(0, 5, "LOC")]]
    assert format_of(path) is FORMAT


def test_the_same_records_give_the_same_bytes() -> None:
    assert write(FORMAT, RECORDS) == write(FORMAT, awkward_records())
