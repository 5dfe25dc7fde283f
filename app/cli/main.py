"""The command group. Its commands are imported by name when they are used; anything else is a file for the window."""

from __future__ import annotations

import os
from difflib import get_close_matches
from importlib import import_module

import click

from app import __version__
from app.cli.names import COMMANDS, is_meant_as_command
from app.cli.output import BAD_CALL, failure, say_failure, say_json, status_of
from app.cli.screen import Screen
from app.cli.spoken import click_speaking, spoken
from app.errors import CallError, HashiyaError, SourceError
from app.wording import use_language


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, attribute = place.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return spoken(command)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _with_window(args))


def _with_window(arguments: list[str]) -> list[str]:
    """A call that names no command is one for the window: `hashiya --sample`, `hashiya article.txt --theme dark`."""
    if not arguments or arguments[0] in {"--help", "-h", "--version"} or arguments[0] in COMMANDS:
        return arguments
    if is_meant_as_command(arguments[0]):
        raise _unknown(arguments[0])
    return ["window", *arguments]


def _unknown(word: str) -> CallError:
    commands, alike = ", ".join(sorted(COMMANDS)), get_close_matches(word.lower(), COMMANDS, 1)
    if alike:
        return CallError("command-misspelled", value=word, command=alike[0], commands=commands)
    return CallError("no-such-command", value=word, commands=commands)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="Hashiya")
def hashiya() -> None:
    """Mark spans in right-to-left articles and save them as JSONL training data.

    Without a command, FILE opens in the window: hashiya article.txt
    """


def run(arguments: list[str], screen: Screen) -> int:
    """Run one command. Exit status 0: done, 1: the data is bad, 2: the call is."""
    use_language()
    try:
        with click_speaking():
            return _run(arguments, screen)
    except click.Abort:
        return 130
    except HashiyaError as error:
        return _failed(error, arguments)
    except OSError as error:
        return _failed(_refused(error), arguments)


def _failed(error: HashiyaError, arguments: list[str]) -> int:
    if "--json" in arguments:
        say_json(failure(error))
    say_failure(error)
    return status_of(error)


def _refused(error: OSError) -> HashiyaError:
    """What the system said of a name, say that it is too long, before anybody began to read or write."""
    file, reason = error.filename, error.strerror or type(error).__name__
    if not isinstance(file, str | os.PathLike):
        raise error
    return SourceError("source-unreadable", file=os.fspath(file), reason=reason)


def _run(arguments: list[str], screen: Screen) -> int:
    try:
        status = spoken(hashiya).main(arguments, prog_name="hashiya", standalone_mode=False, obj=screen)
    except click.ClickException as error:
        error.show()
        return BAD_CALL
    return status if isinstance(status, int) else 0
