"""Help and complaints of the command line, in the user's language."""

from __future__ import annotations

import os

import pytest

from app.cli.main import hashiya as group
from app.cli.names import COMMANDS
from app.cli.spoken import messages
from tests.cli.conftest import in_a_process


def test_help_is_told_in_the_language_of_the_system() -> None:
    told = in_a_process("export", "--help", LANGUAGE="ar").stdout.decode()
    assert told.startswith("الاستعمال: hashiya export")
    assert "صيغة" in told
    assert in_a_process("export", "--help", LANGUAGE="en").stdout.decode().startswith("Usage: hashiya export")


def test_a_call_that_makes_no_sense_is_told_so_in_arabic() -> None:
    told = in_a_process("render", LANGUAGE="ar")
    assert told.returncode == 2
    assert "ينقص الوسيط" in told.stderr.decode()


def test_the_environment_is_afterwards_as_it_was(hashiya: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en_GB:en")
    hashiya("--help")  # type: ignore[operator]
    assert os.environ["LANGUAGE"] == "en_GB:en"


def test_every_command_explains_itself_and_each_of_its_options() -> None:
    context = group.make_context("hashiya", ["--help"], resilient_parsing=True)
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command is not None
        assert command.help
        assert all(getattr(option, "help", "") for option in command.params if option.param_type_name == "option"), name
    assert len(list(messages(group))) > len(COMMANDS)
