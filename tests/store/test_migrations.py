from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from app.errors import ProjectError
from app.store import migrations
from app.store.engine import Database, Transaction
from app.store.migrations import MIGRATIONS, bring_up
from tests.store.made_projects import mark, opened, surfaces, write

NOW = len(MIGRATIONS) + 1


@pytest.fixture
def project(tmp_path: Path) -> Path:
    session = opened(write(tmp_path / "a.txt"))
    mark(session, 0, 6)
    session.close()
    return session.path


def add_a_colour(connection: Transaction) -> None:
    connection.exec_driver_sql("ALTER TABLE spans ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'")


def paint_it_green(connection: Transaction) -> None:
    connection.exec_driver_sql("UPDATE spans SET colour = 'green'")


def fail(connection: Transaction) -> None:
    connection.exec_driver_sql("DELETE FROM spans")
    raise RuntimeError


def asked(path: Path, question: str) -> object:
    raw = sqlite3.connect(path)
    try:
        return raw.execute(question).fetchone()[0]
    finally:
        raw.close()


def test_a_project_of_this_version_is_left_as_it_is(project: Path) -> None:
    before = project.read_bytes()
    database = Database(project)
    bring_up(database)
    database.close()
    assert project.read_bytes() == before


def test_migrations_follow_one_another_and_a_copy_is_kept_before_each(project: Path) -> None:
    database = Database(project)
    bring_up(database, (*MIGRATIONS, add_a_colour, paint_it_green))
    assert database.pragma("user_version") == NOW + 2
    database.close()
    assert asked(project, "SELECT colour FROM spans") == "green"
    first, second = (project.with_name(f"a.version-{version}.hashiya") for version in (NOW, NOW + 1))
    assert (asked(first, "PRAGMA user_version"), asked(second, "PRAGMA user_version")) == (NOW, NOW + 1)
    assert asked(second, "SELECT colour FROM spans") == "red"
    copy = opened(first)
    assert surfaces(copy) == [("LOCATION", "اقتحمت")]
    copy.close()


def test_a_migration_that_fails_leaves_the_project_as_it_was_and_may_be_tried_again(project: Path) -> None:
    for _again in range(2):
        database = Database(project)
        with pytest.raises(RuntimeError):
            bring_up(database, (*MIGRATIONS, fail))
        database.close()
        assert (asked(project, "PRAGMA user_version"), asked(project, "SELECT count(*) FROM spans")) == (NOW, 1)
        assert [copy.name for copy in project.parent.glob("a.version-*")] == [f"a.version-{NOW}.hashiya"]
    assert not list(project.parent.glob(".*"))


def test_a_copy_never_takes_the_place_of_another_one(project: Path) -> None:
    first = project.with_name(f"a.version-{NOW}.hashiya")
    first.write_text("something else", encoding="utf-8")
    database = Database(project)
    bring_up(database, (*MIGRATIONS, add_a_colour))
    database.close()
    assert first.read_text(encoding="utf-8") == "something else"
    assert asked(project.with_name(f"a.version-{NOW}-2.hashiya"), "PRAGMA user_version") == NOW


def test_a_copy_that_cannot_be_made_stops_the_migration(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_database: Database, _path: Path) -> None:
        raise ProjectError("project-disk-full", file="a.hashiya", reason="")

    monkeypatch.setattr(Database, "copy_to", full)
    database = Database(project)
    with pytest.raises(ProjectError, match="project-disk-full"):
        bring_up(database, (*MIGRATIONS, fail))
    database.close()
    assert asked(project, "SELECT count(*) FROM spans") == 1


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "project-disk-full"), (errno.EROFS, "project-read-only"), (5, "project-input-")]
)
def test_a_copy_that_cannot_be_flushed_is_told_of_in_words(
    project: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refuse(_path: Path) -> None:
        raise OSError(number, "as it says")

    monkeypatch.setattr("app.store.disk.flush_file", refuse)
    database = Database(project)
    with pytest.raises(ProjectError, match=code):
        bring_up(database, (*MIGRATIONS, fail))
    database.close()
    assert not list(project.parent.glob(".*"))


def test_every_version_up_to_this_one_is_known(project: Path) -> None:
    database = Database(project)
    assert migrations.version_of(database) == len(migrations.MIGRATIONS) + 1
    database.close()
