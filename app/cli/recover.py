"""`hashiya recover`: what can still be read of a damaged project, in a new one."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.output import BAD_DATA, DONE, say, say_json
from app.recover import Recovery
from app.recover import recover as bring_back
from app.recovery_sentences import headline, is_short, report

_COUNTED = ("articles", "spans", "relations", "answers", "steps", "decisions", "models")


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
        for line in (headline(project, done), *report(done)):
            say(line)
    return BAD_DATA if is_short(done) else DONE


def _told(project: Path, done: Recovery) -> dict[str, object]:
    salvaged = done.salvaged
    back = {name: getattr(salvaged, name) for name in _COUNTED}
    lost = {
        "articles": done.lost,
        "spans": salvaged.spans_lost,
        "relations": salvaged.relations_lost,
        "layers_without_article": salvaged.layers_without_article,
    }
    came = {"from": done.filled, "texts_from": done.texts}
    told: dict[str, object] = {"project": str(project), "out": str(done.path), "back": back, **came, "lost": lost}
    told["changed"] = salvaged.changed
    return {"ok": not is_short(done), **told}
