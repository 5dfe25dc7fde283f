"""Wojood: nested Arabic entities, a token a line with a tag for each span that it lies in, and spaces between them.

Its loader makes a sequence of each paragraph, so an article is divided at its paragraphs, and keeps of spans within
spans of their own label the outer ones alone. Outer spans come first on a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from app.errors import Fault
from app.formats.losses import note_uncarried
from app.formats.registry import Files, Format, Loss, Lost, ReadOptions, WriteOptions
from app.formats.sources import name_of
from app.formats.token_lines import OUTSIDE, Labels, Laid, Stretch, TaggedLines, lay, note_white_space
from app.formats.written_lines import written_lines
from app.model.annotation import Span
from app.model.record import Record
from app.sentences import N_


def write(records: Iterable[Record], files: Files, options: WriteOptions) -> None:
    """Write `records`, those without a word left out."""
    labels = Labels(options.lost)
    with files.open() as stream:
        for record in records:
            note_uncarried(record, FORMAT.carries, options.lost)
            laid = lay(record, options)
            if not laid.tokens and record.document.text:
                options.lost(Loss(record.document.id, what="empty-text"))
            if len(laid.sentences) > 1:
                options.lost(Loss(record.document.id, what="article-divided"))
            note_white_space(record, laid, options.lost)
            lines = _lines(record, laid, labels, options.lost)
            stream.write("".join(f"{line}\n" for line in lines).encode())


def _lines(record: Record, laid: Laid, labels: Labels, lost: Lost) -> Iterator[str]:
    text = record.document.text
    tags: list[list[str]] = [[] for _token in laid.tokens]
    for span, (first, last) in _without_crossing_of_one_label(record.document.id, laid.spans, lost):
        name = labels.name(span.label)
        tags[first].append(f"B-{name}")
        for token in range(first + 1, last):
            tags[token].append(f"I-{name}")
    for first, last in laid.sentences:
        for (start, end), of_token in zip(laid.tokens[first:last], tags[first:last], strict=True):
            yield f"{text[start:end]} {' '.join(of_token) or OUTSIDE}"
        yield ""


def _without_crossing_of_one_label(
    document: str, spans: list[tuple[Span, list[Stretch]]], lost: Lost
) -> list[tuple[Span, Stretch]]:
    """`spans`, the outer first, without those that cross one of their own label; nesting in one's own is told of."""
    kept: list[tuple[Span, Stretch]] = []
    going_on: dict[str, list[tuple[Span, int]]] = {}
    pieces = [(span, place) for span, places in spans for place in places]
    for span, (first, last) in sorted(pieces, key=lambda one: (one[1][0], -one[1][1])):
        outer = [one for one in going_on.get(span.label, ()) if one[1] > first]
        if outer:
            what = "same-label-nested" if last <= outer[-1][1] else "crossing"
            lost(Loss(document, span.id, "", what, (("label", span.label), ("outer", outer[-1][0].id))))
            if what == "crossing":
                continue
        going_on[span.label] = [*outer, (span, last)]
        kept.append((span, (first, last)))
    return kept


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The articles of a file: each of its sequences, or what lies between two lines of `-DOCSTART-`."""
    lines = written_lines(path, options.encoding)
    return TaggedLines(str(path), name_of(path), several=True).read(lines)


FORMAT = Format(
    "wojood",
    N_("Wojood (nested IOB2)"),
    (".wojood",),
    frozenset({"overlap", "nested", "sub-word"}),
    read,
    write,
    tokens=True,
)
