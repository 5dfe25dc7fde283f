"""The project of annotated passages, made without a window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Said

Call = Callable[..., Said]


def test_whoever_has_nothing_annotated_yet_gets_a_project_to_learn_from(hashiya: Call, tmp_path: Path) -> None:
    project = tmp_path / "new.hashiya"
    told = hashiya("demonstration", project, "--json").told
    assert told["ok"] and told["articles"] >= 60
    assert hashiya("check", project, "--strict").status == 0
    again = hashiya("demonstration", project)
    assert again.status != 0 and "new.hashiya" in again.err
