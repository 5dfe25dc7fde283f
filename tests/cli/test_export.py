from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import ProjectError
from app.session import Session
from app.store.engine import Database
from tests.cli.conftest import Said, contents
from tests.store.made_projects import mark, opened, record, write, write_training

Call = Callable[..., Said]


def test_the_export_is_the_training_file_and_the_same_bytes_each_time(hashiya: Call, project: Path) -> None:
    out = project.with_name("out.jsonl")
    said = hashiya("export", project, out)
    assert said == (0, f"{out}: 1 line\n", "")
    first = out.read_bytes()
    assert hashiya("export", project, out, "--json").told == {
        "ok": True,
        "file": str(out),
        "lines": 1,
        "bytes": len(first),
        "files": [str(out), f"{out}.card.md", f"{out}.features.json"],
        "parts": [{"file": str(out), "articles": 1}],
        "spans": 2,
        "relations": 0,
        "lost": {},
        "report": None,
    }
    assert out.read_bytes() == first
    with closing(Session.open(project)) as session:
        session.publish()
        assert session.training_file.read_bytes() == first
    assert hashiya("check", out).status == 0


def test_an_earlier_export_follows_the_project_and_any_other_file_is_left_alone(hashiya: Call, project: Path) -> None:
    out = project.with_name("out.jsonl")
    hashiya("export", project, out)
    before = out.read_bytes()
    with closing(opened(project)) as session:
        mark(session, 0, 7, "ACTOR")
    assert hashiya("export", project, out).status == 0
    assert out.read_bytes() != before
    out.write_bytes(before)
    for foreign in (before, b"{}\n"):
        out.write_bytes(foreign)
        said = hashiya("export", project, out)
        assert (said.status, said.out, out.read_bytes()) == (2, "", foreign)
        assert str(out) in said.err and said.err.count("\n") == 1
    assert hashiya("export", project, out, "--force").status == 0
    assert out.read_bytes() not in (before, b"{}\n")
    assert not list(project.parent.glob(".*"))


def test_a_colleagues_training_file_is_not_ours(hashiya: Call, project: Path) -> None:
    theirs = write_training(project.with_name("theirs.annotations.jsonl"), record("article"))
    before = theirs.read_bytes()
    assert hashiya("export", project, theirs).status == 2
    assert theirs.read_bytes() == before


def test_exported_to_its_usual_name_it_stays_the_projects_own_training_file(hashiya: Call, project: Path) -> None:
    usual = project.with_name("article.annotations.jsonl")
    assert hashiya("export", project, usual).status == 0
    assert usual.stat().st_size > 0
    with closing(opened(project)) as session:
        assert session.behind == 0
        mark(session, 0, 7, "ACTOR")
        assert session.publish().path == usual
    assert hashiya("export", project, usual).status == 0


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_the_project_is_never_written_over(hashiya: Call, project: Path, force: tuple[str, ...]) -> None:
    before = project.read_bytes()
    said = hashiya("export", project, project, *force)
    assert (said.status, said.out, project.read_bytes()) == (2, "", before)
    assert "the project itself" in said.err


def test_nothing_is_written_before_an_article_was_begun(hashiya: Call, tmp_path: Path) -> None:
    with closing(opened(write(tmp_path / "a.txt"))) as session:
        project = session.path
    said = hashiya("export", project, tmp_path / "out.jsonl")
    assert said.status == 1 and "nothing to write" in said.err
    assert not (tmp_path / "out.jsonl").exists()


def test_a_place_where_nothing_can_be_written_is_named(hashiya: Call, project: Path) -> None:
    before = contents(project.parent)
    said = hashiya("export", project, project / "out.jsonl")
    assert said.status == 2 and str(project / "out.jsonl") in said.err
    (project.parent / "folder").mkdir()
    said = hashiya("export", project, project.parent / "folder")
    assert said.status == 2 and "is a folder" in said.err
    assert contents(project.parent) == before


def test_a_project_that_cannot_be_written_is_exported_all_the_same(
    hashiya: Call, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Database) -> None:
        raise ProjectError("project-read-only", file=str(self.path))

    monkeypatch.setattr(Database, "writing", refuse)
    assert hashiya("export", project, project.with_name("out.jsonl")).status == 0


def test_what_a_format_cannot_carry_is_counted_on_the_screen_and_listed_in_the_report(
    hashiya: Call, project: Path
) -> None:
    out = project.with_name("out.jsonl")
    said = hashiya("export", project, out, "--format", "doccano")
    assert said.status == 0
    assert "statuses of articles: 1" in said.out and "out.jsonl.report.jsonl" in said.out
    listed = [json.loads(line) for line in Path(f"{out}.report.jsonl").read_bytes().splitlines()]
    assert {"document": "article", "span": "", "relation": "", "what": "status"}.items() <= listed[0].items()
    assert hashiya("export", project, out, "--format", "doccano").status == 0
    assert not list(project.parent.glob(".*"))


def test_each_part_is_told_with_what_it_holds(hashiya: Call, project: Path) -> None:
    said = hashiya("export", project, project.with_name("out"), "--split", "90/10")
    assert sorted(line.split("out.")[1] for line in said.out.splitlines()) == [
        "test.jsonl: 0 lines",
        "train.jsonl: 1 line",
    ]


def test_only_what_was_asked_for_is_exported(hashiya: Call, project: Path) -> None:
    out = project.with_name("out.jsonl")
    assert hashiya("export", project, out, "--label", "LOCATION", "--json").told["spans"] == 1
    assert hashiya("export", project, out, "--annotator", "A1", "--json").told["lines"] == 1
    assert hashiya("export", project, out, "--annotator", "nobody").status == 1
    assert hashiya("export", project, out, "--status", "complete").status == 1
    assert hashiya("check", out).status == 0


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (("--format", "docano"), "There is no format docano"),
        (("--format", "text"), "can be read, but not written"),
        (("--split", "80/10"), "80/10/10"),
        (("--split", "a/b"), "80/10/10"),
        (("--shards", "0"), "shards"),
        (("--format", "brat", "--compress", "gz"), "not compressed"),
    ],
)
def test_a_wish_that_cannot_be_met_writes_nothing(
    hashiya: Call, project: Path, wish: tuple[str, ...], said: str
) -> None:
    before = contents(project.parent)
    answer = hashiya("export", project, project.with_name("out"), *wish)
    assert answer.status == 2 and said in answer.err
    assert contents(project.parent) == before


def test_the_formats_can_be_listed(hashiya: Call) -> None:
    assert [line.split()[0] for line in hashiya("export", "--formats").out.splitlines()[:2]] == ["native", "doccano"]
