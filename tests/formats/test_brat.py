from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.brat import FORMAT
from app.formats.registry import ReadOptions, WriteOptions, format_of
from app.formats.safe_names import FileNames, id_of, plain_name, safe_name
from app.model.annotation import Annotations, Fragment, Span
from app.model.document import Document
from app.model.record import Record
from app.model.schema_file import read_schema
from resources import resource
from tests.formats.awkward import awkward_records, essence
from tests.formats.in_folder import Found, lay, read_at
from tests.formats.in_memory import Written, write

RECORDS = awkward_records()
CONFLICT_NEWS = resource("schemas", "conflict-news.json").read_bytes()


def there_and_back(folder: Path, records: list[Record]) -> tuple[Written, list[Record]]:
    written = write(FORMAT, records)
    back, faults = read_at(FORMAT, lay(folder, written.files))
    assert faults == []
    return written, back


def marked(text: str, *places: tuple[int, int]) -> Record:
    spans = [Span(f"s{start}", "X", (Fragment(start, end),)) for start, end in places]
    return Record(Document("a", text), Annotations.of(spans))


def read(folder: Path, text: str, ann: str) -> Found:
    return read_at(FORMAT, lay(folder, {"a.txt": text, "a.ann": ann}))


def test_everything_that_is_carried_comes_back(tmp_path: Path) -> None:
    _written, back = there_and_back(tmp_path, RECORDS)
    expected = {essence(one, FORMAT.carries).id: essence(one, FORMAT.carries) for one in RECORDS[:-1]}
    found = {one.document.id: essence(one, FORMAT.carries) for one in back}
    assert found.pop("twice~2").spans == essence(RECORDS[-1], FORMAT.carries).spans
    assert found == expected
    linked = next(one.annotations for one in back if one.document.id == "linked")
    assert linked is not None and [span.note for span in linked.ordered()] == ["من هو؟", "", ""]


def test_everything_that_is_left_out_or_changed_is_told() -> None:
    losses = write(FORMAT, RECORDS).losses
    assert Counter(loss.what for loss in losses if loss.document == "linked") == {
        "title": 1,
        "meta": 2,
        "status": 1,
        "fields": 1,
        "provenance": 2,
        "relation-attributes": 1,
        "notes": 1,
    }
    renamed = [dict(loss.values)["from"] for loss in losses if loss.what == "name-escaped"]
    assert sorted(renamed) == sorted(["قائد ميداني", 'He said "قال"', "=cmd"])
    assert [loss.document for loss in losses if loss.what == "id-changed"] == ["twice"]


def test_a_line_of_an_ann_is_as_brat_reads_it() -> None:
    """What brat's own parser asks: names of ASCII, the text of the fragments joined by a space, one line a mark."""
    files = write(FORMAT, RECORDS).files
    assert files["lines.txt"] == "سطر أول\r\nسطر ثان\r\n".encode()
    assert files["lines.ann"].decode() == "T1\tEVENT 4 7;9 12\tأول سطر\nT2\tEVENT 13 16\tثان\n"
    assert files["emoji.ann"].decode() == "T1\tLOCATION 12 17\tكركوك\n"
    assert "R1\tAT Arg1:T2 Arg2:T3\nR2\tSAID_BY Arg1:T2 Arg2:T1\n" in files["linked.ann"].decode()
    for name, content in files.items():
        if name.endswith(".ann"):
            text = files[name[:-4] + ".txt"].decode()
            assert len(content.decode().splitlines()) == content.count(b"\n")
            for line in content.decode().splitlines():
                if line[0] == "T":
                    _id, data, covered = line.split("\t", 2)
                    label, places = data.split(" ", 1)
                    assert label.isascii()
                    pieces = [[int(edge) for edge in piece.split(" ")] for piece in places.split(";")]
                    assert covered == " ".join(text[start:end] for start, end in pieces)


def test_line_ends_at_the_edges_of_a_span_are_left_out_and_told(tmp_path: Path) -> None:
    written, back = there_and_back(tmp_path, [marked("ab\ncd\n\n", (0, 3), (5, 7))])
    assert [loss.what for loss in written.losses if loss.span] == ["bounds-changed", "only-line-ends"]
    assert essence(back[0], FORMAT.carries).spans == [(((0, 2),), "X", ())]


def test_the_schema_is_declared_with_names_colours_and_values() -> None:
    files = write(FORMAT, RECORDS, WriteOptions(schema=read_schema(CONFLICT_NEWS, ""))).files
    conf = files["annotation.conf"].decode()
    assert [line for line in conf.splitlines() if line.startswith("[")] == [
        "[entities]",
        "[relations]",
        "[events]",
        "[attributes]",
    ]
    assert conf.isascii() and "\nLOCATION\n" in conf and safe_name("قائد ميداني") in conf
    shown = files["visual.conf"].decode()
    assert f"{safe_name('قائد ميداني')} | قائد ميداني\n" in shown
    assert "bgColor:#" in shown


def test_the_same_records_give_the_same_bytes() -> None:
    assert write(FORMAT, RECORDS) == write(FORMAT, awkward_records())


@given(st.text(st.characters(exclude_categories=("Cs",))) | st.text("_u0645-ع "))
def test_every_name_can_be_read_back_from_the_safe_one(name: str) -> None:
    safe = safe_name(name)
    assert plain_name(safe) == name
    assert safe and set(safe) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=30), unique_by=str.casefold))
def test_every_id_makes_a_file_name_that_tells_it(ids: list[str]) -> None:
    names = FileNames()
    made = [names.name_for(id) for id in ids]
    assert [id_of(name) for name in made] == ids
    assert not any(set(name) & set('/\\:*?"<>|\x00\n') or name[0] in ". " or name[-1] in ". " for name in made)


def test_a_long_id_and_a_name_of_a_device_make_names_that_any_system_takes() -> None:
    names = FileNames()
    made = [names.name_for(id) for id in ("ع" * 300, "ع" * 301, "con", "..", "A", "a")]
    assert len({name.casefold() for name in made}) == 6
    assert all(len(name.encode()) < 210 for name in made)
    assert made[2] == "%63on"


def test_what_others_write_is_read(tmp_path: Path) -> None:
    ann = (
        "T1\tPER 0 2\tab\r\nT2 \tPER 0 2\tab\nT3\tLOC 3 8\tcd ef\nA1\tNegated T1\nM2\tKind T1 two words\n"
        "#1\tNote T1\tx\nN1\tReference T1 Wikipedia:5\tab\n*\tEquiv T1 T3\nR1\tNear Arg1:T1 Arg2:T3\t\nA3\tNegated T9\n"
    )
    records, faults = read(tmp_path, "ab cd\nef", ann)
    assert faults == [(2, "line-malformed"), (7, "entry-not-read"), (8, "entry-not-read"), (10, "mark-unknown")]
    assert essence(records[0], FORMAT.carries).spans == [
        (((0, 2),), "PER", (("Kind", "two words"), ("Negated", "yes"))),
        (((3, 8),), "LOC", ()),
    ]
    assert essence(records[0], FORMAT.carries).relations == [("Near", ((0, 2),), ((3, 8),), ())]


@pytest.mark.parametrize(
    ("ann", "code"),
    [
        ("T1\tX 0 9\tab cd", "span-outside"),
        ("T1\tX 0 2\txy", "surface-mismatch"),
        ("T1\tX 2 2\t", "span-empty"),
        ("T1\tX 0 2;1 4\tab b c", "fragments-order"),
        ("T1\tX 0 2\tab\nT1\tX 3 5\tcd", "id-twice"),
        ("T1\tX -1 2\tab", "line-malformed"),
        (f"T1\tX 0 {'9' * 5000}\tab", "line-malformed"),
        ("T1\tX 0 2\tab\nR1\tAT Arg1:T1 Arg2:T7", "relation-dangling"),
        ("T1\tX 0", "line-malformed"),
        ("\x00" * 90, "not-utf8-but-utf16"),
        ("[" * 100_000, "line-malformed"),
    ],
)
def test_a_faulty_line_costs_itself_and_no_more(tmp_path: Path, ann: str, code: str) -> None:
    records, faults = read(tmp_path, "ab cd", ann)
    assert [found for _line, found in faults] == [code]
    assert records[0].document.text == "ab cd"


def test_a_wrong_encoding_is_named_and_the_right_one_read(tmp_path: Path) -> None:
    lay(tmp_path, {"a.txt": "كركوك".encode("cp1256"), "a.ann": "T1\tX 0 5\tكركوك".encode("cp1256")})
    assert read_at(FORMAT, tmp_path) == ([], [(1, "not-utf8")])
    assert read_at(FORMAT, tmp_path, ReadOptions("no-such"))[1] == [(0, "encoding-unknown")]
    records, faults = read_at(FORMAT, tmp_path / "a.ann", ReadOptions("windows-1256"))
    assert not faults and records[0].document.text == "كركوك"


def test_folders_in_the_folder_are_read_and_marks_without_a_text_are_named(tmp_path: Path) -> None:
    lay(tmp_path, {"in/a.txt": "ab", "in/a.ann": "", "b.ann": "T1\tX 0 1\ta"})
    records, faults = read_at(FORMAT, tmp_path)
    assert [one.document.id for one in records] == ["in/a"]
    assert faults == [(0, "text-file-missing")]
    assert read_at(FORMAT, lay(tmp_path / "none", {"x.conf": ""}))[1] == [(0, "folder-empty")]


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    lay(tmp_path, {"secret.txt": "secret", "corpus/a.ann": "T1\tX 0 2\tse"})
    (tmp_path / "corpus" / "a.txt").symlink_to(tmp_path / "secret.txt")
    assert read_at(FORMAT, tmp_path / "corpus") == ([], [(0, "outside-folder")])
    assert read_at(FORMAT, tmp_path / "corpus" / "a.ann") == ([], [(0, "outside-folder")])


def test_a_folder_of_brat_is_known(tmp_path: Path) -> None:
    lay(tmp_path, {"a.txt": "ab", "a.ann": "T1\tX 0 1\ta"})
    assert format_of(tmp_path) is FORMAT
    assert format_of(tmp_path / "a.ann") is FORMAT
