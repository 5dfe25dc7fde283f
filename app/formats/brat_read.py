"""brat standoff read: each text of a folder with the marks beside it, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.errors import Fault
from app.formats.brat_lines import LINE_END, joined_over_line_ends
from app.formats.placing import Placing
from app.formats.safe_names import id_of, plain_name
from app.formats.sources import MAX_TEXT_BYTES
from app.formats.written_lines import WrittenLine, whole_text, written_lines
from app.model.annotation import Attribute, State
from app.model.document import Document
from app.model.record import Record
from app.model.schema import YES

_MARK: Final = re.compile(r"(T\S+)\t(\S+) (\d{1,18} \d{1,18}(?:;\d{1,18} \d{1,18})*) ?(?:\t(.*))?", re.DOTALL)
_ANSWER: Final = re.compile(r"[AM]\S*\t(\S+) (\S+)(?: ([^\t]+))?\t?")
_LINK: Final = re.compile(r"(R\S+)\t(\S+) \S+?:(\S+) \S+?:(\S+)[ \t]*")
_NOTE: Final = re.compile(r"#\S*\t\S+ (\S+)\t(.*)", re.DOTALL)


def read_folder(path: Path, encoding: str) -> Iterator[Record | Fault]:
    """The articles of the folder `path`, those of folders in it too, or the one of a file. Raises SourceError."""
    if not path.is_dir():
        yield from _article(path.parent, path.with_suffix(""), encoding)
        return
    found = sorted({file.with_suffix("") for end in ("*.txt", "*.ann") for file in path.rglob(end)})
    if not found:
        yield Fault(str(path), 0, "", "folder-empty")
    for stem in found:
        yield from _article(path, stem, encoding)


def _article(folder: Path, stem: Path, encoding: str) -> Iterator[Record | Fault]:
    text_file, marks_file = Path(f"{stem}.txt"), Path(f"{stem}.ann")
    for file in (text_file, marks_file):
        if not file.resolve().is_relative_to(folder.resolve()):
            yield Fault(str(file), 0, "", "outside-folder")
            return
    if not text_file.is_file():
        yield Fault(str(marks_file), 0, "", "text-file-missing", {"value": text_file.name})
        return
    text = whole_text(text_file, encoding, limit=MAX_TEXT_BYTES)
    if isinstance(text, Fault):
        yield text
        return
    id = "/".join(id_of(part) for part in stem.relative_to(folder).parts).encode("utf-8", "replace").decode()
    if not marks_file.is_file() or not marks_file.stat().st_size:
        yield Record(Document(id, text))
        return
    marks = _Marks(str(marks_file), id, text)
    marks.take(written_lines(marks_file, encoding))
    yield Record(Document(id, text), marks.placing.annotations(State("in_progress", role="import")))
    yield from marks.placing.faults


class _Marks:
    """The lines of one `.ann`: spans are placed when what is said of them has been read too."""

    def __init__(self, file: str, document: str, text: str) -> None:
        self.placing = Placing(file, 0, document, text)
        self._text = text
        self._spans: list[tuple[int, re.Match[str]]] = []
        self._links: list[tuple[int, re.Match[str]]] = []
        self._said: dict[str, list[tuple[int, Attribute]]] = {}
        self._notes: dict[str, list[str]] = {}

    def take(self, lines: Iterator[WrittenLine | Fault]) -> None:
        """Everything that `lines` say."""
        for line in lines:
            if isinstance(line, Fault):
                self.placing.faults.append(line)
            elif line.text.strip():
                self._line(line)
        known = {found[1] for _number, found in self._spans}
        for number, found in self._spans:
            self.placing.line = number
            self._span(found)
        for number, found in self._links:
            self.placing.line = number
            self.placing.relation("", plain_name(found[2]), found[3], found[4], found[1])
        for target in self._said.keys() - known:
            for number, _attribute in self._said[target]:
                self.placing.line = number
                self.placing.refuse("", "mark-unknown", {"value": target})

    def _line(self, line: WrittenLine) -> None:
        text, number = line.text, line.number
        if found := _MARK.fullmatch(text):
            self._spans.append((number, found))
        elif found := _ANSWER.fullmatch(text):
            value = YES if found[3] is None else plain_name(found[3].rstrip())
            said = Attribute(plain_name(found[1]), value, "import")
            self._said.setdefault(found[2], []).append((number, said))
        elif found := _LINK.fullmatch(text):
            self._links.append((number, found))
        elif found := _NOTE.fullmatch(text):
            self._notes.setdefault(found[1], []).append(found[2])
        else:
            self.placing.line = number
            code = "entry-not-read" if text[0] in "EN*" else "line-malformed"
            self.placing.refuse("", code, {"value": text[:80]})

    def _span(self, found: re.Match[str]) -> None:
        id, label, places, covered = found.groups("")
        numbers = [int(number) for number in re.split("[ ;]", places)]
        pieces = list(zip(numbers[::2], numbers[1::2], strict=True))
        said = [attribute for _number, attribute in self._said.get(id, ())]
        joined = joined_over_line_ends(self._text, pieces)
        if self._agrees(pieces, covered):
            covered = " ".join(self._text[start:end] for start, end in joined)
        note = " ".join(self._notes.get(id, ()))
        self.placing.span("", plain_name(label), joined, id, said, surface=covered, note=note)

    def _agrees(self, pieces: list[tuple[int, int]], covered: str) -> bool:
        """Whether the text that the line says it covers is there, its line ends and gaps as spaces or left out."""
        if not covered.strip():
            return True
        texts = [self._text[start:end] for start, end in pieces]
        there = {LINE_END.sub(" ", joint.join(texts)).rstrip() for joint in (" ", "")}
        return LINE_END.sub(" ", covered).rstrip() in there
