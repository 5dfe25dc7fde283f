"""Models while they are made."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from app.suggest import crf_model


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="every file has a name there")
def test_what_is_being_learned_has_no_file_that_a_killed_process_would_leave(place: Path) -> None:
    def write(path: str) -> None:
        Path(path).write_bytes(b"model")
        assert list(place.iterdir()) == []

    assert crf_model._written(write) == b"model"


def test_where_files_need_names_those_of_killed_processes_go_an_hour_later(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crf_model, "_BY_NUMBER", place / "nowhere")
    old, fresh = (place / f"hashiya-learning-{name}" for name in ("old", "fresh"))
    for left in (old, fresh):
        left.mkdir()
        (left / "model").touch()
    os.utime(old, (1, 1))
    assert crf_model._written(lambda path: Path(path).write_bytes(b"model")) == b"model"
    assert list(place.iterdir()) == [fresh]
