"""Folders, articles and projects that are closed to the user; as root, the tests give up their rights for the while."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.errors import HashiyaError, ProjectError, SourceError
from app.session import Session
from app.wording import describe
from tests.store.made_projects import mark, opened, surfaces, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")

NOBODY = 65534


@contextmanager
def rights(**modes: int) -> Iterator[None]:
    """Give `modes` to the paths of the test, and be somebody who owns none of them while it lasts."""
    for name, mode in modes.items():
        PLACES[name].chmod(mode)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


PLACES: dict[str, Path] = {}


@pytest.fixture(autouse=True)
def places() -> Iterator[None]:
    folder = Path(tempfile.mkdtemp(prefix="hashiya-rights-"))
    PLACES.update(folder=folder, article=write(folder / "a.txt"), project=folder / "a.hashiya")
    yield
    folder.chmod(0o755)
    shutil.rmtree(folder)


def made() -> None:
    session = opened(PLACES["article"])
    mark(session, 0, 6)
    session.close()


def told(code: str, name: str, kind: type[HashiyaError], path: Path) -> None:
    with pytest.raises(kind, match=code) as refused:
        Session.open(path)
    assert name in describe(refused.value)


def test_a_folder_that_may_only_be_read_makes_no_project() -> None:
    with rights(folder=0o555, article=0o644):
        told("folder-not-writable", "a.hashiya", SourceError, PLACES["article"])
    assert [path.name for path in PLACES["folder"].iterdir()] == ["a.txt"]


def test_an_article_that_may_not_be_read_is_named() -> None:
    with rights(folder=0o777, article=0o000):
        told("source-forbidden", "a.txt", SourceError, PLACES["article"])
    assert [path.name for path in PLACES["folder"].iterdir()] == ["a.txt"]


@pytest.mark.parametrize(("folder", "project"), [(0o555, 0o666), (0o777, 0o444), (0o555, 0o444), (0o777, 0o000)])
def test_a_project_that_may_not_be_written_says_so_and_opens_once_it_may(folder: int, project: int) -> None:
    made()
    with rights(folder=folder, project=project, article=0o644):
        for path in (PLACES["project"], PLACES["article"]):
            told("project-read-only", "a.hashiya", ProjectError, path)
    assert sorted(path.name for path in PLACES["folder"].iterdir()) == ["a.hashiya", "a.txt"]
    with rights(folder=0o777, project=0o666):
        session = opened(PLACES["article"])
        mark(session, 7, 13)
        assert len(surfaces(session)) == 2
        session.close()


def test_a_folder_that_is_closed_meanwhile_takes_no_training_file_but_every_step() -> None:
    made()
    with rights(folder=0o777, project=0o666):
        session = opened(PLACES["project"])
    with rights(folder=0o555):
        mark(session, 7, 13)
        with pytest.raises(SourceError, match="training-file-unwritable"):
            session.publish()
    session.close()
    again = opened(PLACES["project"])
    assert len(surfaces(again)) == 2
    again.publish()
    again.close()
