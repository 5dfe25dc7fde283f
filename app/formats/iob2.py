"""IOB2, as CoNLL-2003 has it, in two columns: a token, a tab and its tag; a blank line after each paragraph.

`-DOCSTART- (ID)` begins an article. One token has one tag, so of spans that overlap the longest first one is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from app.errors import Fault
from app.formats.losses import note_uncarried
from app.formats.registry import Files, Format, Loss, Lost, ReadOptions, WriteOptions
from app.formats.safe_names import safe_name
from app.formats.sources import name_of
from app.formats.token_lines import (
    DOC_START,
    IN_ONE_LINE,
    OUTSIDE,
    Labels,
    Laid,
    OwnIds,
    Stretch,
    TaggedLines,
    lay,
    note_white_space,
)
from app.formats.written_lines import written_lines
from app.model.annotation import Span
from app.model.record import Record
from app.sentences import N_


def write(records: Iterable[Record], files: Files, options: WriteOptions) -> None:
    """Write `records`, those without a word left out."""
    labels, ids = Labels(options.lost), OwnIds(options.lost)
    with files.open() as stream:
        for record in records:
            note_uncarried(record, FORMAT.carries, options.lost)
            laid = lay(record, options)
            if not laid.tokens and record.document.text:
                options.lost(Loss(record.document.id, what="empty-text"))
            note_white_space(record, laid, options.lost)
            lines = _lines(record, laid, labels, ids, options.lost)
            stream.write("".join(f"{line}\n" for line in lines).encode())


def _lines(record: Record, laid: Laid, labels: Labels, ids: OwnIds, lost: Lost) -> Iterator[str]:
    if not laid.tokens:
        return
    text = record.document.text
    tags = [OUTSIDE] * len(laid.tokens)
    for span, (first, last) in flat(record.document.id, laid.spans, lost):
        name = labels.name(span.label)
        tags[first:last] = [f"B-{name}", *[f"I-{name}"] * (last - first - 1)]
    yield f"{DOC_START} ({safe_name(ids.name_for(record.document.id), IN_ONE_LINE)})\t{OUTSIDE}"
    yield ""
    for first, last in laid.sentences:
        for (start, end), tag in zip(laid.tokens[first:last], tags[first:last], strict=True):
            yield f"{text[start:end]}\t{tag}"
        yield ""


def flat(document: str, spans: list[tuple[Span, list[Stretch]]], lost: Lost) -> Iterator[tuple[Span, Stretch]]:
    """Those of `spans` that share no token with a longer one before them; each other one is told of."""
    owners: dict[int, tuple[Span, Stretch]] = {}
    for span, places in sorted(spans, key=lambda one: (one[1][0][0], -one[1][-1][1])):
        tokens = [token for first, last in places for token in range(first, last)]
        other = next((owners[token] for token in tokens if token in owners), None)
        if other is None:
            owners |= {token: (span, place) for place in places for token in range(*place)}
            yield from ((span, place) for place in places)
        else:
            values = (("label", span.label), ("kept", other[0].id))
            lost(Loss(document, span.id, "", _relation(span, places, *other), values))


def _relation(span: Span, places: list[Stretch], other: Span, place: Stretch) -> str:
    if places == [place]:
        return "overlap"
    if place[0] <= places[0][0] and places[-1][1] <= place[1]:
        return "same-label-nested" if span.label == other.label else "nested"
    return "crossing"


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The articles of a file of tokens and tags in its first and last column, IOB1 and IOBES too."""
    lines = written_lines(path, options.encoding)
    return TaggedLines(str(path), name_of(path), several=False).read(lines)


FORMAT = Format(
    "iob2",
    N_("IOB2 (CoNLL-2003)"),
    (".iob2", ".iob", ".conll", ".bio"),
    frozenset({"sub-word"}),
    read,
    write,
    tokens=True,
)
