"""Which articles of a project a command is asked for: options that make a Wish."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import click

from app.model.annotation import STATUSES
from app.model.wish import SORTS
from app.text.dates import dated
from app.wording import _


def _date(_context: click.Context, _option: click.Parameter, said: str) -> str:
    read = dated(said)[:10]
    if said.strip() and not read:
        raise click.BadParameter(_("This cannot be read as a date."))
    return read


_OPTIONS: Final = (
    click.option("--status", "statuses", multiple=True, type=click.Choice(STATUSES), help="Only at this status."),
    click.option("--label", "labels", multiple=True, help="Only with a span of this label; of any where several."),
    click.option("--annotator", help="Only annotated by this name; an empty one is nobody."),
    click.option("--problems", is_flag=True, help="Only with problems."),
    click.option("--notes", is_flag=True, help="Only with a note."),
    click.option("--text", default="", help="Only with these words, in the text or in what is told of it."),
    click.option("--source", default="", help="Only from this source."),
    click.option("--address", default="", help="Only with this in the address."),
    click.option("--from", "since", default="", callback=_date, help="Only of this date or later."),
    click.option("--to", "until", default="", callback=_date, help="Only of this date or earlier."),
    click.option("--sort", type=click.Choice(SORTS[1:]), help="In which order they are listed."),
)


def wishing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give `command` the options, whose values `Wish` takes as they are."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
