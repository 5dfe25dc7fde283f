"""`hashiya demonstration`: the annotated passages that ship, as a project to try things on."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.output import DONE, say, say_json
from app.demonstration import make_demonstration
from app.wording import plural


@click.command()
@click.argument("project", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Say it as one JSON object.")
def demonstration(project: Path, as_json: bool) -> int:
    """Make the demonstration project OUT: short annotated passages, to learn from and to try suggestions on."""
    count = make_demonstration(project)
    if as_json:
        say_json({"ok": True, "project": str(project), "articles": count})
    else:
        articles = plural("{count} article", "{count} articles", count).format(count=count)
        say(f"{articles}  {project}")
    return DONE
