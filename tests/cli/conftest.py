"""The command line as a person calls it: in this process where that is enough, in one of its own where it is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.cli.main import run
from app.cli.screen import Screen
from app.model.record import Record
from app.model.schema import Schema
from tests.store.made_projects import ARTICLE, mark, opened, span, write

ROOT = Path(__file__).parent.parent.parent
PLACE = span("s1", ARTICLE.index("كركوك"), ARTICLE.index("كركوك") + 5, "LOCATION")
VICTIMS = span("s2", ARTICLE.index("قتل"), ARTICLE.index(" قرب"), "CASUALTY")


class Said(NamedTuple):
    """What a call left behind."""

    status: int
    out: str
    err: str

    @property
    def told(self) -> dict[str, Any]:
        """The one JSON object on the standard output."""
        assert self.out.count("\n") == 1
        told: dict[str, Any] = json.loads(self.out)
        return told


def _draw(record: Record, schema: Schema, form: str, **wishes: str | int) -> Iterator[bytes]:
    from widgets.render import draw

    return draw(record, schema, form, **wishes)


@pytest.fixture
def hashiya(capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Said]:
    """Call a command in this process."""

    def call(*arguments: object) -> Said:
        status = run([str(argument) for argument in arguments], Screen(lambda *_files, **_wishes: 0, _draw))
        out, err = capsysbinary.readouterr()
        return Said(status, out.decode(), err.decode())

    return call


def in_a_process(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Call a command in a process of its own, as a person does, without a display."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    kept.pop("QT_QPA_PLATFORM", None)
    command = [sys.executable, "-m", "app", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env={**kept, **environment}, capture_output=True, check=False, timeout=120)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one article with two marks, closed."""
    session = opened(write(tmp_path / "article.txt"))
    for made in (PLACE, VICTIMS):
        mark(session, made.start, made.end, made.label)
    session.close()
    return session.path


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` by name, with its bytes."""
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
