from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import ProjectError
from app.store import engine, listing, looking, migrations
from app.store.looking import look
from tests.store.made_projects import mark, opened, surfaces, write


def counted(project: Path) -> int:
    with look(project) as database, database.reading() as connection:
        return listing.rows(connection, "A1", 0, 1)[0].spans


def names(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_looking_at_a_closed_project_leaves_it_and_its_folder_as_they_were(tmp_path: Path) -> None:
    session = opened(write(tmp_path / "a.txt"))
    mark(session, 0, 7)
    session.close()
    before = names(tmp_path)
    assert counted(session.path) == 1
    assert names(tmp_path) == before


def test_a_step_made_in_an_open_window_is_seen_and_nothing_can_be_written(tmp_path: Path) -> None:
    session = opened(write(tmp_path / "a.txt"))
    mark(session, 0, 7)
    assert counted(session.path) == 1
    mark(session, 8, 14)
    assert counted(session.path) == 2
    with look(session.path) as database, pytest.raises(ProjectError), database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM spans")
    assert len(surfaces(session)) == 2
    session.close()


def test_a_log_that_cannot_be_used_in_its_place_is_read_in_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened(write(tmp_path / "a.txt"))
    mark(session, 0, 7)
    real = engine._connect

    def closed(path: Path, access: str) -> object:
        if path.parent == tmp_path and access == "mode=ro":
            raise ProjectError("project-unreachable", file=str(path))
        return real(path, access)

    monkeypatch.setattr(engine, "_connect", closed)
    assert counted(session.path) == 1
    session.close()


def test_an_older_project_is_brought_up_in_a_copy_and_a_newer_one_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened(write(tmp_path / "a.txt"))
    mark(session, 0, 7)
    session.close()
    before = names(tmp_path)
    brought: list[str] = []
    newer = (*migrations.MIGRATIONS, lambda connection: brought.append("up"))
    monkeypatch.setattr(migrations, "MIGRATIONS", newer)
    monkeypatch.setattr(looking.migrations, "bring_up", lambda database: brought.append(str(database.path.parent)))
    assert counted(session.path) == 1
    assert brought and brought[0] != str(tmp_path)
    assert names(tmp_path) == before


@pytest.mark.parametrize(
    ("error", "code"), [(PermissionError(13, "denied"), "project-unreachable"), (OSError(28, "full"), "disk-full")]
)
def test_a_project_that_can_neither_be_looked_at_nor_copied_is_told_of_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, code: str
) -> None:
    def refuse(*_paths: object) -> None:
        raise error

    session = opened(write(tmp_path / "a.txt"))
    session.close()
    monkeypatch.setattr(looking, "_in_place", lambda _project, _opened: None)
    monkeypatch.setattr("shutil.copy", refuse)
    with pytest.raises(ProjectError, match=code), look(session.path):
        pass
