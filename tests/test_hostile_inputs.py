"""What the proof of hostile inputs stands on: old findings stay answered, and nothing that does harm goes unseen."""

from __future__ import annotations

import ast
import logging
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.torture import hostile_targets, hostile_trial
from tests.torture.hostile_seeds import WORDS, seeds
from tests.torture.hostile_targets import CUT, targets
from tests.torture.hostile_trial import Findings, Slate, Trial

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="inputs are timed by a signal")
Try = Callable[[Callable[[bytes, Path], None]], dict[str, int]]


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Try]:
    """What a trial finds about something that is given one input."""
    before = signal.getsignal(signal.SIGPROF)
    monkeypatch.setattr(Findings, "_keep", lambda *_said: "kept")
    monkeypatch.setattr(hostile_trial, "SECONDS", 0.2)

    def tried(target: Callable[[bytes, Path], None]) -> dict[str, int]:
        monkeypatch.setattr(hostile_targets, "targets", lambda: {"one": target})
        findings = Findings("one", tmp_path / "one.json")
        (tmp_path / "one").mkdir()
        trial = Trial("one", tmp_path / "one", Slate(tmp_path / "one.slate"), findings)
        trial.give(b"input")
        again = Slate(tmp_path / "one.slate")
        assert (again.begun, again.ended, again.last) == (1, 1, b"input")
        return {kind: count for kind, count in findings.told.items() if kind != "places" and count}

    yield tried
    signal.signal(signal.SIGPROF, before)


@pytest.mark.parametrize("name", sorted(targets()))
def test_what_was_found_once_has_an_answer_now(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger("widgets.settings"), "disabled", True)
    given = [*seeds(name), *WORDS, *(CUT.join((b"a.txt\n" + one, b"a.ann\n" + one)) for one in WORDS)]
    for number, said in enumerate(given):
        folder = tmp_path / str(number)
        folder.mkdir()
        began = time.process_time()
        targets()[name](said, folder)
        assert time.process_time() - began < 2, said[:100]


LOADED = {"pickle", "marshal", "shelve", "dill", "yaml"}
CALLED = {"eval", "exec", "system", "popen", "execv", "execvp"}
OURS = {("widgets/application.py", "exec"), ("widgets/i18n.py", "system")}
"""Qt's event loop and the system's locale are called so."""


def test_nothing_that_was_read_can_be_run() -> None:
    """Between processes of our own, `app/elsewhere.py` leaves it to multiprocessing, which nobody else speaks to."""
    found = set()
    for folder in ("app", "widgets"):
        for file in sorted((hostile_trial.ROOT / folder).rglob("*.py")):
            name = file.relative_to(hostile_trial.ROOT).as_posix()
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    names = {getattr(node, "module", None) or "", *(one.name for one in node.names)}
                    found |= {(name, one) for one in names if one.split(".")[0] in LOADED}
                elif isinstance(node, ast.Call):
                    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                    found |= {(name, called)} if called in CALLED else set()
                    found |= {(name, "shell")} if any(one.arg == "shell" for one in node.keywords) else set()
    assert found == OURS


def _spin(_said: bytes, _folder: Path) -> None:
    while True:
        pass


def _write(_said: bytes, folder: Path) -> None:
    (folder.parent.parent / "outside").write_bytes(b"")


def _ask(_said: bytes, _folder: Path) -> None:
    int("no number")


def _load(_said: bytes, _folder: Path) -> None:
    __import__("pickle").loads(b"cos\ngetcwd\n.")


def test_the_proof_sees_what_is_no_answer(found: Try) -> None:
    assert found(_ask) == {"crashes": 1}


def test_the_proof_sees_what_does_not_end(found: Try) -> None:
    assert found(_spin) == {"hangs": 1}


def test_the_proof_sees_what_is_written_elsewhere(found: Try) -> None:
    assert found(_write) == {"outside": 1}


def test_the_proof_sees_what_is_run(found: Try) -> None:
    assert found(_load)["ran"] == 1


def test_the_proof_has_nothing_against_an_answer(found: Try) -> None:
    assert found(lambda said, folder: (folder / "inside").write_bytes(said) and None) == {}
