"""Articles and annotations of a file taken into a project: all that is sound, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from app.errors import Fault, FaultyFile
from app.formats.findings import WARNINGS
from app.formats.registry import ReadOptions, read_file
from app.model.annotation import Annotations
from app.model.document import Document, NameValue, text_sha256
from app.model.record import Record
from app.store import annotations as sheets
from app.store import documents, log, removing
from app.store.annotations import Stamp
from app.store.documents import Known
from app.store.engine import Database, Transaction
from app.text.direction import language_of
from app.text.likeness import Alike
from app.text.presentation import presentation_forms, without_presentation_forms

FAULTS_KEPT: Final = 1000
"""How many faults a report lists; the others are counted."""
LANGUAGE_SHOWS_WITHIN: Final = 400
"""How many code points are enough to tell a language by."""


REFUSE, SKIP, REPLACE, KEEP = "", "skip", "replace", "keep"
DUPLICATES: Final = (SKIP, REPLACE, KEEP)
"""What may become of articles that the project has already."""


class Wishes(NamedTuple):
    """How files are to be taken.

    `duplicates` is for an article whose id is there with another text, and for a bare text that is there under another
    id: "skip" takes neither, "keep" takes both beside what is there. "replace" puts them in its place, unless somebody
    annotated it: then it stays, and the new one remembers under `replaces` in its `meta` which it is for. "" refuses
    the one and takes the other.
    `repair` turns presentation forms of bare texts into letters, as a document that remembers what it was. `format` ""
    is found out. `alike` tells of a bare text that is nearly the same as another of the project or the file; half a
    second for every thousand of them together.
    """

    options: ReadOptions = ReadOptions()
    duplicates: str = REFUSE
    repair: bool = False
    format: str = ""
    alike: bool = False


Progress = Callable[[int], None]
"""Hears how many articles were read so far; what it raises stops the reading, and the project is as it was."""


class ImportReport(NamedTuple):
    """What became of one file: new `documents`, `layers` of annotations with their `spans`, and what was refused.

    `there` counts what the project held already, `warned` what was taken though something about it is odd. `faults`
    lists the first `FAULTS_KEPT` of both. Of the new documents so many as `replaced` says took the place of others.
    """

    file: str
    documents: int = 0
    layers: int = 0
    spans: int = 0
    there: int = 0
    refused: int = 0
    warned: int = 0
    faults: tuple[Fault, ...] = ()
    replaced: int = 0


class Intake:
    """Takes the records of one file into a project, inside the caller's transaction."""

    def __init__(self, connection: Transaction, at: str, report: Callable[[Fault], None], wishes: Wishes) -> None:
        self._connection = connection
        self._at = at
        self._report = report
        self._wishes = wishes
        self._alike = those_there(connection) if wishes.alike else None
        self._texts = documents.by_text(connection) if wishes.duplicates in (SKIP, REPLACE) else {}
        self._documents = self._layers = self._spans = self._there = self._refused = self._warned = 0
        self._replaced = 0
        self._left: int | None = None
        self._new: set[int] = set()
        self._faults: list[Fault] = []

    def take(self, path: Path, progress: Progress) -> ImportReport:
        """Everything that `path` holds and the project does not."""
        seq = log.append(self._connection, self._at, "", "import")
        read = 0
        for found in read_file(path, self._wishes.format, self._wishes.options):
            if isinstance(found, Fault):
                self._note(found)
                continue
            self._add(found, str(path), seq)
            read += 1
            progress(read)
        return ImportReport(
            str(path),
            self._documents,
            self._layers,
            self._spans,
            self._there,
            self._refused,
            self._warned,
            tuple(self._faults),
            self._replaced,
        )

    def _add(self, record: Record, file: str, seq: int) -> None:
        record = self._written_in_letters(record, file)
        known = documents.known(self._connection, record.document.id)
        document = record.document
        if known and known.sha256 != text_sha256(document.text):
            if self._wishes.duplicates in (REFUSE, SKIP):
                self._note(Fault(file, record.line, "id", "id-of-another-text", {"value": document.id}))
                return
            document, known = self._beside(document, known, file, record.line)
        elif known is None and record.annotations is None and self._texts:
            arrived = self._under_another_id(document, file, record.line)
            if arrived is None:
                return
            document = arrived
        if known is None:
            if record.annotations is None:
                self._tell_likeness(document, file, record.line)
            known = self._add_document(document, guess=record.annotations is None)
        elif record.annotations is None:
            self._there += 1
        if record.annotations is not None:
            self._add_layer(known.key, record._replace(document=document), record.annotations, file, seq)

    def _tell_likeness(self, document: Document, file: str, line: int) -> None:
        near = self._alike.meet(document.id, document.text) if self._alike else None
        if near is not None:
            values: dict[str, object] = {"value": document.id, "other": near.id, "share": round(100 * near.share)}
            self._note(Fault(file, line, "", "nearly-the-same", values))

    def _under_another_id(self, document: Document, file: str, line: int) -> Document | None:
        """The document as it is to be taken, though its text may be there already; None when it is skipped."""
        key = self._texts.get(documents.short(text_sha256(document.text)))
        if key is None:
            return document
        if self._wishes.duplicates == REPLACE and key in self._new:
            return document
        there = documents.id_of(self._connection, key)
        if self._wishes.duplicates == REPLACE:
            return document if self._gave_way(key) else self._remembering(document, there, file, line)
        self._there += 1
        self._note(Fault(file, line, "", "text-there-already", {"value": document.id, "other": there}))
        return None

    def _written_in_letters(self, record: Record, file: str) -> Record:
        """The record, its presentation forms told of, and repaired where that is wished and no span would move."""
        document = record.document
        forms = presentation_forms(document.text)
        if not forms:
            return record
        if not self._wishes.repair or record.annotations is not None:
            values: dict[str, object] = {"value": document.id, "count": forms}
            self._note(Fault(file, record.line, "text", "presentation-forms", values))
            return record
        meta = (*document.meta, NameValue("repaired", "presentation forms"), NameValue("original_text", document.text))
        id, text = f"{document.id}-repaired", without_presentation_forms(document.text)
        return record._replace(document=replace(document, id=id, text=text, meta=meta))

    def _add_document(self, document: Document, *, guess: bool) -> Known:
        if guess and not document.language:
            document = replace(document, language=language_of(document.text[:LANGUAGE_SHOWS_WITHIN]))
        key = documents.add(self._connection, document, self._at)
        if self._left is not None:
            documents.move(self._connection, key, self._left)
            self._left = None
        self._new.add(key)
        self._documents += 1
        if self._wishes.duplicates in (SKIP, REPLACE):
            self._texts[documents.short(text_sha256(document.text))] = key
        return Known(key, "")

    def _add_layer(self, key: int, record: Record, given: Annotations, file: str, seq: int) -> None:
        own = sheets.find(self._connection, key, record.annotator)
        if own is None:
            stamp = Stamp(
                record.annotator, record.updated_at or self._at, seq, 0, record.schema_name, record.schema_version
            )
            sheets.add_layer(self._connection, key, record.document, given, stamp, imported=True)
            self._layers += 1
            self._spans += len(given.spans)
        elif sheets.load(self._connection, key, record.annotator).annotations == given:
            self._there += 1
        else:
            values: dict[str, object] = {"value": record.document.id, "annotator": record.annotator}
            self._note(Fault(file, record.line, "", "annotations-differ", values))

    def _beside(self, document: Document, old: Known, file: str, line: int) -> tuple[Document, Known | None]:
        """The document as it is to be taken though its id has another text, that of the document `old`."""
        if self._wishes.duplicates == REPLACE and self._gave_way(old.key):
            self._texts.pop(documents.short(old.sha256), None)
            return document, None
        renamed, known = self._renamed(document)
        if known is None and self._wishes.duplicates == REPLACE:
            renamed = self._remembering(renamed, document.id, file, line)
        return renamed, known

    def _gave_way(self, key: int) -> bool:
        """Whether the document was taken out, because nobody has annotated it; the next one gets its place."""
        if sheets.is_annotated(self._connection, key):
            return False
        self._left = documents.position(self._connection, key)
        removing.remove(self._connection, [key], "", self._at)
        self._replaced += 1
        return True

    def _remembering(self, document: Document, old: str, file: str, line: int) -> Document:
        self._note(Fault(file, line, "", "annotated-and-kept", {"value": old, "other": document.id}))
        return replace(document, meta=(*document.meta, NameValue("replaces", old)))

    def _renamed(self, document: Document) -> tuple[Document, Known | None]:
        """The document under the first free id made from its own, or under the one that holds this very text."""
        for number in count(2):
            id = f"{document.id}-{number}"
            known = documents.known(self._connection, id)
            if known is None or known.sha256 == text_sha256(document.text):
                break
        return replace(document, id=id), known

    def _note(self, fault: Fault) -> None:
        if fault.code in WARNINGS:
            self._warned += 1
        else:
            self._refused += 1
        if len(self._faults) < FAULTS_KEPT:
            self._faults.append(fault)
        self._report(fault)


def those_there(connection: Transaction) -> Alike:
    """The texts of the project, to hold others against."""
    alike, here = Alike(), 0
    while found := documents.texts(connection, here):
        for text in found:
            alike.meet(text.id, text.text)
        here = found[-1].position + 1
    return alike


def take_in(
    database: Database,
    path: Path,
    at: str,
    report: Callable[[Fault], None] | None = None,
    progress: Progress | None = None,
    wishes: Wishes | None = None,
) -> ImportReport:
    """Add what `path` holds, as `wishes` say; `report` hears of each thing refused, `progress` how far it is.

    Raises FaultyFile when there was nothing to take; after that, as after any error, the project is as it was.
    """
    with database.writing() as connection:
        intake = Intake(connection, at, report or (lambda fault: None), wishes or Wishes())
        taken = intake.take(path, progress or (lambda read: None))
        if not (taken.documents or taken.layers or taken.there):
            raise FaultyFile("nothing-read", taken.faults, file=path.name, count=taken.refused)
    return taken
