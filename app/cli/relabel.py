"""`hashiya relabel`: one label made another in a whole project, or its spans deleted."""

from __future__ import annotations

from pathlib import Path

import click

from app.bulk import Done, Work, carry_out, preview
from app.cli.output import DONE, say, say_json
from app.edit.bulk import Meant
from app.errors import CallError
from app.formats.sources import open_source
from app.left_sentences import left_said
from app.session import Session
from app.wording import _, plural

_SHOWN = 10


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO", default="")
@click.option("--text", default="", help="Only spans that say this, however it is vowelled.")
@click.option("--delete", "is_deletion", is_flag=True, help="Delete the spans instead; TO is left out.")
@click.option("--annotator", default="", help="Whose spans; without it, those of the project's annotator.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--json", "as_json", is_flag=True, help="Say it as one JSON object.")
def relabel(
    project: Path, source: str, target: str, text: str, is_deletion: bool, annotator: str, dry_run: bool, as_json: bool
) -> int:
    """Make label FROM label TO in all articles of PROJECT, as one step that the window can take back."""
    if is_deletion == bool(target) or source == target:
        raise CallError("relabel-into-what")
    with open_source(project):
        pass
    session = Session.open(project)
    try:
        work = Work(annotator or session.annotator, meant=Meant(source, text), label=target)
        if target and session.schema.label(target) is None:
            labels = ", ".join(label.id for label in session.schema.labels)
            raise CallError("no-such-label", label=target, labels=labels)
    finally:
        session.close()
    told = preview(project, work)
    done = told if dry_run else carry_out(project, work)
    if as_json:
        counts = {"articles": done.articles, "spans": done.spans, "left": dict(done.left)}
        say_json({"ok": True, "project": str(project), "done": not dry_run} | counts)
        return DONE
    _say(told, done, dry_run)
    return DONE


def _say(told: Done, done: Done, dry_run: bool) -> None:
    for hit in told.hits[:_SHOWN]:
        say(f"  {hit.before.lstrip()}[{hit.inside}]{hit.after.rstrip()}".replace("\n", " "))
    if told.spans > _SHOWN:
        say(f"  {_('and {count} more').format(count=told.spans - _SHOWN)}")
    for sentence in left_said(done.left):
        say(sentence)
    spans = plural("{count} span", "{count} spans", done.spans).format(count=done.spans)
    articles = plural("{count} article", "{count} articles", done.articles).format(count=done.articles)
    said = _("To change: {spans} in {articles}.") if dry_run else _("Changed: {spans} in {articles}.")
    say(said.format(spans=spans, articles=articles))
