"""`hashiya diff`: what changed between two deliveries."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from app.cli.output import BAD_DATA, DONE, fault_as_json, say, say_fault, say_json
from app.compare import ArticleDifference, Changed, Detail, Difference, compare
from app.convert import records_in
from app.formats.findings import WARNINGS
from app.sentences import N_
from app.wording import _, plural

_KINDS = {
    "articles": N_("articles"),
    "texts": N_("texts of articles"),
    "spans": N_("spans"),
    "attributes": N_("attributes"),
    "relations": N_("relations"),
    "relation-attributes": N_("attributes of relations"),
    "title": N_("titles"),
    "status": N_("statuses of articles"),
    "notes": N_("notes"),
    "fields": N_("answers about articles"),
    "meta": N_("details of articles"),
}
_SIGNS = {"added": "+", "removed": "-", "changed": "~"}
_SHOWN = 200


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "given", default="", help="The format of both files; else it is found out.")
@click.option("--json", "as_json", is_flag=True, help="Say it as one JSON object.")
def diff(old: Path, new: Path, given: str, as_json: bool) -> int:
    """Say what changed from the delivery OLD to the delivery NEW; each is a file or a project.

    Articles by their id and annotator, spans by where they lie and their label: + came, - went, ~ changed.
    """
    found = compare(partial(records_in, old, given), partial(records_in, new, given))
    bad = any(fault.code not in WARNINGS for fault in found.faults)
    if as_json:
        say_json(_as_json(found, not bad))
        return BAD_DATA if bad else DONE
    for fault in found.faults:
        say_fault(fault)
    for article in found.articles:
        _say_article(article)
    for kind, title in _KINDS.items():
        counted = found.counted(kind)
        if any(counted):
            say(_counts(_(title), counted))
    same = plural("{count} article is the same", "{count} articles are the same", found.same)
    say(same.format(count=found.same))
    return BAD_DATA if bad else DONE


def _say_article(article: ArticleDifference) -> None:
    whose = f" ({article.annotator})" if article.annotator else ""
    say(f"{_SIGNS[article.how]} {article.id}{whose}")
    for detail in article.details:
        title = _(_KINDS[detail.what])
        said = " → ".join(part[:_SHOWN] for part in _sides(detail))
        say(f"    {_SIGNS[detail.how]} {title}: {said}")


def _sides(detail: Detail) -> list[str]:
    if detail.how == "changed":
        return [detail.before or "–", detail.after or "–"]
    return [detail.after or detail.before]


def _counts(title: str, counted: Changed) -> str:
    signs = [f"+{counted.added}", f"-{counted.removed}", f"~{counted.changed}"]
    return f"{title}: {' '.join(sign for sign in signs if int(sign[1:]))}"


def _as_json(found: Difference, ok: bool) -> dict[str, object]:
    return {
        "ok": ok,
        "same": found.same,
        "counts": {kind: found.counted(kind)._asdict() for kind in _KINDS},
        "articles": [
            {**article._asdict(), "details": [detail._asdict() for detail in article.details]}
            for article in found.articles
        ],
        "faults": [*map(fault_as_json, found.faults)],
    }
