"""What must never break an import, hang it, or leave half of itself in a project."""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.session import Session
from tests.cli.conftest import Said
from tests.store.made_projects import mark, opened, surfaces, write

Call = Callable[..., Said]
PATIENCE = 20.0


def deep_json(path: Path) -> None:
    path.write_text('{"text": ' + "[" * 100_000 + "]" * 100_000 + "}\n", encoding="utf-8")


def wide_table(path: Path) -> None:
    columns = ",".join(f"c{number}" for number in range(1_000_000))
    path.write_text(f"{columns}\n{columns}\n", encoding="utf-8")


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _megabyte in range(200):
            part.write(b" " * 2**20)


def deep_page(path: Path) -> None:
    path.write_text("<p>" + "<div>" * 100_000 + "نص", encoding="utf-8")


def not_text(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 100)


def cut_utf16(path: Path) -> None:
    path.write_bytes("نص".encode("utf-16")[:-1])


def link_out(path: Path) -> None:
    path.mkdir()
    (path / "passwords.txt").symlink_to(write(path.parent / "secret", "سر"))


def pipe(path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no pipes with names here")
    os.mkfifo(path)


HOSTILE = {
    "deep.jsonl": deep_json,
    "deep.json": deep_json,
    "wide.csv": wide_table,
    "bomb.docx": bomb,
    "deep.html": deep_page,
    "noise.txt": not_text,
    "noise.docx": not_text,
    "noise.csv": not_text,
    "noise.html": not_text,
    "cut.txt": cut_utf16,
    "links": link_out,
    "pipe.txt": pipe,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_soon_and_the_project_stays_as_it_was(
    hashiya: Call, tmp_path: Path, name: str
) -> None:
    session = opened(write(tmp_path / "a.txt"))
    mark(session, 0, 6)
    session.close()
    HOSTILE[name](tmp_path / name)
    began = time.process_time()
    said = hashiya("import", tmp_path / "a.hashiya", tmp_path / name, "--alike", "--duplicates", "skip")
    assert time.process_time() - began < PATIENCE
    assert said.status in (1, 2) and name in said.err and "Traceback" not in said.err
    assert hashiya("import", tmp_path / "a.hashiya", tmp_path / name, "--dry-run").status in (1, 2)
    with closing(Session.open(tmp_path / "a.hashiya")) as session:
        assert (session.count, surfaces(session)) == (1, [("LOCATION", "اقتحمت")])
    assert sorted(path.name for path in tmp_path.iterdir() if ".hashiya" in path.name) == ["a.hashiya"]
