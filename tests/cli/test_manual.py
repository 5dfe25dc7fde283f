"""The man page."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from app.cli.names import COMMANDS
from tests.cli.conftest import in_a_process


@pytest.fixture(scope="module")
def page() -> str:
    return in_a_process("manual", LANGUAGE="en").stdout.decode()


def test_the_man_page_tells_of_every_command_and_of_their_options(page: str) -> None:
    assert page.startswith(".TH HASHIYA 1")
    assert [name for name in COMMANDS if name != "manual" and f".SS hashiya {name} " not in page] == []
    assert r"\fB\-\-alignment [split|expand|refuse]\fR" in page


@pytest.mark.skipif(shutil.which("groff") is None, reason="no groff here")
def test_groff_sets_the_man_page_without_a_complaint(page: str) -> None:
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-Kutf8"], input=page.encode(), capture_output=True, check=True
    )
    assert done.stderr == b""
    assert b"right-to-left articles" in done.stdout
