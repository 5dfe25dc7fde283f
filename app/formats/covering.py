"""A text as tokens that leave nothing of it out, with spans laid on them: as spaCy and Prodigy take a text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from app.formats.registry import Loss, Lost
from app.model.annotation import Annotations
from app.model.record import Record
from app.text.alignment import Aligned, Stretch, align


class Token(NamedTuple):
    """One token `[start, end)` of a text; `spaced` says that one space follows, which is no token itself."""

    start: int
    end: int
    spaced: bool


class Covered(NamedTuple):
    """The tokens of a text, and of each span its pieces as `[first, last)` of them."""

    tokens: list[Token]
    places: dict[str, list[Stretch]]


def cover(record: Record, policy: str, lost: Lost) -> Covered:
    """The text of `record` as tokens, its spans laid on them as `policy` says; `lost` hears of each that changed.

    The white space between words is tokens too, but for one space after a word: joined, the tokens are the text.
    With the policy `split` every span lies exactly where it lay.
    """
    text, annotations = record.document.text, record.annotations or Annotations()
    pieces = {span.id: [(start, end) for start, end in span.fragments] for span in annotations.ordered()}
    aligned = align(text, pieces, policy)
    if policy != "split":
        _tell(record, pieces, aligned, lost)
        pieces = {id: [_stretch(aligned, place) for place in places] for id, places in aligned.places.items()}
    begins = {start for stretches in pieces.values() for start, _end in stretches}
    closes = {end for stretches in pieces.values() for _start, end in stretches}
    cuts = {0, len(text)} | begins | closes | {edge for token in aligned.tokens for edge in token}
    tokens = list(_spaced(text, pairwise(sorted(cuts)), begins, closes))
    starts, ends = [token.start for token in tokens], [token.end for token in tokens]
    places = {
        id: [(bisect_left(starts, start), bisect_left(ends, end) + 1) for start, end in stretches]
        for id, stretches in pieces.items()
    }
    return Covered(tokens, places)


def _stretch(aligned: Aligned, place: Stretch) -> Stretch:
    return aligned.tokens[place[0]][0], aligned.tokens[place[1] - 1][1]


def _tell(record: Record, pieces: Mapping[str, Sequence[Stretch]], aligned: Aligned, lost: Lost) -> None:
    for id, why in aligned.changed:
        was = " ".join(f"{start}-{end}" for start, end in pieces[id])
        now = " ".join("{}-{}".format(*_stretch(aligned, place)) for place in aligned.places.get(id, ()))
        lost(Loss(record.document.id, id, "", why, (("was", was), ("now", now))))


def _spaced(text: str, stretches: Iterable[Stretch], begins: set[int], closes: set[int]) -> Iterator[Token]:
    """`stretches` as tokens; a single space goes with the token before it, unless it begins or closes a span."""
    waiting: Stretch | None = None
    for start, end in stretches:
        if waiting and text[start:end] == " " and start not in begins and end not in closes:
            yield Token(*waiting, True)
            waiting = None
            continue
        if waiting:
            yield Token(*waiting, False)
        waiting = start, end
    if waiting:
        yield Token(*waiting, False)
