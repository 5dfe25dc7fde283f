"""Every bad input that a command can meet: one clear message with file and line, the rest kept, nothing overwritten."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import orjson
import pytest

from app.formats import lines, plain, sources
from app.formats.native import encode
from app.store.migrations import MIGRATIONS
from tests.cli.conftest import PLACE, Said, contents, in_a_process
from tests.store.made_projects import ARTICLE, record, write

Call = Callable[..., Said]


class Bad(NamedTuple):
    """A file and what must be said of it: the place behind its name, and some words."""

    name: str
    content: bytes
    place: str
    words: str


def line(**changes: object) -> bytes:
    """A line of a training file with one span, and something wrong in it."""
    tree = orjson.loads(encode(record("a", ARTICLE, (PLACE,))))
    tree["spans"][0].update(changes)
    return orjson.dumps(tree) + b"\n"


GOOD = b'{"text": "sound", "id": "good"}\n'
BAD = [
    Bad("latin.txt", b"one\ntwo \xe3\xe4\n", ", line 2", "not UTF-8"),
    Bad("utf16.txt", "نص".encode("utf-16"), "", "UTF-16"),
    Bad("empty.txt", b"", "", "empty"),
    Bad("empty.jsonl", b"\n\n", "", "empty"),
    Bad("list.jsonl", b"[1, 2]\n", ", line 1", "object"),
    Bad("broken.jsonl", b'{"text": "a"\n', ", line 1", "not JSON"),
    Bad("textless.jsonl", b'{"id": "a"}\n', ", line 1, text", "missing"),
    Bad("twice.jsonl", GOOD + GOOD, ", line 2, id", "already"),
    Bad("outside.jsonl", GOOD + line(end=900), ", line 2, spans[0].end", "900"),
    Bad("surface.jsonl", GOOD + line(text="بغداد"), ", line 2, spans[0].text", "«بغداد»"),
    Bad("latin.jsonl", GOOD + b'{"text": "\xe3"}\n', ", line 2", "not UTF-8"),
]


@pytest.mark.parametrize("bad", BAD, ids=[bad.name for bad in BAD])
@pytest.mark.parametrize("command", ["show", "render", "import"])
def test_what_is_wrong_is_said_once_with_its_file_and_line(
    hashiya: Call, tmp_path: Path, bad: Bad, command: str, qapp: object
) -> None:
    file = tmp_path / bad.name
    file.write_bytes(bad.content)
    called = {"show": ["show", file], "render": ["render", file, "--out", tmp_path / "out.svg"]}
    said = hashiya(*called.get(command, ["import", tmp_path / "p.hashiya", file]))
    hints = ("--id", "--encoding", "  ")  # which option would help, and how the text reads in other encodings
    told = [message for message in said.err.splitlines() if not any(hint in message for hint in hints)]
    assert said.status == 1
    assert len(told) == 1 and f"{file}{bad.place}: " in told[0] and bad.words in told[0]
    assert file.read_bytes() == bad.content
    kept = bad.content.startswith(GOOD)
    assert bool(said.out) == kept
    assert set(contents(tmp_path)) == {bad.name} | (
        {"render": {"out.svg"}, "import": {"p.hashiya"}}.get(command, set()) if kept else set()
    )


@pytest.mark.parametrize("command", ["show", "render", "import", "export"])
def test_a_folder_a_missing_file_and_a_forbidden_one_are_named(
    hashiya: Call, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def closed(self: Path, *arguments: object, **more: object) -> object:
        if self.name == "forbidden.txt":
            raise PermissionError(13, "Permission denied")
        return real(self, *arguments, **more)  # type: ignore[call-overload]

    write(tmp_path / "forbidden.txt")
    monkeypatch.setattr(Path, "open", closed)
    wrong = {"": "is a folder", "missing.txt": "There is no file", "forbidden.txt": "permission"}
    if command == "import":
        del wrong[""]  # the files of a folder are taken in
    for name, words in wrong.items():
        file = tmp_path / name
        after = {"render": ["--out", tmp_path / "x.png"], "export": [tmp_path / "x.jsonl"]}.get(command, [])
        before = [tmp_path / "p.hashiya"] if command == "import" else []
        said = hashiya(command, *before, file, *after)
        assert (said.status, said.out) == (2, "")
        assert said.err.count("\n") == 1 and str(file) in said.err and words in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["forbidden.txt"]


def test_a_line_and_an_article_above_the_limit_are_refused_and_the_rest_is_shown(
    hashiya: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_CHUNK", 64)
    monkeypatch.setattr(lines, "MAX_TEXT_BYTES", 2**20)
    monkeypatch.setattr(plain, "MAX_TEXT_BYTES", 2**20)
    real = sources.raw_lines
    monkeypatch.setattr(lines, "raw_lines", lambda stream, **wishes: real(stream, 3 * 2**20, **wishes))
    large = b'{"text": "' + b"a" * (2**20 + 1) + b'"}\n'
    longer = b'{"text": "' + b"a" * (3 * 2**20) + b'"}\n'
    file = tmp_path / "large.jsonl"
    file.write_bytes(large + GOOD + longer)
    said = hashiya("show", file)
    assert (said.status, said.out) == (1, "sound\n\nNo spans\n")
    assert [message.split(": ")[0] for message in said.err.splitlines()] == [f"{file}, line 1, text", f"{file}, line 3"]
    text = tmp_path / "large.txt"
    text.write_bytes(b"a" * (2**20 + 1))
    said = hashiya("show", text)
    assert said.status == 1 and "larger than" in said.err and str(text) in said.err


@pytest.mark.parametrize("command", ["show", "render", "import", "export"])
def test_a_project_that_is_none_newer_or_damaged_is_refused_and_stays_as_it_is(
    hashiya: Call, tmp_path: Path, project: Path, command: str
) -> None:
    newer, none, damaged, empty = (tmp_path / f"{name}.hashiya" for name in ("newer", "none", "damaged", "empty"))
    newer.write_bytes(project.read_bytes())
    with sqlite3.connect(newer) as connection:
        connection.execute(f"PRAGMA user_version={len(MIGRATIONS) + 2}")
    connection.close()
    none.write_bytes(b"no database at all, just some words that are longer than a hundred bytes. " * 3)
    content = bytearray(project.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    damaged.write_bytes(content)
    empty.write_bytes(b"")
    text = write(tmp_path / "some.txt")
    words = {newer: "newer Hashiya", none: "no project", damaged: "damaged", empty: "no project"}
    before = contents(tmp_path)
    for file, expected in words.items():
        after = {
            "render": ["--out", tmp_path / "x.png"],
            "export": [tmp_path / "x.jsonl"],
            "import": [text],
        }.get(command, [])
        said = hashiya(command, file, *after)
        assert (said.status, said.out) == (1, ""), file.name
        assert said.err.count("\n") == 1 and str(file) in said.err and expected in said.err
    assert contents(tmp_path) == before


def test_a_folder_in_which_nothing_can_be_made_is_named(hashiya: Call, tmp_path: Path) -> None:
    text = write(tmp_path / "a.txt")
    said = hashiya("import", text / "p.hashiya", text)
    assert (said.status, said.out) == (2, "")
    assert "cannot be made in the folder" in said.err and said.err.count("\n") == 1
    assert list(contents(tmp_path)) == ["a.txt"]


def test_a_machine_is_told_why_on_the_standard_output(hashiya: Call, tmp_path: Path) -> None:
    file = tmp_path / "latin.txt"
    file.write_bytes(b"\xe3")
    for command in (["show", file], ["render", file, "--out", tmp_path / "x.png"]):
        said = hashiya(*command, "--json")
        assert (said.status, said.told["ok"], said.told["code"]) == (1, False, "nothing-read")
        assert said.told["faults"][0]["code"] == "not-utf8"


def test_a_wrong_call_is_explained_and_has_the_status_of_one(hashiya: Call, tmp_path: Path) -> None:
    text = write(tmp_path / "a.txt")
    for call in (["show"], ["show", text, "--width", "3"], ["render", text], ["import", "p.hashiya"], ["export", "p"]):
        said = hashiya(*call)
        assert said.status == 2 and said.err


def test_no_traceback_reaches_a_person(tmp_path: Path) -> None:
    file = tmp_path / "na\udcefme.txt"
    try:
        file.write_bytes(b"\xe3")
    except (OSError, UnicodeError):
        pytest.skip("this file system has no such names")
    done = in_a_process("show", file)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr and b"line 1" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("command", ["show", "check"])
def test_neither_a_name_nor_a_value_of_a_file_can_steer_the_terminal(
    hashiya: Call, tmp_path: Path, command: str
) -> None:
    file = tmp_path / "red\x1b[31m.jsonl"
    file.write_bytes(line(label="a\x1b[2Jb", status="\x1b]0;title\x07"))
    said = hashiya(command, file)
    assert "\x1b" not in said.out + said.err and "\x07" not in said.out + said.err
    assert "␛[31m" in said.out + said.err


@pytest.mark.parametrize("before", [b"", b"  ", b"\xef\xbb\xbf", b"\xef\xbb\xbf \t"])
def test_check_and_import_count_characters_alike_and_from_one(hashiya: Call, tmp_path: Path, before: bytes) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_bytes(before + b'{"id": 1, "text": x}\n')
    blanks = len(before.removeprefix(b"\xef\xbb\xbf"))
    said = f"{path}, line 1: This is not JSON from character {19 + blanks} of the line on."
    assert said in "".join(hashiya("check", path)[1:])
    assert said in "".join(hashiya("import", tmp_path / "p.hashiya", path)[1:])


def test_a_word_that_is_neither_command_nor_file_is_no_file_for_the_window() -> None:
    called = in_a_process("frob", LANGUAGE="en")
    assert (called.returncode, called.stdout) == (2, b"")
    said = called.stderr.decode()
    assert "There is no command and no file called frob" in said
    assert "check, convert, demonstration, diff, evaluate, export, find, import" in said


def test_a_command_misspelled_is_told_with_the_one_that_is_meant(hashiya: Call) -> None:
    said = hashiya("Chekc", "a.jsonl")
    assert said.status == 2 and "Is check meant?" in said.err
    told = hashiya("exprot", "--json").told
    assert told["code"] == "command-misspelled" and "Is export meant?" in told["message"]


def test_a_file_without_a_suffix_still_opens_in_the_window(
    hashiya: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "notes")
    monkeypatch.chdir(tmp_path)
    assert hashiya("notes", "--theme", "dark") == (0, "", "")
    assert hashiya("gone.txt", "--theme", "dark") == (0, "", "")  # the window says that it is gone
