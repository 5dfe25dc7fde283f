"""What `--help` says, and what click says of a call that makes no sense, in the user's language."""

from __future__ import annotations

import copy
import gettext
import inspect
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import click

from app.wording import _, language
from resources import resource

CLICKS = (
    "Commands",
    "Error: {message}",
    "Invalid value for {param_hint}: {message}",
    "Invalid value: {message}",
    "Missing argument",
    "Missing option",
    "No such option {name!r}.",
    "Options",
    "Show the version and exit.",
    "Show this message and exit.",
    "Try '{command} {option}' for help.",
    "Usage:",
    "{value!r} is not a valid {number_type}.",
    "{value} is not in the range {range}.",
)
"""Click's own words that callers of this program meet."""

Words = str | tuple[str, str]


def messages(group: click.Group) -> Iterator[Words]:
    """Every message of `group`, its commands and click itself, as the catalogue has them."""
    yield from CLICKS
    yield ("{value!r} is not {choice}.", "{value!r} is not one of {choices}.")
    yield ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)")
    yield ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})")
    yield ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.")
    context = click.Context(group)
    for command in (group, *(group.get_command(context, name) for name in group.list_commands(context))):
        if command is not None:
            yield from _words(command)


def spoken(command: click.Command) -> click.Command:
    """`command` as it is, but explained in the language in use."""
    told = copy.copy(command)
    told.help = _(inspect.cleandoc(command.help)) if command.help else None
    told.params = [_spoken_option(parameter) for parameter in command.params]
    return told


@contextmanager
def click_speaking() -> Iterator[None]:
    """Let click, which asks the standard library for translations, find them in the catalogue of this program."""
    domain, said = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain("hashiya", str(resource("translations")))
    gettext.textdomain("hashiya")
    os.environ["LANGUAGE"] = language()
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if said is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = said


def _words(command: click.Command) -> Iterator[str]:
    if command.help and not command.hidden:
        yield inspect.cleandoc(command.help)
    for option in command.params:
        if isinstance(option, click.Option) and option.help and not option.hidden and option.help not in CLICKS:
            yield option.help


def _spoken_option(parameter: click.Parameter) -> click.Parameter:
    told = copy.copy(parameter)
    if isinstance(told, click.Option) and told.help:
        told.help = _(told.help)
    return told


def _as_source() -> str:
    """A Python file that says every message, for the collector of messages."""
    group: click.Group = import_module("app.cli.main").hashiya
    said = (f"ngettext{words!r}" if isinstance(words, tuple) else f"_({words!r})" for words in messages(group))
    return "\n".join(said) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(_as_source(), encoding="utf-8")
