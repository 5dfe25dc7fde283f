"""Spans as most are (one piece, accepted, made by hand and left so), kept as rows until somebody looks at one.

To write a training file nobody does, and it takes a third of the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.model.annotation import Fragment, Span


class PlainSpan(NamedTuple):
    """What there is to say of one: half-open in code points, `surface` is what it covers, `at` when it was made."""

    id: str
    start: int
    end: int
    label: str
    surface: str
    at: str

    def span(self) -> Span:
        """The span itself."""
        return Span(self.id, self.label, (Fragment(self.start, self.end),), created_at=self.at, updated_at=self.at)


class PlainSpans(Mapping[str, Span]):
    """Spans by their ids; `rows` are the same in the order of the training file."""

    def __init__(self, rows: list[PlainSpan]) -> None:
        self.rows = rows
        self._made: dict[str, Span] | None = None

    def __getitem__(self, id: str) -> Span:
        return self._spans[id]

    def __iter__(self) -> Iterator[str]:
        return (row.id for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def _spans(self) -> dict[str, Span]:
        if self._made is None:
            self._made = {row.id: row.span() for row in self.rows}
        return self._made
