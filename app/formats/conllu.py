"""CoNLL-U: a word a line in ten columns, the spans in MISC; the text comes back to the last space.

`Spans=1-LOCATION,2-ORG` names the spans that a word lies in, by their number in the article. A word that a span cuts
(a clitic and what it is attached to) is a multiword token. White space other than one space stands in `SpacesAfter`
and `SpacesBefore`, written as UDPipe does, and beyond that as `\\uHHHH`. No value holds `=` or `|`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from app.formats.conllu_read import ANNOTATOR, META, NEW_DOCUMENT, TITLE, read
from app.formats.losses import all_but_annotator, note_uncarried
from app.formats.registry import Files, Format, Loss, WriteOptions
from app.formats.safe_names import safe_name
from app.formats.token_lines import IN_ONE_LINE, Labels, Laid, Stretch, lay, words_of
from app.model.annotation import Span
from app.model.record import Record
from app.sentences import N_

_UNSAFE: Final = re.compile(r"(?:[\s\x00-\x1f\x7f-\x9f=|,]|_(?=u))+")
_PLAIN_SPACES: Final = {" ": "\\s", "\t": "\\t", "\r": "\\r", "\n": "\\n", "|": "\\p", "\\": "\\\\"}


def write(records: Iterable[Record], files: Files, options: WriteOptions) -> None:
    """Write `records`, those without a word left out."""
    labels = Labels(options.lost, _UNSAFE)
    with files.open() as stream:
        for record in records:
            note_uncarried(record, FORMAT.carries, all_but_annotator(options.lost))
            laid = lay(record, options)
            if not laid.tokens and record.document.text:
                options.lost(Loss(record.document.id, what="empty-text"))
            for span, places in laid.spans:
                _note_joined(record, span, places, options)
            stream.write("".join(f"{line}\n" for line in _Sheet(record, laid, labels).lines()).encode())


def _note_joined(record: Record, span: Span, places: list[Stretch], options: WriteOptions) -> None:
    if any(before[1] == after[0] for before, after in pairwise(places)):
        options.lost(Loss(record.document.id, span.id, "", "bounds-changed"))


class _Sheet:
    """One article."""

    def __init__(self, record: Record, laid: Laid, labels: Labels) -> None:
        self._record = record
        self._text = record.document.text
        self._tokens = laid.tokens
        self._sentences = laid.sentences
        self._ends = {beyond for _first, beyond in laid.sentences}
        self._spans: list[list[str]] = [[] for _token in laid.tokens]
        for number, (span, places) in enumerate(laid.spans, 1):
            for first, last in places:
                for token in range(first, last):
                    self._spans[token].append(f"{number}-{labels.name(span.label)}")

    def lines(self) -> Iterator[str]:
        """Its lines, without their ends."""
        words = self._words()
        for number, (first, last) in enumerate(self._sentences, 1):
            yield from self._head(number, self._text[self._tokens[first][0] : self._tokens[last - 1][1]])
            for token in range(first, last):
                place = token - first + 1
                parts = words.get(token, 1)
                if parts > 1:
                    start, end = self._tokens[token][0], self._tokens[token + parts - 1][1]
                    misc = self._spaces(token, token + parts - 1)
                    yield _line(f"{place}-{place + parts - 1}", self._text[start:end], misc)
                misc = self._spaces(token, token) if words.get(token, 1) == 1 else []
                start, end = self._tokens[token]
                yield _line(str(place), self._text[start:end], [*self._named(token), *misc])
            yield ""

    def _head(self, number: int, text: str) -> Iterator[str]:
        document = self._record.document
        id = safe_name(document.id, IN_ONE_LINE)
        if number == 1:
            yield f"{NEW_DOCUMENT}{id}"
            if self._record.annotator:
                yield f"{ANNOTATOR}{safe_name(self._record.annotator, IN_ONE_LINE)}"
            if document.title:
                yield f"{TITLE}{safe_name(document.title, IN_ONE_LINE)}"
            for name, value in document.meta:
                yield f"{META}{safe_name(name, _UNSAFE)} = {safe_name(value, IN_ONE_LINE) if value else ''}"
        yield f"# sent_id = {id}-{number}"
        yield f"# text = {' '.join(text.split())}"

    def _words(self) -> dict[int, int]:
        """How many tokens the word has that begins with a token; 0 for the others of a word of several."""
        found: dict[int, int] = {}
        for first, beyond in words_of(self._text, self._tokens):
            found |= {first: beyond - first} | dict.fromkeys(range(first + 1, beyond), 0)
        return found

    def _named(self, token: int) -> list[str]:
        return [f"Spans={','.join(self._spans[token])}"] if self._spans[token] else []

    def _spaces(self, first: int, last: int) -> list[str]:
        """What MISC says of the white space around the word of these tokens."""
        said = []
        if first == 0 and (before := self._text[: self._tokens[0][0]]):
            said.append(f"SpacesBefore={escaped(before)}")
        ends = last + 1 == len(self._tokens)
        after = self._text[self._tokens[last][1] : None if ends else self._tokens[last + 1][0]]
        ends_sentence = last + 1 in self._ends
        if not after:
            said.append("SpaceAfter=No")
        elif after != " " or ends_sentence:
            said.append(f"SpacesAfter={escaped(after)}")
        return said


def escaped(space: str) -> str:
    """What stands between two words, as MISC can hold it."""
    return "".join(_PLAIN_SPACES.get(ch) or (ch if ch.isalnum() else _as_units(ch)) for ch in space)


def _as_units(ch: str) -> str:
    units = ch.encode("utf-16-be", "surrogatepass").hex().upper()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))


def _line(id: str, form: str, misc: list[str]) -> str:
    return "\t".join((id, form, *"_______", "|".join(misc) or "_"))


FORMAT = Format(
    "conllu",
    N_("CoNLL-U"),
    (".conllu",),
    frozenset(
        {
            *("overlap", "nested", "crossing", "same-label-nested", "discontinuous", "sub-word", "multi-line"),
            *("title", "meta"),
        }
    ),
    read,
    write,
    tokens=True,
)
