"""The list of formats, for whoever asks a command for it."""

from __future__ import annotations

from collections.abc import Callable

import click

from app.cli.output import say
from app.formats.registry import every_format
from app.wording import _


def listing_formats(command: Callable[..., int]) -> Callable[..., int]:
    """Give `command` the option `--formats`, which lists them and does nothing else."""
    listing = click.option(
        "--formats", is_flag=True, is_eager=True, expose_value=False, callback=_list, help="List the formats and stop."
    )
    return listing(command)


def _list(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    for one in every_format():
        ways = ", ".join(word for word, way in ((_("read"), one.read), (_("written"), one.write)) if way is not None)
        say(f"{one.name:<20}{_(one.title)} ({ways})")
    context.exit(0)
