"""CoNLL-U read: articles put together again from words and the white space that MISC tells of, and their spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.errors import Fault
from app.formats.placing import Naming, Placing
from app.formats.registry import ReadOptions
from app.formats.safe_names import plain_name
from app.formats.sources import MAX_TEXT_BYTES, name_of
from app.formats.written_lines import WrittenLine, written_lines
from app.model.annotation import State
from app.model.document import Document, NameValue
from app.model.record import Record

NEW_DOCUMENT: Final = "# newdoc id = "
ANNOTATOR: Final = "# annotator = "
TITLE: Final = "# title = "
META: Final = "# meta::"

_ID: Final = re.compile(r"(\d{1,9})(?:-(\d{1,9})|(\.\d{1,9}))?")
_ESCAPE: Final = re.compile(r"\\u(D[89AB][0-9A-F]{2})\\u(D[C-F][0-9A-F]{2})|\\u([0-9A-F]{4})|\\([strnp\\])")
_SPACES: Final = {"s": " ", "t": "\t", "r": "\r", "n": "\n", "p": "|", "\\": "\\"}
_NAMED: Final = re.compile(r"(\d{1,9})-(.+)", re.DOTALL)
_MOST: Final = MAX_TEXT_BYTES // 4


def read(path: Path, options: ReadOptions) -> Iterator[Record | Fault]:
    """The articles of a file: what begins with `# newdoc`, or the whole file. Raises SourceError."""
    reader = _Reader(str(path), name_of(path))
    for line in written_lines(path, options.encoding):
        yield from reader.take(line)
    yield from reader.article()


def unescaped(space: str) -> str:
    """What stood between two words, of what MISC says of it."""
    return _ESCAPE.sub(_unescape, space)


def _unescape(found: re.Match[str]) -> str:
    if found[4]:
        return _SPACES[found[4]]
    units = found[3] or found[1] + found[2]
    return bytes.fromhex(units).decode("utf-16-be", "replace")


class _Reader:
    """Takes the lines of one file, in their order."""

    def __init__(self, file: str, name: str) -> None:
        self._file = file
        self._naming = Naming(file, name)
        self._clear("", 0)

    def take(self, line: WrittenLine | Fault) -> Iterator[Record | Fault]:
        """What ends with this line, or is wrong with it."""
        if isinstance(line, Fault):
            yield line
        elif line.text.startswith("#"):
            if re.match(r"#\s*newdoc\b", line.text):
                yield from self.article()
                self._clear(plain_name(line.text.partition("=")[2].removeprefix(" ")), line.number)
            self._comment(line.text)
        elif not line.text.strip():
            self._end_sentence()
        else:
            yield from self._word(line)

    def article(self) -> Iterator[Record | Fault]:
        """The article so far."""
        self._end_sentence()
        text = "".join(self._pieces).removesuffix("\n" if self._implied else "")
        if self._length > _MOST:
            yield Fault(self._file, self._line, "", "text-too-large", {"limit": MAX_TEXT_BYTES // 2**20})
        elif self._words:
            id = self._naming.id_for(self._id, text, self._annotator)
            placing = Placing(self._file, self._line, id, text)
            for label, pieces in self._spans.values():
                placing.span("", label, pieces)
            document = Document(id, text, self._title, meta=tuple(self._meta))
            annotations = placing.annotations(State("in_progress", role="import"))
            yield self._naming.once(Record(document, annotations, self._annotator, line=self._line))
            yield from placing.faults

    def _clear(self, id: str, line: int) -> None:
        self._id, self._line = id, line
        self._title = self._annotator = ""
        self._meta: list[NameValue] = []
        self._pieces: list[str] = []
        self._length = self._words = 0
        self._implied = self._in_sentence = False
        self._beyond = 0
        self._outer = (0, 0)
        self._cursor = 0
        self._surface = ""
        self._spans: dict[str, tuple[str, list[tuple[object, object]]]] = {}
        self._last: set[str] = set()

    def _comment(self, text: str) -> None:
        if text.startswith(TITLE):
            self._title = plain_name(text.removeprefix(TITLE))
        elif text.startswith(ANNOTATOR):
            self._annotator = plain_name(text.removeprefix(ANNOTATOR))
        elif text.startswith(META):
            name, _equals, value = text.removeprefix(META).partition(" = ")
            self._meta.append(NameValue(plain_name(name), plain_name(value)))

    def _end_sentence(self) -> None:
        if self._in_sentence and self._implied:
            self._pieces[-1] = "\n"
        self._in_sentence = False
        self._beyond = 0

    def _word(self, line: WrittenLine) -> Iterator[Fault]:
        columns = line.text.split("\t")
        found = _ID.fullmatch(columns[0])
        if found is None or len(columns) < 2 or not columns[1]:
            yield Fault(self._file, line.number, "", "line-malformed", {"value": line.text[:80]})
            return
        if found[3] or self._length > _MOST:
            return
        misc = dict(part.partition("=")[::2] for part in columns[-1].split("|")) if len(columns) > 2 else {}
        form, number = columns[1], int(found[1])
        if found[2]:
            self._beyond = int(found[2])
            self._outer = self._put(form, misc)
            self._cursor = self._outer[0]
            return
        place = self._within(form) if number <= self._beyond else self._put(form, misc)
        self._name(misc.get("Spans", ""), place)

    def _within(self, form: str) -> tuple[int, int]:
        """Where a word of a multiword token lies in it; all of the token, when its form is not a part of that."""
        start, end = self._outer
        at = self._cursor - start
        if self._surface.startswith(form, at):
            self._cursor += len(form)
            return start + at, self._cursor
        self._cursor = end
        return start, end

    def _put(self, form: str, misc: dict[str, str]) -> tuple[int, int]:
        if not self._words and "SpacesBefore" in misc:
            self._append(unescaped(misc["SpacesBefore"]))
        start = self._length
        self._surface = form
        self._append(form)
        self._implied = "SpacesAfter" not in misc and misc.get("SpaceAfter") != "No"
        after = " " if self._implied else unescaped(misc.get("SpacesAfter", ""))
        self._append(after)
        self._words += 1
        self._in_sentence = True
        return start, start + len(form)

    def _append(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)

    def _name(self, said: str, place: tuple[int, int]) -> None:
        """Give the spans that a word names this place; one that the word before lay in goes on over what is between."""
        start, end = place
        going_on = set()
        for part in said.split(",") if said else ():
            if found := _NAMED.fullmatch(part):
                _label, pieces = self._spans.setdefault(found[1], (plain_name(found[2]), []))
                going_on.add(found[1])
                if found[1] in self._last and pieces:
                    pieces[-1] = pieces[-1][0], end
                else:
                    pieces.append((start, end))
        self._last = going_on
