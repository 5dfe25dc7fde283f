"""Which spans of a line are drawn above which: each lane is an underline with its tags, the first next to the text."""

from __future__ import annotations

from collections.abc import Iterable

from app.model.annotation import Span


def lanes(spans: Iterable[Span], start: int, end: int) -> dict[str, int]:
    """The lane of each span, by its id, on the line `[start, end)`.

    It is the lowest that no shorter span overlapping it there has taken: the innermost lies next to the text, no lane
    is left empty, and the answer does not depend on the order in which the spans were made.
    """
    taken: list[list[tuple[int, int]]] = []
    found: dict[str, int] = {}
    for span in sorted(spans, key=_length):
        first, last = max(span.start, start), min(span.end, end)
        lane = next((k for k, used in enumerate(taken) if all(a >= last or b <= first for a, b in used)), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((first, last))
        found[span.id] = lane
    return found


def _length(span: Span) -> tuple[int, int, str, str]:
    return span.end - span.start, span.start, span.label, span.id
