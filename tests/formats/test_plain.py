from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from app.errors import Fault
from app.formats.encodings import BOM_NOTE
from app.formats.plain import read_text
from app.formats.registry import read_file
from app.formats.sources import MAX_TEXT_BYTES
from app.model.document import Document
from app.model.record import Record
from tests.text.made_text import texts


def refused(content: bytes) -> tuple[int, str, dict[str, object]]:
    found = read_text(content, "article.txt", "article")
    assert isinstance(found, Fault)
    return found.line, found.code, found.values


@given(texts.filter(lambda text: text.strip("\0\ufeff") != ""))
def test_the_text_is_kept_code_point_for_code_point(text: str) -> None:
    plain = text.lstrip("\ufeff").replace("\0", "")
    if plain:
        assert read_text(plain.encode(), "a.txt", "a") == Record(Document("a", plain))


def test_line_ends_stay_as_they_are_and_the_first_line_is_the_heading(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes("عنوان\r\nنص\r\n".encode())
    (record,) = read_file(path)
    assert isinstance(record, Record)
    assert record.document.text == "عنوان\r\nنص\r\n"
    assert (record.document.id, record.document.heading, record.line) == ("report", "عنوان", 0)


def test_a_byte_order_mark_is_taken_off_once_and_remembered() -> None:
    found = read_text(b"\xef\xbb\xbf" * 2 + b"a", "a.txt", "a")
    assert found == Record(Document("a", "\ufeffa", meta=(BOM_NOTE,)))


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert refused(content) == (0, "file-empty", {})


def test_a_byte_that_is_not_utf8_is_named_with_its_line_and_place() -> None:
    assert refused("سطر\nab".encode() + b"\xe3\n") == (2, "not-utf8", {"byte": 3, "value": "E3"})
    assert refused(b"\xef\xbb\xbfa\xc7") == (1, "not-utf8", {"byte": 5, "value": "C7"})
    assert refused("خبر".encode("cp1256"))[1] == "not-utf8"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_not_taken_for_utf8(encoding: str) -> None:
    assert refused("UN قال أمس\n".encode(encoding)) == (0, "not-utf8-but-utf16", {})


def test_a_text_above_the_limit_is_refused_and_one_at_the_limit_is_not(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    for mark in (b"", b"\xef\xbb\xbf"):
        path.write_bytes(mark + b"x" * MAX_TEXT_BYTES)
        assert isinstance(next(read_file(path)), Record)
        path.write_bytes(mark + b"x" * (MAX_TEXT_BYTES + 1))
        assert [item.code for item in read_file(path) if isinstance(item, Fault)] == ["text-too-large"]
