"""Lines of an export that two processes make are those that one makes."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app import gathering
from app.delivery.making import Lines
from app.errors import ProjectError
from app.export import export, records_of_project
from app.formats import native
from app.session import Session
from benchmarks import corpus


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of some hundred articles with spans."""
    source = tmp_path / "corpus.jsonl"
    source.write_bytes(b"".join(corpus.lines(250, size=600)))
    Session.open(source).close()
    corpus.annotate(tmp_path / "corpus.hashiya", 250)
    return tmp_path / "corpus.hashiya"


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also these few are shared, by two processes that are both there."""
    begin = gathering._Second.__init__

    def wait(second: gathering._Second, project: Path, seq: int, labels: tuple[str, ...]) -> None:
        begin(second, project, seq, labels)
        assert second._connection.poll(30)

    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(gathering, "MANY", 200)
    monkeypatch.setattr(gathering._Second, "__init__", wait)


@pytest.mark.usefixtures("shared")
def test_two_processes_write_what_one_writes_and_tell_the_same_of_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = project.with_name("one"), project.with_name("two")
    one.mkdir()
    two.mkdir()
    heard: list[int] = []
    made = [export(project, two / "out.jsonl", heard.append, labels=("CASUALTY", "ACTOR"))]
    monkeypatch.setattr(gathering, "MANY", 1000)
    made.append(export(project, one / "out.jsonl", labels=("CASUALTY", "ACTOR")))
    for file in sorted(path.name for path in one.iterdir()):
        assert (one / file).read_bytes() == (two / file).read_bytes()
    assert made[0].lines == made[1].lines == heard[-1] == 250
    assert made[0].spans == made[1].spans > 0


def test_lines_of_a_batch_are_those_of_the_format(project: Path) -> None:
    lines, records = project.with_name("lines.jsonl"), project.with_name("records.jsonl")
    export(project, lines)
    with records.open("wb") as stream:
        stream.writelines(map(native.encode, records_of_project(project)))
    assert lines.read_bytes() == records.read_bytes()


@pytest.mark.usefixtures("shared")
def test_a_damaged_article_is_told_of_also_where_the_second_process_meets_it(project: Path) -> None:
    with sqlite3.connect(project) as connection:
        connection.execute("UPDATE documents SET text = text || 'x' WHERE position = 150")
    connection.close()
    with pytest.raises(ProjectError) as damaged:
        export(project, project.with_name("out.jsonl"))
    assert damaged.value.code == "text-damaged"
    assert not list(project.parent.glob("*out.jsonl*"))


@pytest.mark.usefixtures("shared")
def test_a_second_process_that_is_killed_costs_time_and_no_line(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = gathering._Second._answer
    given = []

    def killed(second: gathering._Second) -> Lines | None:
        given.append(answer(second))
        if len(given) == 3:
            second._process.kill()
            second._process.join()
        return given[-1]

    whole, out = project.with_name("whole.jsonl"), project.with_name("out.jsonl")
    export(project, whole)
    monkeypatch.setattr(gathering._Second, "_answer", killed)
    export(project, out)
    assert given[0] is not None
    assert given[-1] is None
    assert out.read_bytes() == whole.read_bytes()
