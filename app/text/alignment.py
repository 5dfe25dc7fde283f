"""Spans laid on tokens, for formats that know no other places. Offsets are code points, half-open."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from app.text.tokens import token_at

POLICIES: Final = ("split", "expand", "refuse")
"""What is done about a span that begins or ends within a token: split the token, take it whole, leave the span out."""

_PLAIN: Final = re.compile(
    r"([ء-غف-ي]+(?=[ \n،؛.»]|\Z)|[0-9]+(?=[ \n،؛»]|\Z)|[،؛»«](?=[ \nء-غف-ي0-9»«]|\Z))| (?=[ء-غف-ي0-9«])"
)
"""A word of bare Arabic letters or digits, a mark that binds nothing, or one space: what is seen at a glance."""

Stretch = tuple[int, int]
Places = Mapping[str, Sequence[Stretch]]
"""Where spans lie: the fragments of each, sorted and disjoint, by its id."""


class Aligned(NamedTuple):
    """Tokens, and on them the places of the spans that could be laid there: `[first, last)` for each fragment.

    `changed` names the spans that do not lie as they did, each with why: `grew` to whole tokens, `trimmed` of white
    space at its ends, `cuts-token` and left out, `no-token` in it and left out.
    """

    tokens: list[Stretch]
    places: dict[str, list[Stretch]]
    changed: list[tuple[str, str]]


def tokens_of(text: str) -> list[Stretch]:
    """The words and marks of `text`, without the white space and invisible controls between them."""
    found, k = [], 0
    while k < len(text):
        if plain := _PLAIN.match(text, k):
            if plain[1]:
                found.append(plain.span())
            k = plain.end()
            continue
        start, end, kind = token_at(text, k)
        end = max(end, k + 1)
        if kind != "space":
            found.append((max(start, k), end))
        k = end
    return found


def align(text: str, spans: Places, policy: str = "split") -> Aligned:
    """The tokens of `text` with `spans` laid on them as `policy` says. Raises ValueError for an unknown policy."""
    if policy not in POLICIES:
        raise ValueError(f"there is no alignment policy {policy}")
    tokens = _with_hidden(text, tokens_of(text), [piece for pieces in spans.values() for piece in pieces])
    if policy == "split":
        edges = {edge for pieces in spans.values() for piece in pieces for edge in piece}
        tokens = list(_split(tokens, sorted(edges)))
    made = Aligned(tokens, {}, [])
    starts, ends = [start for start, _end in tokens], [end for _start, end in tokens]
    for id, pieces in spans.items():
        laid = [(bisect_right(ends, start), bisect_left(starts, end)) for start, end in pieces]
        _lay(made, id, list(pieces), laid, policy)
    return made


def _lay(made: Aligned, id: str, pieces: list[Stretch], laid: list[Stretch], policy: str) -> None:
    filled = [(piece, place) for piece, place in zip(pieces, laid, strict=True) if place[0] < place[1]]
    if not filled:
        made.changed.append((id, "no-token"))
        return
    covered = [(made.tokens[first][0], made.tokens[last - 1][1]) for _piece, (first, last) in filled]
    grew = any(now[0] < was[0] or now[1] > was[1] for (was, _place), now in zip(filled, covered, strict=True))
    if grew and policy == "refuse":
        made.changed.append((id, "cuts-token"))
        return
    if grew or covered != pieces:
        made.changed.append((id, "grew" if grew else "trimmed"))
    made.places[id] = _merged([place for _piece, place in filled])


def _merged(places: list[Stretch]) -> list[Stretch]:
    """`places` in their order, those that share a token as one."""
    merged: list[Stretch] = []
    for first, last in places:
        if merged and first < merged[-1][1]:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return merged


def _with_hidden(text: str, tokens: list[Stretch], pieces: list[Stretch]) -> list[Stretch]:
    """`tokens`, and as tokens of their own the marks and controls that some piece holds and no token does."""
    starts, ends = [start for start, _end in tokens], [end for _start, end in tokens]
    empty = [piece for piece in pieces if bisect_right(ends, piece[0]) >= bisect_left(starts, piece[1])]
    hidden = sorted({k for start, end in empty for k in range(start, end) if not text[k].isspace()})
    return sorted([*tokens, *_runs(hidden)]) if hidden else tokens


def _runs(positions: list[int]) -> Iterator[Stretch]:
    breaks = [0, *(i + 1 for i, (a, b) in enumerate(pairwise(positions)) if b > a + 1), len(positions)]
    for first, beyond in pairwise(breaks):
        yield positions[first], positions[beyond - 1] + 1


def _split(tokens: Iterable[Stretch], edges: list[int]) -> Iterator[Stretch]:
    for start, end in tokens:
        within = edges[bisect_right(edges, start) : bisect_left(edges, end)]
        yield from pairwise([start, *within, end])
