from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.errors import SourceError
from app.formats.registry import FORMATS, format_of, read_file
from app.formats.sources import name_of, open_source, raw_lines, unreadable


def test_no_two_formats_claim_the_same_suffix() -> None:
    suffixes = [suffix for known in FORMATS.values() for suffix in known.suffixes]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.JSONL", b"", "jsonl"),
        ("a.annotations.jsonl", b"", "jsonl"),
        ("a.txt", b'{"text":"this stays a text"}', "text"),
        ("article", b"words", "text"),
        ("article.news", b'\xef\xbb\xbf\n {"text":"a"}', "jsonl"),
        ("{braces}", b"{braces}", "text"),
    ],
)
def test_a_file_is_read_by_its_suffix_else_by_how_it_begins(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert format_of(path).name == expected


@pytest.mark.parametrize("name", ["missing.txt", "missing.jsonl", "missing"])
def test_a_file_that_is_not_there_says_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError) as caught:
        list(read_file(tmp_path / name))
    assert (caught.value.code, caught.value.values) == ("source-missing", {"file": str(tmp_path / name)})


@pytest.mark.parametrize("name", ["folder.txt", "folder.jsonl", "folder"])
def test_a_folder_says_that_it_is_one(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(SourceError) as caught:
        list(read_file(tmp_path / name))
    assert caught.value.code == "source-is-directory"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_refused_before_it_can_wait_for_ever(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(SourceError) as caught:
        list(read_file(tmp_path / "pipe.txt"))
    assert caught.value.code == "source-is-no-file"


def test_what_the_system_refuses_is_told_apart() -> None:
    path = Path("a.txt")
    assert unreadable(path, PermissionError(13, "denied")).code == "source-forbidden"
    assert unreadable(path, FileNotFoundError(2, "none")).code == "source-missing"
    broken = unreadable(path, OSError(5, "Input/output error"))
    assert (broken.code, broken.values["reason"]) == ("source-unreadable", "Input/output error")


def test_a_disk_that_fails_half_way_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a")
    with pytest.raises(SourceError) as caught, open_source(path):
        raise OSError(5, "Input/output error")
    assert (caught.value.code, caught.value.values["file"]) == ("source-unreadable", str(path))


def test_a_file_name_that_is_no_unicode_still_names_its_article() -> None:
    assert name_of(Path(os.fsdecode(b"r\xe9sum\xe9.txt"))).encode("utf-8") == b"r?sum?"


def test_a_line_of_just_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"12345\n123456\n1\n123456")
    with path.open("rb") as stream:
        assert [(line.content, line.terminated) for line in raw_lines(stream, limit=5)] == [
            (b"12345", True),
            (None, True),
            (b"1", True),
            (None, False),
        ]
