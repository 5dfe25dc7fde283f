"""`hashiya send`: what one annotator did, as one file to be mailed."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.output import DONE, say, say_json
from app.formats.sources import open_source
from app.wording import _, plural


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--annotator", default="", help="Whose work; without it, that of the project's annotator.")
@click.option("--force", is_flag=True, help="Overwrite a file that is not this project's own earlier one.")
@click.option("--json", "as_json", is_flag=True, help="Say it as one JSON object.")
def send(project: Path, out: Path, annotator: str, force: bool, as_json: bool) -> int:
    """Write what the annotator of PROJECT did to the archive OUT, or into the folder OUT: ready to be mailed.

    It holds the training lines (Hashiya JSONL 1.0), the schema and a report. The same work gives the same bytes.
    """
    from app.sending import send as write

    with open_source(project):
        pass
    sent = write(project, out, annotator, force=force)
    if as_json:
        told = {"file": str(sent.path), "bytes": sent.size, "articles": sent.articles, "spans": sent.spans}
        say_json({"ok": True} | told)
        return DONE
    articles = plural("{count} article", "{count} articles", sent.articles).format(count=sent.articles)
    spans = plural("{count} span", "{count} spans", sent.spans).format(count=sent.spans)
    say(_("{file}: {articles}, {spans}").format(file=sent.path, articles=articles, spans=spans))
    return DONE
