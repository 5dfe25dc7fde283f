"""The spans of an article by place: what lies here, what comes next.

Both are answered near the place asked about: the cost does not follow the number of spans in the article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from app.model.annotation import Change, Span, span_order

SUGGESTED = "suggested"
"""The status of spans that came with a file and were not decided yet: they are no marks."""

_BLOCK = 256


class PlacedSpans:
    """The spans of one article, found by where they are."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans: dict[str, Span] = {}
        self._blocks: defaultdict[int, dict[str, Span]] = defaultdict(dict)
        for span in spans:
            self._insert(span)

    def __len__(self) -> int:
        return len(self._spans)

    def __contains__(self, id: str) -> bool:
        return id in self._spans

    def get(self, id: str) -> Span | None:
        """The span called `id`, or None."""
        return self._spans.get(id)

    def overlapping(self, start: int, end: int) -> list[Span]:
        """Spans whose hull shares a code point with `[start, end)`, in no order."""
        first, last = start // _BLOCK, max(end - 1, start) // _BLOCK
        if first == last:
            block = self._blocks.get(first)
            return [s for s in block.values() if s.start < end and s.end > start] if block else []
        found: dict[str, Span] = {}
        for number in range(first, last + 1):
            if number in self._blocks:
                found.update(self._blocks[number])
        return [span for span in found.values() if span.start < end and span.end > start]

    def exchange(self, removed: Iterable[Span], added: Iterable[Span]) -> None:
        """Take spans out and put spans in."""
        for span in removed:
            self._remove(span)
        for span in added:
            self._insert(span)

    def following(self, key: tuple[int, int, str, str], limit: int) -> Span | None:
        """The next span in reading order after the sort key `key`; `limit` is the text's length."""
        for number in range(max(key[0], 0) // _BLOCK, limit // _BLOCK + 1):
            later = [span for span in self._starting(number) if span_order(span) > key]
            if later:
                return min(later, key=span_order)
        return None

    def preceding(self, key: tuple[int, int, str, str]) -> Span | None:
        """The last span in reading order before the sort key `key`."""
        for number in range(key[0] // _BLOCK, -1, -1):
            earlier = [span for span in self._starting(number) if span_order(span) < key]
            if earlier:
                return max(earlier, key=span_order)
        return None

    def _starting(self, number: int) -> Sequence[Span]:
        if number not in self._blocks:
            return ()
        return [span for span in self._blocks[number].values() if span.start // _BLOCK == number]

    def _insert(self, span: Span) -> None:
        # Ten thousand times at every opening of a long article: no property, no range where one block holds it.
        id, fragments, blocks = span[0], span[2], self._blocks
        self._spans[id] = span
        first, last = fragments[0][0] // _BLOCK, (fragments[-1][1] - 1) // _BLOCK
        blocks[first][id] = span
        if first != last:
            for number in range(first + 1, last + 1):
                blocks[number][id] = span

    def _remove(self, span: Span) -> None:
        self._spans.pop(span.id, None)
        for number in range(span.start // _BLOCK, (span.end - 1) // _BLOCK + 1):
            self._blocks[number].pop(span.id, None)


def without_suggested(change: Change) -> Change:
    """What a step did to spans that are marks: one that was suggested is made by being accepted."""
    removed, added = change.removed, change.added
    if all(span.status != SUGGESTED for span in (*removed, *added)):
        return change
    return change._replace(
        removed=tuple(span for span in removed if span.status != SUGGESTED),
        added=tuple(span for span in added if span.status != SUGGESTED),
    )
