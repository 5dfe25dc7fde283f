"""`hashiya find`: where something stands in the texts of a project."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli import lanes
from app.cli.output import BAD_DATA, DONE, say, say_json
from app.cli.show import turns_lines_round
from app.text.find import Mode, Search
from app.wording import plural

if TYPE_CHECKING:
    from app.search import Hit


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.argument("text")
@click.option("--exact", "mode", flag_value="exact", help="Letter by letter; else hamza, vowel marks … may differ.")
@click.option("--regex", "mode", flag_value="regex", help="TEXT is a regular expression.")
@click.option("--words", is_flag=True, help="Only whole words.")
@click.option("--most", type=click.IntRange(1), help="How many places are told of at most.")
@click.option("--count", "only_count", is_flag=True, help="Tell only how many places there are, in how many articles.")
@click.option("--json", "as_json", is_flag=True, help="Say each place as a JSON object on a line of its own.")
def find(
    project: Path,
    text: str,
    mode: Mode | None,
    words: bool,
    most: int | None,
    only_count: bool,
    as_json: bool,
) -> int:
    """Find TEXT in the articles of PROJECT, which is not changed.

    Each place is a line: the article's id, where it begins and ends in code points, and the place in its paragraph.
    A terminal that does not turn Arabic round gets it turned; a pipe gets it in the order of its letters.

    Exit status 0: found, 1: not found, or the project is not sound, 2: the call makes no sense.
    """
    from app.search import in_looked_at

    hits = islice(in_looked_at(project, Search(text, mode or "folded", words)), most)
    if only_count:
        return _say_count(hits, as_json)
    found, logical = False, not sys.stdout.isatty() or turns_lines_round(os.environ)
    for hit in hits:
        found = True
        say_json(_as_json(hit)) if as_json else say(_line(hit, logical))
    return DONE if found else BAD_DATA


def _say_count(hits: Iterator[Hit], as_json: bool) -> int:
    places = 0
    articles: set[int] = set()
    for hit in hits:
        places += 1
        articles.add(hit.key)
    if as_json:
        say_json({"places": places, "articles": len(articles)})
    else:
        said = plural("{count} place", "{count} places", places).format(count=places)
        say(f"{said} {plural('in {count} article', 'in {count} articles', len(articles)).format(count=len(articles))}")
    return DONE if places else BAD_DATA


def _line(hit: Hit, logical: bool) -> str:
    from app.search import CONTEXT

    before = hit.before if len(hit.before) < CONTEXT else f"… {hit.before.partition(' ')[2]}"
    after = hit.after if len(hit.after) < CONTEXT else f"{hit.after.rpartition(' ')[0]} …"
    snippet = " ".join(f"{before}[{hit.inside}]{after}".split())
    return f"{hit.document_id}  {hit.start}-{hit.end}  {snippet if logical else lanes.shown(snippet)}"


def _as_json(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.document_id,
        "start": hit.start,
        "end": hit.end,
        "before": hit.before,
        "text": hit.inside,
        "after": hit.after,
    }
