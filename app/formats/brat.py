"""brat standoff: a folder with `NAME.txt` and `NAME.ann` for each article, `annotation.conf` and `visual.conf`.

Offsets are code points; line ends of two characters and a byte order mark count. A fragment lies within one line, so
a span that goes on over a line end is written as several fragments, which are one again when they are read. Names are
of ASCII letters, digits, `_` and `-`: others are escaped (`app.formats.safe_names`), and `visual.conf` shows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from app.errors import Fault
from app.formats.brat_config import Vocabulary, safe_value
from app.formats.brat_lines import LINE_END, joined_over_line_ends, pieces_between_line_ends
from app.formats.brat_read import read_folder
from app.formats.losses import note_uncarried
from app.formats.registry import Files, Format, Loss, Lost, ReadOptions, WriteOptions
from app.formats.safe_names import FileNames, file_name
from app.model.annotation import Annotations, Fragment, Span
from app.model.record import Record
from app.sentences import N_


def write(records: Iterable[Record], files: Files, options: WriteOptions) -> None:
    """Write a folder: two files for each record, and the configuration that shows them."""
    names, words = FileNames(), Vocabulary(options.schema, options.lost)
    for record in records:
        note_uncarried(record, FORMAT.carries, options.lost)
        name = file_name(record.document.id, names, options.lost)
        with files.open(f"{name}.txt") as stream:
            stream.write(record.document.text.encode())
        with files.open(f"{name}.ann") as stream:
            for line in _Sheet(record, words, options.lost).lines():
                stream.write(f"{line}\n".encode())
    for name, content in words.files():
        with files.open(name) as stream:
            stream.write(content.encode())


class _Sheet:
    """The `.ann` of one record."""

    def __init__(self, record: Record, words: Vocabulary, lost: Lost) -> None:
        self._document = record.document
        self._annotations = record.annotations or Annotations()
        self._words = words
        self._lost = lost
        self._attributes = 0

    def lines(self) -> Iterator[str]:
        """Its lines, without their ends."""
        if note := self._annotations.state.note:
            self._tell("", "notes", ("note", note))
        ids: dict[str, str] = {}
        for span in self._annotations.ordered():
            if fragments := self._fragments(span):
                ids[span.id] = f"T{len(ids) + 1}"
                yield self._mark(span, ids[span.id], fragments)
                yield from self._answers(span, ids[span.id])
                yield from self._note(span, ids[span.id], len(ids))
        yield from self._links(ids)

    def _mark(self, span: Span, id: str, fragments: list[Fragment]) -> str:
        text = self._document.text
        places = ";".join(f"{start} {end}" for start, end in fragments)
        covered = " ".join(text[start:end] for start, end in fragments)
        return f"{id}\t{self._words.label(span.label)} {places}\t{covered}"

    def _fragments(self, span: Span) -> list[Fragment]:
        """The pieces of `span` without the line ends in them; none is left of one that holds nothing else."""
        text = self._document.text
        pieces = [
            Fragment(*piece) for start, end in span.fragments for piece in pieces_between_line_ends(text, start, end)
        ]
        if not pieces:
            self._tell(span.id, "only-line-ends", ("start", str(span.start)), ("end", str(span.end)))
        elif (now := joined_over_line_ends(text, pieces)) != [*span.fragments]:
            self._tell(span.id, "bounds-changed", ("from", _shown(span.fragments)), ("to", _shown(now)))
        return pieces

    def _answers(self, span: Span, id: str) -> Iterator[str]:
        for attribute in span.attributes:
            self._attributes += 1
            name = self._words.attribute(attribute.name, span.label)
            yield f"A{self._attributes}\t{name} {id} {safe_value(attribute.value)}"

    def _note(self, span: Span, id: str, number: int) -> Iterator[str]:
        if note := span.note:
            in_one_line = LINE_END.sub(" ", note.replace("\t", " ")).strip(" ")
            if in_one_line != note:
                self._tell(span.id, "note-in-one-line", ("note", note))
            yield f"#{number}\tAnnotatorNotes {id}\t{in_one_line}"

    def _links(self, ids: dict[str, str]) -> Iterator[str]:
        relations = sorted(self._annotations.relations.values(), key=lambda relation: (relation.label, relation.id))
        for number, relation in enumerate(relations, 1):
            if relation.head in ids and relation.child in ids:
                name = self._words.relation(relation.label)
                yield f"R{number}\t{name} Arg1:{ids[relation.head]} Arg2:{ids[relation.child]}"
            else:
                self._lost(Loss(self._document.id, "", relation.id, "relation-without-span"))

    def _tell(self, span: str, what: str, *values: tuple[str, str]) -> None:
        self._lost(Loss(self._document.id, span, "", what, values))


def _shown(fragments: Iterable[Fragment]) -> str:
    return " ".join(f"{start}-{end}" for start, end in fragments)


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The articles of a folder, or the one of an `.ann` file with the text beside it."""
    return read_folder(path, options.encoding)


def sniff(path: Path, head: bytes) -> bool:
    """Whether it is a folder with an `.ann` in it, or such a file."""
    return next(path.glob("*.ann"), None) is not None if path.is_dir() else path.suffix.lower() == ".ann"


FORMAT = Format(
    "brat",
    N_("brat standoff (folder)"),
    (".ann",),
    frozenset(
        {
            *("overlap", "nested", "crossing", "same-label-nested", "discontinuous", "sub-word", "multi-line"),
            *("empty-text", "attributes", "relations", "notes"),
        }
    ),
    read,
    write,
    sniff,
    folder=True,
)
