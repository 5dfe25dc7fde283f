from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli.main import hashiya
from app.errors import FaultyFile, SourceError
from app.model.schema_file import schema_json
from tests.formats.made_records import encoded, relation, span
from tests.formats.made_records import line as any_line
from tests.model.made_schemas import NEWS
from tests.store.made_projects import mark, opened, record, write_training
from tests.store.made_projects import span as made_span


def line(**changed: Any) -> dict[str, Any]:
    """A line in which no schema finds a problem."""
    return any_line(**{"fields": [], **changed})


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


SPANS = [
    span("s1", 0, 13, "ACTOR", attributes=[{"name": "mood", "value": "x", "source": "import"}]),
    span("s2", 19, 24, "STRANGE"),
]


@pytest.fixture
def problematic(tmp_path: Path) -> Path:
    path = tmp_path / "problems.jsonl"
    second = any_line(annotator="سامي", spans=SPANS, relations=[relation("r1", "s1", "s2", "BEFORE")])
    path.write_bytes(encoded(line()) + b"\n" + encoded(second) + b"\n")
    return path


def test_problems_are_warnings_with_line_span_offset_and_label(problematic: Path) -> None:
    result = check(problematic)
    assert result.return_value == 0
    assert result.stdout.splitlines() == [
        f"Warning: {problematic}, line 2, span s1 at 0–13 (ACTOR): Actor: the schema does not ask for mood.",
        f"Warning: {problematic}, line 2, span s2 at 19–24 (STRANGE): The schema has no label STRANGE.",
        f"Warning: {problematic}, line 2: About the article: the schema does not ask for topic.",
        f"{problematic}: 2 lines, no fault; 3 problems",
    ]
    assert check(problematic, "--strict").return_value == 1
    assert check("--strict", problematic.with_name("none.jsonl")).return_value == 2


def test_a_machine_is_told_of_problems_in_the_light_of_the_schema_that_is_given(
    problematic: Path, tmp_path: Path
) -> None:
    schema = tmp_path / "news.json"
    schema.write_bytes(schema_json(NEWS))
    result = check("--json", "--strict", "--schema", schema, problematic)
    told = json.loads(result.stdout)
    assert (result.return_value, told["ok"]) == (1, False)
    problems = told["files"][0]["problems"]
    codes = ["attribute-unknown", "relation-unknown", "label-unknown", "field-unknown"]
    assert [(each["line"], each["code"]) for each in problems] == [(2, code) for code in codes]
    assert problems[1] == {
        **{"line": 2, "id": "report-1", "annotator": "سامي", "code": "relation-unknown", "span": "s1"},
        **{"start": 0, "end": 13, "label": "ACTOR", "relation": "r1", "name": "BEFORE", "values": {}},
        "message": "The schema has no relation BEFORE.",
    }


def test_a_schema_that_is_not_known_is_told_of_once_and_one_that_is_none_stops_the_check(tmp_path: Path) -> None:
    path = tmp_path / "other.jsonl"
    lines = (any_line(schema="house", schema_version="3", annotator=annotator) for annotator in ("a", "b"))
    path.write_bytes(b"".join(encoded(each) + b"\n" for each in lines))
    result = check(path)
    assert result.return_value == 0
    assert result.stdout.count("house") == 1 and "--schema" in result.stdout
    assert json.loads(check(path, "--json").stdout)["files"][0]["unknown_schemas"] == [
        {"name": "house", "version": "3"}
    ]
    faulty = tmp_path / "faulty.json"
    faulty.write_text("{}", encoding="utf-8")
    assert isinstance(check(path, "--schema", faulty).exception, FaultyFile)
    assert isinstance(check(path, "--schema", tmp_path / "none.json").exception, SourceError)


def test_a_project_is_checked_article_by_article_and_annotator_by_annotator(tmp_path: Path) -> None:
    made = record("a", spans=(made_span("x1", 0, 6, "STRANGE"), made_span("x2", 7, 13)), annotator="B2")
    session = opened(write_training(tmp_path / "corpus.jsonl", made, record("b", "قال")))
    mark(session, 14, 18, "STRANGER")
    session.close()
    before = session.path.read_bytes()
    result = check(session.path)
    assert result.return_value == 0
    where = f"Warning: {session.path}, a by "
    assert [said.split(", span")[0] for said in result.stdout.splitlines()[:-1]] == [
        f"{where}B2",
        f"{where}A1",
        f"{where}A1",
    ]
    assert result.stdout.splitlines()[-1] == f"{session.path}: 3 lines, no fault; 3 problems"
    assert session.path.read_bytes() == before
    session.path.write_bytes(before[:5000] + b"x" * 5000)
    assert check(session.path).return_value == 1
