"""The texts that are measured: one article, the same 20 times over, the same 200 times over, with their spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from app.formats.native import encode
from app.model.annotation import Annotations, Fragment, Span, State
from app.model.document import Document
from app.model.record import Record
from resources import resource, sample_names

SIZES = {"x1": (1, 60), "x20": (20, 1_000), "x200": (200, 10_000)}
BETWEEN = "\n\n"
MOMENT = "2026-01-31T10:00:00.000Z"
_WORDS = re.compile(r"\w+(?: \w+)?")
_LABELS = ("CASUALTY", "LOCATION", "ACTOR", "QUOTE")


def article(file: Path | None) -> str:
    """The text that is measured: `file`, or the first sample article."""
    return (file or resource("samples", sample_names()[0])).read_bytes().decode("utf-8")


def spans_of(text: str, count: int) -> list[tuple[int, int, str]]:
    """`count` spans spread evenly over the words of `text`, every tenth inside a longer one."""
    words = [found.span() for found in _WORDS.finditer(text)]
    step = max(1.0, len(words) / (count * 0.9))
    made: list[tuple[int, int, str]] = []
    for k in range(count):
        start, end = words[min(int(k * 0.9 * step), len(words) - 1)]
        if k % 10 == 9 and made:
            start, end = made[-1][0], words[min(int(k * 0.9 * step) + 4, len(words) - 1)][1]
        made.append((start, end, _LABELS[k % len(_LABELS)]))
    return made


def records(text: str, size: str, documents: int) -> Iterator[bytes]:
    """Lines of a training file: `documents` articles of that size, alike but for their number in the first line."""
    times, count = SIZES[size]
    alone = spans_of(text, count // times)
    for number in range(1, documents + 1):
        head = f"{number}. "
        places = [
            (start + shift, end + shift, label)
            for k in range(times)
            for shift in [len(head) + k * (len(text) + len(BETWEEN))]
            for start, end, label in alone
        ]
        yield _line(f"article-{number}", head + BETWEEN.join([text] * times), places)


def _line(id: str, text: str, places: list[tuple[int, int, str]]) -> bytes:
    in_order = sorted(places, key=lambda place: (place[0], -place[1]))
    spans = [
        Span(f"{k:05}", label, (Fragment(start, end),), created_at=MOMENT, updated_at=MOMENT)
        for k, (start, end, label) in enumerate(in_order)
    ]
    annotations = Annotations.of(spans, state=State("in_progress"))
    document = Document(id, text, language="ar", created_at=MOMENT)
    return encode(Record(document, annotations, "bench", "conflict-news", "2", MOMENT))
