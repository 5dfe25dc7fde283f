"""`hashiya manual`: the man page, made of what the commands say of themselves."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click

from app import __version__
from app.cli.output import DONE, say

_AT_START = re.compile(r"^(?=[.'])", re.MULTILINE)


@click.command(hidden=True)
@click.pass_context
def manual(context: click.Context) -> int:
    """Print the man page."""
    group = context.find_root().command
    assert isinstance(group, click.Group)
    for line in man_page(group).split("\n"):
        say(line)
    return DONE


def man_page(group: click.Group) -> str:
    """The page hashiya(1) in the words of roff, in the language in use."""
    return "\n".join(_page(group))


def _page(group: click.Group) -> Iterator[str]:
    context = click.Context(group, info_name="hashiya", **group.context_settings)
    summary, _, rest = _told(group).partition("\n\n")
    yield f'.TH HASHIYA 1 "" "Hashiya {__version__}" "User Commands"'
    yield ".SH NAME"
    yield rf"hashiya \- {_roff(summary.rstrip('.')[:1].lower() + summary.rstrip('.')[1:])}"
    yield ".SH SYNOPSIS"
    yield ".B hashiya\n[\\fIFILE\\fR]\n.br\n.B hashiya\n\\fICOMMAND\\fR [\\fIOPTION\\fR]... [\\fIARGUMENT\\fR]..."
    yield ".SH DESCRIPTION"
    yield from _paragraphs(rest)
    yield from _options(group, context)
    yield ".SH COMMANDS"
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None and not command.hidden:
            yield from _command(command, click.Context(command, info_name=name, parent=context))
    yield ".SH EXIT STATUS"
    yield "0: done. 1: there was something wrong with the files. 2: the call made no sense, or a file is out of reach."


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    arguments = " ".join(rf"\fI{_roff(piece)}\fR" for piece in command.collect_usage_pieces(context)[1:])
    yield rf".SS hashiya {_roff(context.info_name or '')} [\fIOPTION\fR]... {arguments}".rstrip()
    yield from _paragraphs(_told(command))
    yield from _options(command, context)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and record[1]:
            yield f".TP\n\\fB{_roff(record[0])}\\fR\n{_roff(record[1])}"


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        yield f".PP\n{_roff(' '.join(paragraph.split()))}"


def _told(command: click.Command) -> str:
    return inspect.cleandoc(command.help or "")


def _roff(text: str) -> str:
    """`text` as roff takes it: nothing of it is a request or an escape."""
    safe = text.replace("\\", "\\e").replace("-", "\\-")
    return _AT_START.sub(r"\\&", safe)
