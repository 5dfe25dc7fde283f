from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli.main import hashiya
from tests.formats.made_records import encoded, line, span


def check(*arguments: object) -> Result:
    return CliRunner().invoke(hashiya, ["check", *map(str, arguments)], standalone_mode=False)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.annotations.jsonl"
    path.write_bytes(encoded(line()) + b"\n")
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.annotations.jsonl"
    wrong = line(spans=[span("s1", 0, 13, "ACTOR"), span("s2", 19, 24), span("s3", 26, 29, end=900)])
    path.write_bytes(encoded(line(annotator="سامي")) + b"\n" + encoded(wrong) + b"\n")
    return path


def test_a_faultless_file_is_called_so(good: Path) -> None:
    result = check(good)
    assert result.return_value == 0
    assert result.stdout == f"{good}: 1 line, no fault\n"


def test_each_fault_is_named_with_its_line_and_field(bad: Path, good: Path) -> None:
    result = check(good, bad)
    assert result.return_value == 1
    assert f"{bad}, line 2, spans[2].end: The span ends at 900" in result.stdout
    assert f"{bad}: 1 fault\n" in result.stdout


def test_a_machine_is_told_the_same_as_one_object(bad: Path, good: Path) -> None:
    result = check("--json", good, bad)
    assert result.return_value == 1
    told = json.loads(result.stdout)
    assert told["ok"] is False
    assert [(file["file"], file["ok"], file["lines"]) for file in told["files"]] == [
        (str(good), True, 1),
        (str(bad), False, 2),
    ]
    (fault,) = told["files"][1]["faults"]
    assert (fault["line"], fault["field"], fault["code"]) == (2, "spans[2].end", "span-outside")
    assert fault["values"] == {"value": 900, "length": 32}


def test_a_warning_is_told_and_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "empty.annotations.jsonl"
    path.write_bytes(b"")
    result = check(path)
    assert result.return_value == 0
    assert result.stdout.startswith("Warning: ")
    assert [each["code"] for each in json.loads(check(path, "--json").stdout)["files"][0]["warnings"]] == ["no-lines"]


def test_a_file_that_cannot_be_read_makes_it_a_bad_call_and_the_others_are_checked(tmp_path: Path, good: Path) -> None:
    result = check(tmp_path / "missing.jsonl", tmp_path, good)
    assert result.return_value == 2
    assert "missing.jsonl" in result.stderr
    assert "is a folder" in result.stderr
    assert "1 line, no fault" in result.stdout
    told = json.loads(check("--json", tmp_path, good).stdout)
    assert [file.get("code") for file in told["files"]] == ["source-is-directory", None]


def test_suggestions_are_accepted_only_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "suggested.jsonl"
    path.write_bytes(encoded(line(spans=[span("s", 19, 24, status="suggested")], relations=[])) + b"\n")
    assert check(path).return_value == 1
    assert check(path, "--suggestions").return_value == 0


def test_what_a_file_holds_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_bytes(encoded(line(spans=[span("s", 19, 24, text="\x1b[2J\n")], relations=[])) + b"\n")
    said = check(path).stdout
    assert "\x1b" not in said
    assert len(said.splitlines()) == 2
