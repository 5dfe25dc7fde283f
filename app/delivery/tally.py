"""What a delivery holds, counted while it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from app.formats.registry import Loss
from app.model.annotation import Span
from app.model.plain_spans import PlainSpans
from app.model.record import Record


class Tally:
    """Counts of the records that passed, and of what was lost of them.

    `unknown` are examples of keys that Hashiya does not know, by what holds them: a line, a span or a relation.
    """

    def __init__(self) -> None:
        self.records = self.spans = self.relations = self.characters = 0
        self.labels: Counter[str] = Counter()
        self.relation_labels: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()
        self.annotators: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.files: Counter[str] = Counter()
        self.losses: Counter[str] = Counter()
        self.unknown: dict[str, dict[str, Any]] = {}

    def passing(self, records: Iterable[Record], file: str = "") -> Iterator[Record]:
        """`records`, each counted as one of `file`."""
        self.files[file] += 0
        for record in records:
            self._count(record)
            self.files[file] += 1
            yield record

    def take(self, other: Tally, file: str = "") -> None:
        """Count what `other` has counted as well, its records as ones of `file`."""
        self.records += other.records
        self.spans += other.spans
        self.relations += other.relations
        self.characters += other.characters
        self.files[file] += other.records
        for name in ("labels", "relation_labels", "statuses", "annotators", "languages", "losses"):
            getattr(self, name).update(getattr(other, name))
        for owner, keys in other.unknown.items():
            known = self.unknown.setdefault(owner, {})
            for name, value in keys.items():
                known[name] = merged(known.get(name), value)

    def lose(self, loss: Loss) -> None:
        """Count something that could not be carried."""
        self.losses[loss.what] += 1

    def _count(self, record: Record) -> None:
        self.records += 1
        self.characters += len(record.document.text)
        self.languages[record.document.language] += 1
        annotations = record.annotations
        if annotations is None:
            self.statuses["new"] += 1
            return
        self.annotators[record.annotator] += 1
        self.statuses[annotations.state.status] += 1
        self.spans += len(annotations.spans)
        self.relations += len(annotations.relations)
        self._count_spans(annotations.spans)
        self.relation_labels.update(link.label for link in annotations.relations.values())
        self._meet("line", record.document.extra, annotations.state.extra)
        self._meet("relation", *(link.extra for link in annotations.relations.values()))

    def _count_spans(self, spans: Mapping[str, Span]) -> None:
        if isinstance(spans, PlainSpans):
            self.labels.update([row.label for row in spans.rows])
            return
        self.labels.update([span.label for span in spans.values()])
        self._meet("span", *(span.extra for span in spans.values()))

    def _meet(self, owner: str, *extras: str) -> None:
        for extra in extras:
            if extra:
                known = self.unknown.setdefault(owner, {})
                for name, value in orjson.loads(extra).items():
                    known[name] = merged(known.get(name), value)


def merged(known: Any, value: Any) -> Any:
    """One value that has the form of both, as far as two JSON values can have one form."""
    if isinstance(value, dict) and isinstance(known, dict | None):
        return (known or {}) | {name: merged((known or {}).get(name), item) for name, item in value.items()}
    if isinstance(value, list) and isinstance(known, list | None):
        of_all = None
        for item in [*(known or ()), *value]:
            of_all = merged(of_all, item)
        return [] if of_all is None else [of_all]
    if isinstance(known, int) and isinstance(value, float) and not isinstance(known, bool):
        return value
    return value if known is None else known
