"""`hashiya recover`: what can still be read of a damaged project, in a new one."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.output import BAD_DATA, DONE, say, say_json
from app.recover import Recovery
from app.recover import recover as bring_back
from app.wording import _, isolated

_COUNTED = ("articles", "spans", "relations", "answers", "steps")


@click.command("recover")
@click.argument("project", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="The new project; PROJECT.recovered beside it otherwise.")
@click.option("--json", "as_json", is_flag=True, help="Say it as one JSON object.")
def recover(project: Path, out: Path | None, as_json: bool) -> int:
    """Bring back what can be read of the damaged PROJECT, in a new one.

    PROJECT is only read. Articles that it has lost are taken from its backups, then from its training file.
    """
    done = bring_back(project, out)
    if as_json:
        say_json(_told(project, done))
    else:
        _say(project, done)
    return BAD_DATA if _is_short(done) else DONE


def _is_short(done: Recovery) -> bool:
    salvaged = done.salvaged
    return bool(done.lost or salvaged.spans_lost or salvaged.relations_lost or salvaged.layers_without_article)


def _told(project: Path, done: Recovery) -> dict[str, object]:
    salvaged = done.salvaged
    back = {name: getattr(salvaged, name) for name in _COUNTED}
    lost = {
        "articles": done.lost,
        "spans": salvaged.spans_lost,
        "relations": salvaged.relations_lost,
        "layers_without_article": salvaged.layers_without_article,
    }
    told = {"project": str(project), "out": str(done.path), "back": back, "from": done.filled, "lost": lost}
    return {"ok": not _is_short(done), **told}


def _say(project: Path, done: Recovery) -> None:
    salvaged = done.salvaged
    say(_("{file} was read and not changed. What came back is in {out}.").format(file=project, out=done.path))
    say(
        _(
            "Articles: {articles} · spans: {spans} · relations: {relations} · answers: {answers} · steps: {steps}"
        ).format(
            articles=salvaged.articles,
            spans=salvaged.spans,
            relations=salvaged.relations,
            answers=salvaged.answers,
            steps=salvaged.steps,
        )
    )
    for name, ids in done.filled.items():
        articles = ", ".join(map(isolated, ids))
        say(
            _("From {file}, as they were when it was written: {articles}").format(
                file=isolated(name), articles=articles
            )
        )
    for id in done.lost:
        say(_("Lost: the article {document}.").format(document=isolated(id)))
    for id in sorted({*salvaged.spans_lost, *salvaged.relations_lost}):
        spans, relations = salvaged.spans_lost.get(id, 0), salvaged.relations_lost.get(id, 0)
        said = _("Lost in the article {document}: spans {spans}, relations {relations}.")
        say(said.format(document=isolated(id), spans=spans, relations=relations))
