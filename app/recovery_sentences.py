"""What came back of a damaged project and what is lost, in words: for a terminal and for a window."""

from __future__ import annotations

from pathlib import Path

from app.errors import ProjectError
from app.recover import Recovery
from app.wording import _, describe, isolated


def headline(project: Path, done: Recovery) -> str:
    """Where it went."""
    said = _("{file} was read and not changed. What came back is in {out}.")
    return said.format(file=isolated(str(project)), out=isolated(str(done.path)))


def report(done: Recovery) -> list[str]:
    """How much came back, what came from where, and each thing that is lost, a line each."""
    salvaged = done.salvaged
    counted = _("Articles: {articles} · spans: {spans} · relations: {relations} · answers: {answers} · steps: {steps}")
    lines = [
        counted.format(
            articles=salvaged.articles,
            spans=salvaged.spans,
            relations=salvaged.relations,
            answers=salvaged.answers,
            steps=salvaged.steps,
        )
    ]
    if salvaged.decisions or salvaged.models:
        learned = _("Decisions about suggestions: {decisions} · models: {models}")
        lines.append(learned.format(decisions=salvaged.decisions, models=len(salvaged.models)))
    for name, ids in done.texts.items():
        taken = _("The text from {file}, the labels as they were last: {articles}")
        lines.append(taken.format(file=isolated(name), articles=", ".join(map(isolated, ids))))
    for name, ids in done.filled.items():
        taken = _("From {file}, as they were when it was written: {articles}")
        lines.append(taken.format(file=isolated(name), articles=", ".join(map(isolated, ids))))
    lines += [_("Lost: the article {document}.").format(document=isolated(id)) for id in done.lost]
    for id in sorted({*salvaged.spans_lost, *salvaged.relations_lost}):
        spans, relations = salvaged.spans_lost.get(id, 0), salvaged.relations_lost.get(id, 0)
        lost = _("Lost in the article {document}: spans {spans}, relations {relations}.")
        lines.append(lost.format(document=isolated(id), spans=spans, relations=relations))
    lines += [describe(ProjectError("layer-damaged", document=id)) for id in dict.fromkeys(salvaged.changed)]
    return lines


def is_short(done: Recovery) -> bool:
    """Whether anything is lost, or not as it was."""
    salvaged = done.salvaged
    gone = (salvaged.spans_lost, salvaged.relations_lost, salvaged.layers_without_article)
    return bool(done.lost or salvaged.changed or any(gone))
