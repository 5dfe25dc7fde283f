from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.labels import default_schema, shipped_schema
from app.model.schema_file import schema_json
from app.session import Session
from tests.cli.conftest import Said, contents
from tests.store.made_projects import surfaces

Call = Callable[..., Said]


def other_schema(path: Path, change: Callable[[dict[str, Any]], None] = lambda tree: None) -> Path:
    """A file with the 21 labels of Wojood, changed."""
    tree = json.loads(schema_json(shipped_schema("wojood")))
    change(tree)
    path.write_text(json.dumps(tree), encoding="utf-8")
    return path


def test_the_schema_is_shown_with_the_number_of_spans_of_each_label(hashiya: Call, project: Path) -> None:
    before = contents(project.parent)
    said = hashiya("schema", project)
    assert said.status == 0 and said.err == ""
    assert said.out.splitlines()[:3] == [
        "conflict-news 2: Conflict news",
        "1 CASUALTY (Casualty): 1 span",
        "2 LOCATION (Location): 1 span",
    ]
    told = hashiya("schema", project, "--json").told
    assert (told["ok"], told["schema"], told["version"], told["unknown"]) == (True, "conflict-news", "2", [])
    assert told["labels"][4] == {"id": "CUE", "key": "5", "spans": 0}
    assert told["relations"][0] == {"id": "SAID_BY", "relations": 0}
    assert told["fields"][0] == {"id": "source", "articles": 0}
    assert contents(project.parent) == before


def test_what_is_exported_can_be_imported_and_gives_the_same_bytes(hashiya: Call, project: Path) -> None:
    out = project.with_name("labels.json")
    assert hashiya("schema", project, "--export", out).status == 0
    assert out.read_bytes() == schema_json(default_schema())
    assert hashiya("schema", project, "--import", out).status == 0
    assert hashiya("schema", project, "--export", out).status == 0  # its own earlier export
    with closing(Session.open(project)) as session:
        assert len(session.schema_history()) == 1


def test_spans_whose_label_is_unknown_afterwards_are_kept_and_counted(hashiya: Call, project: Path) -> None:
    file = other_schema(project.with_name("ours.json"))
    said = hashiya("schema", project, "--import", file)
    assert said.status == 0
    assert said.out.splitlines()[-2:] == [
        "CASUALTY is unknown to the schema: 1 span kept",
        "LOCATION is unknown to the schema: 1 span kept",
    ]
    told = hashiya("schema", project, "--json").told
    assert told["unknown"] == [{"label": "CASUALTY", "spans": 1}, {"label": "LOCATION", "spans": 1}]
    with closing(Session.open(project)) as session:
        assert session.schema == shipped_schema("wojood")
        assert {label for label, _text in surfaces(session)} == {"CASUALTY", "LOCATION"}


def test_a_schema_that_ships_is_imported_by_its_name_unless_a_file_is_called_so(
    hashiya: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.parent)
    assert hashiya("schema", project, "--import", "plain", "--json").told["schema"] == "plain"
    other_schema(Path("plain"))
    assert hashiya("schema", project, "--import", "plain", "--json").told["schema"] == "wojood"


def test_a_faulty_schema_is_refused_whole_with_each_fault(hashiya: Call, project: Path) -> None:
    def spoil(tree: dict[str, Any]) -> None:
        tree["labels"][1]["key"] = tree["labels"][0]["key"]
        tree["labels"][2]["colour"]["light"]["ink"] = "red"

    file = other_schema(project.with_name("ours.json"), spoil)
    before = contents(project.parent)
    said = hashiya("schema", project, "--import", file)
    assert (said.status, said.out) == (1, "")
    assert "labels[1].key" in said.err and "labels[2].colour.light.ink" in said.err
    told = hashiya("schema", project, "--import", file, "--json").told
    assert (told["ok"], told["code"]) == (False, "schema-faulty")
    assert [fault["code"] for fault in told["faults"]] == ["colour-malformed", "label-key-taken"]
    assert contents(project.parent) == before


@pytest.mark.parametrize("name", ["foreign.json", "article.hashiya", "."])
def test_what_is_no_export_of_this_project_is_not_overwritten(hashiya: Call, project: Path, name: str) -> None:
    other_schema(project.with_name("foreign.json"))
    before = contents(project.parent)
    said = hashiya("schema", project, "--export", project.parent / name)
    assert (said.status, said.out) == (2, "") and said.err
    assert contents(project.parent) == before


def test_another_file_is_overwritten_when_that_is_asked_for(hashiya: Call, project: Path) -> None:
    foreign = other_schema(project.with_name("foreign.json"))
    assert hashiya("schema", project, "--export", foreign, "--force").status == 0
    assert foreign.read_bytes() == schema_json(default_schema())


@pytest.mark.parametrize("name", ["missing.hashiya", "article.txt"])
def test_a_call_without_a_project_makes_none(hashiya: Call, tmp_path: Path, name: str) -> None:
    (tmp_path / "article.txt").write_text("نص", encoding="utf-8")
    assert hashiya("schema", tmp_path / name).status == 2
    assert list(contents(tmp_path)) == ["article.txt"]
