"""What must hold of values before they are kept."""

from __future__ import annotations

from app.model.annotation import Span


def lies_within(span: Span, length: int) -> bool:
    """Whether the fragments of `span` are sorted, disjoint, not empty and inside a text of `length` code points."""
    reached = 0
    for index, (start, end) in enumerate(span.fragments):
        if start < reached or start >= end or (index and start == reached):
            return False
        reached = end
    return bool(span.fragments) and reached <= length
