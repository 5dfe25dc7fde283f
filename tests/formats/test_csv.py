from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.formats.csv import FORMAT
from app.formats.csv_tables import neutral, original
from app.formats.registry import ReadOptions, format_of
from app.model.annotation import Annotations
from app.model.record import Record
from tests.formats.awkward import awkward_records
from tests.formats.in_folder import lay, read_at
from tests.formats.in_memory import write
from tests.formats.made_records import records

RECORDS = awkward_records()


def known(record: Record) -> tuple[object, ...]:
    """Everything that the tables carry; which line it stood in is none of it."""
    annotations = record.annotations or Annotations()
    spans = sorted(span._replace(extra="") for span in annotations.spans.values())
    links = sorted(link._replace(extra="") for link in annotations.relations.values())
    document = record.document
    whole = (document.id, document.text, document.title, document.language, document.meta, document.created_at)
    who = (record.annotator, record.schema_name, record.schema_version, record.updated_at)
    return (*whole, *who, str(spans), str(links), annotations.state._replace(extra=""))


def test_everything_comes_back(tmp_path: Path) -> None:
    written = write(FORMAT, RECORDS)
    back, faults = read_at(FORMAT, lay(tmp_path, written.files))
    assert faults == []
    assert [known(one) for one in back] == [known(one) for one in RECORDS]
    assert written.losses == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(records())
def test_any_record_comes_back_and_keys_that_are_not_known_are_told(tmp_path: Path, record: Record) -> None:
    written = write(FORMAT, [record])
    back, faults = read_at(FORMAT, lay(tmp_path, written.files))
    assert faults == []
    assert [known(one) for one in back] == [known(record)]
    assert {loss.what for loss in written.losses} <= {"unknown-keys"}


@given(st.text())
def test_no_cell_is_a_formula_and_each_can_be_read_back(cell: str) -> None:
    assert neutral(cell)[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n", "＝")
    assert original(neutral(cell)) == cell


def test_a_text_that_is_a_formula_is_made_harmless_in_the_file() -> None:
    files = write(FORMAT, RECORDS).files
    table = list(csv.DictReader(io.StringIO(files["articles.csv"].decode("utf-8-sig"), newline="")))
    assert [row["text"] for row in table if row["article"] == "formula"] == ["'=1+1"]
    assert len(table) == len(RECORDS)
    assert all(content.startswith(b"\xef\xbb\xbf") for content in files.values())


def test_the_same_records_give_the_same_bytes() -> None:
    assert write(FORMAT, RECORDS) == write(FORMAT, awkward_records())


def test_a_table_of_articles_is_read_by_the_columns_that_it_has(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "news.csv": '\ufeffالعنوان;النص;url;قسم\nع;=نص """في""";x;حرب\nع;"ثان;\n";;\n'.replace(
                '=نص """', '"=نص ""'
            ).replace('"""', '"""')
        },
    )
    records, faults = read_at(FORMAT, tmp_path / "news.csv")
    assert faults == []
    assert [one.document.text for one in records] == ['=نص "في"', "ثان;\n"]
    assert dict(records[0].document.meta) == {"address": "x", "قسم": "حرب"}
    assert records[0].document.title == "ع" and records[0].annotations is None
    assert len({one.document.id for one in records}) == 2


def test_the_user_says_which_column_is_which(tmp_path: Path) -> None:
    lay(tmp_path, {"a.tsv": "x\ty\tz\n7\tنص\tg\n"})
    records, _faults = read_at(FORMAT, tmp_path / "a.tsv", ReadOptions(columns={"text": "y", "id": "x", "source": "z"}))
    assert (records[0].document.id, records[0].document.text, records[0].document.meta[0]) == (
        "7",
        "نص",
        ("source", "g"),
    )
    assert read_at(FORMAT, tmp_path / "a.tsv", ReadOptions(columns={"text": "gone"}))[1] == [(1, "column-missing")]
    assert read_at(FORMAT, tmp_path / "a.tsv")[1] == [(1, "column-missing")]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", (0, "file-empty")),
        (b"\xef\xbb\xbf \n", (0, "file-empty")),
        ("text\nab\n".encode("utf-16"), (0, "not-utf8-but-utf16")),
        ("text\nab\nنص\n".encode("cp1256"), (3, "table-not-in-encoding")),
        (b'text,id\n"ab', (2, "table-broken")),
        (b'text\n"a"b\n', (2, "table-broken")),
        (b"text,id\nab\n", (2, "row-length")),
        (b"text,id,text\na,b,c\n", (1, "name-twice")),
        (b"text\n\n\na\n\n" + b'""\n', (6, "text-empty")),
        (b"text" + b",x" * 1_000_000 + b"\n", (1, "too-many")),
    ],
)
def test_a_table_that_cannot_be_read_is_told_where(tmp_path: Path, content: bytes, fault: tuple[int, str]) -> None:
    lay(tmp_path, {"a.csv": content})
    assert fault in read_at(FORMAT, tmp_path / "a.csv")[1]


def test_another_encoding_is_read_when_it_is_named(tmp_path: Path) -> None:
    lay(tmp_path, {"a.csv": "النص\nكركوك\n".encode("utf-16"), "b.csv": "نص\nكركوك\n".encode("cp1256")})
    for name, encoding in (("a.csv", "utf-16"), ("b.csv", "windows-1256")):
        records, faults = read_at(FORMAT, tmp_path / name, ReadOptions(encoding))
        assert not faults and records[0].document.text == "كركوك"
    assert read_at(FORMAT, tmp_path / "b.csv", ReadOptions("no-such"))[1] == [(0, "encoding-unknown")]


def test_rows_of_a_folder_that_do_not_fit_are_told_one_by_one(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "articles.csv": "article,text\na,ab cd\n",
            "spans.csv": "article,span,label,start,end,covers\na,1,X,0,2,ab\na,2,X,0,9,\na,3,X,3,5,xy\nb,4,X,0,1,\n"
            "a,5,,0,1,\na,6,X,-1,1,\n",
            "attributes.csv": "article,owner,name,value\na,1,,x\na,1,y,z\n",
            "relations.csv": "article,relation,label,head,child\na,r,AT,1,2\n",
        },
    )
    records, faults = read_at(FORMAT, tmp_path)
    assert [[*one.annotations.spans] for one in records if one.annotations] == [["1"]]
    assert Counter(code for _line, code in faults) == Counter(
        [
            "span-outside",
            "surface-mismatch",
            "mark-unknown",
            *["empty-name"] * 2,
            "not-a-whole-number",
            "relation-dangling",
        ]
    )


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    lay(tmp_path, {"spans.csv": "secret\n", "in/articles.csv": "article,text\na,b\n"})
    (tmp_path / "in" / "spans.csv").symlink_to(tmp_path / "spans.csv")
    assert read_at(FORMAT, tmp_path / "in") == ([], [(0, "outside-folder")])


def test_tables_are_known(tmp_path: Path) -> None:
    lay(tmp_path, {"articles.csv": "article,text\na,b\n"})
    assert format_of(tmp_path) is FORMAT
    assert format_of(tmp_path / "articles.csv") is FORMAT
