"""What is derived from the spans of a document and kept up with each step, so that no step walks all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from app.model.annotation import Change, Fragment, Span

Stretch = tuple[tuple[Fragment, ...], str]


class SpanIndex:
    """Accepted spans by the stretch and label they carry, and counted by label."""

    __slots__ = ("_counts", "_ids", "_twins", "counts")

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        there = [span for span in spans if span.status == "accepted"]
        self._ids = {(span.fragments, span.label): span.id for span in there}
        # An imported file may mark one stretch twice with one label.
        self._twins: dict[Stretch, list[str]] = {}
        if len(self._ids) < len(there):
            self._ids = {}
            for span in there:
                self._add_id(span)
        self._counts = Counter([span.label for span in there])
        self.counts: Mapping[str, int] = MappingProxyType(self._counts)

    def find(self, fragments: tuple[Fragment, ...], label: str) -> str:
        """The id of a span that covers exactly `fragments` and is called `label`, or ""."""
        return self._ids.get((fragments, label), "")

    def follow(self, change: Change) -> None:
        """Be the index of the annotations after `change`."""
        for span in change.removed:
            if span.status == "accepted":
                self._drop_id(span)
                self._counts[span.label] -= 1
                if not self._counts[span.label]:
                    del self._counts[span.label]
        for span in change.added:
            if span.status == "accepted":
                self._add_id(span)
                self._counts[span.label] += 1

    def _add_id(self, span: Span) -> None:
        stretch = (span.fragments, span.label)
        if self._ids.setdefault(stretch, span.id) != span.id:
            self._twins.setdefault(stretch, []).append(span.id)

    def _drop_id(self, span: Span) -> None:
        stretch = (span.fragments, span.label)
        twins = self._twins.get(stretch)
        if self._ids[stretch] != span.id:
            self._twins[stretch].remove(span.id)
        elif twins:
            self._ids[stretch] = twins.pop()
        else:
            del self._ids[stretch]
