"""`hashiya evaluate`: predicted spans held against those of a person."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import click

from app.cli.output import BAD_DATA, DONE, say, say_failure, say_fault, say_json
from app.convert import records_in
from app.errors import CallError, Fault, FaultyFile, HashiyaError
from app.formats.findings import WARNINGS
from app.model.annotation import Annotations
from app.model.document import text_sha256
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

    Exit status 0: all was compared, 1: something could not be read, or the text of an article is not the same in both.
    """
    marked, guessed = _read(gold), _read(predicted)
    ids = list(dict.fromkeys((*marked.found, *guessed.found)))
    both = marked.found.keys() & guessed.found.keys()
    others = [id for id in ids if id in both and marked.texts[id] != guessed.texts[id]]
    if not both:
        raise CallError("nothing-in-common", file=predicted.name, other=gold.name)
    nothing = Annotations()
    kept = [id for id in ids if id not in others]
    found = evaluate((marked.found.get(id, nothing), guessed.found.get(id, nothing)) for id in kept)
    is_bad = bool(others) or marked.is_bad or guessed.is_bad
    if as_json:
        scores = [{"what": what, "name": name, **_rates(score)} for what, name, score in rows(found)]
        say_json({"ok": not is_bad, "articles": len(kept), "other_texts": others, "scores": scores})
        return BAD_DATA if is_bad else DONE
    for id in others:
        say_failure(HashiyaError("texts-differ", id=id, file=predicted.name, other=gold.name))
    say(plural("{count} article", "{count} articles", len(kept)).format(count=len(kept)))
    _say_scores(rows(found))
    return BAD_DATA if is_bad else DONE


class _Read(NamedTuple):
    """What a file marks, by the id of the article; of several annotators the first."""

    found: dict[str, Annotations]
    texts: dict[str, str]
    is_bad: bool


def _read(path: Path) -> _Read:
    found: dict[str, Annotations] = {}
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    for one in records_in(path):
        if isinstance(one, Fault):
            faults.append(one)
        elif one.document.id not in found:
            found[one.document.id] = one.annotations or Annotations()
            texts[one.document.id] = text_sha256(one.document.text)
    if faults and not found:
        raise FaultyFile("nothing-to-compare", tuple(faults), file=path.name)
    for fault in faults:
        say_fault(fault)
    return _Read(found, texts, any(fault.code not in WARNINGS for fault in faults))


def _say_scores(told: Iterable[tuple[str, str, Score]]) -> None:
    for what, name, score in told:
        if score != Score():
            counts = f"({score.right}/{score.predicted}/{score.gold})"
            said = f"P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}  {counts}"
            say(f"{_(_TITLES[what]):<14}  {name or _('all'):<18}  {said}")


def _rates(score: Score) -> dict[str, float]:
    rates = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return {**score._asdict(), **{name: round(rate, 4) for name, rate in rates.items()}}
