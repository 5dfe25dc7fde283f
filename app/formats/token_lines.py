"""Articles as lines of tokens and tags: what the formats that write a token a line have in common.

A blank line parts the paragraphs of an article, but not where a span goes on from one to the next. Tags are IOB2: a
`B-` begins every span. White space is no part of a token, and in a label it is escaped (`app.formats.safe_names`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from app.errors import Fault
from app.formats.placing import Naming, Placing
from app.formats.registry import Loss, Lost, WriteOptions
from app.formats.safe_names import plain_name, safe_name
from app.formats.sources import MAX_TEXT_BYTES
from app.formats.written_lines import WrittenLine
from app.model.annotation import Annotations, Span, State
from app.model.document import Document
from app.model.record import Record
from app.text.alignment import align
from app.text.offsets import paragraphs
from app.text.tokens import token_at

DOC_START: Final = "-DOCSTART-"
OUTSIDE: Final = "O"
SPACE: Final = re.compile(r"(?:\s|_(?=u))+")
IN_ONE_LINE: Final = re.compile(r"(?:[^\S ]|[\x00-\x1f\x7f-\x9f]|_(?=u))+")
"""What cannot stand within a line, where spaces can."""

_TAG: Final = re.compile(r"([BIESULM])-(.+)", re.DOTALL)
_DOC_ID: Final = re.compile(re.escape(DOC_START) + r"(?: \((.*)\))?(?:[ \t].*)?", re.DOTALL)
_MOST: Final = MAX_TEXT_BYTES // 4

Stretch = tuple[int, int]


class Laid(NamedTuple):
    """An article on its tokens: where they lie in the text, the sentences and the spans as `[first, last)` of them."""

    tokens: list[Stretch]
    sentences: list[Stretch]
    spans: list[tuple[Span, list[Stretch]]]


def lay(record: Record, options: WriteOptions) -> Laid:
    """`record` on tokens, as the policy of `options` says; each span that does not lie as it did is told of."""
    text = record.document.text
    spans = (record.annotations or Annotations()).ordered()
    aligned = align(text, {span.id: span.fragments for span in spans}, options.alignment)
    for id, why in aligned.changed:
        options.lost(Loss(record.document.id, id, "", why))
    laid = [(span, aligned.places[span.id]) for span in spans if span.id in aligned.places]
    return Laid(aligned.tokens, _sentences(text, aligned.tokens, laid), laid)


def _sentences(text: str, tokens: list[Stretch], laid: list[tuple[Span, list[Stretch]]]) -> list[Stretch]:
    """The paragraphs that hold tokens, those that a span joins as one."""
    starts = [start for start, _end in tokens]
    edges = {bisect_left(starts, end) for _start, end in paragraphs(text)}
    for _span, places in laid:
        for first, last in places:
            edges.difference_update(range(first + 1, last))
    ends = sorted((edges | {len(tokens)}) - {0})
    return list(zip([0, *ends[:-1]], ends, strict=True)) if tokens else []


def words_of(text: str, tokens: Sequence[Stretch]) -> list[Stretch]:
    """The words that spans have split, as `[first, last)` of `tokens`: of several tokens each, and nothing between."""
    words = []
    first = 0
    while first < len(tokens):
        beyond = first + 1
        if beyond < len(tokens) and tokens[beyond][0] == tokens[first][1]:
            end = token_at(text, tokens[first][0])[1]
            while beyond < len(tokens) and tokens[beyond - 1][1] == tokens[beyond][0] and tokens[beyond][1] <= end:
                beyond += 1
        if beyond - first > 1 and tokens[beyond - 1][1] == end:
            words.append((first, beyond))
        else:
            beyond = first + 1
        first = beyond
    return words


class Labels:
    """Labels as they stand in tags; `lost` hears once of each that is escaped."""

    def __init__(self, lost: Lost, unsafe: re.Pattern[str] = SPACE) -> None:
        self._lost = lost
        self._unsafe = unsafe
        self._names: dict[str, str] = {}

    def name(self, label: str) -> str:
        """The name of `label` in a tag."""
        if label not in self._names:
            self._names[label] = safe_name(label, self._unsafe)
            if self._names[label] != label:
                self._lost(Loss("", what="name-escaped", values=(("from", label), ("to", self._names[label]))))
        return self._names[label]


class OwnIds:
    """Ids for a format that knows one article of an id: a second one, of another annotator, gets one of its own."""

    def __init__(self, lost: Lost) -> None:
        self._lost = lost
        self._taken: set[str] = set()

    def name_for(self, id: str) -> str:
        """`id`, or one made of it, which `lost` hears of."""
        name, copies = id, 1
        while name in self._taken:
            copies += 1
            name = f"{id}~{copies}"
        self._taken.add(name)
        if name != id:
            self._lost(Loss(id, what="id-changed", values=(("from", id), ("to", name))))
        return name


def note_white_space(record: Record, laid: Laid, lost: Lost) -> None:
    """Tell of an article whose white space does not come back: any but one space, or one line end, between tokens."""
    text = record.document.text
    if text != text_of([[text[start:end] for start, end in laid.tokens[a:b]] for a, b in laid.sentences]):
        lost(Loss(record.document.id, what="white-space"))


def text_of(sentences: Sequence[Sequence[str]]) -> str:
    """The text that these tokens are read as."""
    return "\n".join(" ".join(sentence) for sentence in sentences)


class TaggedLines:
    """Reads articles of a file of tokens and tags; `several` tags stand on a line, outer spans first."""

    def __init__(self, file: str, name: str, *, several: bool) -> None:
        self._file = file
        self._naming = Naming(file, name)
        self._several = several
        self._clear("", 0)

    def read(self, lines: Iterator[WrittenLine | Fault]) -> Iterator[Record | Fault]:
        """The articles, and what was refused: where there is no `-DOCSTART-`, the whole file is one, or if `several`
        each sentence."""
        marked = False
        for line in lines:
            if isinstance(line, Fault):
                yield line
            elif found := line.text.startswith(DOC_START) and _DOC_ID.fullmatch(line.text):
                yield from self._article()
                self._clear(plain_name(found[1] or ""), line.number)
                marked = True
            elif line.text.strip():
                yield from self._token(line)
            elif self._several and not marked:
                yield from self._article()
                self._clear("", line.number)
            elif self._sentences[-1]:
                self._end_spans()
                self._sentences.append([])
        yield from self._article()

    def _clear(self, id: str, line: int) -> None:
        self._id = id
        self._line = line
        self._length = 0
        self._sentences: list[list[str]] = [[]]
        self._open: list[tuple[str, int]] = []
        self._spans: list[tuple[int, int, int, str]] = []

    def _token(self, line: WrittenLine) -> Iterator[Fault]:
        parts = line.text.split("\t") if "\t" in line.text and not self._several else line.text.split()
        token, tags = parts[0], parts[1:] if self._several else parts[-1:]
        if len(parts) < 2 or not token.strip():
            yield Fault(self._file, line.number, "", "line-malformed", {"value": line.text[:80]})
            return
        start = self._length
        self._length += len(token) + 1
        if self._length > _MOST:
            if start <= _MOST:
                yield Fault(self._file, self._line, "", "text-too-large", {"limit": MAX_TEXT_BYTES // 2**20})
            return
        self._sentences[-1].append(token)
        going_on: list[tuple[str, int]] = []
        for tag in tags:
            found = _TAG.fullmatch(tag)
            if found is None:
                if tag not in (OUTSIDE, "_", ""):
                    yield Fault(self._file, line.number, "", "tag-malformed", {"value": tag[:80]})
                continue
            label = plain_name(found[2])
            earlier = next((one for one in self._open if one[0] == label), None)
            if found[1] in "BSU" or earlier is None:
                going_on.append((label, start))
            else:
                self._open.remove(earlier)
                going_on.append(earlier)
        self._end_spans(start)
        self._open = going_on

    def _end_spans(self, before: int | None = None) -> None:
        """End the open spans where the token before `before` ends."""
        end = (self._length if before is None else before) - 1
        self._spans += [(start, end, self._line, label) for label, start in self._open]
        self._open = []

    def _article(self) -> Iterator[Record | Fault]:
        self._end_spans()
        if self._length > _MOST or not any(self._sentences):
            return
        text = text_of([sentence for sentence in self._sentences if sentence])
        id = self._naming.id_for(self._id, text, "")
        placing = Placing(self._file, self._line, id, text)
        for start, end, _line, label in self._spans:
            placing.span("", label, [(start, end)])
        annotations = placing.annotations(State("in_progress", role="import"))
        yield self._naming.once(Record(Document(id, text), annotations, line=self._line))
        yield from placing.faults
