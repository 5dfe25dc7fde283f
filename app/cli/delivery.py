"""What the commands that write deliveries share: the wishes a person can name, and what is said of what was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from app.cli.output import say
from app.delivery.card import UNKNOWN_LICENCE
from app.delivery.making import Exported, Wishes
from app.delivery.parts import COMPRESSIONS, cut_of
from app.delivery.writing import compression_of
from app.formats.registry import Format
from app.loss_sentences import LOSSES
from app.text.alignment import POLICIES
from app.wording import _, plural

_OPTIONS = (
    click.option("--split", default="", metavar="80/10/10", help="Divide by articles: train, validation, test."),
    click.option("--seed", type=int, default=0, help="Another number divides otherwise; the same, always the same."),
    click.option("--shards", type=int, default=1, help="Write so many files of each part."),
    click.option("--compress", type=click.Choice(COMPRESSIONS), default=None, help="Compress what is written."),
    click.option(
        "--alignment",
        type=click.Choice(POLICIES),
        default="split",
        help="For formats of tokens: split words at the ends of spans, expand spans to words, or refuse such spans.",
    ),
    click.option("--licence", default=UNKNOWN_LICENCE, metavar="NAME", help="The licence that the card states."),
    click.option("--force", is_flag=True, help="Overwrite what was not written here before."),
    click.option("--json", "as_json", is_flag=True, help="Say it as one JSON object."),
)


def wishing(command: Callable[..., int]) -> Callable[..., int]:
    """Give `command` the options of a delivery, which `wishes_of` reads."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def wishes_of(format: Format, out: Path, said: dict[str, Any]) -> Wishes:
    """The wishes for `out` that were `said` as options. Raises CallError for those that cannot be meant."""
    cut = cut_of(said["split"], said["seed"], said["shards"])
    compression = said["compress"] or compression_of(out)
    return Wishes(format, cut, compression, said["alignment"], said["licence"], said["force"])


def say_written(written: Exported, format: Format) -> None:
    """Tell people what was written and what of it could not be carried."""
    for path, count in written.parts or ((written.path, written.lines),):
        said = plural("{file}: {count} line", "{file}: {count} lines", count)
        if format.name != "native":
            said = plural("{file}: {count} article", "{file}: {count} articles", count)
        say(said.format(file=path, count=count))
    if written.report is not None:
        say(_("Not carried by {format}, and listed in {file}:").format(format=format.name, file=written.report.name))
        for what, count in written.losses.items():
            say(f"  {_(LOSSES.get(what, what))}: {count}")


def as_json(written: Exported) -> dict[str, object]:
    """What a machine is told of what was written."""
    return {
        "file": str(written.path),
        "lines": written.lines,
        "bytes": written.size,
        "files": [str(file) for file in written.files],
        "parts": [{"file": str(path), "articles": count} for path, count in written.parts],
        "spans": written.spans,
        "relations": written.relations,
        "lost": dict(written.losses),
        "report": str(written.report) if written.report else None,
    }
