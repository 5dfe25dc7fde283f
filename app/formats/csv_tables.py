"""Tables of comma-separated values: cells that no spreadsheet takes for a formula, and rows read within bounds."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, TextIO

from app.errors import Fault
from app.formats.sources import BOM, MAX_TEXT_BYTES, looks_utf16, open_source
from app.formats.written_lines import decoded

MOST_COLUMNS: Final = 1000

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_DELIMITERS: Final = (",", "\t", ";", "|")
_HEAD: Final = 64 * 1024


class Row(NamedTuple):
    """One row, by the names of its columns; `line` from 1 is where it ends."""

    line: int
    cells: dict[str, str]


class Table:
    """Writes one table, its first row the names of the columns, every cell in quotes.

    It begins with a byte order mark: a spreadsheet takes Arabic for another encoding without one.
    """

    def __init__(self, stream: BinaryIO, columns: Sequence[str]) -> None:
        self._stream = stream
        stream.write(BOM)
        self.row(columns)

    def row(self, cells: Sequence[str]) -> None:
        """Write one row."""
        written = ",".join('"' + neutral(cell).replace('"', '""') + '"' for cell in cells)
        self._stream.write(f"{written}\n".encode())


def neutral(cell: str) -> str:
    """`cell`, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def original(cell: str) -> str:
    """What `neutral` made `cell` of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def rows(path: Path, encoding: str = "") -> Iterator[Row | Fault]:
    """The rows of a table, whatever parts its cells. Raises SourceError when it cannot be opened.

    A row of another length than the first is refused; a table that cannot be read on ends with a fault.
    """
    file = str(path)
    with open_source(path) as stream:
        head = stream.read(_HEAD)
        stream.seek(0)
        if not head.removeprefix(BOM).strip():
            yield Fault(file, 0, "", "file-empty")
        elif not encoding and looks_utf16(head):
            yield Fault(file, 0, "", "not-utf8-but-utf16")
        else:
            yield from _rows(stream, file, encoding)


def _rows(stream: BinaryIO, file: str, encoding: str) -> Iterator[Row | Fault]:
    reader = None
    csv.field_size_limit(max(csv.field_size_limit(), MAX_TEXT_BYTES))
    try:
        with ExitStack() as opened:
            text = opened.enter_context(decoded(stream, encoding, "")) if encoding else stream
            reader = csv.reader(_lines(text), delimiter=_delimiter(text), strict=True)
            names = next(reader)
            if fault := _wrong_names(names, file):
                yield fault
                return
            for cells in reader:
                if len(cells) == len(names):
                    yield Row(reader.line_num, dict(zip(names, cells, strict=True)))
                elif any(cells):
                    lengths: dict[str, object] = {"value": len(cells), "expected": len(names)}
                    yield Fault(file, reader.line_num, "", "row-length", lengths)
    except LookupError:
        yield Fault(file, 0, "", "encoding-unknown", {"value": encoding})
    except UnicodeDecodeError as error:
        values = {"value": f"{error.object[error.start]:02X}", "encoding": encoding or "UTF-8"}
        yield Fault(file, 0 if encoding or not reader else reader.line_num + 1, "", "table-not-in-encoding", {**values})
    except csv.Error as error:
        yield Fault(file, reader.line_num if reader else 1, "", "table-broken", {"reason": str(error)})


def _wrong_names(names: list[str], file: str) -> Fault | None:
    if len(names) > MOST_COLUMNS:
        return Fault(file, 1, "", "too-many", {"value": len(names), "limit": MOST_COLUMNS})
    twice = next((name for name in names if names.count(name) > 1), None)
    return None if twice is None else Fault(file, 1, "", "name-twice", {"value": twice})


def _delimiter(text: TextIO | BinaryIO) -> str:
    """What parts the cells of the first line."""
    first = _decoded(text.readline(_HEAD), "ignore")
    text.seek(0)
    return max(_DELIMITERS, key=lambda mark: (first.count(mark), -_DELIMITERS.index(mark)))


def _lines(text: TextIO | BinaryIO) -> Iterator[str]:
    """The lines with their ends; UTF-8 is decoded line by line, so that a fault has its line."""
    first = True
    while line := text.readline(4 * MAX_TEXT_BYTES):
        read = _decoded(line)
        yield read.removeprefix("\ufeff") if first else read
        first = False


def _decoded(line: str | bytes, errors: str = "strict") -> str:
    return line.decode("utf-8", errors) if isinstance(line, bytes) else line
