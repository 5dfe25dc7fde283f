from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.errors import Fault
from app.formats import json_objects as reading
from app.formats.json_objects import Entry, json_objects

OBJECTS = [{"n": n, "text": "كركوك\u2028" * n, "deep": {"l": [[]]}} for n in range(40)]


def read(tmp_path: Path, content: bytes) -> list[Entry | Fault]:
    path = tmp_path / "corpus.json"
    path.write_bytes(content)
    return list(json_objects(path))


def codes(found: list[Entry | Fault]) -> list[str]:
    return [one.code for one in found if isinstance(one, Fault)]


def test_lines_and_an_array_give_the_same_objects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\r\n\n" for one in OBJECTS)
    for size in (1, 7, 64 * 1024):  # every entry is cut somewhere by the smallest
        monkeypatch.setattr(reading, "_CHUNK", size)
        for written in (json.dumps(OBJECTS), json.dumps(OBJECTS, indent=1, ensure_ascii=False)):
            found = read(tmp_path, b"\xef\xbb\xbf" + written.encode())
            assert [one.value for one in found if isinstance(one, Entry)] == OBJECTS
    assert [one.value for one in read(tmp_path, lines) if isinstance(one, Entry)] == OBJECTS


def test_an_entry_says_on_which_line_it_begins(tmp_path: Path) -> None:
    found = read(tmp_path, b'[\n{"a":\n1},\n\n{"b": 2},\n3]\n')
    assert [one.line for one in found] == [2, 5, 6]
    assert codes(found) == ["not-an-object"]


@pytest.mark.parametrize(
    ("content", "said", "line"),
    [
        (b"", "file-empty", 0),
        (b"\xef\xbb\xbf \n", "file-empty", 0),
        ('{"a": 1}'.encode("utf-16"), "not-utf8-but-utf16", 0),
        (b'[{"a": 1},\n{"a": ', "not-json", 2),
        (b'[{"a": 1}\n{"a": 2}]', "not-json", 2),
        (b'[{"a": 1}] trailing', "not-json", 1),
        (b"[" * 100_000, "too-deep", 1),
        (b'[{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}]", "too-deep", 1),
        (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n", "too-deep", 1),
        (b'[\n{"a": "\xd9\n"}]', "not-utf8", 2),
        (b'[{"a": 1' + b"0" * 5000 + b"}]", "integer-too-wide", 1),
        (b"{\n  1: 2\n}", "json-over-lines", 1),
        (b'[{"a": 1, "a": 2}]', "key-twice", 1),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path: Path, content: bytes, said: str, line: int) -> None:
    found = read(tmp_path, content)
    assert codes(found) == [said]
    assert isinstance(found[-1], Fault) and found[-1].line == line


def test_a_faulty_line_costs_itself_and_no_other(tmp_path: Path) -> None:
    found = read(tmp_path, b'{"a": 1}\n{"a": \n\xff\n{"b": 2}\n')
    assert codes(found) == ["not-json", "not-utf8"]
    assert [one.value for one in found if isinstance(one, Entry)] == [{"a": 1}, {"b": 2}]


def test_an_entry_that_never_ends_is_given_up_at_the_length_of_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MAX_LINE_BYTES", 1000)
    monkeypatch.setattr(reading, "_CHUNK", 100)
    assert codes(read(tmp_path, b'[{"a": "' + b"x" * 5000)) == ["line-too-long"]
