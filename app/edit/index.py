"""What is derived from the spans of a document and kept up with each step, so that no step walks all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from app.model.annotation import Change, Fragment, Span

Stretch = tuple[tuple[Fragment, ...], str]


class SpanIndex:
    """Accepted spans by the stretch and label they carry, and counted by label."""

    __slots__ = ("_counts", "_ids", "counts")

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._ids: dict[Stretch, tuple[str, ...]] = {}
        self._counts: dict[str, int] = {}
        self.counts: Mapping[str, int] = MappingProxyType(self._counts)
        self._add(spans)

    def find(self, fragments: tuple[Fragment, ...], label: str) -> str:
        """The id of a span that covers exactly `fragments` and is called `label`, or ""."""
        return self._ids.get((fragments, label), ("",))[0]

    def follow(self, change: Change) -> None:
        """Be the index of the annotations after `change`."""
        self._remove(change.removed)
        self._add(change.added)

    def _add(self, spans: Iterable[Span]) -> None:
        for span in spans:
            if span.status == "accepted":
                stretch = (span.fragments, span.label)
                self._ids[stretch] = (*self._ids.get(stretch, ()), span.id)
                self._counts[span.label] = self._counts.get(span.label, 0) + 1

    def _remove(self, spans: Iterable[Span]) -> None:
        for span in spans:
            if span.status == "accepted":
                self._drop((span.fragments, span.label), span.id)
                self._counts[span.label] -= 1
                if not self._counts[span.label]:
                    del self._counts[span.label]

    def _drop(self, stretch: Stretch, id: str) -> None:
        left = tuple(other for other in self._ids[stretch] if other != id)
        if left:
            self._ids[stretch] = left
        else:
            del self._ids[stretch]
