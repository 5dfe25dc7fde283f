from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Said

Call = Callable[..., Said]


def test_the_work_of_the_annotator_is_one_file(hashiya: Call, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "work.zip"
    said = hashiya("send", project, out)
    assert (said.status, said.err, out.is_file()) == (0, "", True)
    assert said.out.startswith(f"{out}: 1 article, ")
    assert hashiya("send", project, out, "--json").told["bytes"] == out.stat().st_size


def test_a_foreign_file_is_not_overwritten(hashiya: Call, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "work.zip"
    out.write_bytes(b"mine")
    assert (hashiya("send", project, out).status, out.read_bytes()) == (2, b"mine")
