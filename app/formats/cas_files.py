"""A folder of CAS files, one for each article: how they are called, and how each is found and read."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from app.errors import Fault
from app.formats.cas import from_cas
from app.formats.registry import Loss, Lost
from app.formats.safe_names import FileNames, id_of
from app.formats.sources import name_of, open_source
from app.formats.written_lines import MAX_FILE_BYTES
from app.model.record import Record

TYPE_SYSTEM: Final = "TypeSystem.xml"

_SHOWN: Final = 200


class CasNames:
    """Names for the files of a folder; two annotators of one article have each their own."""

    def __init__(self, suffix: str, lost: Lost) -> None:
        self._names = FileNames()
        self._suffix = suffix
        self._lost = lost

    def name_for(self, record: Record) -> str:
        """The name of the file of `record`."""
        return self._names.name_for(record.document.id) + self._suffix

    def leave_out(self, record: Record, what: str) -> None:
        """Tell of an article that the format cannot hold."""
        self._lost(Loss(record.document.id, what=what))


def read_cases(path: Path, suffix: str, load: Callable[[bytes, Path], Any]) -> Iterator[Record | Fault]:
    """The articles of the files with this suffix in a folder, or of one file. Raises SourceError.

    `load` makes a CAS of the content of a file; whatever it raises is told as a fault of that file.
    """
    files = sorted(path.glob(f"*{suffix}")) if path.is_dir() else [path]
    if not files:
        yield Fault(str(path), 0, "", "folder-empty")
    folder = path if path.is_dir() else path.parent
    for file in files:
        if not file.resolve().is_relative_to(folder.resolve()):
            yield Fault(str(file), 0, "", "outside-folder")
        else:
            yield from _read(file, load)


def _read(file: Path, load: Callable[[bytes, Path], Any]) -> Iterator[Record | Fault]:
    with open_source(file) as stream:
        content = stream.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        yield Fault(str(file), 0, "", "text-too-large", {"limit": MAX_FILE_BYTES // 2**20})
        return
    if not content.strip():
        yield Fault(str(file), 0, "", "file-empty")
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = list(from_cas(load(content, file), str(file), id_of(name_of(file))))
    except ImportError:
        raise
    except Exception as error:  # noqa: BLE001 - the library raises what it meets with, of a file that is none
        reason = str(error)[:_SHOWN] or type(error).__name__
        yield Fault(str(file), 0, "", "cas-broken", {"reason": reason})
        return
    yield from found
