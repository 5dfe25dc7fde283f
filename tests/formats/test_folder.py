from __future__ import annotations

import gzip
import importlib.util
import os
from pathlib import Path

import pytest

from app.errors import Fault, SourceError
from app.formats.folder import MAX_DEPTH, natural
from app.formats.registry import ReadOptions, format_of, read_file
from app.model.record import Record
from tests.formats.in_folder import lay


def read(path: Path, options: ReadOptions | None = None) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    found = list(read_file(path, options=options))
    records = [(one.document.id, one.document.text) for one in found if isinstance(one, Record)]
    return records, [(Path(one.file).name, one.code) for one in found if isinstance(one, Fault)]


def test_the_files_of_a_folder_come_in_the_order_that_people_number_them_in(tmp_path: Path) -> None:
    lay(tmp_path, {"10.txt": "عشرة", "2.txt": "اثنان", "B1.txt": "ب", "a/3.txt": "ثلاثة", "a/02.html": "<p>صفحة"})
    assert format_of(tmp_path).name == "folder"
    assert read(tmp_path) == (
        [("2", "اثنان"), ("10", "عشرة"), ("a/02", "صفحة"), ("a/3", "ثلاثة"), ("B1", "ب")],
        [],
    )
    assert sorted(["10", "9", "1a", "٣", "b2", "a10", "a9"], key=natural) == ["1a", "9", "10", "a9", "a10", "b2", "٣"]
    assert natural("9" * 10_000) > natural("1")


def test_files_of_one_name_in_two_folders_or_of_two_kinds_are_articles_of_their_own(tmp_path: Path) -> None:
    lay(tmp_path, {"x/1.txt": "أ", "y/1.txt": "ب", "y/1.html": "<p>ج", "lines.jsonl": '{"id":"1","text":"د"}\n'})
    assert read(tmp_path)[0] == [("1", "د"), ("x/1", "أ"), ("y/1", "ج"), ("y/1.txt", "ب")]


def test_what_is_hidden_is_passed_over_and_what_is_not_read_is_told_of(tmp_path: Path) -> None:
    lay(
        tmp_path, {".git/a.txt": "x", ".DS_Store": "x", "a.txt": "أ", "b.exe": b"MZ\x00", "c.txt": "", "d.txt": b"\xe3"}
    )
    assert read(tmp_path) == (
        [("a", "أ")],
        [("b.exe", "kind-not-read"), ("c.txt", "file-empty"), ("d.txt", "not-utf8")],
    )
    assert read(tmp_path, ReadOptions("windows-1256"))[0] == [("a", "أ"), ("d", "م")]


def test_an_empty_folder_and_folders_without_end_say_so(tmp_path: Path) -> None:
    assert read(tmp_path) == ([], [(tmp_path.name, "folder-empty")])
    (tmp_path / "/".join("d" * (MAX_DEPTH + 3))).mkdir(parents=True)
    assert read(tmp_path) == ([], [("d", "folder-too-deep")])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no links and pipes as here")
def test_a_link_out_of_the_folder_is_not_followed_and_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    inside = lay(tmp_path / "in", {"a.txt": "أ", "sub/b.txt": "ب"})
    lay(tmp_path / "out", {"secret.txt": "سر"})
    (inside / "dir").symlink_to(tmp_path / "out")
    (inside / "file.txt").symlink_to(tmp_path / "out" / "secret.txt")
    (inside / "self").symlink_to(inside)
    (inside / "again.txt").symlink_to(inside / "a.txt")
    (inside / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(inside / "pipe.txt")
    records, faults = read(inside)
    assert records == [("a", "أ"), ("sub/b", "ب")]
    assert faults == [
        ("dir", "outside-folder"),
        ("file.txt", "outside-folder"),
        ("gone.txt", "outside-folder"),
        ("pipe.txt", "file-not-opened"),
    ]


def test_a_file_that_changes_half_way_stops_the_reading_of_the_folder(tmp_path: Path) -> None:
    lay(tmp_path, {"a.txt": "أ", "b.jsonl": '{"text":"ب"}\n{"text":"ج"}\n'})
    reading = read_file(tmp_path)
    assert [next(reading), next(reading)]
    lay(tmp_path, {"b.jsonl": '{"text":"غير"}\n'})
    with pytest.raises(SourceError):
        list(reading)


def test_a_packed_file_in_a_folder_is_read_as_what_it_holds(tmp_path: Path) -> None:
    lay(tmp_path, {"a.jsonl.gz": gzip.compress('{"id":"a","text":"أ"}\n'.encode()), "b.tar.gz": gzip.compress(b"x")})
    assert read(tmp_path) == ([("a", "أ")], [("b.tar.gz", "kind-not-read")])


def test_a_file_whose_library_is_not_installed_is_told_of_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    lay(tmp_path, {"a.pdf": b"%PDF", "b.txt": "ب"})
    assert read(tmp_path) == ([("b", "ب")], [("a.pdf", "library-not-here")])


def test_the_encoding_that_was_said_is_that_of_the_files_that_need_one(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("قتل ٢٥ مدنياً", encoding="utf-8")
    (tmp_path / "2.txt").write_bytes("قتل جنديان".encode("windows-1256"))
    (tmp_path / "3.txt").write_text("قصف", encoding="utf-16")
    wanted = [("1", "قتل ٢٥ مدنياً"), ("2", "قتل جنديان"), ("3", "قصف")]
    assert read(tmp_path, ReadOptions(encoding="windows-1256")) == (wanted, [])
