"""The texts that are measured: one article, the same 20 times over, the same 200 times over, with their spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import orjson

from resources import resource, sample_names

SIZES = {"x1": (1, 60), "x20": (20, 1_000), "x200": (200, 10_000)}
BETWEEN = "\n\n"
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
    for number in range(documents):
        head = f"{number + 1}. "
        whole = head + BETWEEN.join([text] * times)
        spans = [
            (start + shift, end + shift, label)
            for k in range(times)
            for shift in [len(head) + k * (len(text) + len(BETWEEN))]
            for start, end, label in alone
        ]
        yield orjson.dumps(_line(f"article-{number + 1}", whole, spans)) + b"\n"


def _line(id: str, text: str, spans: list[tuple[int, int, str]]) -> dict[str, object]:
    from app.model.document import text_sha256

    return {
        "format": "hashiya-jsonl",
        "format_version": "1.0",
        "id": id,
        "text": text,
        "text_sha256": text_sha256(text),
        "text_length": len(text),
        "offset_unit": "unicode_code_point",
        "offset_interval": "half_open",
        "language": "ar",
        "title": "",
        "schema": "conflict-news",
        "schema_version": "1",
        "annotator": "bench",
        "role": "annotator",
        "is_gold": False,
        "status": "in_progress",
        "flagged": False,
        "note": "",
        "created_at": "2026-01-31T10:00:00.000Z",
        "updated_at": "2026-01-31T10:00:00.000Z",
        "spans": [_span(f"{k:05}", text, *span) for k, span in enumerate(sorted(spans, key=lambda s: (s[0], -s[1])))],
        "relations": [],
        "fields": [],
        "meta": [],
    }


def _span(id: str, text: str, start: int, end: int, label: str) -> dict[str, object]:
    return {
        "id": id,
        "start": start,
        "end": end,
        "label": label,
        "text": text[start:end],
        "fragments": [{"start": start, "end": end}],
        "attributes": [],
        "status": "accepted",
        "source": "manual",
        "source_name": "",
        "score": None,
        "edited": False,
        "note": "",
        "created_at": "2026-01-31T10:00:00.000Z",
        "updated_at": "2026-01-31T10:00:00.000Z",
    }
