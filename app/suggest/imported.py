"""Suggestions that came with a file: spans that nobody has accepted yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.model.annotation import Annotations
from app.suggest.base import Suggestion, Why
from app.suggest.confidence import expected

NAME: Final = "import"


def imported(annotations: Annotations) -> Iterator[Suggestion]:
    """What the spans with the status "suggested" suggest, with the source and the score that they came with."""
    for span in annotations.spans.values():
        if span.status != "suggested":
            continue
        source = "import" if span.source == "manual" else span.source
        name = span.source_name or NAME
        score = expected(NAME) if span.score is None else min(max(span.score, 0.0), 1.0)
        why = Why("came-with-file", {"name": name})
        yield Suggestion(span.label, span.start, span.end, source, name, score, why, span.attributes)


def without_suggested(annotations: Annotations) -> Annotations:
    """What somebody has marked: `annotations` without such spans, itself where it has none."""
    if all(span.status == "accepted" for span in annotations.spans.values()):
        return annotations
    kept = [span for span in annotations.spans.values() if span.status == "accepted"]
    ids = {span.id for span in kept}
    links = [link for link in annotations.relations.values() if {link.head, link.child} <= ids]
    return Annotations.of(kept, links, annotations.state)
