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
from app.model.document import Document, text_sha256
from app.model.record import Record
from app.store import annotations as sheets
from app.store import documents, log
from app.store.annotations import Stamp
from app.store.documents import Known
from app.store.engine import Database, Transaction
from app.text.direction import language_of

FAULTS_KEPT: Final = 1000
"""How many faults a report lists; the others are counted."""
LANGUAGE_SHOWS_WITHIN: Final = 1000
"""How many code points are enough to tell a language by."""


Progress = Callable[[int], None]
"""Hears how many articles were read so far; what it raises stops the reading, and the project is as it was."""


class ImportReport(NamedTuple):
    """What became of one file: new `documents`, `layers` of annotations with their `spans`, and what was refused.

    `there` counts what the project held already, `warned` what was taken though something about it is odd. `faults`
    lists the first `FAULTS_KEPT` of both.
    """

    file: str
    documents: int = 0
    layers: int = 0
    spans: int = 0
    there: int = 0
    refused: int = 0
    warned: int = 0
    faults: tuple[Fault, ...] = ()


class Intake:
    """Takes the records of one file into a project, inside the caller's transaction."""

    def __init__(self, connection: Transaction, at: str, report: Callable[[Fault], None], *, changed: bool) -> None:
        self._connection = connection
        self._at = at
        self._report = report
        self._changed = changed
        self._documents = self._layers = self._spans = self._there = self._refused = self._warned = 0
        self._faults: list[Fault] = []

    def take(self, path: Path, options: ReadOptions, progress: Progress) -> ImportReport:
        """Everything that `path` holds and the project does not."""
        seq = log.append(self._connection, self._at, "", "import")
        read = 0
        for found in read_file(path, options=options):
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
        )

    def _add(self, record: Record, file: str, seq: int) -> None:
        known = documents.known(self._connection, record.document.id)
        document = record.document
        if known and known.sha256 != text_sha256(document.text):
            if not self._changed:
                self._note(Fault(file, record.line, "id", "id-of-another-text", {"value": document.id}))
                return
            document, known = self._renamed(document)
        if known is None:
            known = self._add_document(document, guess=record.annotations is None)
        elif record.annotations is None:
            self._there += 1
        if record.annotations is not None:
            self._add_layer(known.key, record._replace(document=document), record.annotations, file, seq)

    def _add_document(self, document: Document, *, guess: bool) -> Known:
        if guess and not document.language:
            document = replace(document, language=language_of(document.text[:LANGUAGE_SHOWS_WITHIN]))
        key = documents.add(self._connection, document, self._at)
        self._documents += 1
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


def take_in(
    database: Database,
    path: Path,
    at: str,
    report: Callable[[Fault], None] | None = None,
    progress: Progress | None = None,
    *,
    options: ReadOptions | None = None,
    changed: bool = False,
) -> ImportReport:
    """Add what `path`, read as `options` say, holds; `report` hears of each thing refused, `progress` how far it is.

    With `changed`, a text that differs from the one of the same id is added under an id of its own; else it is
    refused. Raises FaultyFile when there was nothing to take; after that, as after any error, the project is as it was.
    """
    with database.writing() as connection:
        intake = Intake(connection, at, report or (lambda fault: None), changed=changed)
        taken = intake.take(path, options or ReadOptions(), progress or (lambda read: None))
        if not (taken.documents or taken.layers or taken.there):
            raise FaultyFile("nothing-read", taken.faults, file=path.name, count=taken.refused)
    return taken
