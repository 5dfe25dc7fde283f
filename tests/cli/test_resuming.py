"""An import of several files that was killed: the same command again takes what is missing and nothing twice."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.session import Session
from tests.cli.conftest import Said, in_a_process

Call = Callable[..., Said]
FILES, ARTICLES = 5, 400


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Several files of several hundred articles each."""
    made = []
    for number in range(FILES):
        lines = [
            json.dumps({"id": f"{number}-{n}", "text": f"{number} {n} " + "نص طويل " * 100}, ensure_ascii=False)
            for n in range(ARTICLES)
        ]
        made.append(tmp_path / f"{number}.jsonl")
        made[-1].write_text("\n".join(lines), encoding="utf-8")
    return made


@pytest.mark.skipif(sys.platform == "win32", reason="a program that is killed keeps its files open for a moment there")
def test_a_killed_import_is_begun_again_and_ends_as_one_that_was_not(
    hashiya: Call, tmp_path: Path, files: list[Path]
) -> None:
    project, whole = tmp_path / "p.hashiya", tmp_path / "whole.hashiya"
    command = [sys.executable, "-m", "app", "import", str(project), *map(str, files)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdout is not None
        said = [child.stdout.readline() for _file in range(2)]
        time.sleep(0.05)
        child.kill()
    assert [line.split(b":")[0] for line in said] == [bytes(file) for file in files[:2]]
    with closing(Session.open(project)) as session:
        before = session.count
    assert before >= 2 * ARTICLES and before % ARTICLES == 0, "each file is there whole or not at all"
    told = hashiya("import", project, *files, "--json").told
    there = [ARTICLES if file["known"] else 0 for file in told["files"]]
    assert [file["articles"] + file["known"] for file in told["files"]] == [ARTICLES] * FILES
    assert sum(there) == before
    assert hashiya("import", whole, *files).status == 0
    with closing(Session.open(project)) as session, closing(Session.open(whole)) as other:
        assert session.count == other.count == FILES * ARTICLES
        assert [row.id for row in session.rows(0, 5000)] == [row.id for row in other.rows(0, 5000)]
    again = in_a_process("import", project, *files, LANGUAGE="en").stdout.decode()
    assert again.count(f"there already: {ARTICLES}") == FILES
    assert not list(tmp_path.glob(".p.hashiya*")) and not list(tmp_path.glob("p.hashiya-*"))
