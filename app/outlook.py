"""What an export of a project would have to carry, looked at beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from app.formats.losses import note_uncarried
from app.formats.registry import Format
from app.model.annotation import Annotations, Span
from app.model.record import Record
from app.store import publishing
from app.store.looking import look
from app.text.tokens import token_at

LOOKED_AT: Final = 2000
"""How many articles are looked into; the others are as these are, more or less."""


class Outlook(NamedTuple):
    """Articles by status and by annotator, spans by label, and how often each of a format's `FEATURES` is met.

    Labels and features are those of the first `looked` of all `articles`.
    """

    articles: int = 0
    looked: int = 0
    statuses: Mapping[str, int] = {}
    annotators: Mapping[str, int] = {}
    labels: Mapping[str, int] = {}
    features: Mapping[str, int] = {}

    def left_out(self, format: Format) -> dict[str, int]:
        """What of this `format` would not carry, and how often it was met."""
        told = {what: count for what, count in self.features.items() if count and what not in format.carries}
        if "relations" in told:
            told.pop("relation-attributes", None)
        return told


def outlook(project: Path, progress: Callable[[int], None] = lambda looked: None) -> Outlook:
    """What is in `project` to be exported; what `progress` raises stops it. Raises ProjectError."""
    labels: Counter[str] = Counter()
    features: Counter[str] = Counter()
    with look(project) as database, database.reading() as connection:
        found = publishing.candidates(connection)
        for looked, one in enumerate(found[:LOOKED_AT], 1):
            line = publishing.line(connection, one.layer, one.document)
            head = line.record.annotations or Annotations()
            record = line.record._replace(annotations=Annotations.of(line.spans, head.relations.values(), head.state))
            labels.update(span.label for span in _spans(record))
            features.update(features_of(record))
            progress(looked)
    statuses, annotators = Counter(one.status for one in found), Counter(one.annotator for one in found)
    return Outlook(len(found), min(len(found), LOOKED_AT), statuses, annotators, labels, features)


def features_of(record: Record) -> Counter[str]:
    """How often each of a format's `FEATURES` is met in `record`; "overlap" is told as what kind of overlap it is."""
    found: Counter[str] = Counter()
    note_uncarried(record, frozenset(), lambda loss: found.update((loss.what,)))
    # Of a relation that is left out nothing else is told.
    for link in (record.annotations or Annotations()).relations.values():
        found.update({"relation-attributes": len(link.attributes), "unknown-keys": bool(link.extra)})
    spans, text = _spans(record), record.document.text
    found["sub-word"] = sum(any(_cuts(text, start, end) for start, end in span.fragments) for span in spans)
    found.update(_overlaps(spans))
    return +found


def _spans(record: Record) -> list[Span]:
    return sorted((record.annotations or Annotations()).spans.values(), key=lambda span: (span.start, -span.end))


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins or ends within a word."""
    first = token_at(text, start)
    last = token_at(text, end - 1)
    return (first[2] != "space" and first[0] < start) or (last[2] != "space" and last[1] > end)


def _overlaps(spans: list[Span]) -> Iterator[str]:
    """For each span, in what ways it overlaps one that begins before it."""
    open_: list[Span] = []
    for span in spans:
        open_ = [other for other in open_ if other.end > span.start]
        within = [other for other in open_ if other.end >= span.end]
        if within:
            yield "nested"
        if any(other.label == span.label for other in within):
            yield "same-label-nested"
        if len(within) < len(open_):
            yield "crossing"
        open_.append(span)
