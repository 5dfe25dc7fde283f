"""`hashiya evaluate`: predicted spans held against those of a person."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.output import DONE, say, say_fault, say_json
from app.convert import records_in
from app.errors import CallError, Fault
from app.model.annotation import Annotations
from app.sentences import N_
from app.suggest.evaluate import Score, evaluate, rows
from app.wording import _, plural

_TITLES = {
    "exact": N_("both ends"),
    "boundary": N_("one end"),
    "overlap": N_("any overlap"),
    "attribute": N_("attributes"),
    "relation": N_("relations"),
}


@click.command("evaluate")
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("predicted", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Say it as one JSON object.")
def evaluate_files(gold: Path, predicted: Path, as_json: bool) -> int:
    """Say how well the spans in PREDICTED meet those in GOLD, article by article: precision, recall and F1.

    Both are files of any format or projects; articles are matched by their id, and what only one of them has is
    counted as missed or wrong. Spans meet with both ends, with one, or with any overlap.
    """
    marked, guessed = _annotations(gold), _annotations(predicted)
    if not marked.keys() & guessed.keys():
        raise CallError("nothing-in-common", file=predicted.name, other=gold.name)
    nothing = Annotations()
    ids = [*marked, *(id for id in guessed if id not in marked)]
    found = evaluate((marked.get(id, nothing), guessed.get(id, nothing)) for id in ids)
    if as_json:
        scores = [{"what": what, "name": name, **_rates(score)} for what, name, score in rows(found)]
        say_json({"ok": True, "articles": len(ids), "scores": scores})
        return DONE
    say(plural("{count} article", "{count} articles", len(ids)).format(count=len(ids)))
    for what, name, score in rows(found):
        if score != Score():
            counts = f"({score.right}/{score.predicted}/{score.gold})"
            said = f"P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}  {counts}"
            say(f"{_(_TITLES[what]):<14}  {name or _('all'):<18}  {said}")
    return DONE


def _annotations(path: Path) -> dict[str, Annotations]:
    """By the id of the article; of several annotators the first."""
    found: dict[str, Annotations] = {}
    for one in records_in(path):
        if isinstance(one, Fault):
            say_fault(one)
        else:
            found.setdefault(one.document.id, one.annotations or Annotations())
    return found


def _rates(score: Score) -> dict[str, float]:
    rates = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return {**score._asdict(), **{name: round(rate, 4) for name, rate in rates.items()}}
