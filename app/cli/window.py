"""`hashiya window`: the same as `hashiya FILE`, with the wishes that have an option."""

from __future__ import annotations

import click

from app.cli.screen import Screen
from app.wording import LANGUAGES


@click.command()
@click.argument("files", nargs=-1, type=click.Path())
@click.option("--sample", is_flag=True, help="Open the sample articles.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of the interface, this time.")
@click.option(
    "--theme",
    type=click.Choice(["light", "dark", "system", "contrast", "contrast-dark"]),
    help="Colours of the window, this time.",
)
@click.option("--new-window", is_flag=True, help="Open a window of its own, also where one is open already.")
@click.option(
    "--rehearse", is_flag=True, hidden=True, help="Mark a word of FILES, save and leave: shows that all works."
)
@click.pass_obj
def window(screen: Screen, /, files: tuple[str, ...], language: str | None, theme: str | None, **wishes: bool) -> int:
    """Open the window on FILES (a text, JSON lines, or a project)."""
    return screen.open_window(list(files), language=language or "", theme=theme or "", **wishes)
