"""`hashiya train`: a project learns from its labels now, as the window has it learn while it is open."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from app.cli.counting import Counting
from app.cli.output import DONE, say, say_json
from app.convert import PROJECT_SUFFIX
from app.errors import ProjectError
from app.formats.sources import open_source
from app.lessons import Learner
from app.session import Session
from app.suggest.crf import Crf
from app.wording import _, plural


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.option("--annotator", default="", help="Whose labels; without it, those of the project's annotator.")
@click.option("--json", "as_json", is_flag=True, help="Say it as one JSON object.")
def train(project: Path, annotator: str, as_json: bool) -> int:
    """Learn from what was gone over in PROJECT, and keep what was learned in it.

    The window suggests by it when the project is opened. Learned from are finished articles, and of others what stands
    before the last span that a person made.
    """
    with open_source(project):
        pass
    if project.suffix.lower() != PROJECT_SUFFIX:
        raise ProjectError("not-a-project", file=str(project))
    session = Session.open(project)
    path, schema, whose = session.path, session.schema, annotator or session.annotator
    session.close()
    source, counting = Crf(), Counting(sys.stderr)
    learner = Learner(path, source)
    try:
        learned = learner.learn(schema, whose, counting)
        learner.keep()
    finally:
        source.close()
        counting.clear()
    if as_json:
        say_json({"ok": True, "project": str(path), **learned._asdict(), "seconds": round(learned.seconds, 3)})
        return DONE
    articles = plural("{count} article", "{count} articles", learned.articles).format(count=learned.articles)
    sentences = plural("{count} sentence", "{count} sentences", learned.sentences).format(count=learned.sentences)
    said = _("Learned from {sentences} in {articles}, in {seconds} seconds.")
    say(said.format(sentences=sentences, articles=articles, seconds=f"{learned.seconds:.1f}"))
    say(_("Suggested from now on: {labels}").format(labels=", ".join(learned.labels)))
    return DONE
