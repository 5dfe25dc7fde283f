"""`hashiya export`: the annotated articles of a project, in any format, at a place of the user's choosing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.cli.delivery import as_json as told
from app.cli.delivery import say_written, wishes_of, wishing
from app.cli.formats import listing_formats
from app.cli.output import DONE, say_json
from app.formats.registry import named
from app.formats.sources import open_source

_STATUSES = ("in_progress", "complete", "skipped")


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--format", default="native", help="The format to write; --formats lists them.")
@listing_formats
@click.option("--status", "statuses", multiple=True, type=click.Choice(_STATUSES), help="Only articles so far along.")
@click.option("--annotator", "annotators", multiple=True, help="Only what this annotator did.")
@click.option("--label", "labels", multiple=True, help="Only spans with this label.")
@wishing
def export(
    project: Path,
    out: Path,
    format: str,
    statuses: tuple[str, ...],
    annotators: tuple[str, ...],
    labels: tuple[str, ...],
    as_json: bool,
    **said: Any,
) -> int:
    """Write the annotated articles of PROJECT to OUT: as training data (Hashiya JSONL 1.0), or in another format.

    Articles that nobody has begun are left out. The same annotations give the same bytes. Beside OUT come its card
    (OUT.card.md), the columns for Hugging Face datasets (OUT.features.json) and, where the format could not carry
    something, a report of each thing (OUT.report.jsonl). --status, --annotator and --label can be said several times.
    """
    from app.export import export as write

    with open_source(project):
        pass
    wishes = wishes_of(named(format), out, said)
    written = write(
        project,
        out,
        format=format,
        statuses=statuses,
        annotators=annotators,
        labels=labels,
        split=wishes.cut.split,
        seed=wishes.cut.seed,
        shards=wishes.cut.shards,
        compress=wishes.compression,
        alignment=wishes.alignment,
        licence=wishes.licence,
        force=wishes.force,
    )
    if as_json:
        say_json({"ok": True, **told(written)})
    else:
        say_written(written, wishes.format)
    return DONE
