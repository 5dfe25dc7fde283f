"""Long work in another process: what it says is heard here, and it stops when nobody wants it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app import elsewhere as there
from app.elsewhere import WORTH_IT, elsewhere, where_fit
from app.errors import Fault, FaultyFile


def tell(words: list[str], hear: Callable[[str], None], reached: Callable[[int], None]) -> int:
    for number, word in enumerate(words, 1):
        hear(word)
        reached(number)
    return os.getpid()


def refuse() -> None:
    raise FaultyFile("nothing-read", (Fault("a.jsonl", 1, "", "not-json", {"column": 3}),), file="a.jsonl", count=1)


def break_down() -> None:
    raise ZeroDivisionError("one by nothing")


def die() -> None:
    os._exit(3)


def go_on(mark: Path, reached: Callable[[int], None]) -> None:
    try:
        for number in range(10_000):
            reached(number)
            time.sleep(0.01)
    finally:
        mark.write_text("tidied up")


def say_nothing(mark: Path) -> None:
    there._TIDYING = 0.1  # type: ignore[misc]
    mark.write_text(f"{os.getpid()}")
    time.sleep(600)


def test_what_the_work_says_is_heard_and_what_it_gives_is_given() -> None:
    heard: list[str] = []
    assert elsewhere(tell, ["كلمة", "أخرى"], hears=(heard.append, lambda reached: None)) != os.getpid()
    assert heard == ["كلمة", "أخرى"]


def test_the_errors_of_the_work_are_told_with_all_they_hold() -> None:
    with pytest.raises(FaultyFile) as refused:
        elsewhere(refuse)
    assert refused.value.values == {"file": "a.jsonl", "count": 1}
    assert refused.value.faults == (Fault("a.jsonl", 1, "", "not-json", {"column": 3}),)
    with pytest.raises(RuntimeError, match="ZeroDivisionError: one by nothing"):
        elsewhere(break_down)


def test_a_process_that_dies_is_noticed() -> None:
    with pytest.raises(RuntimeError):
        elsewhere(die)


def test_work_that_nobody_wants_any_more_tidies_up_and_ends(tmp_path: Path) -> None:
    def stop(reached: int) -> None:
        raise KeyError

    with pytest.raises(KeyError):
        elsewhere(go_on, tmp_path / "mark", hears=(stop,))
    assert (tmp_path / "mark").read_text() == "tidied up"


@pytest.mark.skipif(sys.platform == "win32", reason="processes are asked for by signals")
def test_work_that_says_nothing_ends_when_whoever_wanted_it_was_killed(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    asked = "import sys; from pathlib import Path; from tests.test_elsewhere import elsewhere, say_nothing;"
    asked += "elsewhere(say_nothing, Path(sys.argv[1]))"
    with subprocess.Popen([sys.executable, "-c", asked, str(mark)], cwd=Path(__file__).parents[1]) as parent:
        _until(lambda: mark.exists() and mark.read_text() != "")
        parent.kill()
    _until(lambda: not _is_there(int(mark.read_text())))


def _until(so: Callable[[], bool]) -> None:
    late = time.monotonic() + 60
    while not so():
        assert time.monotonic() < late
        time.sleep(0.02)


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")  # whose parent is gone and who is not, where nobody waits for the dead
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_little_work_is_done_here(tmp_path: Path) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(b"x")
    large.write_bytes(b"x" * WORTH_IT)
    assert where_fit(small)(os.getpid) == os.getpid()
    assert where_fit(small, large) is where_fit(tmp_path) is elsewhere
