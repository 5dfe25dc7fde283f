"""`hashiya export`: the training file of a project, at a place of the user's choosing."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.output import DONE, say, say_json
from app.formats.sources import open_source
from app.wording import plural


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite a file that is not this project's own earlier export.")
@click.option("--json", "as_json", is_flag=True, help="Say it as one JSON object.")
def export(project: Path, out: Path, force: bool, as_json: bool) -> int:
    """Write the annotated articles of PROJECT to OUT, as training data (Hashiya JSONL 1.0).

    Articles that nobody has begun are left out. The same annotations give the same bytes.
    """
    from app.export import export as write

    with open_source(project):
        pass
    written = write(project, out, force=force)
    if as_json:
        say_json({"ok": True, "file": str(written.path), "lines": written.lines, "bytes": written.size})
    else:
        said = plural("{file}: {count} line", "{file}: {count} lines", written.lines)
        say(said.format(file=written.path, count=written.lines))
    return DONE
