from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import ProjectError
from app.session import Session
from app.store import decisions, migrations
from app.store.engine import Database, Transaction
from tests.store.kept_project import MODEL, SOURCE, make

ROOT = Path(__file__).parents[2]
FIXTURES = Path(__file__).parent / "fixtures"
NOW = len(migrations.MIGRATIONS) + 1
OLDER = range(1, NOW)
KEPT = (
    "SELECT id, text, sha256, meta FROM documents ORDER BY id",
    'SELECT layer, id, start, "end", label, surface, attributes, status, note FROM spans ORDER BY layer, id',
    "SELECT key, document, annotator, status, note, changed FROM layers ORDER BY key",
    "SELECT seq, command, kind, step FROM log ORDER BY seq",
    "SELECT layer, seq, state FROM parts ORDER BY seq, layer",
)


def content(project: Path) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(f"{project.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return [connection.execute(asked).fetchall() for asked in KEPT]


def schema_of(project: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"{project.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()


@pytest.mark.parametrize("version", OLDER)
def test_a_project_of_each_older_version_opens_with_all_it_had_and_is_kept_as_it_was(
    version: int, tmp_path: Path
) -> None:
    fixture = FIXTURES / f"version-{version}.hashiya"
    project = Path(shutil.copy(fixture, tmp_path / "p.hashiya"))
    Session.open(project).close()
    with closing(sqlite3.connect(project)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (NOW,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert content(project) == content(fixture)
    assert content(tmp_path / f"p.version-{version}.hashiya") == content(fixture)


@pytest.mark.parametrize("version", OLDER)
def test_a_migration_that_fails_at_any_of_its_statements_leaves_the_very_bytes(version: int, tmp_path: Path) -> None:
    project = Path(shutil.copy(FIXTURES / f"version-{version}.hashiya", tmp_path / "p.hashiya"))
    before = project.read_bytes()
    for failing in range(1, 100):
        if _moved_up(project, version, failing):
            break
        assert project.read_bytes() == before
    assert 1 < failing < 99


def _moved_up(project: Path, version: int, failing: int) -> bool:
    """Whether the migration came to its end before its statement with that number, which fails."""

    def migration(connection: Transaction) -> None:
        migrations.MIGRATIONS[version - 1](_Failing(connection, failing))

    until = (*migrations.MIGRATIONS[: version - 1], migration)
    with closing(Database(project)) as database:
        try:
            migrations.bring_up(database, until)
        except ProjectError:
            return False
    return True


_KILLED = """
import os, signal, sys
from pathlib import Path
from app.store import decisions, migrations
from app.store.engine import Database

version = int(sys.argv[2])

def migration(connection):
    connection.exec_driver_sql("PRAGMA cache_size=1")  # what is changed goes to the file before the end
    migrations.MIGRATIONS[version - 1](connection)
    connection.exec_driver_sql("UPDATE documents SET text = text || text")
    os.kill(os.getpid(), signal.SIGKILL)

migrations.bring_up(Database(Path(sys.argv[1])), (*migrations.MIGRATIONS[: version - 1], migration))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends programs otherwise")
@pytest.mark.parametrize("version", OLDER)
def test_a_program_killed_in_a_migration_leaves_all_there_was_and_a_copy_of_the_very_file(
    version: int, tmp_path: Path
) -> None:
    fixture = FIXTURES / f"version-{version}.hashiya"
    project = Path(shutil.copy(fixture, tmp_path / "p.hashiya"))
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(project), str(version)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    Session.open(project).close()
    assert content(project) == content(fixture)
    assert content(tmp_path / f"p.version-{version}.hashiya") == content(fixture)


class _Failing(Transaction):
    def __init__(self, connection: Transaction, failing: int) -> None:
        super().__init__(connection._raw)
        self._left = failing

    def exec_driver_sql(self, *asked: object) -> object:  # type: ignore[override]
        self._left -= 1
        if not self._left:
            raise sqlite3.OperationalError("disk full")
        ask: Callable[..., object] = super().exec_driver_sql
        return ask(*asked)


def test_a_project_of_a_newer_version_is_refused_and_not_touched(tmp_path: Path) -> None:
    project = Path(shutil.copy(FIXTURES / "version-1.hashiya", tmp_path / "p.hashiya"))
    with closing(sqlite3.connect(project)) as connection:
        connection.execute(f"PRAGMA user_version={NOW + 1}")
    before = project.read_bytes()
    with pytest.raises(ProjectError, match="project-newer"):
        Session.open(project)
    assert project.read_bytes() == before
    assert [*tmp_path.iterdir()] == [project]


def test_a_project_of_this_version_is_kept_for_the_next_and_holds_what_was_decided(tmp_path: Path) -> None:
    fixture = FIXTURES / f"version-{NOW}.hashiya"
    project = Path(shutil.copy(fixture, tmp_path / "p.hashiya"))
    make(tmp_path / "fresh.hashiya")
    with closing(Session.open(project)) as session:
        assert [(one.label, one.folded) for one in session.rejections()] == [("ACTOR", "الوفد")]
        with session._database.reading() as connection:
            kept, counts = decisions.model(connection, "crf"), decisions.counts(connection)
        assert kept and kept.content == MODEL
        assert counts == {(SOURCE, "LOCATION"): (1, 1), ("dictionary", "LOCATION"): (1, 1), (SOURCE, "ACTOR"): (0, 1)}
    assert content(project) == content(fixture)
    assert schema_of(fixture) == schema_of(tmp_path / "fresh.hashiya")
