"""Killed in the middle of a burst: every step that was said to be safe is there, and the training file is whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.formats.native_check import check_file
from app.session import Session
from tests.labelling_child import carried_out
from tests.store.made_projects import opened, write

KILLS = 4
ROOT = Path(__file__).parent.parent
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}


def killed_after(project: Path, steps: int) -> int:
    """Let the child label, kill it once it has said `steps` steps more; the number of the last one it said."""
    command = [sys.executable, "-m", "tests.labelling_child", str(project)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=ENVIRONMENT) as child:
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
        said = [child.stdout.readline() for _step in range(steps)]
        child.kill()
        said += child.stdout.readlines()
    whole = [line for line in said if line.endswith("\n")]
    return int(whole[-1])


def marked(session: Session) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in session.annotations.ordered()]


pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="a program that is killed keeps its files open for a moment there"
)


def test_whatever_was_said_to_be_safe_is_there_after_a_kill(tmp_path: Path) -> None:
    article = write(tmp_path / "article.txt", "كركوك " * 2000)
    text = article.read_bytes()
    opened(article).close()
    project = tmp_path / "article.hashiya"
    for _kill in range(KILLS):
        last = killed_after(project, random.randint(1, 40))
        session = opened(project)
        kept = int(session.recall("step"))
        # One step more may have reached the disk before it could be said.
        assert last <= kept <= last + 1
        assert marked(session) == carried_out(kept)
        assert session._database.pragma("integrity_check") == "ok"
        published = session.training_file
        if published.exists():
            assert list(check_file(published)) == []
        assert session.notices == []
        session.close()
    session = opened(article)
    assert session.publish().path == tmp_path / "article.annotations.jsonl"
    while session.undo() is not None:
        pass
    assert marked(session) == []
    session.close()
    assert article.read_bytes() == text
    seen = {path.name for path in tmp_path.iterdir() if not path.name.endswith(".part")}
    assert seen == {"article.txt", "article.hashiya", "article.annotations.jsonl"}


def test_a_kill_while_a_project_is_made_leaves_no_half_of_one(tmp_path: Path) -> None:
    lines = "".join(f'{{"id":"{number}","text":"نص {number}"}}\n' for number in range(4_000))
    corpus = write(tmp_path / "corpus.jsonl", lines)
    code = "import sys; from pathlib import Path; from app.session import Session; Session.open(Path(sys.argv[1]))"
    with subprocess.Popen([sys.executable, "-c", code, str(corpus)], cwd=ROOT, env=ENVIRONMENT) as child:
        while child.poll() is None and not any(path.stat().st_size for path in tmp_path.glob(".*.part")):
            time.sleep(0.002)
        child.kill()
    assert child.returncode == -signal.SIGKILL
    assert not (tmp_path / "corpus.hashiya").exists()
    for left in tmp_path.glob(".*.part*"):
        os.utime(left, (1, 1))
    session = opened(corpus)
    assert session.count == 4_000
    session.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus.hashiya", "corpus.jsonl"]
