from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.errors import Fault
from app.formats.registry import read_file
from app.formats.sources import MAX_LINE_BYTES, MAX_TEXT_BYTES
from app.model.document import Document, NameValue, text_sha256
from app.model.record import Record
from tests.formats.made_records import encoded, line, span


def read(folder: Path, content: bytes, name: str = "corpus.jsonl") -> tuple[list[Record], list[tuple[int, str, str]]]:
    path = folder / name
    path.write_bytes(content)
    found = list(read_file(path))
    faults = [item for item in found if isinstance(item, Fault)]
    assert all(fault.file == str(path) for fault in faults)
    records = [item for item in found if isinstance(item, Record)]
    return records, [(fault.line, fault.field, fault.code) for fault in faults]


def documents(folder: Path, *objects: object) -> list[Document]:
    records, faults = read(folder, b"".join(encoded(each) + b"\n" for each in objects))
    assert faults == []
    return [record.document for record in records]


def test_an_article_comes_with_its_id_title_and_meta(tmp_path: Path) -> None:
    made = {"id": "n-7", "text": "نص", "title": "عنوان", "language": "ar", "meta": {"url": "x", "day": 3}}
    expected = Document("n-7", "نص", "عنوان", "ar", (NameValue("url", "x"), NameValue("day", "3")))
    assert documents(tmp_path, made) == [expected]


def test_nothing_that_a_line_holds_is_lost(tmp_path: Path) -> None:
    odd = {
        "text": "نص",
        "source": "وكالة",
        "seen": True,
        "draft": False,
        "n": 2.5,
        "by": None,
        "tags": ["أ"],
        "o": {"k": 1},
    }
    meta = documents(tmp_path, odd | {"title": ["x"], "meta": [1]})[0].meta
    assert dict(meta) == {
        "meta": "[1]",
        "source": "وكالة",
        "seen": "yes",
        "draft": "no",
        "n": "2.5",
        "by": "",
        "tags": '["أ"]',
        "o": '{"k":1}',
        "title": '["x"]',
    }


def test_meta_of_our_own_form_stays_as_it_is(tmp_path: Path) -> None:
    twice = [{"name": "tag", "value": "a"}, {"name": "tag", "value": "b"}]
    assert documents(tmp_path, {"text": "نص", "meta": twice})[0].meta == (NameValue("tag", "a"), NameValue("tag", "b"))


def test_an_article_without_an_id_is_called_after_its_file_and_its_text(tmp_path: Path) -> None:
    before = documents(tmp_path, {"text": "أول"}, {"text": "ثان", "id": None}, {"text": "أول"})
    moved = documents(tmp_path, {"text": "جديد"}, {"text": "أول"}, {"text": "ثان"})
    name = f"corpus-{text_sha256('أول')[:12]}"
    assert [document.id for document in before][::2] == [name, f"{name}-2"]
    assert {document.id for document in before[:2]} < {document.id for document in moved}


def test_ids_may_be_numbers_zero_too(tmp_path: Path) -> None:
    assert [each.id for each in documents(tmp_path, {"id": 0, "text": "a"}, {"id": 1, "text": "b"})] == ["0", "1"]


def test_marks_of_another_program_are_kept_under_meta_and_told_of_once(tmp_path: Path) -> None:
    theirs = [{"start": 0, "end": 2, "label": "LOC"}]
    records, faults = read(tmp_path, (encoded({"text": "نص", "spans": theirs}) + b"\n") * 3)
    assert [json.loads(dict(record.document.meta)["spans"]) for record in records] == [theirs] * 3
    assert faults == [(1, "spans", "marks-not-read")]


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (b'["text"]', (2, "", "not-an-object")),
        (b'{"id":"a"}', (2, "text", "key-required")),
        (b'{"text":5}', (2, "text", "not-a-string")),
        (b'{"text":""}', (2, "text", "text-empty")),
        (b'{"text":"a","id":[1]}', (2, "id", "bad-id")),
        (b'{"text":"a","id":true}', (2, "id", "bad-id")),
        (b'{"text":"a","text":"b"}', (2, "text", "key-twice")),
        (b'{"text":"a","n":99999999999999999999}', (2, "n", "integer-too-wide")),
        (rb'{"text":"\ud83d"}', (2, "text", "lone-surrogate")),
        (b'{"text":"a\xff"}', (2, "", "not-utf8")),
        (b"text", (2, "", "not-json")),
        (b'{"id":"one","text":"b"}', (2, "id", "line-twice")),
        (encoded(line(id="one", annotator="", text_sha256="0" * 64)), (2, "text_sha256", "hash-mismatch")),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(tmp_path: Path, bad: bytes, fault: tuple[int, str, str]) -> None:
    content = b'{"id":"one","text":"a"}\n' + bad + b'\n\n{"id":"four","text":"d"}\r\n'
    records, faults = read(tmp_path, content)
    assert [(record.document.id, record.line) for record in records] == [("one", 1), ("four", 4)]
    assert faults == [fault]


def test_lines_of_a_training_file_are_read_with_their_spans_among_others(tmp_path: Path) -> None:
    ours = encoded(line(spans=[span("s", 19, 24)], relations=[]))
    again = encoded(line(spans=[], relations=[], annotator="سامي"))
    records, faults = read(tmp_path, b'{"text":"a"}\n' + ours + b"\n" + again + b"\n" + ours)
    assert [record.annotations is None for record in records] == [True, False, False]
    assert [record.annotator for record in records[1:]] == ["ليلى", "سامي"]
    assert faults == [(4, "id", "line-twice")]


def test_a_byte_order_mark_a_missing_last_newline_and_blank_lines_do_no_harm(tmp_path: Path) -> None:
    records, faults = read(tmp_path, b'\xef\xbb\xbf{"text":"a"}\n  \n{"text":"b\xe2\x80\xa8c"}')
    assert [record.document.text for record in records] == ["a", "b\u2028c"]
    assert faults == []


@pytest.mark.parametrize("content", [b"", b"\n \n\r\n", b"\xef\xbb\xbf"])
def test_a_file_without_a_line_says_that_it_is_empty(tmp_path: Path, content: bytes) -> None:
    assert read(tmp_path, content) == ([], [(0, "", "file-empty")])


@pytest.mark.parametrize("content", [b'{\n  "text": "a"\n}\n', b'[\n{"text": "a"}\n]\n'])
def test_one_document_over_several_lines_is_told_of_once(tmp_path: Path, content: bytes) -> None:
    assert read(tmp_path, content, "corpus.json") == ([], [(0, "", "json-over-lines")])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_told_of_once(tmp_path: Path, encoding: str) -> None:
    content = '{"text":"some news"}\n{"text":"more"}\n'.encode(encoding)
    assert read(tmp_path, content) == ([], [(0, "", "not-utf8-but-utf16")])


def test_a_line_above_the_limit_is_passed_over_and_the_next_one_read(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"text":"' + bytes(MAX_LINE_BYTES) + b'"}\n{"text":"b"}\n')
    first, second = read_file(path)
    assert isinstance(first, Fault)
    assert (first.line, first.code, first.values) == (1, "line-too-long", {"limit": 64})
    assert isinstance(second, Record)
    assert (second.line, second.document.text) == (2, "b")


def test_a_text_above_the_limit_is_refused_and_one_at_the_limit_is_not(tmp_path: Path) -> None:
    text = "ش" * (MAX_TEXT_BYTES // 2)
    records, faults = read(tmp_path, encoded({"text": text}) + b"\n" + encoded({"text": text + "."}))
    assert [len(record.document.text) for record in records] == [MAX_TEXT_BYTES // 2]
    assert faults == [(2, "text", "text-too-large")]
