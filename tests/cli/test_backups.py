from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from app.backups import keep
from tests.cli.conftest import Said
from tests.store.made_projects import mark, opened, surfaces

Call = Callable[..., Said]


def test_backups_are_listed_and_one_is_put_back(hashiya: Call, project: Path) -> None:
    assert hashiya("backups", project).out == f"There is no backup of {project} yet.\n"
    made = keep(project, "day")
    with closing(opened(project)) as session:
        before = surfaces(session)
        mark(session, 0, 3)
    (listed,) = hashiya("backups", project).out.splitlines()
    assert listed.split()[:3] == ["1", *made.at.split("T")]
    told = hashiya("backups", project, "--restore", 1, "--json").told
    assert (told["restored"], [backup["why"] for backup in told["backups"]]) == (str(made.path), ["restore", "day"])
    with closing(opened(project)) as session:
        assert surfaces(session) == before


def test_a_number_that_no_backup_has_is_told(hashiya: Call, project: Path) -> None:
    said = hashiya("backups", project, "--restore", 7)
    assert said == (2, "", f"{project} has 0 backups, and none with the number 7.\n")


def test_a_project_that_never_was_has_no_backups_to_switch_off(hashiya: Call, tmp_path: Path) -> None:
    assert hashiya("backups", tmp_path / "none.hashiya", "--no-keep").status == 1
    said = hashiya("backups", tmp_path / "none.hashiya")
    assert (said.status, said.out) == (2, "") and "none.hashiya" in said.err
