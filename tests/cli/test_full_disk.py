"""A disk that fills midway, for real: a small file system in memory, where the system lets us mount one."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Said, contents

Call = Callable[..., Said]
TEXT = "نص عربي طويل جدا " * 120


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of two megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if os.name == "nt" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file with more text than that disk holds."""
    lines = [json.dumps({"id": f"a{n}", "text": f"{n} {TEXT}"}, ensure_ascii=False) for n in range(1000)]
    (tmp_path / "large.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "large.jsonl"


def test_an_import_that_fills_the_disk_leaves_the_project_as_it_was(hashiya: Call, small: Path, large: Path) -> None:
    (small / "a.txt").write_text("قصف كركوك", encoding="utf-8")
    assert hashiya("import", small / "p.hashiya", small / "a.txt").status == 0
    said = hashiya("import", small / "p.hashiya", large)
    assert said.status == 1 and "disk is full" in said.err and said.err.count("\n") == 1
    assert hashiya("import", small / "p.hashiya", small / "a.txt", "--json").told["files"][0]["known"] == 1
    assert sorted(contents(small)) == ["a.txt", "p.hashiya"]


def test_nothing_is_left_of_a_project_that_would_not_fit(hashiya: Call, small: Path, large: Path) -> None:
    assert hashiya("import", small / "p.hashiya", large).status == 1
    assert contents(small) == {}
    (small / "fill").write_bytes(b"x" * (2**21 - 16384))
    said = hashiya("import", small / "p.hashiya", large)
    assert said.status == 1 and f"{small / 'p.hashiya'} " in said.err
    assert list(contents(small)) == ["fill"]


@pytest.mark.parametrize("format", ["native", "brat", "csv", "label-studio", "webanno-tsv", "iob2"])
def test_a_delivery_that_would_not_fit_leaves_the_earlier_one(
    hashiya: Call, small: Path, large: Path, format: str
) -> None:
    first = large.with_name("first.jsonl")
    first.write_bytes(large.read_bytes().splitlines()[0])
    assert hashiya("convert", first, small / "out", "--to", format).status == 0
    before = contents(small)
    said = hashiya("convert", large, small / "out", "--to", format, "--force")
    assert said.status == 2 and "No space left" in said.err and said.err.count("\n") == 1
    assert contents(small) == before


def test_a_report_that_would_not_fit_is_not_begun(hashiya: Call, small: Path, large: Path) -> None:
    (small / "fill").write_bytes(b"x" * (2**21 - 8192))
    (small / "rest").write_bytes(b"x" * 4096)
    large.write_text("{broken\n" * 2000 + '{"text": "a"}', encoding="utf-8")
    said = hashiya("import", large.with_name("p.hashiya"), large, "--report", small / "report.jsonl")
    assert said.status == 2 and "report.jsonl could not be written" in said.err
    assert sorted(contents(small)) == ["fill", "rest"]
