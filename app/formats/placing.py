"""Marks of another program put in their places: what fits the text is taken, and each thing that does not is named."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from app.errors import Fault
from app.formats.findings import shown
from app.formats.sources import MAX_TEXT_BYTES
from app.model.annotation import Annotations, Attribute, Fragment, Relation, Span, State
from app.model.document import text_sha256
from app.model.record import Record

_SHOWN = 80


def made_id(document: str, start: int, end: int, label: str, number: int) -> str:
    """The id of an imported mark that has none: the same for the same mark, in every run and on every machine."""
    return hashlib.sha256(f"{document}\n{start}\n{end}\n{label}\n{number}".encode()).hexdigest()[:16]


def text_or_fault(text: object, file: str, line: int) -> str | Fault:
    """`text` when it can be the text of an article, else why it cannot."""
    if text is None:
        return Fault(file, line, "text", "key-required")
    if not isinstance(text, str):
        return Fault(file, line, "text", "not-a-string", shown(text))
    if not text:
        return Fault(file, line, "text", "text-empty")
    if len(text) * 4 > MAX_TEXT_BYTES and len(text.encode()) > MAX_TEXT_BYTES:
        return Fault(file, line, "text", "text-too-large", {"limit": MAX_TEXT_BYTES // 2**20})
    return text


class Placing:
    """The marks of one document, and as `faults` those that were refused.

    They are read from `line` of `file`; where a document takes several lines or files, both move on.
    """

    def __init__(self, file: str, line: int, document: str, text: str) -> None:
        self.faults: list[Fault] = []
        self.file = file
        self.line = line
        self._document = document
        self._text = text
        self._spans: dict[str, Span] = {}
        self._relations: dict[str, Relation] = {}

    def refuse(self, field: str, code: str, values: dict[str, object] | None = None) -> None:
        """Note a fault of this document."""
        self.faults.append(Fault(self.file, self.line, field, code, values or {}))

    def listed(self, field: str, value: object) -> list[Any]:
        """`value` when it is a list; a fault is noted for what is neither that nor null."""
        if not isinstance(value, list | None):
            self.refuse(field, "not-a-list", shown(value))
        return value if isinstance(value, list) else []

    def span(
        self,
        field: str,
        label: object,
        pieces: Sequence[tuple[object, object]],
        id: object = None,
        attributes: Iterable[Attribute] = (),
        status: str = "accepted",
        score: float | None = None,
        surface: object = None,
        note: str = "",
    ) -> str:
        """The id of the span that was taken, or "" when it was refused. `surface` is what the file says it covers."""
        fragments = self._fragments(field, pieces)
        if not fragments or not self._named(field, label) or not self._covers(field, fragments, surface):
            return ""
        name = str(label)
        key = self._key(field, id, self._spans, (fragments[0].start, fragments[-1].end, name))
        if key:
            said = self._attributes(field, attributes)
            self._spans[key] = Span(key, name, fragments, said, status, "import", score=score, note=note)
        return key

    def relation(
        self,
        field: str,
        label: object,
        head: object,
        child: object,
        id: object = None,
        attributes: Iterable[Attribute] = (),
    ) -> None:
        """Take the relation between the spans whose ids are `head` and `child`, or note why not."""
        if not self._named(field, label):
            return
        for end in (head, child):
            if not isinstance(end, str) or end not in self._spans:
                return self.refuse(field, "relation-dangling", {"value": str(end)[:_SHOWN]})
        place = (0, 0, f"{head}\n{child}\n{label}")
        key = self._key(field, id, self._relations, place)
        if key:
            said = self._attributes(field, attributes)
            self._relations[key] = Relation(key, str(label), str(head), str(child), said, "import")

    def annotations(self, state: State | None = None) -> Annotations:
        """What was taken."""
        return Annotations.of(self._spans.values(), self._relations.values(), state)

    def _fragments(self, field: str, pieces: Sequence[tuple[object, object]]) -> tuple[Fragment, ...]:
        fragments = []
        for start, end in pieces:
            if type(start) is not int or type(end) is not int:
                wrong = end if type(start) is int else start
                self.refuse(field, "not-a-whole-number", shown(wrong))
            elif start < 0:
                self.refuse(field, "below-zero", {"value": start})
            elif start >= end:
                self.refuse(field, "span-empty", {"start": start, "value": end})
            elif end > len(self._text):
                self.refuse(field, "span-outside", {"value": end, "length": len(self._text)})
            else:
                fragments.append(Fragment(start, end))
                continue
            return ()
        return tuple(sorted(fragments))

    def _covers(self, field: str, fragments: tuple[Fragment, ...], surface: object) -> bool:
        if any(after.start < before.end for before, after in pairwise(fragments)):
            self.refuse(field, "fragments-order")
            return False
        covered = " ".join(self._text[start:end] for start, end in fragments)
        if isinstance(surface, str) and surface != covered:
            self.refuse(field, "surface-mismatch", {"value": surface[:_SHOWN], "expected": covered[:_SHOWN]})
            return False
        return True

    def _attributes(self, field: str, given: Iterable[Attribute]) -> tuple[Attribute, ...]:
        """Those of `given` that have a name, in their order."""
        said = sorted(given)
        if said and not said[0].name:
            self.refuse(field, "empty-name")
        return tuple(attribute for attribute in said if attribute.name)

    def _named(self, field: str, label: object) -> bool:
        if isinstance(label, str) and label:
            return True
        code = "empty-name" if label == "" else "not-a-string"
        self.refuse(field, code, {} if label == "" else shown(label))
        return False

    def _key(
        self, field: str, id: object, taken: dict[str, Span] | dict[str, Relation], place: tuple[int, int, str]
    ) -> str:
        if id is None or id == "":
            return made_id(self._document, *place, len(taken))
        if type(id) not in (str, int):
            self.refuse(field, "bad-id", shown(id))
        elif str(id) in self._spans or str(id) in self._relations:
            self.refuse(field, "id-twice", {"value": str(id)[:_SHOWN]})
        else:
            return str(id)
        return ""


class Naming:
    """Gives the articles of one file their ids; of two with the same id and annotator the second is refused."""

    def __init__(self, file: str, name: str) -> None:
        self._file = file
        self._name = name
        self._seen: set[tuple[str, str]] = set()

    def id_for(self, given: object, text: str, annotator: str) -> str:
        """The id of an article: `given`, or one made of the file's name and the text."""
        if type(given) in (str, int) and given != "":
            return str(given)
        id = wanted = f"{self._name}-{text_sha256(text)[:12]}"
        copies = 1
        while (id, annotator) in self._seen:
            copies += 1
            id = f"{wanted}-{copies}"
        return id

    def once(self, record: Record) -> Record | Fault:
        """`record`, or the fault that it stands in the file already."""
        key = record.document.id, record.annotator
        if key in self._seen:
            twice: dict[str, object] = {"value": key[0][:_SHOWN], "annotator": key[1][:_SHOWN]}
            return Fault(self._file, record.line, "id", "line-twice", twice)
        self._seen.add(key)
        return record
