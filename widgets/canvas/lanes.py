"""Which spans are where, and in which lane each is drawn.

The lane of a span is the lowest that no shorter span overlapping it has taken, so the innermost lies next to the text
and a lane does not depend on the order in which spans were made. Both questions are answered near the place asked
about: their cost does not follow the number of spans in the article.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator

from app.model.annotation import Span, span_order

_BLOCK = 256


class SpanIndex:
    """The spans of an article by place, with their lanes."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans: dict[str, Span] = {}
        self._blocks: defaultdict[int, dict[str, Span]] = defaultdict(dict)
        self._lanes: dict[str, int] = {}
        for span in spans:
            self._insert(span)

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
            found.update(self._blocks.get(number, {}))
        return [span for span in found.values() if span.start < end and span.end > start]

    def lane(self, span: Span) -> int:
        """The lane of `span`, 0 next to the text."""
        known = self._lanes.get(span.id)
        if known is None:
            for member in sorted(self._group(span), key=_length):
                self._lanes[member.id] = self._lowest_free(member)
            known = self._lanes[span.id]
        return known

    def exchange(self, removed: Iterable[Span], added: Iterable[Span]) -> list[tuple[int, int]]:
        """Take spans out and put spans in; returns the stretches whose drawing changes, moved lanes included."""
        removed, added = list(removed), list(added)
        touched = [(span.start, span.end) for span in (*removed, *added)]
        for span in removed:
            self._remove(span)
        for span in added:
            self._insert(span)
        return touched + self._settle(removed, added)

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

    def _starting(self, number: int) -> Iterator[Span]:
        return (span for span in self._blocks.get(number, {}).values() if span.start // _BLOCK == number)

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

    def _group(self, span: Span) -> list[Span]:
        """Every span whose lane is not known and on which the lane of `span` may depend."""
        group = {span.id: span}
        waiting = [span]
        while waiting:
            member = waiting.pop()
            for other in self.overlapping(member.start, member.end):
                if other.id not in group and other.id not in self._lanes and _length(other) < _length(member):
                    group[other.id] = other
                    waiting.append(other)
        return list(group.values())

    def _lowest_free(self, span: Span) -> int:
        key = _length(span)
        taken = {
            self._lanes[other.id]
            for other in self.overlapping(span.start, span.end)
            if other.id in self._lanes and _length(other) < key
        }
        lane = 0
        while lane in taken:
            lane += 1
        return lane

    def _settle(self, removed: list[Span], added: list[Span]) -> list[tuple[int, int]]:
        """Give new lanes to the added and to those longer ones that must move for them; returns where they lie."""
        here = {span.id for span in added}
        for span in removed:
            if span.id not in here:
                self._lanes.pop(span.id, None)
        waiting = [(_length(span), span) for span in added]
        for span in removed:
            waiting += self._longer(span)
        heapq.heapify(waiting)
        moved, seen = [], set()
        while waiting:
            _, span = heapq.heappop(waiting)
            if span.id in seen or (span.id not in here and span.id not in self._lanes):
                continue
            seen.add(span.id)
            before, lane = self._lanes.get(span.id), self._lowest_free(span)
            self._lanes[span.id] = lane
            if lane != before or span.id in here:
                moved.append((span.start, span.end))
                for other in self._longer(span):
                    heapq.heappush(waiting, other)
        return moved

    def _longer(self, span: Span) -> list[tuple[tuple[int, int, str, str], Span]]:
        key = _length(span)
        return [(_length(o), o) for o in self.overlapping(span.start, span.end) if _length(o) > key]


def _length(span: Span) -> tuple[int, int, str, str]:
    return span.end - span.start, span.start, span.label, span.id
