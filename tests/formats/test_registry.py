from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import NamedTuple

import pytest

from app.errors import CallError, Fault, SourceError
from app.formats.registry import FEATURES, ROWS, Format, WriteOptions, every_format, format_of, named, others, read_file
from app.formats.sources import name_of, open_source, raw_lines, unreadable
from app.model.record import Record
from app.text.alignment import POLICIES
from tests.formats.awkward import awkward_records
from tests.formats.in_memory import write


def test_each_format_of_ours_stands_in_its_module_as_its_row_says() -> None:
    for name, row in ROWS.items():
        found = named(name)
        assert (found.name, found.suffixes, found.folder) == (name, row.suffixes, row.folder)
        assert found.carries <= set(FEATURES)
        assert found.read or found.write


def test_the_formats_of_other_packages_are_looked_for_only_when_ours_do_not_do(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text":"a"}')
    others.cache_clear()
    format_of(path)
    assert others.cache_info().misses == 0


def test_another_package_brings_a_format_and_a_broken_one_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = Format("theirs", "Theirs", (".theirs",), frozenset(), read=lambda path, options: iter(()))
    points = [Point("theirs", theirs), Point("broken", None)]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points)
    others.cache_clear()
    path = tmp_path / "a.theirs"
    path.touch()
    try:
        assert named("theirs") is theirs and format_of(path) is theirs
        assert every_format()[-1] is theirs
    finally:
        others.cache_clear()


class Point(NamedTuple):
    """An entry point as the system tells of it."""

    name: str
    brings: Format | None

    def load(self) -> Format:
        if self.brings is None:
            raise ImportError("it cannot be found")
        return self.brings


def test_a_format_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(CallError) as caught:
        named("docano")
    assert caught.value.code == "format-unknown" and "native" in str(caught.value.values["formats"])


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.JSONL", b"", "jsonl"),
        ("a.annotations.jsonl", b"", "jsonl"),
        ("a.annotations.jsonl", b'{"format":"hashiya-jsonl","format_version":"1.0"', "native"),
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
def test_a_folder_is_read_as_one_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    assert [found.code for found in read_file(tmp_path / name) if isinstance(found, Fault)] == ["folder-empty"]


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


def test_blank_lines_in_a_row_are_passed_over_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"a\n" + b"\n \t\r\n" * 50_000 + b" \n  b\n\n ")
    with path.open("rb") as stream:
        told = [(line.number, line.content) for line in raw_lines(stream, blank=False)]
    assert len(told) < 1000
    assert [(number, content) for number, content in told if content and content.strip()] == [
        (1, b"a"),
        (100_003, b"  b"),
    ]


@pytest.mark.parametrize("format", [one for one in every_format() if one.write is not None], ids=lambda one: one.name)
def test_a_format_of_tokens_is_one_that_asks_what_becomes_of_cut_words(format: Format) -> None:
    pytest.importorskip(format.needs or "json")
    (clitic,) = (one for one in awkward_records() if one.document.id == "clitic")
    written = [write(format, [clitic], WriteOptions(None, policy)) for policy in POLICIES]
    assert (written[0] != written[1] != written[2]) == format.tokens


CAS = b'{"%TYPES": {}, "%VIEWS": {}, "%FEATURE_STRUCTURES": []}'


def test_a_file_whose_package_is_missing_says_which_alone_and_in_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    (tmp_path / "a.json").write_bytes(CAS)
    (tmp_path / "b.txt").write_text("نص", encoding="utf-8")
    for format in ("", "cas-json", "cas-xmi"):
        with pytest.raises(CallError) as caught:
            list(read_file(tmp_path / "a.json", format))
        assert (caught.value.code, caught.value.values["package"]) == ("package-missing", "dkpro-cassis")
    fault, record = read_file(tmp_path, "folder")
    assert isinstance(fault, Fault) and fault.code == "library-not-here"
    assert isinstance(record, Record) and record.document.text == "نص"
