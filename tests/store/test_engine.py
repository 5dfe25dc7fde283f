from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app.errors import ProjectError
from app.session import Session
from app.store.engine import Database, project_error
from tests.store.made_projects import mark, opened, write


def test_a_project_is_kept_as_safely_as_sqlite_can(tmp_path: Path) -> None:
    session = Session.open(write(tmp_path / "a.txt"))
    asked = {name: session._database.pragma(name) for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert asked == {"journal_mode": "wal", "synchronous": 3, "foreign_keys": 1}
    assert session._database.pragma("integrity_check") == "ok"
    session.close()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-a-project"),
        ("ليس مشروعاً".encode(), "not-a-project"),
        (b"SQLite format 3\x00" + bytes(500), "not-a-project"),
    ],
)
def test_a_file_that_is_no_project_is_named_and_left_alone(tmp_path: Path, content: bytes, code: str) -> None:
    project = tmp_path / "a.hashiya"
    project.write_bytes(content)
    write(tmp_path / "a.txt")
    for path in (project, tmp_path / "a.txt"):
        with pytest.raises(ProjectError, match=code) as refused:
            Session.open(path)
        assert refused.value.values["file"] == str(project)
    assert project.read_bytes() == content
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.hashiya", "a.txt"]


def test_the_database_of_another_program_is_no_project(tmp_path: Path) -> None:
    project = tmp_path / "a.hashiya"
    with sqlite3.connect(project) as raw:
        raw.execute("CREATE TABLE mail (x)")
    raw.close()
    before = project.read_bytes()
    with pytest.raises(ProjectError, match="not-a-project"):
        Session.open(project)
    assert project.read_bytes() == before


def test_a_project_of_a_newer_version_is_refused_and_not_touched(tmp_path: Path) -> None:
    session = opened(write(tmp_path / "a.txt"))
    session._database.pragma("user_version", 99)
    session.close()
    before = session.path.read_bytes()
    with pytest.raises(ProjectError, match="project-newer") as refused:
        Session.open(tmp_path / "a.txt")
    assert (refused.value.values["version"], refused.value.values["file"]) == (99, str(session.path))
    assert session.path.read_bytes() == before


def test_damage_that_sqlite_finds_is_told_as_damage(tmp_path: Path) -> None:
    session = opened(write(tmp_path / "a.txt", "كركوك " * 20_000))
    mark(session, 0, 5)
    session.close()
    content = bytearray(session.path.read_bytes())
    content[8192:] = bytes(len(content) - 8192)
    session.path.write_bytes(content)
    with pytest.raises(ProjectError, match="project-damaged"):
        Session.open(session.path)


def test_a_transaction_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    session = opened(write(tmp_path / "a.txt"))
    database = session._database
    with pytest.raises(KeyError), database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO project VALUES ('x', 'y')")
        raise KeyError
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM project WHERE name = 'x'").scalar() == 0
    session.close()


def test_what_is_read_in_one_transaction_is_of_one_moment(tmp_path: Path) -> None:
    session = opened(write(tmp_path / "a.txt"))
    other = Database(session.path)
    with other.reading() as connection:
        count = "SELECT count(*) FROM spans"
        assert connection.exec_driver_sql(count).scalar() == 0
        mark(session, 0, 6)
        assert connection.exec_driver_sql(count).scalar() == 0
    with other.reading() as connection:
        assert connection.exec_driver_sql(count).scalar() == 1
    other.close()
    session.close()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SQLITE_FULL", "project-disk-full"),
        ("SQLITE_READONLY_DIRECTORY", "project-read-only"),
        ("SQLITE_READONLY_DBMOVED", "project-moved"),
        ("SQLITE_IOERR_SHMSIZE", "project-disk-full"),
        ("SQLITE_IOERR_FSYNC", "project-input-output"),
        ("SQLITE_BUSY_SNAPSHOT", "project-busy"),
        ("SQLITE_CORRUPT_VTAB", "project-damaged"),
        ("SQLITE_CANTOPEN", "project-unreachable"),
        ("SQLITE_MISUSE", "project-error"),
    ],
)
def test_every_complaint_of_sqlite_becomes_an_error_that_names_the_project(name: str, code: str) -> None:
    complaint = sqlite3.OperationalError("as it says")
    complaint.sqlite_errorname = name
    told = project_error(complaint, Path("a.hashiya"))
    assert (told.code, told.values) == (code, {"file": "a.hashiya", "reason": "as it says"})
