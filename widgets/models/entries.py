"""What the palette of commands finds: entries by their titles in both languages, those used last before the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from app.text.folding import fold

_WHOLE, _BEGINS, _WORD_BEGINS, _INSIDE = 0, 1, 2, 3


class Entry(NamedTuple):
    """One thing that can be asked for. `others` are further words it is found by, `kind` what it is, said beside it.

    `reason` says why it cannot be had now; "" when it can. `id` is remembered of what was used last.
    """

    id: str
    title: str
    do: Callable[[], object]
    others: str = ""
    kind: str = ""
    key: str = ""
    reason: str = ""
    ink: str = ""


class _Found(NamedTuple):
    behind: bool
    rank: int
    recent: int
    at: int


@cache
def folded(text: str) -> str:
    """`text` as it is compared: spellings that readers take for one are one, and capitals are small."""
    return fold(text).text.casefold()


class Entries:
    """Entries that can be searched in the time of a key press. `recent` are ids, those used last first."""

    def __init__(self, entries: Iterable[Entry], recent: Sequence[str] = ()) -> None:
        self._entries = list(entries)
        self._words: list[tuple[str, str]] = []  # folded with the first letter, not before the palette is seen
        self._recent = {id: n for n, id in enumerate(recent)}

    def matching(self, text: str) -> list[Entry]:
        """The entries that hold every word of `text`: those that can be had before those that cannot, the best first.

        Of equals it is the one used last, then they are in order. What is called just so is first though it cannot be
        had: another is not to be done in its place.
        """
        wanted = folded(text).split()
        if wanted and not self._words:
            self._words = [(folded(entry.title), folded(entry.others)) for entry in self._entries]
        found = []
        for at, entry in enumerate(self._entries):
            rank = _rank(wanted, *self._words[at]) if wanted else _WHOLE
            if rank is not None:
                behind = bool(entry.reason) and not (wanted and rank == _WHOLE)
                found.append(_Found(behind, rank, self._recent.get(entry.id, len(self._recent)), at))
        return [self._entries[one.at] for one in sorted(found)]


def _rank(wanted: Sequence[str], title: str, others: str) -> int | None:
    if not all(word in title or word in others for word in wanted):
        return None
    whole = " ".join(wanted)
    if title == whole:
        return _WHOLE
    for text in (title, others):
        if text.startswith(whole):
            return _BEGINS
    both = f" {title} {others}"
    return _WORD_BEGINS if all(f" {word}" in both for word in wanted) else _INSIDE
